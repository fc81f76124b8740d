"""A member of the household fills in the own part on a phone, later writes to the office and takes home what is theirs.

Nothing of the others is on the pages, and nothing of it on the applicant's.
"""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Browser, Page, expect
from tests.benefits.people import household, income, person
from tests.browser.applying import Applicant
from tests.browser.conftest import DESK, PHONE
from tests.browser.deciding import sign_in
from tests.processes import Kiepe

pytestmark = [pytest.mark.browser, pytest.mark.processes]
QUESTION, ANSWER = "Mein Chef darf nichts davon wissen. Geht das?", "Ja. Wir fragen ihn nicht."


def assert_fits(page: Page) -> None:
    """Nothing for axe to find, and nothing wider than the screen."""
    found = Axe().run(page).response["violations"]
    assert found == [], [(one["id"], one["nodes"][0]["target"]) for one in found]
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), page.url


def spotless(page: Page) -> None:
    """No finding of axe, and nothing wider than a small phone."""
    found = Axe().run(page).response["violations"]
    assert found == [], [(one["id"], one["nodes"][0]["target"]) for one in found]
    page.set_viewport_size({"width": 320, "height": 700})
    wide = page.evaluate("document.documentElement.scrollWidth")
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]  # a plain dict does
    assert wide <= 320, page.url


def test_a_member_speaks_for_themselves(phone: Page, browser: Browser, kiepe: Kiepe, tmp_path: Path) -> None:
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
    member.get_by_label("Ihre Mailadresse").fill("max.eigener.teil@example.org")
    member.get_by_role("button", name="Fertig").click()
    expect(member.get_by_role("heading", level=1)).to_have_text("Danke, das war Ihr Teil")
    spotless(member)
    phone.goto(re.sub(r"einladen/.*", "household/", phone.url))
    expect(phone.get_by_text("Hat den eigenen Teil ausgefüllt")).to_be_visible()
    spotless(phone)
    own = member.locator(".kf-code").inner_text()
    number = _sent(phone, applicant)
    spotless(phone)
    context.close()
    context = browser.new_context(viewport=PHONE, base_url=kiepe.address, locale="de-DE")  # type: ignore[arg-type]  # a plain dict does
    member = context.new_page()  # days later, on another phone
    _opened(member, number, own)
    expect(member.get_by_role("heading", level=1)).to_have_text("Der Teil von Max Beispiel")
    assert "Erika" not in member.locator("main").inner_text()
    spotless(member)
    _both_ways(member, phone, browser, kiepe, number, tmp_path)
    _taken_home(member, number)
    member.goto(f"/meine-vorgaenge/{number}/mein-teil/")
    member.get_by_role("button", name="Auf diesem Gerät schließen").click()
    expect(member.get_by_text("In diesem Browser ist gerade kein Vorgang geöffnet.")).to_be_visible()
    context.close()


def _opened(member: Page, number: str, own: str) -> None:
    """Come back with the case's number and the own code."""
    member.goto("/meine-vorgaenge/oeffnen/")
    member.get_by_label(re.compile("Nummer")).fill(number)
    member.get_by_label(re.compile("Zugangscode")).fill(own)
    member.locator("main").get_by_role("button", name="Öffnen").click()


def _both_ways(member: Page, applicant: Page, browser: Browser, kiepe: Kiepe, number: str, tmp_path: Path) -> None:
    """The member asks with a photo, the office answers in that thread; the applicant sees nothing of it."""
    Image.new("RGB", (60, 80), "white").save(tmp_path / "lohnzettel.png")
    member.get_by_role("link", name="Nachricht schreiben").click()
    expect(member.get_by_text("Wer den Antrag gestellt hat, sieht es nicht.")).to_be_visible()
    spotless(member)
    member.get_by_role("button", name="Nachricht absenden").click()
    expect(member.locator("[data-errors]")).to_contain_text("Schreiben Sie Ihre Nachricht")
    spotless(member)
    member.locator("#f-text").fill(QUESTION)
    member.locator("#f-files").set_input_files(tmp_path / "lohnzettel.png")
    member.get_by_role("button", name="Nachricht absenden").click()
    expect(member.locator("main").get_by_role("status")).to_contain_text(
        "Wir schreiben an max.eigener.teil@example.org"
    )
    spotless(member)
    desk = browser.new_context(viewport=DESK, base_url=kiepe.address, locale="de-DE").new_page()  # type: ignore[arg-type]  # a plain dict does
    sign_in(desk, "Ayşe Demo")
    desk.goto(f"/arbeitsplatz/vorgaenge/{number}/")
    desk.get_by_role("link", name="Lesen und antworten").click()
    assert QUESTION not in desk.locator("main").inner_text()  # it is not the applicant's
    desk.get_by_role("navigation", name="Mit wem").get_by_role("link", name=re.compile("Max Beispiel")).click()
    expect(desk.get_by_text(QUESTION)).to_be_visible()
    expect(desk.get_by_text("Das lesen nur Max Beispiel und das Amt.")).to_be_visible()
    expect(desk.get_by_role("link", name="lohnzettel.pdf")).to_be_visible()
    assert_fits(desk)
    desk.locator("#f-text").fill(ANSWER)
    desk.get_by_role("button", name="Nachricht absenden").click()
    expect(desk.get_by_text("Die Nachricht ist abgeschickt. Die Person wird benachrichtigt.")).to_be_visible()
    desk.context.close()
    for page in ("", "nachrichten/"):
        applicant.goto(f"/meine-vorgaenge/{number}/{page}")
        words = applicant.locator("main").inner_text()
        for theirs in (QUESTION, ANSWER, "lohnzettel", "neue Nachricht", "max.eigener.teil"):
            assert theirs not in words
    member.goto(f"/meine-vorgaenge/{number}/mein-teil/")
    expect(member.get_by_text("Sie haben eine neue Nachricht.")).to_be_visible()
    spotless(member)
    member.get_by_role("link", name="Nachricht lesen").click()
    expect(member.get_by_text(ANSWER)).to_be_visible()
    spotless(member)
    member.goto(f"/meine-vorgaenge/{number}/mein-teil/mailadresse/")
    spotless(member)


