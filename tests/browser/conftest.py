"""A real Kiepe and Debian's Chromium for the journeys."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from tests.processes import Kiepe, remove, running

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
DAY = "2026-11-20"
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}
PATIENCE = 40_000  # milliseconds that a page may take: others use the machine too


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the whole run."""
    path = shutil.which("chromium")
    if path is None:
        pytest.skip("Debian's chromium is not installed")
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def kiepe(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kiepe]:
    """The demo city on a fixed day."""
    folder = tmp_path_factory.mktemp("kiepe")
    with running(folder, KIEPE_TODAY=DAY) as house:
        yield house
    remove(folder)


class Watch:
    """Listens to one browser context: foreign hosts, failed requests, console errors."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.foreign: list[str] = []
        self.trouble: list[str] = []
        context.on("request", lambda request: self._request(request.url, address))
        context.on("weberror", lambda error: self.trouble.append(str(error.error)))
        context.on("console", lambda message: self._console(message))

    def _request(self, url: str, address: str) -> None:
        if not url.startswith((address, "data:")):
            self.foreign.append(url)

    def _console(self, message: Any) -> None:
        if message.type == "error" and "status of 4" not in message.text:
            self.trouble.append(message.text)


@pytest.fixture
def phone(browser: Browser, kiepe: Kiepe) -> Iterator[Page]:
    """A page on a phone; the test fails on foreign requests and script errors."""
    yield from _page(browser, kiepe, PHONE)


@pytest.fixture
def desk(browser: Browser, kiepe: Kiepe) -> Iterator[Page]:
    """A page on a desktop screen."""
    yield from _page(browser, kiepe, DESK)


def _page(browser: Browser, kiepe: Kiepe, size: dict[str, int], **more: Any) -> Iterator[Page]:
    context = browser.new_context(viewport=size, locale="de-DE", base_url=kiepe.address, **more)  # type: ignore[arg-type]  # a plain dict does
    context.set_default_timeout(PATIENCE)
    watch = Watch(context, kiepe.address)
    yield context.new_page()
    context.close()
    assert watch.foreign == []
    assert watch.trouble == []


@pytest.fixture
def screens() -> Path:
    """Where journeys leave their screenshots (not committed)."""
    folder = Path(__file__).resolve().parents[2] / "screens"
    folder.mkdir(exist_ok=True)
    return folder
