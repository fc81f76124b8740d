"""After sending, in a browser: a message both ways, a correction, all of one's data; axe finds nothing."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Browser, Page, expect
from tests.benefits.people import pensioner
from tests.browser.applying import Applicant
from tests.browser.conftest import DESK, PATIENCE, PHONE
from tests.browser.deciding import sign_in
from tests.processes import Kiepe

pytestmark = [pytest.mark.browser, pytest.mark.processes]


def story() -> dict[str, object]:
    """Somebody who lives alone on a pension, as she types it."""
    return json.loads(json.dumps(pensioner()))  # type: ignore[no-any-return]  # plain data


@pytest.fixture(params=[True, False], ids=["javascript", "plain"])
def citizen(request: pytest.FixtureRequest, browser: Browser, kiepe: Kiepe) -> Iterator[Page]:
    """A phone, with and without JavaScript."""
    plain = {"viewport": PHONE, "locale": "de-DE", "base_url": kiepe.address, "java_script_enabled": request.param}
    context = browser.new_context(**plain)
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


def looked_at(page: Page) -> None:
    """Nothing for axe to find, and nothing wider than the screen."""
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), page.url


def applied(page: Page) -> str:
    applicant = Applicant(page, story())
    applicant.apply()
    return applicant.send()


def test_a_message_both_ways_a_correction_and_my_data(
    citizen: Page, browser: Browser, kiepe: Kiepe, tmp_path: Path
) -> None:
    number = applied(citizen)
    citizen.goto(f"/meine-vorgaenge/{number}/")
    expect(citizen.get_by_role("heading", name="Das können Sie jetzt tun")).to_be_visible()
    expect(citizen.get_by_text("Nennen Sie die Nummer").first).to_be_visible()

    # Erika asks, with two photos
    citizen.get_by_role("link", name="Nachricht schreiben").click()
    photos = [tmp_path / "eins.png", tmp_path / "zwei.png"]
    for photo in photos:
        Image.new("RGB", (60, 80), "white").save(photo)
    citizen.get_by_label("Ihre Nachricht").fill("Reicht der Rentenbescheid vom Juli?")
    citizen.locator("#f-files").set_input_files(photos)
    citizen.get_by_role("button", name="Nachricht absenden").click()
    expect(citizen.get_by_text("Ihre Nachricht ist angekommen.")).to_be_visible()

    # Ayşe finds it in the queue and answers
    desk = browser.new_context(viewport=DESK, base_url=kiepe.address).new_page()  # type: ignore[arg-type]  # a plain dict does
    sign_in(desk, "Ayşe Demo")
    desk.goto("/arbeitsplatz/?stand=nachrichten")
    row = desk.locator("tr", has_text=number)
    expect(row).to_contain_text("Nachricht beantworten")
    desk.goto(f"/arbeitsplatz/vorgaenge/{number}/nachrichten/")
    expect(desk.get_by_text("Reicht der Rentenbescheid vom Juli?")).to_be_visible()
    expect(desk.get_by_role("link", name="eins.pdf")).to_be_visible()
    looked_at(desk)
    desk.get_by_label("Ihre Nachricht").fill("Ja, der reicht.")
    desk.get_by_role("button", name="Nachricht absenden").click()
    expect(desk.get_by_text("Die Nachricht ist abgeschickt.")).to_be_visible()

    # Erika reads the answer, and corrects her rent
    citizen.goto(f"/meine-vorgaenge/{number}/")
    citizen.get_by_role("link", name="Nachricht lesen").click()
    expect(citizen.get_by_text("Ja, der reicht.")).to_be_visible()
    citizen.goto(f"/meine-vorgaenge/{number}/berichtigen/")
    citizen.get_by_role("button", name="Antrag öffnen und berichtigen").click()
    citizen.locator('a[href*="/rent/"]').first.click()
    citizen.locator('[name="rent_total"]').fill("355,00")
    citizen.get_by_role("button", name="Weiter", exact=True).click()
    expect(citizen.get_by_role("heading", name="Das haben Sie geändert")).to_be_visible()
    citizen.locator("#f-declared").check()
    citizen.get_by_role("button", name="Berichtigung absenden").click()
    expect(citizen.get_by_text("Ihre Berichtigung ist angekommen.")).to_be_visible()
    desk.goto(f"/arbeitsplatz/vorgaenge/{number}/")
    desk.get_by_role("link", name="Vorher und jetzt vergleichen").click()
    expect(desk.locator("ins", has_text="355,00")).to_be_visible()
    expect(desk.locator("del", has_text="335,00")).to_be_visible()
    looked_at(desk)

    # and takes home everything
    citizen.goto("/meine-daten/")
    with citizen.expect_download() as waiting:
        citizen.get_by_role("button", name="Meine Daten herunterladen").click()
    packed = zipfile.ZipFile(waiting.value.path())
    said = json.loads(packed.read("meine-daten.json"))
    assert [one["version"] for one in said["cases"][0]["answers"]] == [1, 2]
    assert len([name for name in packed.namelist() if re.search(r"dateien/.*(eins|zwei)\.pdf$", name)]) == 2
    desk.context.close()


def test_every_page_after_sending_reads_well(phone: Page, browser: Browser, kiepe: Kiepe) -> None:
    number = applied(phone)
    pages = ["", "nachrichten/", "aenderung/", "berichtigen/", "zuruecknehmen/"]
    for width in (390, 320):
        phone.set_viewport_size({"width": width, "height": 844})
        for page in pages:
            phone.goto(f"/meine-vorgaenge/{number}/{page}")
            looked_at(phone)
        for page in ("/meine-daten/", "/meine-daten/loeschen/"):
            phone.goto(page)
            looked_at(phone)
    phone.emulate_media(color_scheme="dark")
    for page in pages:
        phone.goto(f"/meine-vorgaenge/{number}/{page}")
        looked_at(phone)
    phone.goto(f"/meine-vorgaenge/{number}/aenderung/")
    phone.get_by_role("button", name="Änderung absenden").click()
    expect(phone.locator("[data-errors]")).to_be_focused()
    looked_at(phone)
