"""Reading the notice as the citizen does: the page, and the PDF."""

from __future__ import annotations

from io import BytesIO

import pypdfium2
from playwright.sync_api import Page
from tests.browser.conftest import PATIENCE


def await_notice(page: Page, number: str) -> None:
    """Look at the citizen's page until the job has issued the notice."""
    for _ in range(PATIENCE // 200):
        page.goto(f"/meine-vorgaenge/{number}/")
        if page.locator(f'a[href="/meine-vorgaenge/{number}/bescheid/"]').count():
            return
        page.wait_for_timeout(200)
    raise AssertionError("no notice was issued")


def notice(page: Page, number: str) -> str:
    """The notice on the citizen's page, once it is issued."""
    await_notice(page, number)
    page.goto(f"/meine-vorgaenge/{number}/bescheid/")
    return page.locator("main").inner_text().replace("\u00a0", " ")


def notice_pdf(page: Page, number: str) -> str:
    """The text of the notice's PDF."""
    answer = page.request.get(f"/meine-vorgaenge/{number}/bescheid.pdf")
    assert answer.ok
    document = pypdfium2.PdfDocument(BytesIO(answer.body()))
    return "\n".join(one.get_textpage().get_text_range() for one in document).replace("\u00a0", " ")
