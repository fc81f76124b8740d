"""§ 15 Abs. 2 und 4 WoGG: einmaliges Einkommen und sein Zeitraum; ``krankengeld`` zählt ohne Pauschbetrag."""

from decimal import Decimal

import pytest

from tests.law.households import Daten, fehler, haushalt, hinweisnormen, jahr, person, rechne


def _einmalig(**felder: object) -> Daten:
    return {"art": "krankengeld", "jahr": "1200", "einmalig": True, **felder}


@pytest.mark.parametrize(
    ("einkunft", "felder", "erwartet"),
    [
        # Zufluss November 2025: je 100 € von Dezember 2025 bis November 2026; elf davon im Bewilligungszeitraum 2026
        (_einmalig(zufluss="2025-11-15"), {}, "1100"),
        # Zufluss März 2026: April 2026 bis März 2027; neun davon
        (_einmalig(zufluss="2026-03-31"), {}, "900"),
        # Zufluss Dezember 2025: genau der Bewilligungszeitraum
        (_einmalig(zufluss="2025-12-31"), {}, "1200"),
        # Satz 1: für Januar bis Juni 2026 gezahlt
        (_einmalig(zufluss="2026-01-10", von="2026-01-01", bis="2026-06-30"), {}, "1200"),
        # für Oktober 2025 bis März 2026: drei von sechs Monaten
        (_einmalig(zufluss="2025-10-01", von="2025-10-01", bis="2026-03-31"), {}, "600"),
        # Abfindung für drei Jahre ab Januar 2026: zwölf von 36 Monaten
        (_einmalig(zufluss="2026-01-01", von="2026-01-01", bis="2028-12-31"), {}, "400"),
        # ganz außerhalb
        (_einmalig(zufluss="2026-12-01", von="2027-01-01", bis="2027-12-31"), {}, "0"),
        # Satz 3: mehr als ein Jahr vor der Antragstellung zugeflossen zählt nicht, auch nicht mit Zeitraum
        (_einmalig(zufluss="2025-01-14", von="2025-07-01", bis="2026-06-30"), {"antrag_am": "2026-01-15"}, "0"),
        (_einmalig(zufluss="2025-01-15", von="2025-07-01", bis="2026-06-30"), {"antrag_am": "2026-01-15"}, "600"),
        # Abs. 4: sechs Monate Bewilligung, alle mit je 100 €: 12 × 100
        (_einmalig(zufluss="2025-12-01"), {"bis": "2026-06-30"}, "1200"),
        # zwei Monate Bewilligung, ein Monat mit 100 €: Durchschnitt 50, mal 12
        (_einmalig(zufluss="2025-01-31"), {"bis": "2026-02-28", "antrag_am": "2026-01-31"}, "600"),
        # 24 Monate Bewilligung, zwölf mit je 100 €: Durchschnitt 50, mal 12
        (_einmalig(zufluss="2026-05-05"), {"bis": "2027-12-31"}, "600"),
        # nach Tagen, wo der Zeitraum keine ganzen Monate hat: 17 von 34 Tagen (15.12. bis 17.01.)
        (_einmalig(zufluss="2025-12-15", von="2025-12-15", bis="2026-01-17"), {}, "600"),
        # ohne Tag des Zuflusses: die zwölf Monate ab Beginn
        (_einmalig(), {}, "1200"),
    ],
)
def test_one_off_income(einkunft: Daten, felder: Daten, erwartet: str) -> None:
    assert jahr(person(einkunft), **felder) == Decimal(erwartet)


def test_one_off_wages_share_the_flat_rate() -> None:
    # 12.000 + 11/12 von 1.200 − 1.230
    lohn = {"art": "lohn", "monat": "1000"}
    assert jahr(person(lohn, {**_einmalig(zufluss="2025-11-15"), "art": "lohn"})) == 11870


def test_running_income_does_not_depend_on_the_length_of_the_period() -> None:
    # § 15 Abs. 4: das Zwölffache des Monatsdurchschnitts
    laufend = person({"art": "krankengeld", "monat": "100"})
    assert jahr(laufend, bis="2026-06-30") == jahr(laufend, bis="2027-12-31") == 1200


def test_missing_day_is_named() -> None:
    assert "§ 15 Abs. 2 WoGG" in hinweisnormen(rechne(haushalt(person(_einmalig()))))


@pytest.mark.parametrize(
    ("felder", "stelle"),
    [
        ({"von": "2026-02-01", "bis": "2026-01-31"}, "bis"),
    ],
)
def test_a_period_that_ends_before_it_begins_is_refused(felder: Daten, stelle: str) -> None:
    assert f"/personen/0/einkuenfte/0/{stelle}" in fehler(haushalt(person(_einmalig(**felder))))


def test_one_off_income_stands_in_jahr() -> None:
    monatlich = {"art": "krankengeld", "monat": "100", "einmalig": True}
    assert "/personen/0/einkuenfte/0/monat" in fehler(haushalt(person(monatlich)))


@pytest.mark.parametrize("bis", ["2025-12-31", "2026-06-15", "2028-01-31"])
def test_period_must_be_whole_months_up_to_24(bis: str) -> None:
    assert list(fehler(haushalt(person(), bis=bis))) == ["/bis"]


@pytest.mark.parametrize("felder", [{"von": "2026-01-01"}, {"bis": "2026-06-30"}])
def test_half_a_period_is_none_and_is_said(felder: Daten) -> None:
    # § 15 Abs. 2 Satz 2: kein Zeitraum festgelegt, also zwölf Monate nach dem Zuflussmonat (Dezember 2025)
    einkunft = _einmalig(zufluss="2025-12-31", **felder)
    assert jahr(person(einkunft)) == Decimal(1200)
    assert "§ 15 Abs. 2 Satz 2 WoGG" in hinweisnormen(rechne(haushalt(person(einkunft))))


@pytest.mark.parametrize(
    ("art", "erwartet"),
    [
        # § 10 Abs. 1 BEEG: für Januar und Februar je 300 € frei: 3600 − 600
        ("elterngeld", "3000"),
        # § 10 Abs. 3 BEEG: je 150 €: 3600 − 300
        ("elterngeld_plus", "3300"),
    ],
)
def test_one_off_parental_benefit_is_free_for_its_months_only(art: str, erwartet: str) -> None:
    einkunft = {"art": art, "jahr": "3600", "einmalig": True, "von": "2026-01-01", "bis": "2026-02-28"}
    assert jahr(person(einkunft)) == Decimal(erwartet)
