"""§ 19 WoGG, Anlagen 2 und 3: von M und Y zum Wohngeld; Erwartungen von Hand oder aus den Tabellen der Anlagen."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiepe.law.wohngeld.hoehe import rechnung
from kiepe.law.wohngeld.recht import recht_am
from tests.law.households import haushalt, person, rechne

RECHT = recht_am(date(2026, 1, 1))
# Anlage 2 und Anlage 3 Nr. 1, BGBl. 2024 I Nr. 314, S. 3
A = ("0.04", "0.03", "0.02", "0.01", "0", "-0.01", "-0.02", "-0.03", "-0.04", "-0.06", "-0.09", "-0.12")
B = ("4797", "3571", "2917", "2163", "1907", "1722", "1592", "1583", "1376", "1249", "1141", "1107")
C = ("4080", "3040", "2450", "1760", "1720", "1660", "1650", "1650", "1660", "1660", "1960", "2210")
M_MIN = (54, 67, 79, 92, 103, 103, 115, 128, 140, 152, 187, 298)
Y_MIN = (396, 679, 906, 1132, 1358, 1585, 1811, 2037, 2264, 2490, 2717, 2943)


@pytest.mark.parametrize("n", range(1, 13))
def test_values_of_annex_2_and_3(n: int) -> None:
    spalte = n - 1
    assert RECHT.a[spalte] == Decimal(A[spalte])
    assert RECHT.b[spalte] == Decimal(B[spalte]) / 10**7
    assert RECHT.c[spalte] == Decimal(C[spalte]) / 10**8
    unter = rechnung(n, Decimal(M_MIN[spalte]) - Decimal("0.01"), Decimal(Y_MIN[spalte]) - Decimal("0.01"), RECHT)
    assert [unter.m, unter.y] == [M_MIN[spalte], Y_MIN[spalte]]
    über = rechnung(n, Decimal(M_MIN[spalte]) + Decimal("0.01"), Decimal(Y_MIN[spalte]) + Decimal("0.01"), RECHT)
    assert (über.m - M_MIN[spalte], über.y - Y_MIN[spalte]) == (Decimal("0.01"), Decimal("0.01"))


def test_steps_by_hand() -> None:
    # Beispiel 1 des Bundesministeriums: M = 445,40, Y = 1.162,35
    r = rechnung(1, Decimal("445.40"), Decimal("1162.35"), RECHT)
    assert r.z1 == Decimal("0.3010822600")  # 0,04 + 0,21365838 + 0,04742388
    assert r.z2 == Decimal("349.9629649110")
    assert r.z3 == Decimal("95.4370350890")
    assert r.z4 == Decimal("109.7525903524")  # 109,75259035235, die elfte Stelle rundet auf
    assert (r.gerundet, r.betrag) == (110, 110)


@given(
    n=st.integers(1, 12),
    m=st.decimals(0, 3000, places=2, allow_nan=False),
    y=st.decimals(0, 8000, places=2, allow_nan=False),
)
def test_equals_the_formula_in_fractions(n: int, m: Decimal, y: Decimal) -> None:
    # § 19 Abs. 1 in Brüchen, ohne jede Rundung; nur näher als 1e-6 an ,50 darf Anlage 3 abweichen.
    a, b, c = Fraction(A[n - 1]), Fraction(int(B[n - 1]), 10**7), Fraction(int(C[n - 1]), 10**8)
    groß_m, groß_y = max(Fraction(m), Fraction(M_MIN[n - 1])), max(Fraction(y), Fraction(Y_MIN[n - 1]))
    genau = Fraction(115, 100) * (groß_m - (a + b * groß_m + c * groß_y) * groß_y)
    if abs((genau % 1) - Fraction(1, 2)) > Fraction(1, 10**6):
        assert rechnung(n, m, y, RECHT).gerundet == (genau + Fraction(1, 2)).__floor__()


def test_half_a_euro_is_rounded_up() -> None:
    # Fünf Personen, Y = 2.000: z1 = 0,0001907 × M + 0,0344; z4 = 1,15 × (M − 0,3814 × M − 68,8) = 0,71139 × M − 79,12
    # M = 58000.0: z4 = 41181,5 genau; mit einem Cent weniger darunter
    m = Decimal("58000.0")
    r = rechnung(5, m, Decimal(2000), RECHT)
    assert r.z4 == Decimal("41181.5")
    assert r.gerundet == 41182
    assert rechnung(5, m - Decimal("0.01"), Decimal(2000), RECHT).gerundet == 41181


@pytest.mark.parametrize("n", [13, 14, 20])
def test_more_than_twelve_members(n: int) -> None:
    # § 19 Abs. 3: Werte für zwölf, 65 € je weiteres Mitglied
    zwölf = rechnung(12, Decimal(1500), Decimal(4000), RECHT)
    viele = rechnung(n, Decimal(1500), Decimal(4000), RECHT)
    # z1 = −0,12 + 0,16605 + 0,0884 = 0,13445; z2 = 537,8; z3 = 962,2; z4 = 1.106,53 → 1.107
    assert zwölf.betrag == 1107
    assert viele.betrag == min(1107 + 65 * (n - 12), 1500)


def test_more_than_twelve_members_at_most_the_rent() -> None:
    # M = 900,60, Y = 2.943: z1 = −0,12 + 0,09969642 + 0,0650403 = 0,04473672; z2 = 131,66016696; z4 = 884,28… → 884
    # 884 + 65 = 949 > 900,60: höchstens die Miete, in vollen Euro 900
    assert rechnung(13, Decimal("900.60"), Decimal(0), RECHT).betrag == 900
    assert rechnung(12, Decimal("900.60"), Decimal(0), RECHT).betrag == 884


def test_high_income_of_a_large_household_gives_no_claim() -> None:
    # Das errechnete Wohngeld ist weit unter 0; 65 € je weiteres Mitglied machen daraus keinen Anspruch.
    leute = [person({"art": "krankengeld", "monat": "20000"}), *[person()] * 12]
    ergebnis = rechne(haushalt(*leute))
    assert (ergebnis.anspruch, ergebnis.wohngeld) == (False, 0)


def test_result_shows_m_and_y_before_the_minimum() -> None:
    ergebnis = rechne(haushalt(person({"art": "krankengeld", "monat": "100"}))).als_dict()
    assert ergebnis["gesamteinkommen_monat"] == "100.00"
    assert any("Mindestwert" in schritt["bezeichnung"] for schritt in ergebnis["schritte"])  # type: ignore[attr-defined]  # als_dict ist für JSON: object


def test_thirds_do_not_tip_the_rounding_of_a_cent() -> None:
    # Sechs Mitglieder, drei davon ausgeschlossen: M ist genau die Hälfte, 100,01 / 2 + 253 / 2 = 176,505
    leute = [person()] * 3 + [person(ausgeschlossen="SGB II")] * 3
    ergebnis = rechne(haushalt(*leute, wohnung={"bruttokaltmiete": "100.01"})).als_dict()
    assert ergebnis["zu_beruecksichtigende_miete"] == "176.51"
