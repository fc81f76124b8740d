"""§ 14 WoGG: welche Einnahmen in welcher Höhe zählen; Jahresbeträge von Hand gerechnet."""

from decimal import Decimal

import pytest

from kiepe.law.wohngeld import haushalt_aus
from kiepe.law.wohngeld import wohngeld as gerechnet
from tests.law.households import Daten, fehler, haushalt, hinweisnormen, jahr, person, rechne


def _art(art: str, monat: str = "1000", **felder: object) -> Daten:
    return {"art": art, "monat": monat, **felder}


@pytest.mark.parametrize(
    ("einkünfte", "erwartet"),
    [
        # Lohn: 12.000 − 1.230 (§ 9a Satz 1 Nr. 1 Buchst. a EStG)
        ([_art("lohn")], "10770"),
        # nachgewiesene 2.000 liegen über 1.230
        ([_art("lohn", werbungskosten_jahr="2000")], "10000"),
        # nachgewiesene 900 liegen darunter: Pauschbetrag
        ([_art("lohn", werbungskosten_jahr="900")], "10770"),
        # zwei Arbeitsverhältnisse: ein Pauschbetrag; 24.000 − 1.230
        ([_art("lohn"), _art("lohn")], "22770"),
        # zwei Arbeitsverhältnisse, Werbungskosten zusammen 1.400 über 1.230
        ([_art("lohn", werbungskosten_jahr="700"), _art("lohn", werbungskosten_jahr="700")], "22600"),
        # nie unter 0: 1.200 − 1.230
        ([_art("lohn", "100")], "0"),
        # steuerfreie Zuschläge zählen voll und ohne Pauschbetrag (Nr. 11)
        ([_art("steuerfreie_zuschlaege")], "12000"),
        # Minijob: nur die Aufwendungen gehen ab (§ 14 Abs. 1 Satz 3 Nr. 2), höchstens bis zur Einnahme
        ([_art("minijob_pauschal", "520")], "6240"),
        ([_art("minijob_pauschal", "520", werbungskosten_jahr="240")], "6000"),
        ([_art("minijob_pauschal", "10", werbungskosten_jahr="500")], "0"),
        # je Minijob höchstens seine Einnahme: 120 − 500 → 0; 6.240 bleibt
        ([_art("minijob_pauschal", "10", werbungskosten_jahr="500"), _art("minijob_pauschal", "520")], "6240"),
        # Rente: 12.000 − 102; der steuerfreie Teil gehört dazu (Nr. 3)
        ([_art("rente")], "11898"),
        ([_art("rente", werbungskosten_jahr="150")], "11850"),
        # § 9a Satz 1 Nr. 3 EStG: „insgesamt 102 Euro“ für alle Renten einer Person
        ([_art("rente"), _art("rente_privat", "100")], "13098"),
        ([_art("rente_privat", "5")], "0"),
        # Versorgungsbezüge haben ihren eigenen Pauschbetrag (Nr. 1 Buchst. b)
        ([_art("versorgungsbezuege")], "11898"),
        ([_art("rente"), _art("versorgungsbezuege")], "23796"),
        # Unfallrente voll (Nr. 5)
        ([_art("rente_unfall")], "12000"),
        # Gewinneinkünfte und Vermietung: was die Aufwendungen übrig lassen
        ([_art("selbststaendig")], "12000"),
        ([_art("gewerbe", werbungskosten_jahr="1000")], "11000"),
        ([_art("land_forst")], "12000"),
        ([_art("vermietung", werbungskosten_jahr="13000")], "0"),
        # Ein Verlust zählt 0 und mindert nichts anderes (Abs. 1 Satz 4)
        ([_art("gewerbe", "-500"), _art("rente")], "11898"),
        ([_art("vermietung", werbungskosten_jahr="13000"), _art("rente")], "11898"),
        # … auch keinen Gewinn derselben Art (so die Schnittstelle: „A loss counts 0 and is not set off“)
        ([_art("gewerbe", "-500"), _art("gewerbe")], "12000"),
        # Kapital: 1.200 − 100 (Nr. 15); Werbungskosten gibt es nicht (§ 20 Abs. 9 EStG)
        ([_art("kapital", "100")], "1100"),
        ([_art("kapital", "100", werbungskosten_jahr="500")], "1100"),
        ([{"art": "kapital", "jahr": "80"}], "0"),
        ([{"art": "kapital", "jahr": "80"}, {"art": "kapital", "jahr": "70"}], "50"),
        # Sparer-Pauschbetrag als Nr. 15 teilt die 100 € mit den übrigen Kapitalerträgen
        ([{"art": "kapital", "jahr": "80"}, {"art": "sonstige", "nummer": "15", "jahr": "500"}], "480"),
        # Lohnersatz voll (Nr. 6)
        ([_art("arbeitslosengeld")], "12000"),
        ([_art("krankengeld")], "12000"),
        ([_art("kurzarbeitergeld")], "12000"),
        ([_art("mutterschaftsgeld")], "12000"),
        # Elterngeld − 300 € im Monat, Plus − 150 € (§ 10 BEEG)
        ([_art("elterngeld")], "8400"),
        ([_art("elterngeld", "250")], "0"),
        ([_art("elterngeld_plus")], "10200"),
        ([_art("unterhaltsvorschuss", "299")], "3588"),
        ([_art("miete_von_dritten", "50")], "600"),
        # BAföG-Zuschuss zur Hälfte (Nr. 27)
        ([_art("bafoeg", "501")], "3006"),
        ([_art("sonstige")], "12000"),
    ],
)
def test_what_counts(einkünfte: list[Daten], erwartet: str) -> None:
    assert jahr(person(*einkünfte)) == Decimal(erwartet)


