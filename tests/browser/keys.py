"""A person who has a keyboard and nothing else. Where the focus comes to rest it must be seen."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Page
from tests.browser.applying import Applicant
from tests.browser.conftest import PATIENCE

FARTHEST = 120  # stops to anything on a page
# A ring on the element or on what closely surrounds it (the search box), and the element in sight.
SEEN = """() => {
  const ringed = e => {
    for (let up = 0; e && up < 3; up++, e = e.parentElement) {
      const style = getComputedStyle(e);
      if (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2) return true;
    }
    return false;
  };
  const e = document.activeElement, box = e.getBoundingClientRect();
  const others = [...document.querySelectorAll('main a, main button')].filter(o => !o.contains(e) && !e.contains(o));
  return {
    what: `${e.tagName} ${e.id} ${(e.innerText || e.name || '').slice(0, 40)}`,
    ringed: ringed(e), othersToo: others.length > 0 && others.every(ringed),
    inSight: box.bottom > 0 && box.top < innerHeight && box.width > 0,
  };
}"""
FOCUSED = """() => {
  const e = document.activeElement;
  return { tag: e.tagName, id: e.id, name: e.name || '', type: e.type || '', value: e.value || '',
    href: e.getAttribute('href') || '', text: (e.innerText || '').trim(), checked: !!e.checked };
}"""


class Keys:
    """Tab, Shift+Tab, Space, Enter, arrows, and typing."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def focused(self) -> dict[str, Any]:
        """What has the focus."""
        found: dict[str, Any] = self.page.evaluate(FOCUSED)
        return found

    def tab(self, *, back: bool = False) -> dict[str, Any]:
        """One stop on; the focus is seen there and nowhere else."""
        self.page.keyboard.press("Shift+Tab" if back else "Tab")
        seen = self.page.evaluate(SEEN)
        for _ in range(PATIENCE // 50):  # pages scroll smoothly, on a busy machine late
            if seen["inSight"]:
                break
            self.page.wait_for_timeout(50)
            seen = self.page.evaluate(SEEN)
        if not seen["what"].startswith("BODY"):  # past the last stop: the browser's own bar
            assert seen["ringed"], f"{self.page.url}: no focus to be seen on {seen['what']}"
            assert seen["inSight"], f"{self.page.url}: out of sight: {seen['what']}"
            assert not seen["othersToo"]
        return self.focused()

    def to(self, *, back: bool = False, **wanted: str) -> dict[str, Any]:
        """Tab until each named property of the focused element matches its pattern."""
        met = []
        for _ in range(FARTHEST):
            now = self.tab(back=back)
            if all(re.search(pattern, str(now[key])) for key, pattern in wanted.items()):
                return now
            met.append(f"{now['tag']} {now['id'] or now['name'] or now['text'][:20]}")
        raise AssertionError(f"{self.page.url}: Tab never comes to {wanted}; met {met[:40]}")

    def enter(self) -> None:
        """Enter, and wait for the page that it leads to."""
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def skip(self) -> None:
        """To the content by the skip link, the first stop of every page.

        After a form the browser keeps the skip link's `#inhalt`: the next page begins at its content by itself.
        """
        first = self.tab()
        if first["href"] != "#inhalt" and self.page.url.endswith("#inhalt"):
            self.page.keyboard.press("Shift+Tab")
            return
        assert first["href"] == "#inhalt", first
        self.page.keyboard.press("Enter")
        self.page.wait_for_function("document.activeElement.id === 'inhalt'")

    def choose(self, value: str) -> None:
        """Choose among radio buttons, from the one that has the focus."""
        for _ in range(30):
            now = self.focused()
            if now["value"] == value:
                if not now["checked"]:
                    self.page.keyboard.press("Space")
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{self.page.url}: the arrows never come to {value}")


class TypingApplicant(Applicant):
    """Applies with the keyboard alone, from the application's first page on."""

    @property
    def keys(self) -> Keys:
        return Keys(self.page)

    def begin(self) -> None:
        """From the page of the service."""
        self.keys.skip()
        self.keys.to(href="^/antrag/wohngeld/$")
        self.keys.enter()
        self.keys.skip()
        self.keys.to(tag="BUTTON", text="beginnen")
        self.keys.enter()

    def send(self) -> str:
        self.keys.skip()
        self.keys.to(id="^f-declared$")
        self.page.keyboard.press("Space")
        self.keys.to(tag="BUTTON", text="Antrag absenden")
        self.keys.enter()
        return self.number()

    def _add(self) -> None:
        self.keys.to(id="^f-add$")
        self.keys.enter()

    def _forward(self) -> None:
        self.keys.to(tag="BUTTON", text="^Weiter$")
        self.keys.enter()

    def _fill(self, answers: Any) -> None:
        self.keys.skip()
        super()._fill(answers)

    def _put(self, name: str, value: Any) -> None:
        if isinstance(value, bool):
            value = "yes" if value else "no"
        kind = self.page.locator(f'#antrag [name="{name}"]').first.get_attribute("type")
        if kind == "checkbox":
            for one in value if isinstance(value, list) else ["1"]:
                self.keys.to(name=f"^{name}$", value=f"^{one}$")
                self.page.keyboard.press("Space")
            return
        self.keys.to(name=f"^{name}$")
        if kind == "radio":
            self.keys.choose(str(value))
        else:
            self.page.keyboard.press("Control+A")
            self.page.keyboard.type(str(value))