def _taken_home(member: Page, number: str) -> None:
    """All data of the member, and nothing of the applicant's."""
    member.goto("/meine-daten/")
    expect(member.get_by_text("dort stehen Sie als: Mitglied des Haushalts")).to_be_visible()
    spotless(member)
    with member.expect_download() as waiting:
        member.get_by_role("button", name="Meine Daten herunterladen").click()
    packed = zipfile.ZipFile(waiting.value.path())
    said = json.loads(packed.read("meine-daten.json"))
    assert (said["cases"], [one["number"] for one in said["taking_part"]]) == ([], [number])
    assert [one["text"] for one in said["taking_part"][0]["messages"]] == [QUESTION, ANSWER]
    assert len([name for name in packed.namelist() if name.endswith("lohnzettel.pdf")]) == 1
    assert "Erika" not in packed.read("meine-daten.json").decode()


@pytest.mark.parametrize("script", [True, False], ids=["javascript", "plain"])
def test_a_member_deletes_what_they_said(browser: Browser, kiepe: Kiepe, phone: Page, script: bool) -> None:
    story = household(person(1, pays_health=True), person(2, relation="sibling"))
    Applicant(phone, story).apply(until="incomes")
    phone.goto(re.sub(r"incomes/.*", "einladen/p2/", phone.url))
    phone.get_by_role("button", name="Einladung erstellen").click()
    link, code = phone.locator(".ki-link").inner_text(), phone.locator(".kf-code").inner_text()
    context = browser.new_context(
        viewport=PHONE,  # type: ignore[arg-type]  # a plain dict does
        base_url=kiepe.address,
        locale="de-DE",
        java_script_enabled=script,
    )
    member = context.new_page()
    member.goto(link)
    member.locator("#f-code").fill(code)
    member.get_by_role("button", name="Öffnen").click()
    member.get_by_role("link", name="Weiter").click()
    member.locator("#f-birth_place").fill("Telgte bei Münster")
    with member.expect_navigation():
        member.locator("main").get_by_role("button", name="Weiter", exact=True).click()
    member.goto(link.replace("oeffnen/", "pruefen/"))
    expect(member.get_by_text("Telgte bei Münster")).to_be_visible()
    member.get_by_role("link", name="Löschen", exact=True).click()
    expect(member.get_by_role("heading", level=1)).to_have_text("Ihre Angaben löschen?")
    if script:  # axe needs it
        assert_fits(member)
    member.get_by_role("button", name="Ja, löschen").click()
    expect(member.get_by_role("heading", level=1)).to_have_text("Ihre Angaben sind gelöscht")
    if script:
        assert_fits(member)
    member.get_by_role("link", name="Meinen Teil ausfüllen").click()
    expect(member.locator("#f-first_name")).to_have_value("Max")  # as the applicant named the person
    expect(member.locator("#f-birth_place")).to_have_value("")
    context.close()


def _sent(page: Page, applicant: Applicant) -> str:
    """Answer the rest, send, and open the status page; the number."""
    with page.expect_navigation():
        page.locator("main").get_by_role("button", name="Weiter", exact=True).click()
    applicant.go_on()
    number = applicant.send()
    page.goto(f"/meine-vorgaenge/{number}/")
    return number
