"""Applying as a person does: page by page in a browser. A story says what to answer; the pages say what is asked."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from playwright.sync_api import Locator, Page, expect

ROOT = Path(__file__).resolve().parents[2]
FORM = yaml.safe_load((ROOT / "src/kiepe/service/benefits/wohngeld/form.yaml").read_text(encoding="utf-8"))
LISTS = {page["key"]: page["list"] for page in FORM["pages"] if "list" in page}
EACH = {page["key"]: page.get("each", "").split(".") for page in FORM["pages"]}
ADDRESS = re.compile(r"/antrag/wohngeld/[0-9a-f-]{36}/([a-z0-9_-]+)/(?:([a-z0-9_-]+)/)?(?:([a-z0-9_-]+)/)?")

Story = Mapping[str, Any]  # answers as in the form: {"street": …, "persons": [{"first_name": …, "incomes": [{…}]}]}


@dataclass
class Applicant:
    """Goes through the application with a story and remembers which pages were met."""

    page: Page
    story: Story
    pages: list[str] = field(default_factory=list)
    _items: dict[str, list[str]] = field(default_factory=dict)

    def begin(self) -> None:
        """Open the first page."""
        self.page.goto("/antrag/wohngeld/")
        self.page.get_by_role("button", name=re.compile("beginnen", re.IGNORECASE)).first.click()

    def apply(self, *, until: str = "pruefen") -> None:
        """Begin, answer everything, stop at the page named `until`."""
        self.begin()
        self.go_on(until=until)

    def go_on(self, *, until: str = "pruefen") -> None:
        """Answer from the page that is open to the page named `until`."""
        for _ in range(200):
            found = ADDRESS.search(self.page.url)
            assert found, self.page.url
            name, *items = found.groups()
            if name == until:
                return
            self.pages.append(name)
            self._answer(name, [item for item in items if item])
        raise AssertionError(f"the application does not end: {self.pages[-5:]}")

    def send(self) -> str:
        """Declare, send, and return the case number."""
        self.page.locator("#f-declared").check()
        self._go(self.page.get_by_role("button", name=re.compile("^(Antrag|Angaben) absenden$")))
        return self.number()

    def number(self) -> str:
        """The case number on the confirmation page."""
        found = re.search(r"WG-\d{4}-\d{6}", self.page.locator("main").inner_text())
        assert found
        return found.group()

    def _answer(self, name: str, items: Sequence[str]) -> None:
        before = self.page.url
        if name == "unterlagen":
            self._forward()
        elif name in LISTS:
            self._list(name, items)
        else:
            self._fill(self._place(name, items))
            self._forward()
        problems = self.page.locator("[data-errors]")
        assert problems.count() == 0, f"{before}: {problems.inner_text()}"

    def _add(self) -> None:
        self._go(self.page.locator("#f-add"))

    def _forward(self) -> None:
        self._go(self.page.locator("main").get_by_role("button", name="Weiter", exact=True))

    def _go(self, button: Locator) -> None:
        """Press, and wait for the next page: apply.js sends by fetch before it goes there."""
        with self.page.expect_navigation():
            button.click()

    def _place(self, name: str, items: Sequence[str]) -> Story:
        """The part of the story that a page asks for; items count in the order in which they are met."""
        place: Any = self.story
        path = ""
        for step, item in zip(EACH[name], items, strict=False):
            path = f"{path}/{step}"
            met = self._items.setdefault(path, [])
            if item not in met:
                met.append(item)
            place = place[step][met.index(item)]
            path = f"{path}/{item}"
        return place  # type: ignore[no-any-return]  # stories are plain data

    def _list(self, name: str, items: Sequence[str]) -> None:
        wanted = self._place(name, items).get(LISTS[name], [])
        listed = self.page.locator(".kf-items > li").count()
        if listed < len(wanted):
            self._add()
        else:
            self._forward()

    def _fill(self, answers: Story) -> None:
        """Fill what can be seen, and again what that opened."""
        done: set[str] = set()
        for _ in range(60):
            open_fields = [name for name in self._names() if name not in done and name in answers]
            if not open_fields:
                return
            name = open_fields[0]
            done.add(name)
            self._put(name, answers[name])

    def _names(self) -> list[str]:
        names = self.page.locator("#antrag [name]:visible").evaluate_all("es => es.map(e => e.name)")
        return list(dict.fromkeys(names))

    def _put(self, name: str, value: Any) -> None:
        control = self.page.locator(f'#antrag [name="{name}"]')
        kind = control.first.get_attribute("type")
        if isinstance(value, bool):
            value = "yes" if value else "no"
        if kind == "radio":
            self._choose(name, str(value))
        elif kind == "checkbox":
            for one in value if isinstance(value, list) else ["1"]:
                self._choose(name, str(one))
        elif control.first.evaluate("e => e.tagName") == "SELECT":
            control.first.select_option(str(value))
        else:
            control.first.fill(str(value))

    def _choose(self, name: str, value: str) -> None:
        chosen: Locator = self.page.locator(f'#antrag [name="{name}"][value="{value}"]')
        chosen.check()
        expect(chosen).to_be_checked()
