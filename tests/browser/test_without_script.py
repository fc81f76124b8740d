"""Erika's whole way on a phone that runs no script, with no more pages than a single pensioner should meet."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page
from tests.benefits.examples import TYPED
from tests.browser.applying import Applicant
from tests.browser.conftest import PHONE, _page
from tests.processes import Kiepe

pytestmark = [pytest.mark.browser, pytest.mark.processes]
MOST = 15  # pages of questions for a single pensioner


@pytest.fixture
def plain(browser: Browser, kiepe: Kiepe) -> Iterator[Page]:
    """A phone without script."""
    yield from _page(browser, kiepe, PHONE, java_script_enabled=False)


def test_a_single_pensioner_applies(plain: Page) -> None:
    plain.goto("/")
    plain.locator("#q").fill("Miete zu teuer")
    plain.locator("#q").press("Enter")
    plain.wait_for_url("**/suche/?q=*")
    plain.locator("main").get_by_role("link", name="Wohngeld", exact=False).first.click()
    plain.wait_for_url("**/leistungen/wohngeld/")
    plain.locator('main a[href="/antrag/wohngeld/"]').first.click()
    applicant = Applicant(plain, TYPED["bmwsb-2025-1"])
    applicant.apply()
    questions = [page for page in applicant.pages if page != "unterlagen"]
    print(f"{len(questions)} pages of questions: {', '.join(questions)}")
    assert len(questions) <= MOST
    number = applicant.send()
    plain.locator(f'main a[href="/meine-vorgaenge/{number}/"]').first.click()
    assert number in plain.locator("main").inner_text()
    assert len(plain.context.cookies()) == 1