@pytest.mark.parametrize("nummer", [8, 10, 24, 25, 26, 27, 29])
def test_numbers_that_count_half(nummer: int) -> None:
    assert jahr(person(_art("sonstige", nummer=str(nummer)))) == 6000


@pytest.mark.parametrize("nummer", [1, 2, 3, 4, 5, 6, 7, 9, 11, 12, 14, 16, 17, 18, 19, 20, 21, 22, 28, 30, 31])
def test_numbers_that_count_in_full(nummer: int) -> None:
    assert jahr(person(_art("sonstige", nummer=str(nummer)))) == 12000


@pytest.mark.parametrize("nummer", ["13", "23", "0", "32", "x", "27g"])
def test_numbers_that_do_not_exist(nummer: str) -> None:
    gefunden = fehler(haushalt(person(_art("sonstige", nummer=nummer))))
    assert list(gefunden) == ["/personen/0/einkuenfte/0/nummer"]


def test_number_12_counts_in_full() -> None:
    # § 14 Abs. 2 Nr. 12 (§ 3 Nr. 21 EStG): steuerfrei, aber Einkommen beim Wohngeld
    assert jahr(person({"art": "sonstige", "monat": "100", "nummer": "12"})) == 1200


@pytest.mark.parametrize(
    ("einkünfte", "erwartet"),
    [
        # § 14 Abs. 2 Nr. 20 Buchst. a und Nr. 19: geschuldeter Unterhalt zählt voll
        ([_art("unterhalt_erhalten", "100", zahler="ehegatte")], "1200"),
        ([_art("unterhalt_erhalten", "100", zahler="verpflichtet")], "1200"),
        # Nr. 19 Buchst. b: 480 € im Jahr frei
        ([_art("unterhalt_erhalten", "100", zahler="nicht_verpflichtet")], "720"),
        ([_art("unterhalt_erhalten", "100", zahler="juristisch")], "720"),
        # … insgesamt, auch bei zwei Zahlern
        (
            [
                _art("unterhalt_erhalten", "100", zahler="nicht_verpflichtet"),
                _art("unterhalt_erhalten", "100", zahler="juristisch"),
            ],
            "1920",
        ),
        # Buchst. a: bis 6.540 € für eine Pflegeperson frei; 12.000 − 6.540
        ([_art("unterhalt_erhalten", zahler="verpflichtet", fuer_pflege=True)], "5460"),
        ([_art("unterhalt_erhalten", zahler="ehegatte", fuer_pflege=True)], "5460"),
        ([_art("unterhalt_erhalten", "500", zahler="juristisch", fuer_pflege=True)], "0"),
        ([_art("sonstige", nummer="19b")], "11520"),
        ([_art("sonstige", nummer="19a")], "5460"),
    ],
)
def test_maintenance_received(einkünfte: list[Daten], erwartet: str) -> None:
    assert jahr(person(*einkünfte)) == Decimal(erwartet)


