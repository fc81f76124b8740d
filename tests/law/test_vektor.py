"""``vektor.wohngeld`` ergibt auf den Euro dasselbe wie der genaue Weg, für jede Eingabe."""

from datetime import date
from decimal import Decimal, localcontext
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiepe.law.parameter import KeinRecht
from kiepe.law.schritt import RECHENGENAUIGKEIT
from kiepe.law.wohngeld import hoehe, vektor
from kiepe.law.wohngeld.miete import Haushaltsgröße, zu_berücksichtigen
from kiepe.law.wohngeld.recht import recht_am
from tests.law.households import haushalt, person, rechne
from tests.law.test_hoehe import M_MIN, Y_MIN

TAG = date(2026, 1, 1)
RECHT = recht_am(TAG)


def genau(n: int, gesamt: int, stufe: int, miete: Decimal, y: Decimal) -> int:
    """Der genaue Weg ab M und Y."""
    with localcontext(RECHENGENAUIGKEIT):
        größe = Haushaltsgröße(gesamt=gesamt, berücksichtigt=n, lebend=gesamt)
        m = zu_berücksichtigen(miete, größe, stufe, RECHT)
        return hoehe.auszuzahlen(hoehe.rechnung(n, m, y, RECHT).betrag, RECHT)


ZEILE = st.tuples(
    st.integers(1, 16),
    st.integers(0, 4),
    st.integers(1, 7),
    st.decimals(0, 4000, places=2, allow_nan=False),
    st.decimals(0, 9000, places=2, allow_nan=False),
)


@settings(deadline=None, max_examples=100)
@given(zeilen=st.lists(ZEILE, min_size=1, max_size=30))
def test_equals_the_exact_path(zeilen: list[tuple[int, int, int, Decimal, Decimal]]) -> None:
    n, weitere, stufe, miete, y = zip(*zeilen, strict=True)
    gesamt = np.add(n, weitere)
    erwartet = [genau(a, a + w, s, m, e) for a, w, s, m, e in zeilen]
    als_float = vektor.wohngeld(
        n, stufe, np.array(miete, float), np.array(y, float), stichtag=TAG, gesamtmitglieder=gesamt
    )
    assert als_float.tolist() == erwartet
    als_decimal = vektor.wohngeld(n, stufe, np.array(miete), np.array(y), stichtag=TAG, gesamtmitglieder=gesamt)
    assert als_decimal.tolist() == erwartet


@settings(deadline=None, max_examples=100)
@given(
    n=st.integers(1, 14),
    stufe=st.integers(1, 7),
    miete=st.floats(0, 3000),
    y=st.floats(0, 9000),
    weitere=st.integers(0, 3),
)
def test_equals_the_exact_path_for_any_float(n: int, stufe: int, miete: float, y: float, weitere: int) -> None:
    erwartet = genau(n, n + weitere, stufe, Decimal(str(miete)), Decimal(str(y)))
    assert vektor.wohngeld(n, stufe, miete, y, stichtag=TAG, gesamtmitglieder=n + weitere) == erwartet


def test_equals_the_whole_law() -> None:
    # Der ganze Weg mit Krankengeld (zählt voll): Y = Monatsbetrag
    for n, weitere, stufe, miete, y in [
        (1, 0, 4, "512.34", "733.10"),
        (3, 2, 6, "905", "1999.99"),
        (14, 1, 2, "800", "3100"),
    ]:
        leute = [person({"art": "krankengeld", "monat": y}), *[person()] * (n - 1)]
        leute += [person(ausgeschlossen="SGB II")] * weitere
        ganz = rechne(haushalt(*leute, mietenstufe=stufe, wohnung={"bruttokaltmiete": miete}))
        ergebnis = vektor.wohngeld(n, stufe, float(miete), float(y), stichtag=TAG, gesamtmitglieder=n + weitere)
        assert ergebnis == ganz.wohngeld > 0


@pytest.mark.parametrize("n", range(1, 16))
def test_borders_of_every_table(n: int) -> None:
    spalte = min(n, 12) - 1
    zeilen = []
    for stufe in range(1, 8):
        grenze = RECHT.höchstbeträge[stufe - 1].für(n) + RECHT.klimakomponente.für(n)
        for miete in (Decimal(0), Decimal(M_MIN[spalte]), *(grenze + Decimal(d) / 100 for d in (-1, 0, 1))):
            einkommen = (Decimal(0), *(Y_MIN[spalte] + Decimal(d) / 100 for d in (-1, 0, 1)), Decimal(4000))
            zeilen += [(n, stufe, miete, y) for y in einkommen]
    ns, stufen, mieten, ys = zip(*zeilen, strict=True)
    ergebnis = vektor.wohngeld(ns, stufen, np.array(mieten, float), np.array(ys, float), stichtag=TAG)
    assert ergebnis.tolist() == [genau(a, a, s, m, e) for a, s, m, e in zeilen]


