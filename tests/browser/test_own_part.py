"""A member of the household fills in the own part on a phone; nothing of the others is on the pages."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from tests.benefits.people import household, income, person
from tests.browser.applying import Applicant
from tests.browser.conftest import PHONE
from tests.processes import Kiepe

pytestmark = [pytest.mark.browser, pytest.mark.processes]


def spotless(page: Page) -> None:
    """No finding of axe, and nothing wider than a small phone."""
    found = Axe().run(page).response["violations"]
    assert found == [], [(one["id"], one["nodes"][0]["target"]) for one in found]
    page.set_viewport_size({"width": 320, "height": 700})
    wide = page.evaluate("document.documentElement.scrollWidth")
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]  # a plain dict does
    assert wide <= 320, page.url


def test_a_member_speaks_for_themselves(phone: Page, browser: Browser, kiepe: Kiepe) -> None:
    story = household(person(1, income("rente", "900.00"), pays_health=True), person(2, relation="sibling"))
    applicant = Applicant(phone, story)
    applicant.apply(until="incomes")
    phone.goto(re.sub(r"incomes/.*", "household/", phone.url))
    phone.get_by_role("link", name="Selbst ausfüllen lassen").click()
    spotless(phone)
    phone.get_by_role("button", name="Einladung erstellen").click()
    spotless(phone)
    link = phone.locator(".ki-link").inner_text()
    code = phone.locator(".kf-code").inner_text()
    context = browser.new_context(viewport=PHONE, base_url=kiepe.address)  # type: ignore[arg-type]  # a plain dict does
    member = context.new_page()
    member.goto(link)
    spotless(member)
    member.locator("#f-code").fill("falsch")
    member.get_by_role("button", name="Öffnen").click()
    expect(member.locator("[data-errors]")).to_contain_text("Dieser Code passt nicht")
    member.locator("#f-code").fill(code)
    member.get_by_role("button", name="Öffnen").click()
    spotless(member)
    member.get_by_role("link", name="Weiter").click()
    for _page in range(12):
        if member.url.endswith("/pruefen/"):
            break
        assert "Erika" not in member.locator("main").inner_text()
        spotless(member)
        with member.expect_navigation():
            member.locator("main").get_by_role("button", name="Weiter", exact=True).click()
    spotless(member)
    assert "Wie gehört die Person" not in member.locator("main").inner_text()
    member.get_by_role("button", name="Fertig").click()
    expect(member.get_by_role("heading", level=1)).to_have_text("Danke, das war Ihr Teil")
    spotless(member)
    phone.goto(re.sub(r"einladen/.*", "household/", phone.url))
    expect(phone.get_by_text("Hat den eigenen Teil ausgefüllt")).to_be_visible()
    spotless(phone)
    own = member.locator(".kf-code").inner_text()
    number = _sent(phone, applicant)
    spotless(phone)
    member.goto("/meine-vorgaenge/oeffnen/")
    member.get_by_label(re.compile("Nummer")).fill(number)
    member.get_by_label(re.compile("Zugangscode")).fill(own)
    member.get_by_role("button", name=re.compile("öffnen", re.IGNORECASE)).last.click()
    expect(member.get_by_role("heading", level=1)).to_have_text("Der Teil von Max Beispiel")
    assert "Erika" not in member.locator("main").inner_text()
    spotless(member)
    context.close()


def _sent(page: Page, applicant: Applicant) -> str:
    """Answer the rest, send, and open the status page; the number."""
    with page.expect_navigation():
        page.locator("main").get_by_role("button", name="Weiter", exact=True).click()
    applicant.go_on()
    number = applicant.send()
    page.goto(f"/meine-vorgaenge/{number}/")
    return number
