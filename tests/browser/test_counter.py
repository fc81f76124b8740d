"""At the counter: a clerk takes an application in, prints the read-back, sends it, and hands over the code."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from tests.benefits.people import pensioner
from tests.browser.applying import Applicant
from tests.browser.conftest import PHONE
from tests.browser.deciding import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.processes]


def spotless(page: Page) -> None:
    found = Axe().run(page).response["violations"]
    assert found == [], [(one["id"], one["nodes"][0]["target"]) for one in found]


class AtTheCounter(Applicant):
    """Begins at the desk's door; the questions are the same."""

    def begin(self) -> None:
        self.page.get_by_role("link", name="Antrag aufnehmen").click()
        spotless(self.page)
        self.page.get_by_label("am Telefon").check()
        self.page.get_by_label("Tag, an dem die Person sich zuerst gemeldet hat").fill("16.11.2026")
        who = self.story["persons"][0]
        for name in ("first_name", "last_name"):
            self.page.locator(f"#f-{name}").fill(who[name])
        for name in ("street", "postcode", "town"):
            self.page.locator(f"#f-{name}").fill(self.story[name])
        self.page.get_by_role("button", name="Aufnehmen und Fragen beginnen").click()
        expect(self.page.locator("[data-errors]")).to_contain_text("woran Sie den Tag sehen")
        spotless(self.page)
        self.page.get_by_label("Notiz für die Akte").fill("Anruf am 16. November")
        self.page.get_by_role("button", name="Aufnehmen und Fragen beginnen").click()


def test_a_counter_application(desk: Page) -> None:
    clerk = AtTheCounter(desk, pensioner())
    sign_in(desk, "Ayşe Demo")
    clerk.begin()
    expect(desk.get_by_text("nimmt diesen Antrag auf")).to_be_visible()
    spotless(desk)
    clerk.go_on()
    paper = desk.get_by_role("link", name="Zum Vorlesen und Unterschreiben (PDF)").get_attribute("href")
    read_back = desk.request.get(paper or "")
    assert read_back.body().startswith(b"%PDF-")
    spotless(desk)
    number = clerk.send()
    spotless(desk)
    code = desk.locator(".kf-code").nth(1).inner_text()
    sheet = desk.get_by_role("link", name="Blatt mit Nummer und Code (PDF)").get_attribute("href")
    assert desk.request.get(sheet or "").body().startswith(b"%PDF-")
    desk.get_by_role("link", name="Zum Vorgang").click()
    expect(desk.locator(".ms-case-who").get_by_text("am Telefon")).to_be_visible()
    desk.get_by_role("link", name="Beteiligte").click()
    spotless(desk)
    person = desk.context.browser.new_context(viewport=PHONE, base_url=desk.url.split("/arbeitsplatz")[0]).new_page()  # type: ignore[union-attr,arg-type]  # a browser is there
    person.goto("/meine-vorgaenge/oeffnen/")
    person.get_by_label(re.compile("Nummer")).fill(number)
    person.get_by_label(re.compile("Zugangscode")).fill(code)
    person.get_by_role("button", name=re.compile("öffnen", re.IGNORECASE)).last.click()
    expect(person.get_by_text("am Telefon").first).to_be_visible()
    expect(person.get_by_text("eingegangen am 16.11.2026").first).to_be_visible()
    spotless(person)
    person.context.close()
