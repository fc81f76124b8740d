"""Was das Recht von einem Haushalt sagt, mit allen Schritten dorthin."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal, localcontext

from kiepe.law.schritt import RECHENGENAUIGKEIT, Hinweis, Schritt, cent
from kiepe.law.wohngeld import hoehe, voraussetzungen
from kiepe.law.wohngeld.einkommen import Gesamteinkommen, Personeneinkommen, gesamteinkommen
from kiepe.law.wohngeld.einnahmen import NULL
from kiepe.law.wohngeld.haushalt import Haushalt
from kiepe.law.wohngeld.miete import Haushaltsgröße, Mietberechnung, mietberechnung
from kiepe.law.wohngeld.recht import Recht, recht_am


@dataclass(frozen=True, slots=True)
class Ergebnis:
    """Das Wohngeld eines Haushalts. Beträge in Euro, im Monat, wenn nichts anderes gesagt ist.

    Attributes:
        wohngeld: volle Euro; 0, wenn kein Anspruch besteht. ``grund`` sagt dann, weshalb, mit der Norm.
        rechtsstand: erster Tag des angewandten Rechts.
        gesamteinkommen_monat: Y, genau, vor der Ersetzung durch den Mindestwert der Anlage 3.
        zu_berücksichtigende_miete: M, genau, vor der Ersetzung durch den Mindestwert der Anlage 3.
        entwurf: Name des Entwurfs, wenn nur verglichen wurde; im geltenden Recht ``None``.
        größe: Haushaltsmitglieder insgesamt und zu berücksichtigende.
        einkommen: je Person das Einkommen, die Frei- und Abzugsbeträge, das Gesamteinkommen im Jahr.
        miete: Miete oder Belastung vor und nach der Grenze, Höchstbetrag, Heizkosten, Klimakomponente.
    """

    anspruch: bool
    wohngeld: int
    grund: str | None
    rechtsstand: date
    gesamteinkommen_monat: Decimal
    zu_berücksichtigende_miete: Decimal
    schritte: tuple[Schritt, ...]
    hinweise: tuple[Hinweis, ...]
    größe: Haushaltsgröße
    mietenstufe: int
    einkommen: Gesamteinkommen
    miete: Mietberechnung
    id: str | None = None
    entwurf: str | None = None

    @property
    def personen(self) -> tuple[Personeneinkommen, ...]:
        """Je zu berücksichtigendem Haushaltsmitglied das Jahreseinkommen mit seinen Schritten."""
        return self.einkommen.personen

    @property
    def mitglieder_gesamt(self) -> int:
        """Alle Haushaltsmitglieder (§ 5), Verstorbene nach § 6 Abs. 2 eingeschlossen."""
        return self.größe.gesamt

    @property
    def mitglieder_berücksichtigt(self) -> int:
        """Die zu berücksichtigenden Haushaltsmitglieder (§ 6)."""
        return self.größe.berücksichtigt

    def als_dict(self) -> dict[str, object]:
        """Das Ergebnis, wie ``result.schema.json`` es verlangt; Y und M zum Anzeigen auf Cent gerundet."""
        kopf: dict[str, object] = {} if self.id is None else {"id": self.id}
        if self.entwurf is not None:
            kopf["entwurf"] = self.entwurf
        return kopf | {
            "anspruch": self.anspruch,
            "wohngeld": self.wohngeld,
            "grund": self.grund,
            "rechtsstand": self.rechtsstand.isoformat(),
            "gesamteinkommen_monat": f"{cent(self.gesamteinkommen_monat):f}",
            "zu_beruecksichtigende_miete": f"{cent(self.zu_berücksichtigende_miete):f}",
            "schritte": [schritt.als_dict() for schritt in self.schritte],
            "hinweise": [hinweis.als_dict() for hinweis in self.hinweise],
        }


def wohngeld(haushalt: Haushalt, *, entwurf: str | None = None) -> Ergebnis:
    """Das Wohngeld des Haushalts nach dem Recht seines Stichtags.

    Args:
        entwurf: Name eines Gesetzentwurfs, z. B. ``"2027"``; nur zum Vergleich, nie für einen Vorgang.

    Raises:
        KeinRecht: für Stichtage, zu denen kein Recht hinterlegt ist.
        ValueError: wenn es den Entwurf nicht gibt.
    """
    recht = recht_am(haushalt.stichtag, entwurf)
    with localcontext(RECHENGENAUIGKEIT):
        return _wohngeld(haushalt, recht)


def _wohngeld(haushalt: Haushalt, recht: Recht) -> Ergebnis:
    größe = voraussetzungen.haushaltsgröße(haushalt)
    mietenstufe = _mietenstufe(haushalt, recht)
    miete = mietberechnung(haushalt, größe, mietenstufe, recht)
    personen = voraussetzungen.zu_berücksichtigende(haushalt)
    einkommen = gesamteinkommen(haushalt, personen, recht, voraussetzungen.eigentümer(haushalt))
    schritte: list[Schritt] = [_schritt_größe(größe), *einkommen.schritte, *miete.schritte]
    betrag = 0
    if größe.berücksichtigt:
        rechnung = hoehe.rechnung(größe.berücksichtigt, miete.m, einkommen.monat, recht)
        betrag = rechnung.betrag
        schritte += hoehe.schritte(größe.berücksichtigt, miete.m, einkommen.monat, rechnung, recht)
    grund = voraussetzungen.grund_ohne_anspruch(haushalt, größe, betrag, recht)
    zahlbetrag = betrag if grund is None else 0
    schritte.append(
        Schritt(
            "§ 19 WoGG" if grund is None else "§§ 20, 21 WoGG",
            "Wohngeld im Monat",
            f"{zahlbetrag} €",
            Decimal(zahlbetrag),
        )
    )
    mittel = sum((person.jahreseinkommen for person in einkommen.personen), NULL) / 12
    return Ergebnis(
        anspruch=grund is None,
        wohngeld=zahlbetrag,
        grund=grund,
        rechtsstand=recht.rechtsstand,
        gesamteinkommen_monat=einkommen.monat,
        zu_berücksichtigende_miete=miete.m,
        schritte=tuple(schritte),
        hinweise=voraussetzungen.hinweise(haushalt, größe, mittel, miete.vor_kappung, zahlbetrag, recht),
        größe=größe,
        mietenstufe=mietenstufe,
        einkommen=einkommen,
        miete=miete,
        id=haushalt.id,
        entwurf=recht.entwurf,
    )


def _mietenstufe(haushalt: Haushalt, recht: Recht) -> int:
    """Die Mietenstufe des Haushalts; ein Entwurf kann sie für die Gemeinde ändern."""
    if haushalt.gemeinde is None or haushalt.land is None:
        return haushalt.mietenstufe
    return recht.mietenstufen_neu.get(haushalt.land, {}).get(haushalt.gemeinde, haushalt.mietenstufe)


def _schritt_größe(größe: Haushaltsgröße) -> Schritt:
    wert = f"{größe.berücksichtigt} von {größe.gesamt}" if größe.gemischt else str(größe.berücksichtigt)
    return Schritt("§§ 5 bis 8 WoGG", "Zu berücksichtigende Haushaltsmitglieder", wert)
