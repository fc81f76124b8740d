"""Jede Ausgabe genügt ``result.schema.json``, und die Eingaben der Tests genügen ``household.schema.json``."""

import contextlib
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from kiepe.law.wohngeld import KeinRecht, Ungueltig, haushalt_aus, wohngeld
from tests.law.households import fehler, haushalt, person, rechne, rentnerin
from tests.law.published.test_bmwsb_2025_5 import HAUSHALT


def _schema(shared: Path, name: str) -> Draft202012Validator:
    return Draft202012Validator(json.loads((shared / "interfaces/wohngeld" / name).read_text(encoding="utf-8")))


def test_published_examples_of_the_interface(shared: Path) -> None:
    beispiele = json.loads((shared / "interfaces/wohngeld/examples.json").read_text(encoding="utf-8"))
    prüfer = _schema(shared, "result.schema.json")
    assert len(beispiele) == 5
    for beispiel in beispiele:
        ergebnis = rechne(beispiel["household"]).als_dict()
        prüfer.validate(ergebnis)
        assert {name: ergebnis[name] for name in beispiel["expected"]} == beispiel["expected"]


@pytest.mark.parametrize(
    "daten",
    [
        HAUSHALT,
        haushalt(rentnerin()),
        haushalt(rentnerin(ausgeschlossen="SGB XII")),
        haushalt(rentnerin(), vermoegen="70000", stichtag="2026-06-01"),
        haushalt(person({"art": "lohn", "monat": "9000"})),
    ],
)
def test_results_keep_the_schema(shared: Path, daten: dict[str, object]) -> None:
    _schema(shared, "household.schema.json").validate(daten)
    _schema(shared, "result.schema.json").validate(rechne(daten).als_dict())


def test_the_schema_refuses_a_bad_result(shared: Path) -> None:
    schlecht = rechne(HAUSHALT).als_dict() | {"wohngeld": "372"}
    assert not _schema(shared, "result.schema.json").is_valid(schlecht)


# Beliebige, auch unsinnige Eingaben: Was das Schema ablehnt, lehnen wir ab, und immer mit Stelle und Satz.
_WERTE = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 200),
    st.sampled_from(
        ["", "500", "500.5", "12.345", "-3", "1,50", "2026-01-01", "2026-02-30", "lohn", "rente", "9", "13"]
    ),
    st.just([]),
    st.just({}),
)
_EINKUNFT = st.dictionaries(
    st.sampled_from(["art", "monat", "jahr", "einmalig", "nummer", "zufluss", "von", "bis", "zahler", "x"]),
    _WERTE,
    max_size=4,
)
_PERSON = st.fixed_dictionaries(
    {"id": st.sampled_from(["a", "b"])},
    optional={
        "gdb": _WERTE,
        "kind": _WERTE,
        "geburtsdatum": _WERTE,
        "ausgeschlossen": _WERTE,
        "einkuenfte": st.one_of(
            _WERTE, st.lists(st.one_of(_EINKUNFT, st.just({"art": "rente", "monat": "900"})), max_size=2)
        ),
        "grundrentenzeiten_jahre": _WERTE,
        "pflegebeduerftig": _WERTE,
        "unterhalt_gezahlt": st.one_of(_WERTE, st.just([{"nummer": 4, "jahr": "100"}])),
    },
)
_WOHNUNG = st.fixed_dictionaries(
    {},
    optional={
        "bruttokaltmiete": st.one_of(_WERTE, st.just("500")),
        "gesamtmiete": _WERTE,
        "belastung": _WERTE,
        "heim": _WERTE,
        "wohnflaeche": _WERTE,
        "mitbewohner": _WERTE,
        "y": _WERTE,
    },
)
_HAUSHALT = st.fixed_dictionaries(
    {},
    optional={
        "stichtag": st.one_of(st.just("2026-01-01"), _WERTE),
        "art": st.sampled_from(["mietzuschuss", "lastenzuschuss", "miete", 3]),
        "mietenstufe": st.one_of(st.integers(0, 9), _WERTE),
        "gemeinde": _WERTE,
        "wohnung": st.one_of(_WOHNUNG, _WERTE),
        "personen": st.one_of(st.lists(_PERSON, max_size=2), _WERTE),
        "bewohner": _WERTE,
        "bis": _WERTE,
        "z": _WERTE,
    },
)


@settings(deadline=None, max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(daten=_HAUSHALT)
def test_what_the_schema_refuses_we_refuse_with_a_place(shared: Path, daten: dict[str, Any]) -> None:
    gefunden = fehler(daten)
    for pfad, text in gefunden.items():
        assert pfad == "" or pfad.startswith("/")
        assert text.endswith((".", "}", "“"))
    if not _schema(shared, "household.schema.json").is_valid(daten):
        assert gefunden


@settings(deadline=None, max_examples=200)
@given(daten=_HAUSHALT)
def test_no_input_breaks_the_law(daten: dict[str, Any]) -> None:
    # Ein Ergebnis oder eine der beiden Antworten; jede andere Ausnahme lässt den Test scheitern.
    with contextlib.suppress(Ungueltig, KeinRecht):
        assert wohngeld(haushalt_aus(daten)).als_dict()["rechtsstand"] == "2025-01-01"
