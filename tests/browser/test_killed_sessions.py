"""The session ends at every page of a pensioner's application, three ways; each time everything is there again."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from playwright.sync_api import Browser, expect
from tests.benefits.examples import TYPED
from tests.browser.applying import ADDRESS, Applicant
from tests.browser.conftest import PATIENCE, PHONE
from tests.processes import Kiepe, free_port, remove, running

pytestmark = [pytest.mark.browser, pytest.mark.processes]
STORY = TYPED["bmwsb-2025-1"]
PHOTO = Path(__file__).resolve().parents[2] / "src/kiepe/base/ui/static/ui/icon-192.png"
WORDS = "Beim Umzug verloren – Öztürks alter Keller."
Sent = tuple[Any, int, str]
IN_ALL = 13  # pages of this story, measured by walking it; fewer would mean that some were not killed


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Keys and database that outlive a process."""
    path = tmp_path_factory.mktemp("killed")
    yield path
    remove(path)


class House:
    """A Kiepe that can be ended and started again at the same address, on the same data."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self._open()

    def _open(self) -> None:
        self._running = running(self.folder, port=self.port, demo=False)
        self.kiepe: Kiepe = self._running.__enter__()

    def restart(self) -> None:
        """SIGINT, wait, start."""
        self.close()
        self._open()

    def close(self) -> None:
        self._running.__exit__(None, None, None)

    def sql(self, statement: str) -> list[tuple[Any, ...]]:
        """As the database's owner."""
        with psycopg.connect(self.kiepe.owner_url(), autocommit=True) as connection:
            found = connection.execute(statement)
            return found.fetchall() if found.description else []


@pytest.fixture(scope="module")
def house(folder: Path) -> Iterator[House]:
    found = House(folder)
    yield found
    found.close()


class Persistent(Applicant):
    """Goes through the application while the session ends before every click."""

    house: House
    way: str
    code: str = ""
    killed: int = 0

    def kill(self) -> None:
        self.killed += 1
        if self.way == "expired":
            self.house.sql("DELETE FROM django_session")
        elif self.way == "cookie deleted":
            self.page.context.clear_cookies()
        elif self.way == "restarted":
            self.house.restart()

    def _forward(self) -> None:
        if not self.code:
            self.code = self.page.locator(".kf-code--s").inner_text()
        here = self.page.url
        self.kill()
        super()._forward()
        self.come_back(here)

    def _add(self) -> None:
        here = self.page.url
        self.kill()
        super()._add()
        if self.way in {"expired", "cookie deleted"}:
            self.come_back(here)
            super()._add()  # coming back adds nothing by itself

    def come_back(self, here: str) -> None:
        """By the code, where the page asks for it."""
        if self.way in {"expired", "cookie deleted"}:
            expect(self.page.get_by_role("heading", level=1)).to_have_text("Mit Ihrem Code weitermachen")
            self.page.locator("#f-code").fill(self.code)
            self._go(self.page.get_by_role("button", name="Weitermachen", exact=True))
        assert ADDRESS.search(self.page.url)
        found = ADDRESS.search(here)
        stayed = self.page.url.partition("#")[0] == here.partition("#")[0]
        if found and found.group(1) == "unterlagen" and stayed:
            super()._forward()  # coming back stores words, and does nothing by itself: the click is repeated

    def upload(self) -> None:
        """One photo for the first document, and words on the second, which is not there."""
        self.page.locator("#antrag input[type=file]").first.set_input_files(PHOTO)
        self._go(self.page.get_by_role("button", name=re.compile("^Hochladen")).first)
        expect(self.page.locator(".kd-sheets li")).to_have_count(1)
        lacking = self.page.locator(".kd-how").first
        lacking.get_by_label("Ich habe das nicht", exact=True).check()
        lacking.locator("select").select_option("lost")
        lacking.locator("textarea").fill(WORDS)

    def _answer(self, name: str, items: Any) -> None:
        if name == "unterlagen":
            self.upload()
        super()._answer(name, items)

    def send(self) -> str:
        here = self.page.url
        self.page.locator("#f-declared").check()
        self.kill()
        self._go(self.page.get_by_role("button", name="Antrag absenden"))
        if self.way in {"expired", "cookie deleted"}:
            self.come_back(here)
            expect(self.page.get_by_role("heading", level=1)).to_have_text("Prüfen Sie Ihre Angaben")
            self.page.locator("#f-declared").check()
            self._go(self.page.get_by_role("button", name="Antrag absenden"))
        self.page.wait_for_url(re.compile("gesendet/"))
        return self.number()


