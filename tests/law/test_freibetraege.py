"""§§ 17, 17a und 18 WoGG. Ohne Freibetrag: Rente 15.498 € im Jahr (12 × 1.300 − 102)."""

from decimal import Decimal

import pytest

from tests.law.households import Daten, fehler, haushalt, hinweisnormen, jahr, person, rechne, rentnerin

OHNE = Decimal(15498)


@pytest.mark.parametrize(
    ("gdb", "pflege", "frei"),
    [
        # § 17 Nr. 1 Buchst. a: GdB 100, gleich wie gepflegt wird
        (100, "nein", 1800),
        (100, "vollstationaer", 1800),
        # Buchst. b: schwerbehindert (§ 2 Abs. 2 SGB IX: ab 50) und häuslich, teilstationär oder in Kurzzeit gepflegt
        (50, "haeuslich", 1800),
        (99, "teilstationaer", 1800),
        (80, "kurzzeit", 1800),
        (80, "vollstationaer", 0),
        (80, "nein", 0),
        # nicht schwerbehindert
        (49, "haeuslich", 0),
        (0, "haeuslich", 0),
    ],
)
def test_severe_disability(gdb: int, pflege: str, frei: int) -> None:
    assert jahr(rentnerin(gdb=gdb, pflegebeduerftig=pflege)) == OHNE - frei


def test_every_disabled_member_has_the_allowance_but_no_excluded_one() -> None:
    assert jahr(rentnerin(gdb=100), person(gdb=100)) == OHNE - 3600
    assert jahr(rentnerin(), person(gdb=100, ausgeschlossen="SGB XII")) == OHNE
    assert jahr(rentnerin(), person(gdb=100, verstorben_am="2025-12-24")) == OHNE


def test_persecuted_by_the_nazis() -> None:
    assert jahr(rentnerin(ns_verfolgt=True)) == OHNE - 750


def test_single_parent_once_for_the_household() -> None:
    assert jahr(rentnerin(), person(kind=True), alleinerziehend=True) == OHNE - 1320


@pytest.mark.parametrize(
    ("kind", "frei"),
    [
        # 12 × 150 = 1.800 Minijob, höchstens 1.200 frei
        ({"kind": True, "einkuenfte": [{"art": "minijob_pauschal", "monat": "150"}]}, 1200),
        ({"kind": True, "einkuenfte": [{"art": "minijob_pauschal", "monat": "50"}]}, 600),
        # nach Aufwendungen und § 16: (600 − 100) × 0,9 = 450 zählt, 450 frei
        (
            {
                "kind": True,
                "krankenversicherung": True,
                "einkuenfte": [{"art": "minijob_pauschal", "monat": "50", "werbungskosten_jahr": "100"}],
            },
            450,
        ),
        # Lohn unter dem Pauschbetrag: nichts zählt, nichts ist frei
        ({"kind": True, "einkuenfte": [{"art": "lohn", "monat": "100"}]}, 0),
        # keine Erwerbstätigkeit
        ({"kind": True, "einkuenfte": [{"art": "unterhaltsvorschuss", "monat": "100"}]}, 0),
        # steuerfreie Zuschläge sind Erwerb
        ({"kind": True, "einkuenfte": [{"art": "steuerfreie_zuschlaege", "monat": "20"}]}, 240),
        # noch nicht 25: am 2026-01-01 wird die erste Person 25, die zweite erst am Tag darauf
        ({"kind": True, "geburtsdatum": "2001-01-01", "einkuenfte": [{"art": "gewerbe", "monat": "50"}]}, 0),
        ({"kind": True, "geburtsdatum": "2001-01-02", "einkuenfte": [{"art": "gewerbe", "monat": "50"}]}, 600),
        # jung, aber kein Kind eines Haushaltsmitglieds
        ({"geburtsdatum": "2005-01-01", "einkuenfte": [{"art": "gewerbe", "monat": "50"}]}, 0),
    ],
)
def test_earnings_of_a_child(kind: Daten, frei: int) -> None:
    ergebnis = rechne(haushalt(rentnerin(), kind))
    assert -sum((f.betrag or Decimal(0) for f in ergebnis.einkommen.freibeträge), Decimal(0)) == frei
    zusammen = sum((p.jahreseinkommen for p in ergebnis.personen), Decimal(0))
    assert ergebnis.einkommen.jahr == zusammen - frei


def test_turning_25_within_the_period_is_named() -> None:
    kind = person({"art": "gewerbe", "monat": "50"}, kind=True, geburtsdatum="2001-06-01")
    assert "§ 17 Nr. 4, § 25 Abs. 1 WoGG" in hinweisnormen(rechne(haushalt(rentnerin(), kind)))


