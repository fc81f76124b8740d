"""§§ 13, 16, 17, 17a und 18 WoGG: vom Jahreseinkommen jeder Person zum Gesamteinkommen des Haushalts."""

from dataclasses import dataclass
from decimal import Decimal

from kiepe.law.schritt import Schritt, euro, geldschritt, glatt, zahl
from kiepe.law.wohngeld.einnahmen import NULL, einnahmen
from kiepe.law.wohngeld.haushalt import Haushalt, Person, Pflege, Unterhaltszahlung
from kiepe.law.wohngeld.recht import Recht
from kiepe.law.wohngeld.zeitraum import alter

_PFLEGE_BEGÜNSTIGT = frozenset({Pflege.HÄUSLICH, Pflege.TEILSTATIONÄR, Pflege.KURZZEIT})
_SCHWERBEHINDERT = 50  # § 2 Abs. 2 SGB IX
_KIND_BIS = 25


@dataclass(frozen=True, slots=True)
class Personeneinkommen:
    """Das Jahreseinkommen eines zu berücksichtigenden Haushaltsmitglieds.

    Attributes:
        einnahmen: Summe nach §§ 14, 15 im Jahr, vor den Abzügen des § 16 (§ 27 Abs. 3 Nr. 3).
        jahreseinkommen: nach den Abzügen des § 16.
        posten: die Summanden; ihre Beträge ergeben zusammen ``jahreseinkommen``.
        freibeträge, unterhalt: was für diese Person nach §§ 17, 17a und § 18 abgeht; die Beträge sind negativ.
    """

    id: str
    einnahmen: Decimal
    jahreseinkommen: Decimal
    posten: tuple[Schritt, ...]
    freibeträge: tuple[Schritt, ...]
    unterhalt: tuple[Schritt, ...]

    @property
    def schritte(self) -> tuple[Schritt, ...]:
        """Die Posten und das Jahreseinkommen, das sie ergeben."""
        ergebnis = geldschritt("§ 14 Abs. 1 WoGG", f"Jahreseinkommen von {self.id}", self.jahreseinkommen)
        return (*self.posten, ergebnis)


@dataclass(frozen=True, slots=True)
class Gesamteinkommen:
    """§ 13 WoGG. ``monat`` ist ein Zwölftel, nicht gerundet; alle Abzüge stehen als negative Schritte da."""

    personen: tuple[Personeneinkommen, ...]
    freibeträge: tuple[Schritt, ...]
    unterhalt: tuple[Schritt, ...]
    jahr: Decimal
    monat: Decimal

    @property
    def einnahmen_monat(self) -> Decimal:
        """Was der Bescheid nach § 24 Abs. 3, § 27 Abs. 3 Satz 1 Nr. 3 WoGG als monatliche Summe ausweist."""
        return glatt(sum((person.einnahmen for person in self.personen), NULL) / 12)

    @property
    def schritte(self) -> tuple[Schritt, ...]:
        """Alle Schritte vom Einkommen jeder Person bis zum monatlichen Gesamteinkommen."""
        return (
            *(schritt for person in self.personen for schritt in person.schritte),
            *self.freibeträge,
            *self.unterhalt,
            geldschritt("§ 13 Abs. 1 WoGG", "Gesamteinkommen im Jahr", self.jahr),
            geldschritt("§ 13 Abs. 2 WoGG", "Monatliches Gesamteinkommen (Y)", self.monat),
        )


def gesamteinkommen(
    haushalt: Haushalt, personen: tuple[Person, ...], recht: Recht, eigentümer: Person | None = None
) -> Gesamteinkommen:
    """Das Gesamteinkommen der zu berücksichtigenden Haushaltsmitglieder.

    Args:
        personen: die lebenden, nicht ausgeschlossenen Haushaltsmitglieder.
        eigentümer: wem der Mietwert der Wohnung als Einnahme zählt (§ 14 Abs. 2 Nr. 31).
    """
    einzeln = tuple(_personeneinkommen(person, haushalt, recht, eigentümer) for person in personen)
    freibeträge = [schritt for person in einzeln for schritt in person.freibeträge]
    if haushalt.alleinerziehend and personen:
        freibeträge.append(
            geldschritt("§ 17 Nr. 3 WoGG", "Freibetrag für Alleinerziehende", -recht.frei_alleinerziehend)
        )
    unterhalt = tuple(schritt for person in einzeln for schritt in person.unterhalt)
    summe = sum((person.jahreseinkommen for person in einzeln), NULL)
    abzüge = sum((schritt.betrag or NULL for schritt in (*freibeträge, *unterhalt)), NULL)
    jahr = max(NULL, summe + abzüge)
    return Gesamteinkommen(einzeln, tuple(freibeträge), unterhalt, glatt(jahr), glatt(jahr / 12))


def _personeneinkommen(
    person: Person, haushalt: Haushalt, recht: Recht, eigentümer: Person | None
) -> Personeneinkommen:
    mietwert = haushalt.wohnung.mietwert or NULL if person is eigentümer else NULL
    brutto = einnahmen(person, haushalt, recht, mietwert=mietwert)
    abzüge = _abzüge(person, brutto.summe, recht)
    verbleibt = 1 - recht.abzug_je_pflichtbeitrag * len(_pflichten(person))
    return Personeneinkommen(
        id=person.id,
        einnahmen=brutto.summe,
        jahreseinkommen=brutto.summe * verbleibt,
        posten=(*brutto.posten, *abzüge),
        freibeträge=_freibeträge(person, haushalt, brutto.erwerb * verbleibt, brutto.gesetzliche_rente, recht),
        unterhalt=tuple(_unterhalt(person, zahlung, recht) for zahlung in person.unterhalt_gezahlt),
    )


