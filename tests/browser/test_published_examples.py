"""The ministry's published examples, typed through the application in a browser, come out on the Bescheid."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from playwright.sync_api import Browser, Page
from tests.benefits.examples import TYPED
from tests.browser.applying import Applicant
from tests.browser.conftest import DAY, DESK, PHONE
from tests.browser.deciding import grant, sign_in
from tests.cities.packs import pack_of_step
from tests.processes import Kiepe, remove, running

pytestmark = [pytest.mark.browser, pytest.mark.processes]
STEPS = {"bmwsb-2025-1": 1, "bmwsb-2025-4": 1, "bmwsb-2025-5": 6, "bmwsb-2025-8": 5, "bmwsb-2025-10": 4}


@pytest.fixture(scope="module", params=sorted(set(STEPS.values())))
def city_of_step(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[int, Kiepe]]:
    """A Kiepe for a test city of one Mietenstufe."""
    folder = tmp_path_factory.mktemp("city")
    pack = pack_of_step(request.param, folder)
    with running(folder, KIEPE_TODAY=DAY, KIEPE_CITY=str(pack)) as house:
        yield request.param, house
    remove(folder)


def test_every_example_of_a_step(city_of_step: tuple[int, Kiepe], browser: Browser, shared: Path) -> None:
    step, house = city_of_step
    published = json.loads((shared / "interfaces" / "wohngeld" / "examples.json").read_text(encoding="utf-8"))
    examples = [one for one in published if one["household"]["mietenstufe"] == step]
    assert examples
    for example in examples:
        _from_question_to_notice(house, browser, example)


def _from_question_to_notice(house: Kiepe, browser: Browser, example: dict[str, Any]) -> None:
    citizen = browser.new_context(viewport=PHONE, base_url=house.address).new_page()  # type: ignore[arg-type]
    applicant = Applicant(citizen, TYPED[example["household"]["id"]])
    applicant.apply()
    number = applicant.send()
    staff = browser.new_context(viewport=DESK, base_url=house.address).new_page()  # type: ignore[arg-type]
    sign_in(staff, "Ayşe Demo")
    grant(staff, number, reason="Alle Nachweise lagen bei der Vorsprache vor.")
    amount = example["expected"]["wohngeld"]
    assert f"{amount} €" in _notice(citizen, number)
    assert f"{amount} €" in _pdf_text(citizen, number)
    for page in (citizen, staff):
        page.context.close()


def _notice(page: Page, number: str) -> str:
    """The notice on the citizen's page, once the job has issued it."""
    for _ in range(100):
        page.goto(f"/meine-vorgaenge/{number}/")
        link = page.get_by_role("link", name=re.compile("Bescheid")).first
        if link.count():
            page.goto(f"/meine-vorgaenge/{number}/bescheid/")
            return page.locator("main").inner_text().replace("\u00a0", " ")
        page.wait_for_timeout(200)
    raise AssertionError("no notice was issued")


def _pdf_text(page: Page, number: str) -> str:
    answer = page.request.get(f"/meine-vorgaenge/{number}/bescheid.pdf")
    assert answer.ok
    document = pypdfium2.PdfDocument(BytesIO(answer.body()))
    return "\n".join(one.get_textpage().get_text_range() for one in document).replace("\u00a0", " ")