def _sent(house: House, number: str) -> Sent:
    """Answers, number of files, and what was said of documents that are not there."""
    ((answers, files, words),) = house.sql(
        "SELECT a.json, (SELECT count(*) FROM cases_evidencefile f JOIN cases_evidenceitem i ON i.id = f.item_id"
        " WHERE i.case_id = c.id), (SELECT string_agg(lack || ': ' || lack_words, '|') FROM cases_evidenceitem i"
        " WHERE i.case_id = c.id AND lack <> '') FROM cases_case c JOIN cases_answers a ON a.case_id = c.id"
        f" WHERE c.number = '{number}'"
    )
    return json.loads(answers) if isinstance(answers, str) else answers, files, words


@pytest.fixture(scope="module")
def undisturbed(house: House, browser: Browser) -> Sent:
    """What comes in when nothing happens on the way."""
    context = browser.new_context(viewport=PHONE, base_url=house.kiepe.address)  # type: ignore[arg-type]  # a plain dict does
    applicant = Persistent(context.new_page(), STORY)
    applicant.house, applicant.way = house, "nothing"
    applicant.apply()
    assert len(applicant.pages) >= IN_ALL
    found = _sent(house, applicant.send())
    assert found[1:] == (1, f"lost: {WORDS}")
    context.close()
    return found


@pytest.mark.parametrize(
    ("way", "script"), [("expired", True), ("expired", False), ("cookie deleted", True), ("cookie deleted", False)]
)
def test_session_gone_at_every_page(house: House, browser: Browser, undisturbed: Sent, way: str, script: bool) -> None:
    _walk(house, browser, undisturbed, way, script=script)


def test_server_restarted_at_every_page(house: House, browser: Browser, undisturbed: Sent) -> None:
    _walk(house, browser, undisturbed, "restarted", script=True)


def _walk(house: House, browser: Browser, undisturbed: Sent, way: str, *, script: bool) -> None:
    size: Any = PHONE
    context = browser.new_context(viewport=size, base_url=house.kiepe.address, java_script_enabled=script)
    context.set_default_timeout(PATIENCE)
    applicant = Persistent(context.new_page(), STORY)
    applicant.house, applicant.way = house, way
    applicant.apply()
    number = applicant.send()
    assert applicant.killed == len(applicant.pages) + 1 >= IN_ALL
    assert _sent(house, number) == undisturbed
    context.close()


def test_what_could_not_be_read_is_there_again_on_another_device(house: House, browser: Browser) -> None:
    first = browser.new_context(viewport=PHONE, base_url=house.kiepe.address).new_page()  # type: ignore[arg-type]
    with pytest.raises(AssertionError, match="contact"):
        Applicant(first, {**STORY, "phone": "abc"}).apply()
    address = first.url
    first.get_by_role("button", name="Später").click()
    code = first.locator(".kf-code").inner_text()
    first.context.close()
    other = browser.new_context(viewport=PHONE, base_url=house.kiepe.address).new_page()  # type: ignore[arg-type]
    other.goto(address)
    other.locator("#f-code").fill(code)
    other.get_by_role("button", name="Weitermachen", exact=True).click()
    expect(other.locator("#f-phone")).to_have_value("abc")
    expect(other.locator("[data-errors]")).to_be_visible()
    other.context.close()
