"""What helps while typing, in a browser: how a value was read, the sketch of the paper, a kind question, a bad input.

Each with and without script, light and dark; axe finds nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.benefits.examples import TYPED
from tests.browser.applying import Applicant
from tests.browser.looking import MODES, Mode, looking, too_wide, violations
from tests.processes import Kiepe

pytestmark = [pytest.mark.browser, pytest.mark.processes]
TWO_MODES = [
    mode
    for mode in MODES
    if (mode.size, mode.scheme, mode.script) in {("phone", "dark", True), ("phone", "light", False)}
]


@pytest.fixture(params=TWO_MODES, ids=str)
def mode(request: pytest.FixtureRequest) -> Mode:
    found: Mode = request.param
    return found


@pytest.fixture
def page(browser: Browser, kiepe: Kiepe, mode: Mode) -> Iterator[Page]:
    with looking(browser, kiepe, mode) as found:
        yield found


def forward(page: Page) -> None:
    page.locator("main").get_by_role("button", name="Weiter", exact=True).click()


def nothing_wrong(page: Page) -> None:
    assert violations(page) == []
    assert not too_wide(page)


def test_rent_and_account(page: Page, mode: Mode) -> None:
    Applicant(page, TYPED["bmwsb-2025-1"]).apply(until="rent")

    page.locator("#f-rent_total").fill("1,250")
    forward(page)
    expect(page.locator("#f-rent_total-fehler")).to_contain_text("Meinen Sie 1.250 Euro oder 1,25 Euro?")
    expect(page.locator("#f-rent_total")).to_have_value("1,250")
    nothing_wrong(page)

    page.locator("#f-rent_total").fill("1250,- €")
    page.locator("#f-landlord").fill("Wohnbau")
    if mode.script:
        expect(page.locator("#f-rent_total-gelesen")).to_have_text("Wir lesen das so: 1.250,00\u00a0€")
    page.locator(".kw-picture summary").first.click()
    picture = page.locator(".kw-picture img").first
    expect(picture).to_be_visible()
    assert picture.evaluate("e => e.decode().then(() => e.naturalWidth)") == 320
    page.get_by_label("Heizung", exact=True).check()
    page.locator("#f-heating").fill("1400")
    forward(page)

    doubt = page.get_by_role("group", name="Kann das sein?").first
    expect(doubt).to_contain_text("Die Miete ist nicht höher als das")
    nothing_wrong(page)
    if mode.script:
        assert page.evaluate("document.activeElement.hasAttribute('data-doubts')")
    doubt.get_by_label("Ja, das stimmt so").check()
    forward(page)

    expect(page.locator(".kw-heard")).to_contain_text("1.250,00\u00a0€")
    page.locator("#f-account_holder").fill("Erika Beispiel")
    page.locator("#f-iban").fill("DE06 4005 0150 0001 2345 76")
    forward(page)
    expect(page.locator("#f-iban-fehler")).to_contain_text("wohl zwei Ziffern vertauscht")
    page.locator("#f-iban").fill("de06 4005-0150 0001 2345 67")
    if mode.script:
        page.locator("#f-account_holder").focus()
        expect(page.locator("#f-iban-gelesen")).to_contain_text("Sparkasse Münsterland Ost")
    forward(page)
    expect(page.locator(".kw-heard")).to_contain_text("Sparkasse Münsterland Ost")
    forward(page)
    expect(page.locator("main")).to_contain_text("Sie haben gesagt: Ja, das stimmt so.")
    nothing_wrong(page)
