"""Five people's stories from the search to the notice, on a phone with and without JavaScript, each with its papers.

Who they are, what they type, their papers and the calculation by hand stand in tests/browser/stories/.

Ayşe looks at every document of those who came with JavaScript. For the other five she claims and signs with a reason:
the desk is the same page in the same browser, and looking at all of it twice would double the time of this file.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from playwright.sync_api import Browser, Locator, Page, expect
from tests.browser import papers
from tests.browser.applying import Applicant
from tests.browser.conftest import DAY, PATIENCE, PHONE, Watch
from tests.browser.deciding import claim, grant, settle, sign_in
from tests.browser.looking import sticking_out
from tests.browser.reading import notice, notice_pdf
from tests.browser.stories import STORIES, Paper, Story
from tests.browser.stories.story import DAY as STORIES_DAY
from tests.processes import Kiepe

pytestmark = [pytest.mark.browser, pytest.mark.processes]
EACH = pytest.mark.parametrize("story", STORIES, ids=[story.key for story in STORIES])
PLAIN = {"pensioner", "separated"}  # told without JavaScript on every run, the others with script/test --full
TOLD = [
    pytest.param(script, story, id=f"{story.key}{'' if script else ' without script'}", marks=marks)
    for script in (True, False)
    for story in STORIES
    for marks in [[] if script or story.key in PLAIN else [pytest.mark.full]]
]


@pytest.fixture
def citizen(request: pytest.FixtureRequest, browser: Browser, kiepe: Kiepe) -> Iterator[Page]:
    """A phone, with and without JavaScript."""
    context = browser.new_context(
        viewport=PHONE,  # type: ignore[arg-type]  # a plain dict does
        locale="de-DE",
        base_url=kiepe.address,
        java_script_enabled=request.param,
        has_touch=True,
        is_mobile=True,
    )
    context.set_default_timeout(PATIENCE)
    watch = Watch(context, kiepe.address)
    page = context.new_page()
    page.scripted = request.param  # type: ignore[attr-defined]  # for the test below
    yield page
    context.close()
    assert watch.foreign == []
    assert watch.trouble == []


@pytest.mark.parametrize(("citizen", "story"), TOLD, indirect=["citizen"])
def test_from_the_question_to_the_notice(
    story: Story, citizen: Page, desk: Page, kiepe: Kiepe, tmp_path: Path, screens: Path
) -> None:
    assert story.surname not in _written_down(kiepe)
    find(citizen, story.question)
    applicant = Applicant(citizen, story.answers)
    applicant.go_on(until="unterlagen")
    later = hand_in(citizen, story.papers, tmp_path)
    applicant.go_on()
    check(citizen, story)
    citizen.screenshot(path=screens / f"story-{story.key}-check.png", full_page=True)
    number = applicant.send()
    follow(citizen, story, number)
    for title in later:
        send_later(citizen, title, tmp_path)

    sign_in(desk, "Ayşe Demo")
    claim(desk, number)
    assert sticking_out(desk) == []
    if citizen.scripted:  # type: ignore[attr-defined]  # see the fixture
        confirm(desk, story, number, later)
        grant(desk, number)
    else:
        grant(desk, number, reason="Die Nachweise sind gesichtet; was fehlt, ist am Telefon geklärt.")

    for text in (notice(citizen, number), notice_pdf(citizen, number)):
        text = " ".join(text.split())
        assert re.search(rf"(?<![\d.]){story.amount}(,00)? €", text)
        for figure in (story.benefit, story.told_income, story.told_rent, story.period):
            assert figure in text
    no_sideways(citizen)
    assert story.surname not in _written_down(kiepe)


def find(page: Page, question: str) -> None:
    """From the start page by the search to the first question."""
    page.goto("/")
    page.locator("#q").fill(question)
    page.locator("#q").press("Enter")
    page.wait_for_url("**/suche/?q=*")
    page.locator('main a[href="/leistungen/wohngeld/"]').first.click()
    page.wait_for_url("**/leistungen/wohngeld/")
    page.locator('main a[href="/antrag/wohngeld/"]').first.click()
    page.get_by_role("button", name=re.compile("beginnen", re.IGNORECASE)).first.click()
    page.wait_for_url(re.compile("/antrag/wohngeld/[0-9a-f-]{36}/"))


def hand_in(page: Page, wanted: tuple[Paper, ...], folder: Path) -> list[str]:
    """Upload each document, say of one that it is not there; the titles of those that come later."""
    places: dict[str, list[str]] = defaultdict(list)
    for asked in page.locator("section.kd-doc").all():
        place = str(asked.get_attribute("id"))  # datei-KEY-ITEM-block
        places[place.split("-")[1]].append(place)
    assert {key: len(found) for key, found in places.items()} == Counter(paper.key for paper in wanted)
    later: list[str] = []
    lacking: list[tuple[Locator, Paper]] = []
    for number, paper in enumerate(wanted):
        block = page.locator(f"#{places[paper.key].pop(0)}")
        title = block.get_by_role("heading").inner_text()
        if paper.how == "later":
            later.append(title)
        elif paper.how == "lack":
            lacking.append((block, paper))
        else:
            upload(block, files_of(paper, title, folder / f"papier-{number}"))
    for block, paper in lacking:  # last: a button that uploads keeps them too, but shows the page anew
        block.get_by_label("Ich habe das nicht", exact=True).check()
        block.locator("select").select_option(paper.why)
        block.locator("textarea").fill(paper.words)
    no_sideways(page)
    page.locator("main").get_by_role("button", name="Weiter", exact=True).click()
    page.wait_for_url(re.compile("/pruefen/"))
    for _block, paper in lacking:
        expect(page.get_by_text(paper.words)).to_be_visible()
    return later


def files_of(paper: Paper, title: str, folder: Path) -> list[Path]:
    """The files of one document, made now."""
    folder.mkdir()
    if paper.how == "pdf":
        return [papers.letter(folder, title, paper.sheets)]
    return papers.photographs(folder, title, paper.sheets)


def upload(block: Locator, files: list[Path]) -> None:
    """Choose the files and send them; the page says how it understood them."""
    block.locator('input[type="file"]').set_input_files(files)
    block.get_by_role("button", name=re.compile("^Hochladen")).click()
    expect(block.locator(".kd-sum")).to_be_visible()
    expect(block.locator(".kd-sheets > li")).to_have_count(len(files))


def check(page: Page, story: Story) -> None:
    """Nothing is open, and what was typed in people's ways is understood."""
    shown = page.locator("main").inner_text().replace("\u00a0", " ")
    for words in story.understood:
        assert words in shown
    assert "Noch nicht angegeben" not in shown
    no_sideways(page)