def test_rows_right_at_half_a_euro() -> None:
    # Zu jeder Zeile das Y suchen, an dem das genaue Ergebnis springt, und dort beide Seiten auf den Cent vergleichen.
    zeilen = []
    for n in range(1, 13):
        for miete in (Decimal(300), Decimal("450.25")):
            unten, oben = Decimal(Y_MIN[n - 1]), Decimal(6000)
            oben_wert = genau(n, n, 4, miete, unten)
            while oben - unten > Decimal("1e-9"):
                mitte = (oben + unten) / 2
                if genau(n, n, 4, miete, mitte) == oben_wert:
                    unten = mitte
                else:
                    oben = mitte
            zeilen += [(n, 4, miete, unten + Decimal(schritt) / 10**8) for schritt in range(-20, 21)]
    ns, stufen, mieten, ys = zip(*zeilen, strict=True)
    ergebnis = vektor.wohngeld(ns, stufen, np.array(mieten, float), np.array(ys, float), stichtag=TAG)
    erwartet = [genau(a, a, s, Decimal(str(float(m))), Decimal(str(float(e)))) for a, s, m, e in zeilen]
    assert ergebnis.tolist() == erwartet
    assert len(set(erwartet)) > 12


def test_many_rows_on_two_threads() -> None:
    zufall = np.random.default_rng(20261120)
    anzahl = 300_000
    n = zufall.integers(1, 15, anzahl)
    gesamt = n + zufall.integers(0, 3, anzahl)
    stufe = zufall.integers(1, 8, anzahl)
    miete = zufall.integers(0, 250_000, anzahl) / 100
    y = zufall.integers(0, 600_000, anzahl) / 100
    ergebnis = vektor.wohngeld(n, stufe, miete, y, stichtag=TAG, gesamtmitglieder=gesamt)
    for i in range(0, anzahl, 151):
        erwartet = genau(int(n[i]), int(gesamt[i]), int(stufe[i]), Decimal(str(miete[i])), Decimal(str(y[i])))
        assert ergebnis[i] == erwartet


def test_shapes() -> None:
    assert vektor.wohngeld(1, 4, 500, 1000, stichtag=TAG).shape == ()
    gitter = vektor.wohngeld(np.arange(1, 5)[:, None], 4, 500.0, np.array([500, 1500, 2500]), stichtag=TAG)
    assert gitter.shape == (4, 3)
    assert gitter.dtype == np.int64
    assert gitter[1, 2] == genau(2, 2, 4, Decimal(500), Decimal(2500))
    assert vektor.wohngeld([], [], [], [], stichtag=TAG).shape == (0,)
    assert vektor.wohngeld([1.0, 2.0], 4, 500, 1000, stichtag=TAG).tolist()[0] > 0


@pytest.mark.parametrize(
    ("eingabe", "wort"),
    [
        (([0], 4, 500, 1000), "mitglieder"),
        (([-1], 4, 500, 1000), "mitglieder"),
        (([1.5], 4, 500, 1000), "mitglieder"),
        (([np.nan], 4, 500, 1000), "mitglieder"),
        (([True], 4, 500, 1000), "mitglieder"),
        ((["1"], 4, 500, 1000), "mitglieder"),
        (([100_000], 4, 500, 1000), "mitglieder"),
        ((1, [0], 500, 1000), "mietenstufe"),
        ((1, [8], 500, 1000), "mietenstufe"),
        ((1, 4, [-0.01], 1000), "bruttokaltmiete"),
        ((1, 4, [np.nan], 1000), "bruttokaltmiete"),
        ((1, 4, [None], 1000), "bruttokaltmiete"),
        ((1, 4, [Decimal("NaN")], 1000), "bruttokaltmiete"),
        ((1, 4, ["500"], 1000), "bruttokaltmiete"),
        ((1, 4, 500, [np.inf]), "gesamteinkommen"),
        ((1, 4, 500, [-1]), "gesamteinkommen"),
        ((1, 4, 500, np.array([1000.1], np.float32)), "gesamteinkommen"),
        (([1, 2], [4, 4, 4], 500, 1000), "Form"),
    ],
)
def test_bad_input_is_refused(eingabe: tuple[Any, Any, Any, Any], wort: str) -> None:
    with pytest.raises(ValueError, match=wort):
        vektor.wohngeld(*eingabe, stichtag=TAG)


def test_total_members_must_not_be_fewer() -> None:
    with pytest.raises(ValueError, match="gesamtmitglieder"):
        vektor.wohngeld([2, 3], 4, 500, 1000, stichtag=TAG, gesamtmitglieder=[2, 2])


def test_days_without_law_are_refused() -> None:
    with pytest.raises(KeinRecht):
        vektor.wohngeld(1, 4, 500, 1000, stichtag=date(2024, 12, 31))


def test_huge_amounts_give_nothing() -> None:
    assert vektor.wohngeld([1, 12, 16], 4, 1e300, 1e300, stichtag=TAG).tolist() == [0, 0, 0]
