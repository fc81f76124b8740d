"""§§ 3, 6, 7, 20 und 21 WoGG: wer zählt, ob ein Anspruch besteht und was ein Mensch ansehen muss."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from kiepe.law.parameter import deutsch
from kiepe.law.schritt import Hinweis, euro
from kiepe.law.wohngeld.einnahmen import MIT_AUFWENDUNGEN
from kiepe.law.wohngeld.haushalt import Ausbildungsförderung, Einkunftsart, Haushalt, Person, Pflege
from kiepe.law.wohngeld.miete import Haushaltsgröße
from kiepe.law.wohngeld.recht import Recht
from kiepe.law.wohngeld.zeitraum import alter, plus_monate

_KEIN_ANSPRUCH_ALLE_AUSGESCHLOSSEN = (
    "Alle Haushaltsmitglieder sind vom Wohngeld ausgeschlossen (§ 21 Nr. 2 in Verbindung mit §§ 7, 8 Abs. 1 WoGG)."
)
_KEIN_ANSPRUCH_AUSBILDUNG = (
    "Allen Haushaltsmitgliedern steht dem Grunde nach Ausbildungsförderung zu (§ 20 Abs. 2 WoGG)."
)
_ÄNDERUNG_AB = date(2027, 1, 1)


def zählende_verstorbene(haushalt: Haushalt) -> tuple[Person, ...]:
    """§ 6 Abs. 2 WoGG: Für zwölf Monate nach dem Sterbemonat bleibt die Anzahl unverändert.

    Eine Geburt nach dem Todesfall bringt die Anzahl auf den Stand davor; dann zählt die verstorbene
    Person nicht mehr (Satz 2 Nr. 2). Die übrigen Fälle des Satzes 2 stehen nicht im Haushalt: ein Hinweis nennt sie.
    """
    geburten = sorted(p.geburtsdatum for p in zu_berücksichtigende(haushalt) if p.geburtsdatum is not None)
    zählende: list[Person] = []
    verstorbene = [
        (p.verstorben_am, p)
        for p in haushalt.personen
        if p.verstorben_am and haushalt.verstorben(p) and p.ausgeschlossen is None
    ]
    for verstorben_am, person in sorted(verstorbene, key=lambda paar: paar[0]):
        danach = [tag for tag in geburten if verstorben_am < tag <= haushalt.stichtag]
        if danach:
            geburten.remove(danach[0])
        elif haushalt.stichtag <= letzter_tag_nach_tod(verstorben_am):
            zählende.append(person)
    return tuple(zählende)


def letzter_tag_nach_tod(verstorben_am: date) -> date:
    """Der letzte Tag des zwölften Monats nach dem Sterbemonat."""
    return plus_monate(verstorben_am.replace(day=1), 13) - timedelta(days=1)


def zu_berücksichtigende(haushalt: Haushalt) -> tuple[Person, ...]:
    """§ 6 Abs. 1 WoGG: die lebenden Haushaltsmitglieder, die nicht ausgeschlossen sind; ihr Einkommen zählt."""
    return tuple(p for p in haushalt.personen if not haushalt.verstorben(p) and p.ausgeschlossen is None)


def haushaltsgröße(haushalt: Haushalt) -> Haushaltsgröße:
    """Wie viele Mitglieder der Haushalt hat und wie viele zu berücksichtigen sind; Verstorbene nach § 6 Abs. 2."""
    lebend = sum(not haushalt.verstorben(p) for p in haushalt.personen)
    verstorben = len(zählende_verstorbene(haushalt))
    lebend_berücksichtigt = len(zu_berücksichtigende(haushalt))
    # Ohne ein lebendes zu berücksichtigendes Mitglied gibt es niemanden, für den gezahlt wird.
    berücksichtigt = lebend_berücksichtigt + verstorben if lebend_berücksichtigt else 0
    return Haushaltsgröße(gesamt=max(1, lebend + verstorben), berücksichtigt=berücksichtigt, lebend=lebend)


def eigentümer(haushalt: Haushalt) -> Person | None:
    """Wem der Mietwert der Wohnung zählt (§ 14 Abs. 2 Nr. 31 WoGG): die erste lebende Person, die antragstellende."""
    return next((p for p in haushalt.personen if not haushalt.verstorben(p)), None)


def grund_ohne_anspruch(haushalt: Haushalt, größe: Haushaltsgröße, betrag: int, recht: Recht) -> str | None:
    """Weshalb kein Anspruch besteht, mit der Norm; ``None``, wenn einer besteht."""
    if not größe.berücksichtigt:
        return _KEIN_ANSPRUCH_ALLE_AUSGESCHLOSSEN
    lebende = [p for p in haushalt.personen if not haushalt.verstorben(p)]
    if all(p.ausbildungsförderung is Ausbildungsförderung.DEM_GRUNDE_NACH for p in lebende):
        return _KEIN_ANSPRUCH_AUSBILDUNG
    if betrag < recht.bagatellgrenze:
        norm = "§ 21 Nr. 1 WoGG" if recht.entwurf is None else "§ 21 Abs. 1 Nr. 1 WoGG-E"
        return f"Das Wohngeld würde weniger als {recht.bagatellgrenze:f} Euro im Monat betragen ({norm})."
    return None


def hinweise(
    haushalt: Haushalt, größe: Haushaltsgröße, einnahmen: Decimal, miete: Decimal, wohngeld: int, recht: Recht
) -> tuple[Hinweis, ...]:
    """Was ein Mensch ansehen muss. Kein Hinweis ändert das Ergebnis.

    Args:
        einnahmen: Einkommen aller zu berücksichtigenden Mitglieder im Monat nach § 16.
        miete: ihr Anteil an Miete oder Belastung im Monat, vor der Grenze des § 11 Abs. 1.
    """
    return (
        *haushalt.hinweise,
        *_rechtsänderung(haushalt, recht),
        *_vermögen(haushalt, größe, recht),
        *_geringe_mittel(haushalt, größe, einnahmen + wohngeld, miete, recht),
        *_zeitraum(haushalt),
        *_angaben(haushalt, recht),
    )


def _rechtsänderung(haushalt: Haushalt, recht: Recht) -> Iterator[Hinweis]:
    if recht.entwurf is not None:
        text = f"Nur ein Vergleich mit dem Entwurf {recht.entwurf}: kein geltendes Recht, keine Entscheidung."
        yield Hinweis("Entwurf, BT-Drs. 21/8284", text)
        if any(p.pflegebedürftig is not Pflege.NEIN and 50 <= p.gdb < 100 for p in zu_berücksichtigende(haushalt)):
            text = "Der Entwurf verlangt einen Pflegegrad ab 3; er ist nicht bekannt, der Freibetrag nicht angesetzt."
            yield Hinweis("§ 17 Nr. 1 WoGG-E", text)
    elif haushalt.ende >= _ÄNDERUNG_AB:
        text = (
            "Zum 01.01.2027 ist eine Änderung des Wohngeldrechts angekündigt, aber noch nicht in Kraft. "
            "Gerechnet ist nach heutigem Recht; der Teil des Zeitraums ab 2027 ist vor der Entscheidung zu prüfen."
        )
        yield Hinweis("§ 41 WoGG", text)


def _vermögen(haushalt: Haushalt, größe: Haushaltsgröße, recht: Recht) -> Iterator[Hinweis]:
    grenze = recht.vermögen_erste + recht.vermögen_weitere * max(0, größe.berücksichtigt - 1)
    if recht.vermögen_höchstens is not None:
        grenze = min(grenze, recht.vermögen_höchstens)
    if haushalt.vermögen > grenze:
        text = (
            f"Das Vermögen von {euro(haushalt.vermögen)} liegt über {euro(grenze)}. "
            "Ob es erheblich und die Inanspruchnahme deshalb missbräuchlich ist, entscheidet ein Mensch im Einzelfall."
        )
        yield Hinweis("§ 21 Nr. 3 WoGG", text)


def _geringe_mittel(
    haushalt: Haushalt, größe: Haushaltsgröße, mittel: Decimal, miete: Decimal, recht: Recht
) -> Iterator[Hinweis]:
    """WoGVwV 15.01: Mittel und Wohngeld sollen 80 Prozent des Bedarfs nach dem SGB XII erreichen."""
    personen = zu_berücksichtigende(haushalt)
    if not personen or haushalt.wohnung.heim:
        return
    kinder = sum(_ist_kind(p, haushalt.stichtag) for p in personen)
    bedarf = miete + größe.anteil(recht.heizkosten.für(größe.gesamt)) + _regelbedarf(personen, haushalt.stichtag, recht)
    verfügbar = mittel + kinder * recht.kindergeld
    if verfügbar * 5 < bedarf * 4:
        text = (
            f"Die angegebenen Mittel von rund {euro(verfügbar)} im Monat (mit Wohngeld und Kindergeld) erreichen "
            f"nicht 80 Prozent des Bedarfs von rund {euro(bedarf)}. Bitte klären, wovon der Haushalt lebt, "
            "und ob Grundsicherung oder Kinderzuschlag in Betracht kommt."
        )
        yield Hinweis("§ 15 Abs. 1 WoGG, WoGVwV 15.01", text)


def _ist_kind(person: Person, tag: date) -> bool:
    return person.kind if person.geburtsdatum is None else alter(person.geburtsdatum, tag) < 18


def _regelbedarf(personen: tuple[Person, ...], tag: date, recht: Recht) -> Decimal:
    """Regelbedarfe überschlägig: Erwachsene in Stufe 1 oder 2, Kinder nach Alter, ohne Geburtsdatum in Stufe 5."""
    erwachsene = sum(not _ist_kind(person, tag) for person in personen)
    summe = recht.regelbedarf[0] if erwachsene == 1 else recht.regelbedarf[1] * erwachsene
    for person in personen:
        if _ist_kind(person, tag):
            jahre = 10 if person.geburtsdatum is None else alter(person.geburtsdatum, tag)
            summe += recht.regelbedarf[3 if jahre >= 14 else 4 if jahre >= 6 else 5]
    return Decimal(summe)


def _zeitraum(haushalt: Haushalt) -> Iterator[Hinweis]:
    if haushalt.stichtag.day != 1:
        yield Hinweis(
            "§ 25 Abs. 2 WoGG", "Der Bewilligungszeitraum beginnt am Ersten eines Monats; bitte den Beginn prüfen."
        )
    for person in zählende_verstorbene(haushalt):
        assert person.verstorben_am is not None
        text = (
            f"Die verstorbene Person {person.id} zählt bis {deutsch(letzter_tag_nach_tod(person.verstorben_am))} mit. "
            "Das endet früher, wenn die Wohnung aufgegeben wird, jemand neu in den Haushalt kommt oder ihr Anteil "
            "an den Wohnkosten in einer anderen Leistung zählt; ein längerer Bewilligungszeitraum ist zu teilen."
        )
        yield Hinweis("§ 6 Abs. 2, § 25 Abs. 1 WoGG", text)
    for person in haushalt.personen:
        if person.kind and person.geburtsdatum is not None:
            jetzt, am_ende = alter(person.geburtsdatum, haushalt.stichtag), alter(person.geburtsdatum, haushalt.ende)
            if jetzt < 25 <= am_ende and person.einkünfte:
                text = f"{person.id} wird im Bewilligungszeitraum 25 Jahre alt; der Freibetrag gilt nur bis dahin."
                yield Hinweis("§ 17 Nr. 4, § 25 Abs. 1 WoGG", text)


def _angaben(haushalt: Haushalt, recht: Recht) -> Iterator[Hinweis]:
    for person in zu_berücksichtigende(haushalt):
        for einkunft in person.einkünfte:
            if einkunft.einmalig and einkunft.zufluss is None and einkunft.von is None:
                text = (
                    f"Zum einmaligen Einkommen von {person.id} fehlt der Tag des Zuflusses; "
                    "angenommen sind die zwölf Monate ab Beginn des Bewilligungszeitraums."
                )
                yield Hinweis("§ 15 Abs. 2 WoGG", text)
            if einkunft.werbungskosten_jahr and einkunft.art not in MIT_AUFWENDUNGEN:
                text = (
                    f"Bei {person.id} sind zu „{einkunft.art}“ Aufwendungen angegeben; sie mindern die Einnahme nicht."
                )
                yield Hinweis("§ 14 WoGG", text)
            if einkunft.art in _ELTERNGELD and einkunft.monat is None and recht.entwurf is None:
                text = (
                    f"Beim Elterngeld von {person.id} ist der freie Betrag für zwölf Monate abgezogen; "
                    "bitte die Bezugsmonate prüfen."
                )
                yield Hinweis("§ 10 BEEG", text)
    if haushalt.wohnung.heim and _hat_abzüge(haushalt):
        yield Hinweis("§ 11 Abs. 1 Satz 2 WoGG", "Im Heim zählt der Höchstbetrag; angegebene Abzüge mindern ihn nicht.")


_ELTERNGELD = frozenset({Einkunftsart.ELTERNGELD, Einkunftsart.ELTERNGELD_PLUS})


def _hat_abzüge(haushalt: Haushalt) -> bool:
    wohnung = haushalt.wohnung
    return bool(
        wohnung.geschäftlich_genutzt
        or wohnung.untervermietet
        or wohnung.untervermietung
        or wohnung.mitbewohner_anteil
        or wohnung.mitbewohner
        or wohnung.öffentliche_leistungen
        or wohnung.leistungen_68_aufenthg
    )