def follow(page: Page, story: Story, number: str) -> None:
    """Number and day on the confirmation, then the status: what is there, what is missing."""
    expect(page.locator("main")).to_contain_text("20.11.2026")
    late = sum(paper.how == "later" for paper in story.papers)  # what is not there for a reason is not waited for
    waited_for = "Eine Unterlage fehlt noch." if late == 1 else f"{late} Unterlagen fehlen noch."
    if late:
        expect(page.locator("main")).to_contain_text(waited_for)
    no_sideways(page)
    page.locator(f'main a[href="/meine-vorgaenge/{number}/"]').first.click()
    page.wait_for_url(f"**/meine-vorgaenge/{number}/")
    expect(page.locator("main")).to_contain_text(number)
    expect(page.locator("main")).to_contain_text("Das fehlt noch")
    if late:
        expect(page.locator("main")).to_contain_text(waited_for)
    for paper in story.papers:
        if paper.how == "lack":
            expect(page.get_by_text(paper.words).first).to_be_visible()
    no_sideways(page)


def send_later(page: Page, title: str, folder: Path) -> None:
    """What was to come later comes now, on the status page."""
    form = page.locator("form[data-upload]").filter(has_text=title)
    form.locator('input[type="file"]').set_input_files(papers.letter(folder, title, 2))
    form.get_by_role("button", name=re.compile("^Hochladen")).click()
    expect(page.get_by_role("status").filter(has_text=title)).to_be_visible()


def confirm(page: Page, story: Story, number: str, later: list[str]) -> None:
    """Every document is accepted, what came later too; what is not there is done without."""
    accepted = settle(page, number, [paper.waived for paper in story.papers if paper.how == "lack"])
    assert len(accepted) == len([paper for paper in story.papers if paper.how != "lack"])
    assert set(later) <= set(accepted)


def no_sideways(page: Page) -> None:
    """Nothing is wider than the phone."""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def _written_down(kiepe: Kiepe) -> str:
    return (kiepe.folder / "stderr.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def said(kiepe: Kiepe, tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """What one call of `kiepe law wohngeld` says of all five households, and of each with its mistake, by id."""
    households: list[Mapping[str, Any]] = [story.household for story in STORIES]
    households += [mistaken(story.household, story.mistake.changes) for story in STORIES]
    file = tmp_path_factory.mktemp("law") / "haushalte.json"
    file.write_text(json.dumps(households), encoding="utf-8")
    done = kiepe.command("law", "wohngeld", str(file))
    assert done.returncode == 0, done.stdout + done.stderr
    return {one["id"]: one for one in map(json.loads, done.stdout.splitlines())}


@EACH
def test_the_command_line_says_the_same(story: Story, said: dict[str, dict[str, Any]], shared: Path) -> None:
    assert STORIES_DAY == DAY
    schema = json.loads((shared / "interfaces" / "wohngeld" / "household.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator(schema).validate(story.household)
    result = said[story.key]
    assert result["wohngeld"] == story.amount
    assert result["gesamteinkommen_monat"] == story.income
    assert result["zu_beruecksichtigende_miete"] == story.rent


@EACH
def test_the_amount_hangs_on_what_the_story_is_about(story: Story, said: dict[str, dict[str, Any]]) -> None:
    """The control: with the one fact wrong another amount comes out, the one that is calculated by hand too."""
    assert said[f"{story.key}, mistaken"]["wohngeld"] == story.mistake.amount != story.amount


def mistaken(household: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """The household with values changed at their places, None for left out, a new number for one more."""
    found: dict[str, Any] = deepcopy(dict(household))
    found["id"] += ", mistaken"
    for path, value in changes.items():
        *way, last = path.split(".")
        place: Any = found
        for step in way:
            place = place[int(step)] if isinstance(place, list) else place[step]
        if isinstance(place, list):
            place.append(value)
        elif value is None:
            del place[last]
        else:
            place[last] = value
    return found
