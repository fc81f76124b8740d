"""Die Schnittstelle ``household.schema.json``: JSON → Haushalt.

Geprüft wird hier selbst, nicht mit einem Schema-Prüfer: Jeder Fehler nennt die Stelle als JSON-Zeiger
und sagt auf Deutsch, was falsch ist und was erwartet wird. Es werden alle Fehler gesammelt.
"""

from collections.abc import Mapping
from datetime import date

from kiepe.law.parameter import KeinRecht, deutsch
from kiepe.law.schritt import Hinweis
from kiepe.law.wohngeld import mietenstufe
from kiepe.law.wohngeld.haushalt import Art, Haushalt, Person, Wohnung
from kiepe.law.wohngeld.lesen_person import lies_personen
from kiepe.law.wohngeld.lesen_wohnung import lies_wohnung
from kiepe.law.wohngeld.leser import Fehler, Leser, Ungueltig
from kiepe.law.wohngeld.zeitraum import volle_monate

__all__ = ["Fehler", "Ungueltig", "haushalt_aus"]

_LÄNGSTENS_MONATE = 24  # § 25 Abs. 1 Satz 2 WoGG
_FELDER = (
    "id",
    "stichtag",
    "art",
    "gemeinde",
    "mietenstufe",
    "wohnung",
    "personen",
    "alleinerziehend",
    "vermoegen",
    "land",
    "kreis",
    "antrag_am",
    "bis",
    "bewohner",
)


def haushalt_aus(daten: Mapping[str, object]) -> Haushalt:
    """Der Haushalt, den die Daten beschreiben.

    Args:
        daten: ein Objekt nach ``household.schema.json``.

    Raises:
        Ungueltig: mit allen Fehlern, wenn die Daten der Schnittstelle nicht genügen oder sich widersprechen.
    """
    if not isinstance(daten, Mapping):
        raise Ungueltig((Fehler("", "Erwartet ist ein Objekt mit stichtag, art, wohnung und personen."),))
    leser = Leser(daten)
    leser.nur(_FELDER)
    for name in ("stichtag", "art", "wohnung", "personen"):
        leser.pflicht(name)
    stichtag = leser.datum("stichtag")
    art = leser.auswahl("art", Art)
    bis, antrag_am = leser.datum("bis"), leser.datum("antrag_am")
    _prüfe_zeitraum(leser, stichtag, bis)
    stufe, ort, hinweise = _ort(leser, stichtag)
    wohnung = lies_wohnung(leser, art)
    personen = lies_personen(leser, stichtag, bis)
    _prüfe_mietwert(leser, wohnung, personen)
    haushalt = Haushalt(
        id=leser.text("id", leer_erlaubt=True),
        stichtag=stichtag or date.min,
        art=art or Art.MIETZUSCHUSS,
        mietenstufe=stufe,
        wohnung=wohnung,
        personen=personen,
        alleinerziehend=leser.ja("alleinerziehend"),
        vermögen=leser.euro("vermoegen"),
        antrag_am=antrag_am,
        bis=bis,
        bewohner=leser.ganzzahl("bewohner", 1, 10_000),
        gemeinde=ort[1] if ort else leser.text("gemeinde"),
        land=ort[0] if ort else leser.text("land"),
        kreis=leser.text("kreis"),
        hinweise=(*hinweise, *leser.übergangen),
    )
    leser.abschluss()
    return haushalt


def _prüfe_zeitraum(leser: Leser, stichtag: date | None, bis: date | None) -> None:
    if stichtag is None or bis is None:
        return
    if bis < stichtag:
        leser.fehler("bis", f"Der Bewilligungszeitraum endet vor seinem Beginn am {deutsch(stichtag)} (stichtag).")
        return
    monate = volle_monate(stichtag, bis)
    if monate is None:
        leser.fehler(
            "bis", "Der Bewilligungszeitraum umfasst volle Monate: bis ist der letzte Tag eines solchen Monats."
        )
    elif monate > _LÄNGSTENS_MONATE:
        leser.fehler("bis", "Der Bewilligungszeitraum darf höchstens 24 Monate lang sein (§ 25 Abs. 1 WoGG).")


def _ort(leser: Leser, stichtag: date | None) -> tuple[int, tuple[str, str] | None, tuple[Hinweis, ...]]:
    """Mietenstufe, Land und Name der Gemeinde; eine angegebene Mietenstufe geht vor."""
    gegeben = leser.ganzzahl("mietenstufe", 1, 7)
    gemeinde, land, kreis = leser.text("gemeinde"), leser.text("land"), leser.text("kreis")
    if not leser.hat("mietenstufe") and not leser.hat("gemeinde"):
        leser.fehler("", "Eines von gemeinde und mietenstufe wird gebraucht.")
    if gemeinde is None or stichtag is None:
        return gegeben or 1, None, ()
    try:
        fund = mietenstufe.finde(gemeinde, land, kreis, stichtag)
    except KeinRecht:
        # Für diesen Tag gibt es auch kein Wohngeldrecht; das sagt wohngeld().
        return gegeben or 1, None, ()
    except mietenstufe.Ortsfehler as fehler:
        if not leser.hat("mietenstufe"):
            leser.fehler(fehler.feld, str(fehler))
        return gegeben or 1, None, ()
    if gegeben is None:
        return fund.mietenstufe, (fund.land, fund.name), fund.hinweise
    if gegeben != fund.mietenstufe:
        text = f"Angegeben ist Mietenstufe {gegeben}; nach der Anlage der WoGV hat {fund.name} {fund.mietenstufe}."
        return gegeben, (fund.land, fund.name), (Hinweis("§ 12 WoGG, Anlage zu § 1 Abs. 3 WoGV", text),)
    return gegeben, (fund.land, fund.name), ()


def _prüfe_mietwert(leser: Leser, wohnung: Wohnung, personen: tuple[Person, ...]) -> None:
    """Der Mietwert der Wohnung darf nicht noch einmal als Einnahme einer Person stehen."""
    if wohnung.mietwert is None:
        return
    for nummer, person in enumerate(personen):
        for stelle, einkunft in enumerate(person.einkünfte):
            if einkunft.nummer == 31:
                leser.fehler(
                    f"personen/{nummer}/einkuenfte/{stelle}/nummer",
                    "Der Mietwert zählt schon über wohnung/mietwert; hier bitte weglassen.",
                )
