"""The ministry's published examples, typed through the application in a browser, come out on the Bescheid."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser
from tests.benefits.examples import TYPED
from tests.browser.applying import Applicant
from tests.browser.conftest import DAY, DESK, PHONE
from tests.browser.deciding import grant, sign_in
from tests.browser.reading import notice, notice_pdf
from tests.cities.packs import pack_of_step
from tests.processes import Kiepe, remove, running

pytestmark = [pytest.mark.browser, pytest.mark.processes]
STEPS = {"bmwsb-2025-1": 1, "bmwsb-2025-4": 1, "bmwsb-2025-5": 6, "bmwsb-2025-8": 5, "bmwsb-2025-10": 4}
OFTEN = {1, 6}  # each step is a house of its own: the others with script/test --full


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(step, marks=[] if step in OFTEN else [pytest.mark.full]) for step in sorted(set(STEPS.values()))
    ],
)
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
    assert f"{amount} €" in notice(citizen, number)
    assert f"{amount} €" in notice_pdf(citizen, number)
    for page in (citizen, staff):
        page.context.close()
