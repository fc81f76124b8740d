"""Münster's pack: what it holds, against the statutes and the LeiKa catalogue."""

from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from kiepe.base.catalogue import pack
from kiepe.base.catalogue.entries import City
from tests.catalogue.conftest import Edit
from tests.cities.packs import MUENSTER


@pytest.fixture(scope="module")
def city() -> City:
    return pack.read(MUENSTER)


def test_twelve_services_cover_eight_life_situations(city: City) -> None:
    assert len(city.services) == 12
    assert len(city.life_situations) == 8
    assert all(city.services_of(situation.key) for situation in city.life_situations)


LEIKA_NAMES = {
    "wohngeld": "Wohngeld Bewilligung",
    "kinderzuschlag": "Kinderzuschlag Zahlung",
    "bildung-und-teilhabe": "Leistungen für Bildung und Teilhabe bei Kindern",
    "grundsicherung": "Grundsicherung im Alter und bei Erwerbsminderung (SGB XII) Bewilligung",
    "wohnberechtigungsschein": "Wohnberechtigungsschein Ausstellung",
    "personalausweis": "Personalausweis Ausstellung",
    "wohnsitz-anmelden": "Wohnsitz Anmeldung",
    "elterngeld": "Elterngeld Bewilligung",
    "geburtsurkunde": "Geburtsurkunde Ausstellung",
    "fuehrerschein-umtausch": "Führerschein Umtausch in EU-Führerschein",
    "gewerbe-anmelden": "Gewerbe Anmeldung",
    "maengel-melden": "Straßenschaden Beseitigung an Gemeinde- und Ortsstraßen",
}


def test_leika_keys_are_those_of_the_catalogue(city: City, shared: Path) -> None:
    with (shared / "data" / "leika" / "ozg_service.csv").open(encoding="utf-8", newline="") as file:
        catalogue = {row["service_key"]: row["name"] for row in csv.DictReader(file)}
    assert set(LEIKA_NAMES) == {service.slug for service in city.services}
    for slug, name in LEIKA_NAMES.items():
        assert catalogue[city.service(slug).leika].startswith(name)


def test_identity_card_fees_are_those_of_the_ordinance(city: City) -> None:
    """PAuswGebV since 2026-02-07: 46 € from 24 years, 27.60 € below, 10 € provisional."""
    fees = {fee.what["de"]: fee.amount for fee in city.service("personalausweis").fees}
    assert fees == {
        "ab 24 Jahren": Decimal("46.00"),
        "unter 24 Jahren": Decimal("27.60"),
        "vorläufiger Ausweis": Decimal("10.00"),
    }


def test_only_wohngeld_is_online(city: City) -> None:
    assert [service.slug for service in city.services if service.online] == ["wohngeld"]


def test_texts_inherit_language_author_and_day_from_the_head(folder: Path, edit: Edit) -> None:
    edit("services/elterngeld.yaml", "    title: Elterngeld\n", "    title: Elterngeld\n    author: Ayşe Beispiel\n")
    text = pack.read(folder).service("elterngeld").text()
    assert (text.language, text.date, text.machine_translated) == ("de", date(2026, 11, 20), False)
    assert text.author == "Ayşe Beispiel"


def test_demo_remedy_is_an_example_that_nobody_reviewed(city: City) -> None:
    remedy = city.procedures["wohngeld"].remedy
    assert remedy.example
    assert not remedy.reviewed
    assert "innerhalb eines Monats" in remedy.text  # § 36 SGB X: the period must be named


def test_a_remedy_is_reviewed_only_with_name_and_day(folder: Path, edit: Edit) -> None:
    edit("procedures/wohngeld.yaml", "reviewed_by: null", "reviewed_by: Rechtsamt")
    assert not pack.read(folder).procedures["wohngeld"].remedy.reviewed
    edit("procedures/wohngeld.yaml", "reviewed_on: null", "reviewed_on: 2026-11-21")
    assert pack.read(folder).procedures["wohngeld"].remedy.reviewed


def test_no_page_claims_a_review(city: City) -> None:
    assert all(page.reviewed_by is None and page.reviewed_on is None for page in city.pages)


def test_made_up_addresses_are_recognisable() -> None:
    """Every e-mail address of the pack lies in .example (RFC 2606)."""
    for file in MUENSTER.rglob("*.*"):
        for word in file.read_text(encoding="utf-8").replace("(", " ").replace(")", " ").replace("]", " ").split():
            if "@" in word:
                assert ".example" in word, f"{file.name}: {word}"
