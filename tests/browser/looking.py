"""What must hold on every page in a browser: axe, no sideways scrolling, nothing foreign, no console error."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page
from tests.browser.conftest import DESK, PATIENCE, PHONE, Watch
from tests.processes import Kiepe

NARROW = 320  # pixels, WCAG 2.2 SC 1.4.10
AXE = Axe()


@dataclass(frozen=True, slots=True)
class Mode:
    """How somebody looks at a page."""

    size: str  # phone, desk
    scheme: str  # light, dark
    script: bool

    def __str__(self) -> str:
        return f"{self.size}, {self.scheme}{'' if self.script else ', no script'}"


MODES = [
    Mode(size, scheme, script) for script in (True, False) for scheme in ("light", "dark") for size in ("phone", "desk")
]


@contextmanager
def looking(browser: Browser, kiepe: Kiepe, mode: Mode, state: Any = None) -> Iterator[Page]:
    """A page in this mode, with somebody's cookies; fails on foreign requests and console errors."""
    context = browser.new_context(
        base_url=kiepe.address,
        locale="de-DE",
        viewport=PHONE if mode.size == "phone" else DESK,  # type: ignore[arg-type]  # a plain dict does
        color_scheme="dark" if mode.scheme == "dark" else "light",
        storage_state=state,
    )
    if not mode.script:  # axe itself needs a browser that runs scripts: ours are left out (test_without_script: all)
        context.route("**/*.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    context.set_default_timeout(PATIENCE)
    watch = Watch(context, kiepe.address)
    try:
        yield context.new_page()
    finally:
        context.close()
    assert watch.foreign == []
    assert watch.trouble == []


def violations(page: Page) -> list[str]:
    """What axe finds, each with the first place where."""
    found = AXE.run(page).response["violations"]
    return [f"{one['id']}: {one['help']} at {one['nodes'][0]['target']}" for one in found]


def sticking_out(page: Page) -> list[str]:
    """What of a card's table lies outside of the card, perhaps below something else; empty where nothing does."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll('.ms-card table')].filter(table => {
          const card = table.closest('.ms-card').getBoundingClientRect(), own = table.getBoundingClientRect();
          return own.right > card.right + 1 || own.left < card.left - 1;
        }).map(table => table.caption?.textContent ?? table.className)"""
    )
    return found


def too_wide(page: Page) -> list[str]:
    """What makes a page of 320 px scroll sideways; empty where nothing does. The width is put back."""
    before = page.viewport_size
    page.set_viewport_size({"width": NARROW, "height": 800})
    found: list[str] = page.evaluate(
        """width => {
          if (document.documentElement.scrollWidth <= width) return [];
          const out = e => e.getBoundingClientRect().right > width + 1;
          const wide = [...document.querySelectorAll('body *')].filter(out);
          return [`${document.documentElement.scrollWidth} px`,
            ...wide.slice(-3).map(e => `${e.tagName} ${e.className}`.slice(0, 80))];
        }""",
        NARROW,
    )
    if before is not None:
        page.set_viewport_size(before)
    return found


def state_of(context: BrowserContext) -> Any:
    """The cookies of a browser, for another one to begin with."""
    return context.storage_state()
