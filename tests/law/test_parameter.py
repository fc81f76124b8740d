"""Die Parameterdateien: jeder Wert mit Norm, Quelle und Datum; ein Tag ohne Recht wird abgelehnt."""

from datetime import date
from pathlib import Path

import pytest

from kiepe.law.parameter import KeinRecht, Parameterfehler, lies_parameter
from kiepe.law.wohngeld import haushalt_aus, wohngeld
from kiepe.law.wohngeld.recht import PARAMETER, entwürfe, recht_am
from tests.law.households import haushalt, rentnerin


@pytest.mark.parametrize("name", ["wohngeld.yaml", "entwurf_2027.yaml"])
def test_every_value_names_its_source(name: str) -> None:
    for schlüssel, fassungen in lies_parameter(PARAMETER / name).werte.items():
        for fassung in fassungen:
            assert fassung.norm, schlüssel
            assert fassung.quelle, schlüssel
            assert fassung.geprüft >= date(2026, 11, 20)


def test_days_before_2025_are_refused() -> None:
    with pytest.raises(KeinRecht, match=r"31\.12\.2024"):
        wohngeld(haushalt_aus(haushalt(rentnerin(), stichtag="2024-12-31")))
    assert recht_am(date(2025, 1, 1)).rechtsstand == date(2025, 1, 1)


def test_a_place_does_not_hide_a_day_without_law() -> None:
    daten = haushalt(rentnerin(), stichtag="2022-01-01", gemeinde="Münster, Stadt")
    del daten["mietenstufe"]
    with pytest.raises(KeinRecht):
        wohngeld(haushalt_aus(daten))


def test_the_draft_never_comes_by_itself() -> None:
    assert entwürfe() == ("2027",)
    assert recht_am(date(2027, 1, 1)).entwurf is None
    assert recht_am(date(2027, 1, 1)).c == recht_am(date(2025, 1, 1)).c


def test_child_benefit_has_its_own_date() -> None:
    # § 66 EStG: 255 € ab 2025, 259 € ab 2026
    assert [recht_am(date(2025, 12, 1)).kindergeld, recht_am(date(2026, 1, 1)).kindergeld] == [255, 259]


@pytest.mark.parametrize(
    "inhalt",
    [
        "x: {norm: § 1, fassungen: []}",
        "x: {fassungen: [{ab: 2025-01-01, quelle: q, geprueft: 2026-01-01, wert: 1}]}",
        "x: {norm: § 1, fassungen: [{ab: 2025-01-01, geprueft: 2026-01-01, wert: 1}]}",
        "x: {norm: § 1, fassungen: [{ab: gestern, quelle: q, geprueft: 2026-01-01, wert: 1}]}",
        "[1, 2]",
    ],
)
def test_bad_files_are_named(tmp_path: Path, inhalt: str) -> None:
    datei = tmp_path / "falsch.yaml"
    datei.write_text(inhalt, encoding="utf-8")
    with pytest.raises(Parameterfehler, match=r"falsch\.yaml"):
        lies_parameter(datei)
