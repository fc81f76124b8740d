"""Die Personen und ihre Einkünfte aus der Schnittstelle ``household.schema.json``."""

import re
from datetime import date, timedelta

from kiepe.law.parameter import KeinRecht
from kiepe.law.wohngeld.haushalt import (
    Ausbildungsförderung,
    Einkunft,
    Einkunftsart,
    Person,
    Pflege,
    Unterhaltszahlung,
    Zahler,
)
from kiepe.law.wohngeld.leser import Leser
from kiepe.law.wohngeld.recht import recht_am
from kiepe.law.wohngeld.zeitraum import plus_monate

_PERSON = (
    "id",
    "geburtsdatum",
    "kind",
    "ausgeschlossen",
    "einkuenfte",
    "einkommensteuer",
    "krankenversicherung",
    "rentenversicherung",
    "gdb",
    "pflegebeduerftig",
    "ns_verfolgt",
    "grundrentenzeiten_jahre",
    "unterhalt_gezahlt",
    "grundrentenzeiten_monate",
    "ausbildungsfoerderung",
    "verstorben_am",
)
_EINKUNFT = (
    "art",
    "monat",
    "jahr",
    "einmalig",
    "werbungskosten_jahr",
    "nummer",
    "zufluss",
    "von",
    "bis",
    "zahler",
    "fuer_pflege",
)
_NUMMER = re.compile(r"([0-9]{1,2}) ?([a-f]?)")
_HÖCHSTE_NUMMER = 31


def lies_personen(haushalt: Leser, stichtag: date | None, bis: date | None) -> tuple[Person, ...]:
    """Die Personen; Fehler stehen danach im Leser."""
    personen: list[Person] = []
    ids: set[str] = set()
    for leser in haushalt.objekte("personen"):
        person = _person(leser, stichtag, bis)
        if person.id in ids:
            leser.fehler("id", f"Die id „{person.id}“ kommt mehrfach vor; jede Person braucht ihre eigene.")
        ids.add(person.id)
        personen.append(person)
    if haushalt.hat("personen"):
        if not personen:
            haushalt.fehler("personen", "Mindestens eine Person wird gebraucht.")
        elif all(person.verstorben_am is not None for person in personen):
            haushalt.fehler("personen", "Mindestens eine lebende Person wird gebraucht.")
    return tuple(personen)


def _person(leser: Leser, stichtag: date | None, bis: date | None) -> Person:
    leser.nur(_PERSON)
    leser.pflicht("id")
    person = Person(
        id=leser.text("id", leer_erlaubt=True) or "",
        geburtsdatum=leser.datum("geburtsdatum"),
        kind=leser.ja("kind"),
        ausgeschlossen=None if leser.ist_null("ausgeschlossen") else leser.text("ausgeschlossen"),
        einkünfte=tuple(_einkunft(einzeln, stichtag, bis) for einzeln in leser.objekte("einkuenfte")),
        einkommensteuer=leser.ja("einkommensteuer"),
        krankenversicherung=leser.ja("krankenversicherung"),
        rentenversicherung=leser.ja("rentenversicherung"),
        gdb=leser.ganzzahl("gdb", 0, 100) or 0,
        pflegebedürftig=leser.auswahl("pflegebeduerftig", Pflege) or Pflege.NEIN,
        ns_verfolgt=leser.ja("ns_verfolgt"),
        grundrentenzeiten_jahre=leser.zahl("grundrentenzeiten_jahre", "sind Jahre"),
        grundrentenzeiten_monate=leser.ganzzahl("grundrentenzeiten_monate", 0, 1500),
        unterhalt_gezahlt=tuple(_unterhalt(einzeln) for einzeln in leser.objekte("unterhalt_gezahlt")),
        ausbildungsförderung=leser.auswahl("ausbildungsfoerderung", Ausbildungsförderung) or Ausbildungsförderung.NEIN,
        verstorben_am=leser.datum("verstorben_am"),
    )
    _prüfe_daten(leser, person, stichtag, bis)
    return person


def _prüfe_daten(leser: Leser, person: Person, stichtag: date | None, bis: date | None) -> None:
    if stichtag is None:
        return
    ende = bis or plus_monate(stichtag, 12) - timedelta(days=1)
    for feld, tag in (("geburtsdatum", person.geburtsdatum), ("verstorben_am", person.verstorben_am)):
        if tag is not None and tag > ende:
            leser.fehler(feld, "Der Tag liegt nach dem Ende des Bewilligungszeitraums. Bitte prüfen.")
    if person.geburtsdatum and person.verstorben_am and person.verstorben_am < person.geburtsdatum:
        leser.fehler("verstorben_am", "Der Tag liegt vor dem Geburtsdatum. Bitte prüfen.")


