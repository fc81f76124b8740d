"""The quick check: the range holds the official amount, nothing is kept, and nothing typed is lost."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from kiepe.base.catalogue import pack
from kiepe.service.benefits.wohngeld import quick_check

DAY = date(2026, 1, 1)
ALL = ["tax", "health", "pension"]

# The ministry's examples as somebody would answer the quick check.
TYPED: dict[str, dict[str, Any]] = {
    "bmwsb-2025-1": {"rent": "335", "income": ["pension"], "pension": "1300", "pays": ["health"]},
    "bmwsb-2025-4": {
        "adults": "2", "children": "1", "tenure": "own", "burden": "750", "income": ["wage"], "wage": "2150",
        "pays": ["health", "pension"],
    },
    "bmwsb-2025-5": {
        "children": "2", "rent": "700", "income": ["wage", "other"], "wage": "1530", "other": "696",
        "pays": ["health", "pension"],
    },
    "bmwsb-2025-8": {"adults": "2", "children": "3", "rent": "870", "income": ["wage"], "wage": "2810", "pays": ALL},
    "bmwsb-2025-10": {
        "adults": "2", "excluded": "1", "rent": "570", "income": ["pension"], "pension": "880", "pays": ["health"],
    },
}  # fmt: skip


def typed(**more: Any) -> dict[str, Any]:
    return {"adults": "1", "children": "0", "excluded": "0", "tenure": "rent", "rent": "500", "heated": "no", **more}


def answers(**more: Any) -> dict[str, Any]:
    found = typed(**more)
    return {**found, "heated": {"yes": True, "no": False}.get(found["heated"])}


def estimate(**more: Any) -> quick_check.Estimate:
    return quick_check.estimate(quick_check.asked(answers(**more)), DAY)


@pytest.mark.parametrize("key", sorted(TYPED))
def test_the_range_holds_the_official_amount(key: str, shared: Path, in_mietenstufe: Callable[[int], None]) -> None:
    examples = json.loads((shared / "interfaces" / "wohngeld" / "examples.json").read_text(encoding="utf-8"))
    example = next(one for one in examples if one["household"]["id"] == key)
    in_mietenstufe(example["household"]["mietenstufe"])
    found = estimate(**TYPED[key])
    assert found.low <= example["expected"]["wohngeld"] <= found.high
    assert found.high - found.low <= 160  # a range that says something
    assert found.low % 10 == found.high % 10 == 0
    assert not found.reason


def test_a_heating_in_the_rent_widens_the_range_downwards() -> None:
    assert estimate(heated="yes").low < estimate(heated="no").low
    assert estimate(heated="").high == estimate(heated="no").high


def test_too_much_income_is_explained() -> None:
    found = estimate(income=["wage"], wage="5000", pays=ALL)
    assert (found.low, found.high) == (0, 0)
    assert "Einkommen" in found.reason


def test_where_everybody_is_excluded_the_reason_is_another() -> None:
    found = estimate(excluded="1")
    assert found.high == 0
    assert "Grundsicherung" in found.reason


def slugs(**more: Any) -> set[str]:
    return {one.slug for one in estimate(**more).also}


def test_what_else_fits_follows_stated_conditions() -> None:
    # § 6a Abs. 1 Nr. 2 BKGG: 600 € gross for a single parent, 900 € for a couple.
    family = {"children": "1", "income": ["wage"], "pays": ALL}
    assert "kinderzuschlag" in slugs(**family, wage="600")
    assert "kinderzuschlag" not in slugs(**family, wage="599")
    assert "kinderzuschlag" not in slugs(**family, adults="2", wage="899")
    assert "bildung-und-teilhabe" in slugs(**family, wage="1500")
    assert slugs(income=["wage"], wage="1500", pays=ALL) == set()
    assert slugs() == {"grundsicherung"}


@pytest.fixture
def real_city(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    pack.forget()


URL = "/leistungen/wohngeld/pruefen/"


@pytest.mark.usefixtures("real_city")
class TestPage:
    """The page, without a database: it knows nobody and keeps nothing."""

    def test_it_stands_where_the_service_page_links_to(self) -> None:
        assert reverse("benefits:check") == URL

    def test_reading_sets_no_cookie(self, client: Client) -> None:
        response = client.get(URL)
        assert response.status_code == 200
        assert not response.cookies
        assert "kein Name" in response.content.decode()

    def test_a_range_and_no_promise_and_no_cookie(self) -> None:
        response = Client(enforce_csrf_checks=True).post(
            URL, typed(income=["pension"], pension="1.300,00", pays=["health"])
        )
        page = response.content.decode()
        assert response.status_code == 200
        assert "keine Zusage" in page
        assert "Ungefähr" in page
        assert not response.cookies
        assert response.headers["Cache-Control"] == "no-store"
        assert 'value="1.300,00"' in page

    def test_what_was_typed_stays_beside_the_error(self, client: Client) -> None:
        response = client.post(URL, typed(rent="ca. 700", adults="2"))
        page = response.content.decode()
        assert response.status_code == 422
        assert 'value="ca. 700"' in page
        assert 'value="2"' in page
        assert "Bitte prüfen Sie eine Angabe" in page
        assert "keine Zusage" not in page

    def test_nothing_to_expect_is_no_rejection(self, client: Client) -> None:
        page = client.post(URL, typed(income=["wage"], wage="9000", pays=ALL)).content.decode()
        assert "Wahrscheinlich kein Wohngeld" in page
        assert "keine Ablehnung" in page

    def test_hints_lead_to_service_pages(self, client: Client) -> None:
        page = client.post(URL, typed(children="2", income=["wage"], wage="1600", pays=ALL)).content.decode()
        assert reverse("catalogue:service", args=["kinderzuschlag"]) in page
        assert reverse("catalogue:service", args=["bildung-und-teilhabe"]) in page

    @pytest.mark.parametrize("method", ["put", "delete"])
    def test_other_methods_are_refused(self, method: str, client: Client) -> None:
        assert getattr(client, method)(URL).status_code == 405
