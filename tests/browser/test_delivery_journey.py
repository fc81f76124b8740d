"""Decided, explained, delivered: Erika consents on her phone and revokes, Ayşe posts the letter, Erika reads by when.

Then Ingrid of the demo, whose notice lies in the portal.
"""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from tests.browser.conftest import PATIENCE
from tests.browser.deciding import grant, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.processes]
EXPLAINED = (
    "", "haushalt/", "einkommen/", "abzuege/", "miete/", "betrag/", "zeitraum/", "was-waere-wenn/",
    "wenn-etwas-nicht-stimmt/",
)  # fmt: skip
PAGES = ["", "bescheid/", "zustellung/", *(f"bescheid/erklaert/{page}" for page in EXPLAINED)]


def sign_in_citizen(page: Page, name: str) -> str:
    """One click in the demo; the address of the first case."""
    page.goto("/anmelden/")
    page.get_by_role("button", name=name).click()
    page.wait_for_url(re.compile("/meine-vorgaenge/"))
    page.locator('main a[href*="/meine-vorgaenge/WG"]').first.click()
    page.wait_for_url(re.compile(r"/meine-vorgaenge/WG-"))
    return page.url


def look(page: Page) -> None:
    """axe finds nothing, nothing is wider than the screen."""
    violations = Axe().run(page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in violations] == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_from_consent_to_the_last_day(phone: Page, desk: Page) -> None:
    case = sign_in_citizen(phone, "Erika Albers-Demo")
    number = case.rstrip("/").rpartition("/")[2]

    phone.goto(f"{case}zustellung/")
    phone.get_by_role("button", name="Einwilligung geben").click()
    expect(phone.locator("[data-errors]")).to_contain_text("Es fehlt noch Ihr Haken.")
    look(phone)
    phone.get_by_label("Ja, ich bin einverstanden.").check()
    phone.get_by_role("button", name="Einwilligung geben").click()
    expect(phone.get_by_text(re.compile("Sie haben am .* eingewilligt"))).to_be_visible()
    look(phone)
    phone.get_by_role("button", name="Einwilligung widerrufen").click()
    expect(phone.get_by_role("button", name="Einwilligung geben")).to_be_visible()

    sign_in(desk, "Ayşe Demo")
    grant(desk, number, reason="Alle Nachweise lagen vor.")
    for _ in range(PATIENCE // 200):
        desk.goto("/arbeitsplatz/postausgang/")
        if desk.get_by_label("Erika Albers-Demo").count():
            break
        desk.wait_for_timeout(200)
    look(desk)
    for box in desk.locator('input[name="letters"]').all():
        box.uncheck()
    desk.get_by_label("Erika Albers-Demo").check()
    desk.get_by_role("button", name="Ausgewählte als aufgegeben vermerken").click()
    expect(desk.get_by_role("status")).to_contain_text("1 Brief ist als aufgegeben vermerkt.")
    look(desk)
    desk.goto(f"/arbeitsplatz/vorgaenge/{number}/bescheid/")
    look(desk)

    # Posted on Friday 20 November 2026: notified on the fourth day, a month later is a Thursday (§ 37, § 26 SGB X).
    for rest in PAGES:
        phone.goto(f"{case}{rest}")
        look(phone)
        if rest in {"", "bescheid/", "bescheid/erklaert/wenn-etwas-nicht-stimmt/"}:
            expect(phone.locator(".kn-told")).to_contain_text("Ihr Bescheid ist der Brief mit der Post.")
            expect(phone.locator(".kn-told")).to_contain_text("24.11.2026")
            expect(phone.locator(".kn-told")).to_contain_text("24.12.2026")

    phone.goto(f"{case}bescheid/erklaert/was-waere-wenn/")
    phone.get_by_label("Miete im Monat").fill("1.100")
    phone.get_by_role("button", name="Ausrechnen").click()
    expect(phone.locator("#ergebnis")).to_contain_text("Ungefähr")
    look(phone)
    phone.set_viewport_size({"width": 320, "height": 700})
    look(phone)


def test_the_notice_in_the_portal(phone: Page) -> None:
    case = sign_in_citizen(phone, "Ingrid Wessels-Demo")
    phone.get_by_role("link", name="Bescheid lesen").click()
    expect(phone.locator(".kn-told")).to_contain_text("Ihr Bescheid ist das PDF hier im Serviceportal.")
    # The mail left on 18 November 2026, a Wednesday: the fourth day is Sunday 22, and stays; a month later a Tuesday.
    expect(phone.locator(".kn-told")).to_contain_text("22.11.2026")
    expect(phone.locator(".kn-told")).to_contain_text("22.12.2026")
    look(phone)
    pdf = phone.request.get(f"{case}bescheid.pdf").body()
    assert b"/adbe.pkcs7.detached" in pdf