@pytest.mark.parametrize(
    ("monat", "zeiten", "frei"),
    [
        # 12 × 500 = 6.000: 1.200 + 30 % von 4.800 = 2.640; von der Rente brutto, vor Werbungskosten und § 16
        ("500", {"grundrentenzeiten_jahre": "33"}, "2640"),
        # 12 × 704,50 = 8.454: 1.200 + 30 % von 7.254 = 3.376,20
        ("704.50", {"grundrentenzeiten_monate": 396}, "3376.20"),
        # 12 × 800: 1.200 + 30 % von 8.400 = 3.720, höchstens 12 × 50 % von 563 = 3.378
        ("800", {"grundrentenzeiten_jahre": "40.5"}, "3378"),
        # Rente unter 1.200 im Jahr: höchstens die Rente
        ("50", {"grundrentenzeiten_jahre": "33"}, "600"),
        # 395 Monate oder 32,99 Jahre sind keine 33 Jahre
        ("500", {"grundrentenzeiten_monate": 395}, "0"),
        ("500", {"grundrentenzeiten_jahre": "32.99"}, "0"),
        ("500", {}, "0"),
    ],
)
def test_basic_pension_times(monat: str, zeiten: Daten, frei: str) -> None:
    einkünfte = [{"art": "rente", "monat": monat}, {"art": "rente_privat", "monat": "200"}]
    ergebnis = rechne(haushalt(person(*einkünfte, krankenversicherung=True, **zeiten)))
    assert -sum((f.betrag or Decimal(0) for f in ergebnis.einkommen.freibeträge), Decimal(0)) == Decimal(frei)


@pytest.mark.parametrize(
    ("zahlung", "abzug"),
    [
        # § 18 Satz 1 Nr. 1 bis 4: höchstens 3.000, 3.000, 6.000, 3.000
        ({"nummer": 1, "jahr": "3500"}, 3000),
        ({"nummer": 2, "jahr": "3500"}, 3000),
        ({"nummer": 3, "jahr": "6500"}, 6000),
        ({"nummer": 4, "jahr": "3500"}, 3000),
        ({"nummer": 4, "jahr": "2500"}, 2500),
        # Satz 2: mit Titel bis zum festgelegten Betrag, darüber wie darunter; tatsächlich gezahlt
        ({"nummer": 4, "jahr": "5000", "tituliert": "4800"}, 4800),
        ({"nummer": 4, "jahr": "4000", "tituliert": "4800"}, 4000),
        ({"nummer": 3, "jahr": "2500", "tituliert": "2000"}, 2000),
    ],
)
def test_maintenance_paid(zahlung: Daten, abzug: int) -> None:
    assert jahr(rentnerin(unterhalt_gezahlt=[zahlung])) == OHNE - abzug


def test_each_recipient_has_its_own_limit() -> None:
    zahlungen = [{"nummer": 4, "jahr": "3500"}, {"nummer": 4, "jahr": "3500"}, {"nummer": 2, "jahr": "1000"}]
    assert jahr(rentnerin(unterhalt_gezahlt=zahlungen)) == OHNE - 7000


def test_excluded_members_deduct_nothing() -> None:
    zahlt = person(ausgeschlossen="SGB II", unterhalt_gezahlt=[{"nummer": 4, "jahr": "3000"}])
    assert jahr(rentnerin(), zahlt) == OHNE


def test_total_income_is_never_negative() -> None:
    ergebnis = rechne(haushalt(person({"art": "rente", "monat": "100"}, gdb=100)))
    assert ergebnis.einkommen.jahr == 0
    assert ergebnis.als_dict()["gesamteinkommen_monat"] == "0.00"


def test_monthly_income_is_not_rounded() -> None:
    # 15.498 × 0,9 = 13.948,20; / 12 = 1.162,35; mit 10 Cent mehr im Monat 13.949,28 / 12 = 1.162,44
    ergebnis = rechne(haushalt(person({"art": "rente", "jahr": "1000"})))
    assert ergebnis.gesamteinkommen_monat == Decimal("74." + "8" + "3" * 29)
    assert ergebnis.als_dict()["gesamteinkommen_monat"] == "74.83"


def test_half_a_cent_is_shown_rounded_up() -> None:
    # (1.002,06 − 102) / 12 = 75,005
    assert rechne(haushalt(person({"art": "rente", "jahr": "1002.06"}))).als_dict()["gesamteinkommen_monat"] == "75.01"


@pytest.mark.parametrize("jahre", ["dreißig", "33,5", "", "-1"])
def test_years_are_a_decimal_number(jahre: str) -> None:
    assert list(fehler(haushalt(person(grundrentenzeiten_jahre=jahre)))) == ["/personen/0/grundrentenzeiten_jahre"]
