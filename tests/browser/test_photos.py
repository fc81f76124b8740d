"""Papers from a phone: several photographs become one document, with and without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image, ImageDraw
from playwright.sync_api import Browser, Page, expect
from tests.benefits.examples import TYPED
from tests.browser.applying import Applicant
from tests.browser.conftest import DESK, PATIENCE, PHONE, Watch
from tests.browser.deciding import sign_in
from tests.processes import Kiepe

pytestmark = [pytest.mark.browser, pytest.mark.processes]
CONTRACT = "datei-rental_contract"


def page_of_contract(folder: Path, number: int, *, lying: bool = False) -> Path:
    """A photograph of a typed page, 12 megapixels, that says which page it is."""
    image = Image.new("RGB", (3024, 4032), "white")
    drawn = ImageDraw.Draw(image)
    for line in range(12, 90):
        drawn.line((300, line * 42, 300 + (line * 977) % 2300, line * 42), fill="#333", width=14)
    drawn.rectangle((300, 150, 300 + number * 600, 400), fill="#0b5")
    if lying:
        image = image.rotate(90, expand=True)
    place = folder / f"IMG_{number}.jpg"
    image.save(place, quality=80)
    return place


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def erika(request: pytest.FixtureRequest, browser: Browser, kiepe: Kiepe) -> Iterator[Page]:
    script: bool = request.param
    context = browser.new_context(
        viewport=PHONE,  # type: ignore[arg-type]  # a plain dict does
        locale="de-DE",
        base_url=kiepe.address,
        java_script_enabled=script,
        has_touch=True,
        is_mobile=True,
    )
    context.set_default_timeout(PATIENCE)
    watch = Watch(context, kiepe.address)
    page = context.new_page()
    page.scripted = script  # type: ignore[attr-defined]  # for the tests below
    yield page
    context.close()
    assert watch.foreign == []
    assert watch.trouble == []


def names(page: Page, expected: list[str]) -> None:
    expect(page.locator(".kd-sheets .ms-muted.ms-small")).to_have_text(expected)


def press(page: Page, label: str) -> None:
    """Press a button; what only a screen reader hears may come after a blank."""
    page.get_by_role("button", name=re.compile(label.replace(":", " ?:"))).click()


def no_sideways(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def axe(page: Page) -> None:
    found: list[Any] = Axe().run(page).response["violations"]
    assert [one["id"] for one in found] == []


def test_three_photographs_become_a_contract(
    erika: Page, browser: Browser, kiepe: Kiepe, tmp_path: Path, screens: Path
) -> None:
    scripted = erika.scripted  # type: ignore[attr-defined]  # see the fixture
    applicant = Applicant(erika, TYPED["bmwsb-2025-1"])
    applicant.apply(until="unterlagen")
    papers = [page_of_contract(tmp_path, 2), page_of_contract(tmp_path, 1, lying=True)]
    erika.locator(f"#{CONTRACT}").set_input_files(papers)
    if scripted:
        expect(erika.locator(f"#{CONTRACT} + .kd-live")).to_have_text(
            "2 Fotos ausgewählt. Zusammen werden sie ein Dokument."
        )
    press(erika, "Hochladen: Mietvertrag")
    expect(erika.get_by_text("2 Fotos, zusammen ein Dokument")).to_be_visible()
    erika.locator(f"#{CONTRACT}").set_input_files([page_of_contract(tmp_path, 3)])
    press(erika, "Hochladen: Mietvertrag")
    names(erika, ["IMG_2.pdf", "IMG_1.pdf", "IMG_3.pdf"])
    press(erika, "Hoch schieben: Seite 2")
    names(erika, ["IMG_1.pdf", "IMG_2.pdf", "IMG_3.pdf"])
    press(erika, "Rechts herum drehen: Seite 1")
    expect(erika.locator(".kd-sheet img").first).to_have_class("kd-turn-90")
    press(erika, "Löschen: Seite 3")
    names(erika, ["IMG_1.pdf", "IMG_2.pdf"])
    for button in erika.locator(".kd-tools button").all():
        box = button.bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= 44  # WCAG 2.5.5: what a thumb hits
    no_sideways(erika)
    if scripted:
        axe(erika)
    erika.screenshot(path=screens / f"photos-{'script' if scripted else 'plain'}.png", full_page=True)
    other = erika.locator(".kd-how").first
    other.get_by_label("Ich habe das nicht", exact=True).check()
    erika.locator("main").get_by_role("button", name="Weiter", exact=True).click()
    expect(erika.locator("[data-errors]")).to_contain_text("Wählen Sie bitte aus, warum")
    if scripted:
        axe(erika)
    no_sideways(erika)
    erika.screenshot(path=screens / f"lack-{'script' if scripted else 'plain'}.png", full_page=True)
    erika.locator(".kd-how select").first.select_option("lost")
    erika.locator(".kd-how textarea").first.fill("Beim Umzug verloren.")
    erika.locator("main").get_by_role("button", name="Weiter", exact=True).click()
    expect(erika.get_by_text("2 Fotos, zusammen ein Dokument")).to_be_visible()
    expect(erika.get_by_text("Haben Sie nicht, weil ich es verloren habe")).to_be_visible()
    number = applicant.send()
    erika.goto(f"/meine-vorgaenge/{number}/")
    expect(erika.get_by_text("Ich habe das nicht, weil ich es verloren habe.").first).to_be_visible()
    expect(erika.get_by_role("button", name=re.compile("drehen|schieben|Löschen"))).to_have_count(0)
    no_sideways(erika)
    if scripted:
        axe(erika)
        erika.screenshot(path=screens / "photos-status.png", full_page=True)
        _at_the_desk(browser, kiepe, number, screens)


def _at_the_desk(browser: Browser, kiepe: Kiepe, number: str, screens: Path) -> None:
    context = browser.new_context(viewport=DESK, base_url=kiepe.address)  # type: ignore[arg-type]  # a plain dict does
    page = context.new_page()
    sign_in(page, "Ayşe Demo")
    page.goto(f"/arbeitsplatz/vorgaenge/{number}/unterlagen/")
    page.get_by_role("link", name=re.compile("Mietvertrag")).first.click()
    shown = page.locator("img.ms-page")
    expect(shown).to_have_count(2)
    first = shown.first
    first.scroll_into_view_if_needed()
    expect(first).to_have_js_property("complete", True)
    # The first page was photographed lying and turned upright by hand: it is higher than wide.
    assert first.evaluate("e => e.naturalHeight > e.naturalWidth && e.naturalWidth > 0")
    axe(page)
    page.screenshot(path=screens / "photos-desk.png", full_page=True)
    context.close()
