"""§§ 5 bis 8, 20 und 21 WoGG: wer zählt, und wann kein Anspruch besteht."""

from decimal import Decimal

import pytest

from tests.law.households import Daten, fehler, haushalt, hinweisnormen, jahr, person, rechne, rentnerin


@pytest.mark.parametrize(
    ("verstorben_am", "stichtag", "anzahl"),
    [
        # § 6 Abs. 2: zwölf Monate nach dem Sterbemonat März 2025, also bis Ende März 2026
        ("2025-03-01", "2026-03-01", 2),
        ("2025-03-31", "2026-03-01", 2),
        ("2025-03-31", "2026-04-01", 1),
        ("2025-12-31", "2026-01-01", 2),
        ("2024-12-31", "2026-01-01", 1),
    ],
)
def test_a_deceased_member_counts_for_twelve_months(verstorben_am: str, stichtag: str, anzahl: int) -> None:
    daten = haushalt(
        rentnerin(), person({"art": "rente", "monat": "900"}, verstorben_am=verstorben_am), stichtag=stichtag
    )
    ergebnis = rechne(daten)
    assert (ergebnis.mitglieder_gesamt, ergebnis.mitglieder_berücksichtigt) == (anzahl, anzahl)
    assert ergebnis.einkommen.jahr == 15498


@pytest.mark.parametrize(
    ("geboren", "anzahl"),
    [
        # Satz 2 Nr. 2: mit der Geburt nach dem Todesfall (2025-06-10) sind es wieder so viele wie davor
        ("2025-06-11", 2),
        ("2025-06-10", 3),
        # am Stichtag 2026-01-01 noch nicht geboren: zählt als Person, ändert aber am Todesfall noch nichts
        ("2026-01-02", 3),
    ],
)
def test_a_birth_after_the_death_restores_the_number(geboren: str, anzahl: int) -> None:
    ergebnis = rechne(haushalt(rentnerin(), person(geburtsdatum=geboren), person(verstorben_am="2025-06-10")))
    assert ergebnis.mitglieder_berücksichtigt == anzahl


def test_the_end_of_the_twelve_months_within_the_period_is_named() -> None:
    ergebnis = rechne(haushalt(rentnerin(), person(verstorben_am="2025-03-31")))
    assert "§ 6 Abs. 2, § 25 Abs. 1 WoGG" in hinweisnormen(ergebnis)


def test_a_deceased_excluded_member_does_not_count() -> None:
    # § 6 Abs. 2 spricht nur von zu berücksichtigenden Haushaltsmitgliedern.
    ergebnis = rechne(haushalt(rentnerin(), person(verstorben_am="2025-12-01", ausgeschlossen="SGB II")))
    assert (ergebnis.mitglieder_gesamt, ergebnis.mitglieder_berücksichtigt) == (1, 1)


def test_excluded_members_count_in_the_total_only() -> None:
    ergebnis = rechne(haushalt(rentnerin(), person(ausgeschlossen="SGB II"), person(ausgeschlossen=None)))
    assert (ergebnis.mitglieder_gesamt, ergebnis.mitglieder_berücksichtigt) == (3, 2)


def test_no_claim_where_everyone_is_excluded() -> None:
    tot = person(verstorben_am="2025-12-01")
    ergebnis = rechne(haushalt(rentnerin(ausgeschlossen="SGB XII"), person(ausgeschlossen="SGB II"), tot))
    daten = ergebnis.als_dict()
    assert (daten["anspruch"], daten["wohngeld"]) == (False, 0)
    assert daten["gesamteinkommen_monat"] == daten["zu_beruecksichtigende_miete"] == "0.00"
    assert "§ 21 Nr. 2" in str(daten["grund"])


@pytest.mark.parametrize(
    ("förderung", "anspruch"),
    [
        (("dem_grunde_nach", "dem_grunde_nach"), False),
        (("dem_grunde_nach", "nein"), True),
        (("dem_grunde_nach", "nur_darlehen"), True),
        (("nur_darlehen", "nur_darlehen"), True),
    ],
)
def test_no_claim_where_all_are_entitled_to_training_grants(förderung: tuple[str, str], anspruch: bool) -> None:
    leute = [rentnerin(ausbildungsfoerderung=förderung[0]), person(ausbildungsfoerderung=förderung[1])]
    ergebnis = rechne(haushalt(*leute))
    assert ergebnis.anspruch is anspruch
    assert (ergebnis.grund is None) is anspruch
    assert anspruch or "§ 20 Abs. 2" in str(ergebnis.grund)


def test_less_than_ten_euro_is_no_claim() -> None:
    # Von Hand mit Anlage 2 und 3, eine Person, M = 640,60 (Stufe IV, Höchstbetrag und Klima 530,20 + 110,40):
    # Y = 1.682,00: z1 = 0,04 + 0,30729582 + 0,0686256 = 0,41592142; z2 = 699,57982844; z4 = 1,15 × (−58,98) < 0
    # Y = 1.581,40: z1 = 0,41181694; z2 = 651,24730892; z4 < 0. Der Übergang liegt bei Y ≈ 1.541 und 1.542.
    def betrag(jahr: str) -> tuple[bool, int]:
        daten = haushalt(person({"art": "krankengeld", "jahr": jahr}), wohnung={"bruttokaltmiete": "600"})
        ergebnis = rechne(daten)
        return ergebnis.anspruch, ergebnis.wohngeld

    # Y = 1.541,00: z1 = 0,41016862; z2 = 632,06984342; z3 = 8,53015658; z4 = 9,80968007 → 10
    assert betrag("18492") == (True, 10)
    # Y = 1.542,00: z1 = 0,41020942; z2 = 632,54292564; z3 = 8,05707436; z4 = 9,26563551 → 9 → kein Anspruch
    assert betrag("18504") == (False, 0)