def _pflichten(person: Person) -> tuple[tuple[int, str], ...]:
    """Welche der drei Abzüge des § 16 Satz 1 WoGG zustehen."""
    pflichten = (
        (1, "Steuern vom Einkommen", person.einkommensteuer),
        (2, "Beiträge zur Kranken- und Pflegeversicherung", person.krankenversicherung),
        (3, "Beiträge zur Rentenversicherung", person.rentenversicherung),
    )
    return tuple((nummer, name) for nummer, name, zutreffend in pflichten if zutreffend)


def _abzüge(person: Person, summe: Decimal, recht: Recht) -> tuple[Schritt, ...]:
    if not summe:
        return ()
    abzug = -summe * recht.abzug_je_pflichtbeitrag
    prozent = zahl((recht.abzug_je_pflichtbeitrag * 100).to_integral_value())
    return tuple(
        geldschritt(f"§ 16 Satz 1 Nr. {nummer} WoGG", f"{prozent} Prozent: {name}", abzug)
        for nummer, name in _pflichten(person)
    )


def schwerbehinderung_frei(person: Person, recht: Recht) -> bool:
    """§ 17 Nr. 1 WoGG: GdB 100, oder schwerbehindert und zu Hause, teilstationär oder in Kurzzeit gepflegt."""
    if person.gdb >= 100:
        return True
    gepflegt = person.pflegebedürftig in _PFLEGE_BEGÜNSTIGT
    return recht.frei_bei_pflege and person.gdb >= _SCHWERBEHINDERT and gepflegt


def ist_kind_bis_25(person: Person, haushalt: Haushalt) -> bool:
    """§ 17 Nr. 4 WoGG: Kind eines Haushaltsmitglieds und noch nicht 25 Jahre alt."""
    if not person.kind:
        return False
    return person.geburtsdatum is None or alter(person.geburtsdatum, haushalt.stichtag) < _KIND_BIS


def _freibeträge(
    person: Person, haushalt: Haushalt, erwerb: Decimal, rente: Decimal, recht: Recht
) -> tuple[Schritt, ...]:
    schritte: list[Schritt] = []
    if schwerbehinderung_frei(person, recht):
        buchstabe = "a" if person.gdb >= 100 else "b"
        schritte.append(
            geldschritt(
                f"§ 17 Nr. 1 Buchst. {buchstabe} WoGG",
                f"Freibetrag für schwerbehinderte Menschen ({person.id})",
                -recht.frei_schwerbehinderung,
            )
        )
    if person.ns_verfolgt:
        schritte.append(
            geldschritt(
                "§ 17 Nr. 2 WoGG",
                f"Freibetrag für Opfer nationalsozialistischer Verfolgung ({person.id})",
                -recht.frei_ns_verfolgung,
            )
        )
    if erwerb and ist_kind_bis_25(person, haushalt):
        betrag = min(erwerb, recht.frei_kind_höchstens)
        schritte.append(
            geldschritt("§ 17 Nr. 4 WoGG", f"Freibetrag für eigene Erwerbseinnahmen des Kindes ({person.id})", -betrag)
        )
    if rente and hat_grundrentenzeiten(person, recht):
        schritte.append(_grundrentenfreibetrag(person, rente, recht))
    return tuple(schritte)


def hat_grundrentenzeiten(person: Person, recht: Recht) -> bool:
    """§ 17a Abs. 1, Abs. 2 Satz 3 WoGG: mindestens 33 Jahre; sind Monate angegeben, zählen sie."""
    if person.grundrentenzeiten_monate is not None:
        return person.grundrentenzeiten_monate >= 12 * recht.grundrente_jahre
    return person.grundrentenzeiten_jahre is not None and person.grundrentenzeiten_jahre >= recht.grundrente_jahre


def _grundrentenfreibetrag(person: Person, rente: Decimal, recht: Recht) -> Schritt:
    sockel = min(rente, recht.grundrente_sockel)
    betrag = min(sockel + recht.grundrente_anteil * (rente - sockel), recht.grundrente_höchstens)
    worte = f"Freibetrag bei Grundrentenzeiten, aus {euro(rente)} gesetzlicher Rente ({person.id})"
    return geldschritt("§ 17a Abs. 1 WoGG", worte, -betrag)


def _unterhalt(person: Person, zahlung: Unterhaltszahlung, recht: Recht) -> Schritt:
    if zahlung.tituliert is not None:
        norm, grenze, worte = "§ 18 Satz 2 WoGG", zahlung.tituliert, "festgelegt"
    else:
        norm = f"§ 18 Satz 1 Nr. {zahlung.nummer} WoGG"
        grenze, worte = recht.unterhalt_höchstens[zahlung.nummer - 1], "höchstens"
    bezeichnung = f"Gezahlter Unterhalt {euro(zahlung.jahr)}, {worte} {euro(grenze)} ({person.id})"
    return geldschritt(norm, bezeichnung, -min(zahlung.jahr, grenze))
