"""Deciding as a caseworker does, in a browser."""

from __future__ import annotations

import re

from playwright.sync_api import Page


def sign_in(page: Page, name: str) -> None:
    """Sign in as one of the demo's staff, with one click."""
    page.goto("/anmelden/mitarbeit/")
    page.get_by_role("button", name=name).click()
    page.wait_for_url(re.compile("/arbeitsplatz/"))


def grant(page: Page, number: str, reason: str = "") -> None:
    """Look at every hint, see the notice, sign."""
    page.goto(f"/arbeitsplatz/vorgaenge/{number}/entscheiden/")
    for box in page.locator('main input[type="checkbox"][name="confirmed"]').all():
        box.check()
    if reason:
        page.locator('main [name="reasons"]').fill(reason)
    page.get_by_role("button", name=re.compile("ansehen")).first.click()
    page.get_by_role("button", name=re.compile("erlassen")).first.click()
    page.wait_for_url(re.compile(f"{number}/.*getan=entschieden"))