def test_assets_are_a_note_never_a_rejection() -> None:
    # WoGVwV 21.37: 60.000 + 30.000 je weiteres zu berücksichtigendes Mitglied
    assert "§ 21 Nr. 3 WoGG" not in hinweisnormen(rechne(haushalt(rentnerin(), vermoegen="60000")))
    ergebnis = rechne(haushalt(rentnerin(), vermoegen="60000.01"))
    assert "§ 21 Nr. 3 WoGG" in hinweisnormen(ergebnis)
    assert ergebnis.anspruch
    assert "§ 21 Nr. 3 WoGG" not in hinweisnormen(rechne(haushalt(rentnerin(), person(), vermoegen="90000")))
    zwei = haushalt(rentnerin(), person(ausgeschlossen="SGB II"), vermoegen="90000")
    assert "§ 21 Nr. 3 WoGG" in hinweisnormen(rechne(zwei))


def test_very_low_means_are_a_note() -> None:
    # Ohne Einkommen: Wohngeld aus M = 610,40, Y ersetzt durch 396, rund 552 €; Bedarf 563 + 500 + 110,40 = 1.173,40,
    # davon 80 % = 938,72. Mit 1.300 € Rente ist genug da.
    assert "§ 15 Abs. 1 WoGG, WoGVwV 15.01" in hinweisnormen(rechne(haushalt(person())))
    assert "§ 15 Abs. 1 WoGG, WoGVwV 15.01" not in hinweisnormen(rechne(haushalt(rentnerin())))


@pytest.mark.parametrize(
    ("felder", "kommt"),
    [
        ({}, False),
        ({"stichtag": "2026-02-01"}, True),
        ({"stichtag": "2026-06-01", "bis": "2026-12-31"}, False),
        ({"stichtag": "2027-03-01"}, True),
    ],
)
def test_a_period_into_2027_names_the_coming_change(felder: Daten, kommt: bool) -> None:
    assert ("§ 41 WoGG" in hinweisnormen(rechne(haushalt(rentnerin(), **felder)))) is kommt


def test_todays_law_applies_until_it_is_replaced() -> None:
    heute, später = rechne(haushalt(rentnerin())), rechne(haushalt(rentnerin(), stichtag="2031-05-01"))
    assert heute.wohngeld == später.wohngeld
    assert heute.rechtsstand == später.rechtsstand


@pytest.mark.parametrize(
    ("personen", "stelle"),
    [
        ([], "/personen"),
        ([person(verstorben_am="2025-01-01")], "/personen"),
        ([person(geburtsdatum="2027-01-01")], "/personen/0/geburtsdatum"),
        ([person(geburtsdatum="2000-01-01", verstorben_am="1999-01-01")], "/personen/0/verstorben_am"),
        ([person(ausgeschlossen="")], "/personen/0/ausgeschlossen"),
        ([person(gdb=101)], "/personen/0/gdb"),
        ([person(pflegebeduerftig="ja")], "/personen/0/pflegebeduerftig"),
        ([person(unterhalt_gezahlt=[{"nummer": 5, "jahr": "1"}])], "/personen/0/unterhalt_gezahlt/0/nummer"),
    ],
)
def test_bad_persons_are_refused(personen: list[Daten], stelle: str) -> None:
    assert stelle in fehler(haushalt(*personen))


def test_the_same_id_twice_is_refused() -> None:
    daten = haushalt() | {"personen": [{"id": "a"}, {"id": "a"}]}
    assert list(fehler(daten)) == ["/personen/1/id"]


def test_what_the_notice_must_state() -> None:
    # § 24 Abs. 3, § 27 Abs. 3 Satz 1 Nr. 2, 3: die Miete nach § 9 und die Summe der monatlichen Einnahmen vor § 16
    wohnung = {"bruttokaltmiete": "700", "geschaeftlich_genutzt": "50"}
    ergebnis = rechne(haushalt(rentnerin(krankenversicherung=True), wohnung=wohnung))
    assert ergebnis.miete.ausgang == 700
    assert ergebnis.miete.nach_abzügen == 650
    assert ergebnis.einkommen.einnahmen_monat == Decimal("1291.5")
    assert ergebnis.mietenstufe == 4


def test_a_death_after_the_application_changes_nothing_yet() -> None:
    # § 24 Abs. 2 Satz 2 und 3: Verhältnisse bei Antragstellung; die Person lebt, ihr Einkommen zählt.
    später = person({"art": "krankengeld", "monat": "900"}, verstorben_am="2026-06-01")
    lebend = person({"art": "krankengeld", "monat": "900"})
    assert jahr(rentnerin(), später) == jahr(rentnerin(), lebend)