def test_480_euro_are_free_for_each_person() -> None:
    unterhalt = _art("unterhalt_erhalten", "100", zahler="juristisch")
    assert jahr(person(unterhalt), person(unterhalt)) == 2 * 720


def test_flat_rate_is_taken_once_for_each_person() -> None:
    assert jahr(person(_art("lohn")), person(_art("lohn"))) == 2 * 10770


def test_deductions_of_section_16_take_the_whole_amount() -> None:
    # (10.770 Lohn + 12.000 Krankengeld) − je 10 % von 22.770 für Steuern, Kranken- und Rentenversicherung
    mitglied = person(_art("lohn"), _art("krankengeld"), einkommensteuer=True, krankenversicherung=True)
    assert jahr(mitglied) == Decimal("18216.0")
    assert jahr({**mitglied, "rentenversicherung": True}) == Decimal("15939.0")


def test_income_of_excluded_and_deceased_members_does_not_count() -> None:
    lebt = person(_art("rente"))
    assert jahr(lebt, person(_art("lohn"), ausgeschlossen="SGB II")) == 11898
    assert jahr(lebt, person(_art("lohn"), verstorben_am="2025-12-01")) == 11898


def test_rental_value_is_income_of_the_first_person() -> None:
    # § 14 Abs. 2 Nr. 31: 12 × 400 = 4.800 zu 11.898 Rente, davon 10 %: 16.698 × 0,9
    wohnung = {"mietwert": "400"}
    assert jahr(person(_art("rente"), krankenversicherung=True), wohnung=wohnung) == Decimal("15028.2")
    doppelt = haushalt(person(_art("sonstige", nummer="31")), wohnung=wohnung)
    assert "/personen/0/einkuenfte/0/nummer" in fehler(doppelt)


def test_expenses_that_do_not_count_are_named() -> None:
    daten = haushalt(person(_art("krankengeld", werbungskosten_jahr="100")))
    assert "§ 14 WoGG" in hinweisnormen(rechne(daten))


def test_items_of_a_person_add_up() -> None:
    mitglied = person(
        _art("lohn", "1234.56"),
        _art("kapital", "33.33"),
        _art("bafoeg", "77.77"),
        _art("elterngeld", "512.34"),
        krankenversicherung=True,
        rentenversicherung=True,
    )
    (einkommen,) = rechne(haushalt(mitglied)).personen
    summe = sum((posten.betrag or Decimal(0) for posten in einkommen.posten), Decimal(0))
    assert summe == einkommen.jahreseinkommen
    assert einkommen.schritte[-1].betrag == summe


@pytest.mark.parametrize(
    ("einkunft", "stelle"),
    [
        ({"art": "lohn", "monat": "1", "jahr": "12"}, ""),
        ({"art": "lohn"}, ""),
    ],
)
def test_contradictions_are_refused(einkunft: Daten, stelle: str) -> None:
    pfad = "/personen/0/einkuenfte/0" + (f"/{stelle}" if stelle else "")
    assert pfad in fehler(haushalt(person(einkunft)))


@pytest.mark.parametrize(
    "mehr", [{"zahler": "ehegatte"}, {"fuer_pflege": True}, {"nummer": "3"}, {"zufluss": "2026-01-01"}]
)
def test_what_belongs_to_another_income_has_no_effect_and_is_said(mehr: Daten) -> None:
    ohne, mit = _art("lohn"), {**_art("lohn"), **mehr}
    gelesen = haushalt_aus(haushalt(person(mit)))
    anders = haushalt_aus(haushalt(person(ohne)))
    assert gerechnet(gelesen).gesamteinkommen_monat == gerechnet(anders).gesamteinkommen_monat
    assert any(f"/personen/0/einkuenfte/0/{next(iter(mehr))}" in hinweis.text for hinweis in gelesen.hinweise)
