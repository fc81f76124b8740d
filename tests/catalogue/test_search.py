"""The search understands the words that people use."""

from __future__ import annotations

import pytest

from kiepe.base.catalogue import pack
from kiepe.base.catalogue.folding import fold, one_edit_apart, words
from kiepe.base.catalogue.search import Index, Kind, marked
from tests.cities.packs import MUENSTER


@pytest.fixture(scope="module")
def index() -> Index:
    return Index(pack.read(MUENSTER))


def best(index: Index, query: str) -> list[str]:
    return [hit.document.url.split("/")[2] for hit in index.find(query) if hit.document.kind is Kind.SERVICE]


@pytest.mark.parametrize(
    ("query", "slug"),
    [
        ("miete zu teuer", "wohngeld"),
        ("wonhgeld", "wohngeld"),
        ("Wohngeldantrag", "wohngeld"),
        ("Geld für Miete", "wohngeld"),
        ("Mietzuschuß", "wohngeld"),
        ("perso", "personalausweis"),
        ("personalausweiss", "personalausweis"),
        ("Ausweis verloren", "personalausweis"),
        ("kind bekommen", "elterngeld"),
        ("ummelden", "wohnsitz-anmelden"),
        ("bin umgezogen", "wohnsitz-anmelden"),
        ("neue Adresse", "wohnsitz-anmelden"),
        ("fuehrerschein", "fuehrerschein-umtausch"),
        ("Fuhrerschein umtauschen", "fuehrerschein-umtausch"),
        ("rente reicht nicht", "grundsicherung"),
        ("Klassenfahrt", "bildung-und-teilhabe"),
        ("wbs", "wohnberechtigungsschein"),
        ("sozialwonung", "wohnberechtigungsschein"),
        ("schlagloch", "maengel-melden"),
        ("Laterne kaputt", "maengel-melden"),
        ("selbstständig machen", "gewerbe-anmelden"),
        ("Geburtsurkunde beantragen", "geburtsurkunde"),
        ("KiZ", "kinderzuschlag"),
    ],
)
def test_first_hit(index: Index, query: str, slug: str) -> None:
    assert best(index, query)[0] == slug


def test_both_services_for_a_new_child_are_found(index: Index) -> None:
    assert {"elterngeld", "geburtsurkunde"} <= set(best(index, "kind bekommen")[:2])


def test_title_comes_before_search_words_and_search_words_before_text(index: Index) -> None:
    assert best(index, "geburt")[:2] == ["geburtsurkunde", "elterngeld"]  # title; search words
    assert best(index, "Umzug")[0] == "wohnsitz-anmelden"  # search words; Wohngeld only mentions it
    assert best(index, "Grundsteuer") == ["wohngeld"]  # stands in the text only


@pytest.mark.parametrize("query", ["", "   ", "xyzzy", "§§§", "der die das", "q" * 5000])
def test_nothing_is_found_where_nothing_fits(index: Index, query: str) -> None:
    assert [hit for hit in index.find(query) if hit.document.kind is Kind.SERVICE] == []


def test_frequent_questions_are_found(index: Index) -> None:
    questions = [hit.document.title for hit in index.find("wohngeld arbeiten") if hit.document.kind is Kind.QUESTION]
    assert questions[0] == "Bekomme ich Wohngeld, wenn ich arbeite?"


def test_among_equals_the_important_service_stands_first(index: Index) -> None:
    assert best(index, "wohn")[0] == "wohngeld"


def test_umlauts_in_every_spelling_are_one_word() -> None:
    assert fold("Mängel") == fold("Maengel") == fold("mangel") == fold("MÄNGEL")
    assert fold("Straße") == fold("strasse")


def test_small_words_count_only_where_there_is_nothing_else() -> None:
    assert words("Wo kann ich mich anmelden?") == ["anmelden"]
    assert words("wo") == ["wo"]


@pytest.mark.parametrize(
    ("left", "right", "near"),
    [
        ("wonhgeld", "wohngeld", True),  # swapped
        ("wohgeld", "wohngeld", True),  # missing
        ("wohnngeld", "wohngeld", True),  # inserted
        ("wohmgeld", "wohngeld", True),  # wrong
        ("wohngeld", "wohngeld", False),  # the same is no slip
        ("wonhgled", "wohngeld", False),  # two slips
        ("miete", "mitte", True),
        ("abc", "cba", False),
    ],
)
def test_one_slip(left: str, right: str, near: bool) -> None:
    assert one_edit_apart(left, right) is near
    assert one_edit_apart(right, left) is near


def test_what_was_typed_is_marked() -> None:
    assert marked("Wohngeld beantragen", "wohn") == [
        ("Wohn", True),
        ("geld", False),
        (" ", False),
        ("beantragen", False),
    ]
    assert marked("Führerschein", "fuehr") == [("Führ", True), ("erschein", False)]
