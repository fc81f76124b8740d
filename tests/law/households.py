"""Haushalte für die Tests des Rechts, als Eingabe der Schnittstelle; erfundene Personen."""

from collections.abc import Mapping
from decimal import Decimal
from typing import cast

from kiepe.law.wohngeld import Ergebnis, Ungueltig, haushalt_aus, wohngeld

Daten = dict[str, object]


def rentnerin(**felder: object) -> Daten:
    """Erika, 1.300 € Rente im Monat: 12 × 1.300 − 102 = 15.498 € im Jahr, ohne Abzüge nach § 16."""
    return {"id": "p1", "einkuenfte": [{"art": "rente", "monat": "1300"}], **felder}


def person(*einkünfte: Mapping[str, object], **felder: object) -> Daten:
    """Eine Person mit diesen Einkünften."""
    return {"id": "p1", "einkuenfte": list(einkünfte), **felder}


def haushalt(*personen: Mapping[str, object], **felder: object) -> Daten:
    """Ein Haushalt in Mietenstufe IV mit 500 € Bruttokaltmiete, ab 2026-01-01."""
    benannt = [{**p, "id": f"p{nummer}"} for nummer, p in enumerate(personen, 1)]
    return {
        "stichtag": "2026-01-01",
        "art": "mietzuschuss",
        "mietenstufe": 4,
        "wohnung": {"bruttokaltmiete": "500"},
        "personen": benannt,
        **felder,
    }


def rechne(daten: Mapping[str, object], entwurf: str | None = None) -> Ergebnis:
    """Das Ergebnis zu einer Eingabe."""
    return wohngeld(haushalt_aus(daten), entwurf=entwurf)


def jahr(*personen: Mapping[str, object], **felder: object) -> Decimal:
    """Das Gesamteinkommen im Jahr."""
    return rechne(haushalt(*personen, **felder)).einkommen.jahr


def m(wohnung: Mapping[str, object], *personen: Mapping[str, object], **felder: object) -> Decimal:
    """Die zu berücksichtigende Miete oder Belastung."""
    daten = haushalt(*(personen or (rentnerin(),)), wohnung=wohnung, **felder)
    return rechne(daten).zu_berücksichtigende_miete


def hinweisnormen(ergebnis: Ergebnis) -> list[str]:
    """Die Normen aller Hinweise."""
    return [hinweis.norm for hinweis in ergebnis.hinweise]


def fehler(daten: object) -> dict[str, str]:
    """Die Fehler einer Eingabe, Stelle → Satz."""
    try:
        haushalt_aus(cast("Mapping[str, object]", daten))
    except Ungueltig as ungültig:
        return {einzeln.pfad: einzeln.text for einzeln in ungültig.fehler}
    return {}