def _unterhalt(leser: Leser) -> Unterhaltszahlung:
    leser.nur(("nummer", "jahr", "tituliert"))
    leser.pflicht("nummer")
    leser.pflicht("jahr")
    return Unterhaltszahlung(
        nummer=leser.ganzzahl("nummer", 1, 4) or 1,
        jahr=leser.euro("jahr"),
        tituliert=leser.euro_oder_nichts("tituliert"),
    )


def _einkunft(leser: Leser, stichtag: date | None, bis: date | None) -> Einkunft:
    leser.nur(_EINKUNFT)
    leser.pflicht("art")
    art = leser.auswahl("art", Einkunftsart) or Einkunftsart.SONSTIGE
    nummer, buchstabe = _nummer(leser, art, stichtag, bis)
    if leser.hat("monat") == leser.hat("jahr"):
        leser.fehler("", "Genau eines von monat und jahr wird gebraucht.")
    monat = leser.euro_oder_nichts("monat", negativ_erlaubt=True)
    jahr = leser.euro("jahr", negativ_erlaubt=True)
    einkunft = Einkunft(
        art=art,
        jahr=jahr if monat is None else 12 * monat,
        monat=monat,
        einmalig=leser.ja("einmalig"),
        werbungskosten_jahr=leser.euro("werbungskosten_jahr"),
        nummer=nummer,
        buchstabe=buchstabe,
        zufluss=leser.datum("zufluss"),
        von=leser.datum("von"),
        bis=leser.datum("bis"),
        zahler=leser.auswahl("zahler", Zahler),
        für_pflege=leser.ja("fuer_pflege"),
    )
    _prüfe_einmalig(leser, einkunft)
    _prüfe_unterhalt(leser, einkunft)
    return einkunft


def _prüfe_einmalig(leser: Leser, einkunft: Einkunft) -> None:
    if not einkunft.einmalig:
        for feld in ("zufluss", "von", "bis"):
            if leser.hat(feld):
                leser.übergehe(
                    feld,
                    "§ 15 WoGG",
                    "Die Angabe gehört zu einmaligem Einkommen und bleibt hier ohne Wirkung; "
                    "bei laufendem Einkommen zählt der Durchschnitt im Monat.",
                )
        return
    if einkunft.monat is not None:
        leser.fehler("monat", "Einmaliges Einkommen steht als ganzer Betrag in jahr.")
    if leser.hat("von") != leser.hat("bis"):
        halb = "von" if leser.hat("von") else "bis"
        worte = "Ohne das Gegenstück ist kein Zeitraum festgelegt; gerechnet ist mit zwölf Monaten nach dem Zufluss."
        leser.übergehe(halb, "§ 15 Abs. 2 Satz 2 WoGG", worte)
    if einkunft.von and einkunft.bis and einkunft.bis < einkunft.von:
        leser.fehler("bis", "Der Zeitraum endet vor seinem Beginn.")


def _prüfe_unterhalt(leser: Leser, einkunft: Einkunft) -> None:
    if einkunft.art is Einkunftsart.UNTERHALT_ERHALTEN or einkunft.nummer in (19, 20):
        return
    for feld, gesetzt in (("zahler", einkunft.zahler is not None), ("fuer_pflege", einkunft.für_pflege)):
        if gesetzt:
            leser.übergehe(
                feld, "§ 14 Abs. 2 Nr. 19 und 20 WoGG", "Die Angabe gehört zu Unterhalt und bleibt hier ohne Wirkung."
            )


def _nummer(leser: Leser, art: Einkunftsart, stichtag: date | None, bis: date | None) -> tuple[int | None, str]:
    """Nummer und Buchstabe in § 14 Abs. 2 WoGG, nur bei ``sonstige``."""
    text = leser.text("nummer")
    if text is None:
        return None, ""
    if art is not Einkunftsart.SONSTIGE:
        leser.übergehe("nummer", "§ 14 Abs. 2 WoGG", "Bei dieser Art steht die Nummer schon fest.")
        return None, ""
    treffer = _NUMMER.fullmatch(text.strip())
    if treffer is None or not 1 <= int(treffer[1]) <= _HÖCHSTE_NUMMER:
        leser.fehler("nummer", 'Erwartet ist eine Nummer aus § 14 Abs. 2 WoGG von "1" bis "31".')
        return None, ""
    nummer = int(treffer[1])
    if nummer in _weggefallen(stichtag, bis):
        leser.fehler(
            "nummer",
            f"§ 14 Abs. 2 Nr. {nummer} WoGG ist weggefallen. Bitte die Nummer nennen, unter die die Einnahme fällt.",
        )
        return None, ""
    return nummer, treffer[2]


def _weggefallen(stichtag: date | None, bis: date | None) -> frozenset[int]:
    """Nummern, die es im ganzen Bewilligungszeitraum nicht gibt."""
    if stichtag is None:
        return frozenset()
    try:
        return recht_am(bis or plus_monate(stichtag, 12) - timedelta(days=1)).weggefallene_nummern
    except KeinRecht:
        return frozenset()
