"""English and plain German in a browser: the switch by keyboard and by hand, nothing typed lost, axe finds nothing."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from tests.browser.applying import Applicant
from tests.browser.conftest import PHONE
from tests.processes import Kiepe

pytestmark = [pytest.mark.browser, pytest.mark.processes]
PATHS = ["/", "/leistungen/wohngeld/", "/leistungen/personalausweis/", "/leistungen/wohngeld/pruefen/",
         "/seite/impressum/", "/vor-ort/", "/anmelden/", "/meine-vorgaenge/", "/antrag/wohngeld/"]  # fmt: skip


def sound(page: Page) -> None:
    """No finding of axe, nothing wider than the screen."""
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), page.url


@pytest.mark.parametrize("language", ["en", "de-simple"])
def test_pages_are_sound_in_each_language(phone: Page, language: str) -> None:
    for path in PATHS:
        phone.goto(f"/{language}{path}")
        expect(phone.locator("html")).to_have_attribute("lang", language)
        sound(phone)
        phone.locator(".ms-lang summary").click()
        sound(phone)  # the open list too
    phone.set_viewport_size({"width": 320, "height": 640})
    phone.goto(f"/{language}/leistungen/wohngeld/")
    sound(phone)


def test_the_switch_by_keyboard_keeps_the_place_and_the_words(phone: Page) -> None:
    applicant = Applicant(phone, {"application_kind": "first"})
    applicant.apply(until="you")
    here = phone.url
    phone.get_by_label("Vorname", exact=True).fill("Erika Ayşe")
    phone.locator(".ms-lang summary").focus()
    phone.keyboard.press("Enter")
    phone.get_by_role("button", name="English").focus()
    phone.keyboard.press("Enter")
    phone.wait_for_url(re.compile("/en/antrag/"))
    assert phone.url == here.replace("/antrag/", "/en/antrag/")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Who are you?")
    expect(phone.get_by_label("First name", exact=True)).to_have_value("Erika Ayşe")
    sound(phone)
    phone.locator(".ms-lang summary").click()
    phone.get_by_role("button", name="Einfache Sprache").click()
    phone.wait_for_url(re.compile("/de-simple/antrag/"))
    expect(phone.get_by_label("Vorname", exact=True)).to_have_value("Erika Ayşe")
    sound(phone)
    phone.get_by_label("Vorname", exact=True).press("Enter")  # sends the page, and is told what is still missing
    expect(phone.locator("[data-errors]")).to_be_visible()
    assert "/de-simple/antrag/" in phone.url


@pytest.mark.parametrize("script", [True, False])
def test_the_browsers_language_is_offered_where_script_runs(browser: Browser, kiepe: Kiepe, script: bool) -> None:
    context = browser.new_context(viewport=PHONE, locale="en-GB", base_url=kiepe.address, java_script_enabled=script)  # type: ignore[arg-type]  # a plain dict does
    page = context.new_page()
    page.goto("/leistungen/wohngeld/")
    offer = page.locator('[data-offer="en"]')
    expect(offer).to_be_visible() if script else expect(offer).to_be_hidden()
    page.locator(".ms-lang summary").click()  # the switch itself needs no script
    page.locator(".ms-lang").get_by_role("link", name="English").click()
    expect(page).to_have_url(f"{kiepe.address}/en/leistungen/wohngeld/")
    assert context.cookies() == []
    context.close()
