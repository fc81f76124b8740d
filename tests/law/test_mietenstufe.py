"""§ 12 WoGG, Anlage der WoGV: von der Gemeinde zur Mietenstufe."""

import csv
from datetime import date
from pathlib import Path

import pytest

from kiepe.law.parameter import KeinRecht
from kiepe.law.wohngeld.mietenstufe import Ortsfehler, finde
from tests.law.households import fehler, haushalt, hinweisnormen, rechne, rentnerin

TAG = date(2026, 1, 1)


@pytest.mark.parametrize(
    ("gemeinde", "land", "kreis", "stufe"),
    [
        ("Münster, Stadt", None, None, 4),
        ("münster,  stadt", None, None, 4),
        ("Tübingen, Universitätsstadt", None, None, 7),
        ("Tübingen", None, None, 7),
        ("Berlin", None, None, 4),
        # gibt es als Gemeinde und als Kreis mit derselben Stufe
        ("München", None, None, 7),
        # Gemeinde in Baden-Württemberg (III), Kreis in Rheinland-Pfalz (I)
        ("Birkenfeld", "Baden-Württemberg", None, 3),
        ("Birkenfeld", None, "Enzkreis", 3),
        ("Birkenfeld", "Rheinland-Pfalz", None, 1),
        ("Birkenfeld", None, "Birkenfeld", 1),
        ("Birkenfeld", "Bayern", "Main-Spessart", 1),
        ("Neunkirchen", "Nordrhein-Westfalen", None, 2),
        ("Neunkirchen", None, "Siegen-Wittgenstein", 2),
        ("Neunkirchen", "Saarland", None, 1),
        ("Neunkirchen", None, "Neunkirchen", 1),
        # kreisfreie Stadt (V) und Kreis (IV), beide in Bayern: die aufgeführte Gemeinde hat ihre eigene Stufe
        ("Rosenheim", "Bayern", None, 5),
        ("Rosenheim", None, "Altenkirchen (Westerwald)", 1),
        # nicht aufgeführt: der Kreis
        ("Heimbach", "Nordrhein-Westfalen", "Düren", 2),
        ("Legden", None, "Kreis Borken", 1),
        # Inseln ohne Festlandanschluss (§ 12 Abs. 4a WoGG)
        ("Borkum", None, None, 5),
        ("Norderney, Stadt", "Niedersachsen", "Aurich", 5),
        ("Insel Hiddensee", None, None, 5),
        ("Hiddensee", None, None, 5),
        ("Inseln ohne Festlandanschluss", None, None, 5),
        # Midlum auf Föhr ist eine Insel, Midlum im Kreis Leer nicht
        ("Midlum", None, None, 5),
        ("Midlum", "Niedersachsen", "Leer", 1),
        # kein Ort auf der Insel Amrum, denn die liegt im Kreis Nordfriesland
        ("Nebel", None, "Pinneberg", 4),
    ],
)
def test_step_of_a_place(gemeinde: str, land: str | None, kreis: str | None, stufe: int) -> None:
    assert finde(gemeinde, land, kreis, TAG).mietenstufe == stufe


@pytest.mark.parametrize(
    ("gemeinde", "land", "kreis", "feld"),
    [
        ("Birkenfeld", None, None, "land"),
        ("Neunkirchen", None, None, "land"),
        ("Rosenheim", None, None, "land"),
        ("Halle", None, None, "land"),
        ("Winsen", "Niedersachsen", None, "gemeinde"),
        ("Nirgendwo", None, None, "gemeinde"),
        ("Nirgendwo", "Nordrhein-Westfalen", None, "gemeinde"),
        ("Nirgendwo", None, "Koesfeld", "kreis"),
        ("Münster, Stadt", "Westfalen", None, "land"),
    ],
)
def test_unclear_places_are_refused_with_what_to_add(
    gemeinde: str, land: str | None, kreis: str | None, feld: str
) -> None:
    with pytest.raises(Ortsfehler) as gefunden:
        finde(gemeinde, land, kreis, TAG)
    assert gefunden.value.feld == feld


def test_every_row_of_the_annex(shared: Path) -> None:
    with (shared / "law/mietstufen_2023_DE.csv").open(encoding="utf-8", newline="") as datei:
        zeilen = [zeile for zeile in csv.DictReader(datei) if zeile["ebene"] != "Gemeinsam"]
    assert len(zeilen) == 1880
    for zeile in zeilen:
        name, land, stufe = zeile["name"], zeile["land"], int(zeile["mietenstufe"])
        if zeile["ebene"] == "Kreis":
            assert finde("Nicht aufgeführt", land, name, TAG).mietenstufe == stufe
        else:
            assert finde(name, land, None, TAG).mietenstufe == stufe


def test_a_name_that_others_share_is_noted() -> None:
    # „Münster“ ohne Zusatz steht in der Anlage für die Gemeinde in Hessen.
    daten = haushalt(rentnerin()) | {"gemeinde": "Münster"}
    del daten["mietenstufe"]
    assert "§ 12 WoGG, Anlage zu § 1 Abs. 3 WoGV" in hinweisnormen(rechne(daten))
    assert hinweisnormen(rechne(daten | {"gemeinde": "Münster, Stadt"})) == []


def test_place_and_step_together() -> None:
    daten = haushalt(rentnerin(), gemeinde="Münster, Stadt", mietenstufe=5)
    ergebnis = rechne(daten)
    assert ergebnis.mietenstufe == 5
    assert "§ 12 WoGG, Anlage zu § 1 Abs. 3 WoGV" in hinweisnormen(ergebnis)
    assert fehler(haushalt(rentnerin(), gemeinde="Nirgendwo")) == {}


def test_one_of_place_and_step_is_needed() -> None:
    daten = haushalt(rentnerin())
    del daten["mietenstufe"]
    assert list(fehler(daten)) == [""]
    assert list(fehler(daten | {"gemeinde": "Nirgendwo"})) == ["/gemeinde"]


def test_no_annex_before_2023() -> None:
    with pytest.raises(KeinRecht):
        finde("Münster, Stadt", None, None, date(2022, 12, 31))
