"""The whole way with the keyboard alone: from the search to the status, from the queue to the decision."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page
from tests.benefits.examples import TYPED
from tests.browser.keys import Keys, TypingApplicant

pytestmark = [pytest.mark.browser, pytest.mark.processes]


def test_from_the_search_to_the_status(desk: Page) -> None:
    keys, applicant = Keys(desk), TypingApplicant(desk, TYPED["bmwsb-2025-1"])
    desk.goto("/")
    keys.to(id="^q$")
    desk.keyboard.type("wohngeld")
    desk.locator("#q-liste [role=option]").first.wait_for()
    desk.keyboard.press("ArrowDown")
    keys.enter()
    assert desk.url.endswith("/leistungen/wohngeld/")
    applicant.apply()
    number = applicant.send()
    keys.skip()
    keys.to(href=f"/meine-vorgaenge/{number}/$")
    keys.enter()
    assert number in desk.locator("main").inner_text()


def test_an_error_is_found_and_mended(desk: Page) -> None:
    """The summary takes the focus, its links lead to the field."""
    keys = Keys(desk)
    desk.goto("/antrag/wohngeld/")
    keys.to(tag="BUTTON", text="beginnen")
    keys.enter()
    keys.to(tag="BUTTON", text="^Weiter")
    keys.enter()
    assert desk.evaluate("document.activeElement.matches('[data-errors]')")
    link = keys.tab()
    assert link["href"].startswith("#f-")
    desk.keyboard.press("Enter")
    there = keys.focused()
    assert there["id"] == link["href"][1:]
    keys.tab()
    keys.tab(back=True)


def test_from_the_queue_to_the_decision(desk: Page) -> None:
    keys = Keys(desk)
    desk.goto("/arbeitsplatz/")
    keys.skip()
    keys.to(tag="BUTTON", text="Ayşe Demo")
    keys.enter()
    keys.skip()
    keys.to(tag="^A$", text="Heinz Schulze-Demo")
    keys.enter()
    number = desk.url.rstrip("/").rpartition("/")[2]
    keys.skip()
    keys.to(tag="SUMMARY", text="Rechenweg")
    desk.keyboard.press("Enter")
    keys.to(tag="^A$", text="Anders entscheiden")
    keys.enter()
    keys.skip()
    keys.to(name="^kind$")
    keys.choose("grant")
    keys.to(name="^reasons$")
    desk.keyboard.type("Die Rente ist nachgewiesen.")
    for _ in range(desk.locator('main input[name="confirmed"]').count()):
        keys.to(name="^confirmed$")
        desk.keyboard.press("Space")
    keys.to(tag="BUTTON", text="Bescheid ansehen")
    keys.enter()
    keys.skip()
    keys.to(tag="BUTTON", text="erlassen")
    keys.enter()
    desk.wait_for_url(re.compile(f"{number}/.*getan=entschieden"))
