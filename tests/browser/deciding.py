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


def claim(page: Page, number: str) -> None:
    """Open a case and take it over."""
    page.goto(f"/arbeitsplatz/vorgaenge/{number}/")
    page.get_by_role("button", name="Vorgang übernehmen").click()
    page.get_by_text("zuständig: Ayşe Demo").wait_for()


def settle(page: Page, number: str, waived: list[str]) -> list[str]:
    """Look at every document: accept what came, do without what is said not to be there, for the reasons in order.

    Returns the titles of what was accepted.
    """
    listed = f"/arbeitsplatz/vorgaenge/{number}/unterlagen/"
    page.goto(listed)
    accepted, reasons = [], iter(waived)
    for address in [str(link.get_attribute("href")) for link in page.locator(".ms-pick a").all()]:
        page.goto(address)
        accept = page.get_by_role("button", name="Anerkennen")
        if accept.count():
            accepted.append(page.locator('.ms-pick a[aria-current="true"] > span').first.inner_text())
            accept.click()
        else:
            page.locator("#f-reason").fill(next(reasons))
            page.get_by_role("button", name="Darauf verzichten").click()
        page.get_by_role("status").first.wait_for()
    assert list(reasons) == []
    return accepted
