"""A form on paper: the same questions in the same order, as plain data for typst. Pure: no database, no request.

Every question is there, since paper cannot leave out what was not called for: a condition is told in words. Items of a
list have as many blocks as the list page says (`paper`); what lies one level deeper, such as incomes, is printed once,
each block with a box for whose it is. With answers the boxes are filled in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from kiepe.base.forms.condition_words import Scene, Told, numbers, plain, told
from kiepe.base.forms.flow import Flow, Run
from kiepe.base.forms.form import Field, Option, Page, Type
from kiepe.base.forms.values import said, show

Data = dict[str, Any]
ROOM = {Type.TEXTAREA: 3}  # lines to write on
UNITS = {Type.MONEY: "€"}


@dataclass(frozen=True, slots=True)
class _Place:
    """Of which item a block speaks."""

    level: str = ""
    index: int | None = None
    noun: str = ""
    item: Mapping[str, Any] | None = None  # what was answered, where the form is printed from a draft
    whose: tuple[str, ...] = ()  # a nested block: the people it may belong to
    of: int = -1  # and to whom it does, counted from 0


def sections(flow: Flow, answers: Mapping[str, Any] | None = None) -> list[Data]:
    """The sections with their pages, in the order of the form."""
    said_before = flow.walk(answers).answers if answers is not None else {}
    return _Printer(flow, said_before).sections()


class _Printer:
    def __init__(self, flow: Flow, answers: Mapping[str, Any]) -> None:
        self.flow = flow
        self.answers = answers
        self.numbers = numbers(flow)
        self.lists = {page.list_path: page for page in flow.form.pages if page.is_list}

    def sections(self) -> list[Data]:
        """All sections; pages that are never asked on paper are left out."""
        found = []
        for section in self.flow.form.sections:
            pages: list[Data] = []
            for node in self.flow.nodes:
                if isinstance(node, Page):
                    if node.section == section.key:
                        pages += self._page(node, _Place())
                elif _first(node).section == section.key:
                    pages += self._run(node)
            found.append({"title": said(section.title), "pages": pages})
        return found

    def _run(self, run: Run) -> list[Data]:
        """Pages of an item, block by block; what lies deeper comes once, after the pages before it."""
        made: list[Data] = []
        waiting: list[Page] = []
        for node in run.nodes:
            if isinstance(node, Page):
                waiting.append(node)
                continue
            made += self._blocks(run.path, waiting)
            waiting = []
            made += self._inner(run.path, node)
        return made + self._blocks(run.path, waiting)

    def _blocks(self, path: str, pages: Sequence[Page]) -> list[Data]:
        made: list[Data] = []
        listed = [page for page in pages if page.is_list]
        asked = [page for page in pages if not page.is_list]
        for number, item in enumerate(self._items(path)):
            place = _Place(path, number, f"{self._noun(path)} {number + 1}", item)
            for page in asked:
                made += self._page(page, place)
        for page in listed:  # the list of a list: told once
            made += self._page(page, _Place(path, None, _("jede %(noun)s") % {"noun": self._noun(path)}))
        return made

    def _inner(self, outer: str, run: Run) -> list[Data]:
        people = tuple(f"{self._noun(outer)} {number + 1}" for number in range(len(self._items(outer))))
        held = [
            (number, item)
            for number, parent in enumerate(self._items(outer))
            for item in (parent or {}).get(run.key, ())
        ]
        made: list[Data] = []
        for number in range(max(self.lists[run.path].paper, len(held))):
            whose, item = held[number] if number < len(held) else (-1, None)
            noun = f"{self._noun(run.path)} {number + 1}"
            place = _Place(run.path, None, noun, item, people, whose)
            for at, page in enumerate(one for one in run.nodes if isinstance(one, Page)):
                made += self._page(page, place, head=at == 0)
        return made

    def _items(self, path: str) -> list[Mapping[str, Any] | None]:
        """What was answered, filled up with empty ones to the number of blocks."""
        page = self.lists[path]
        held: list[Mapping[str, Any] | None] = list(self.answers.get(page.of, ())) if not page.each else []
        return held + [None] * (page.paper - len(held))

    def _noun(self, path: str) -> str:
        return said(self.lists[path].noun) or _("Eintrag")

    def _page(self, page: Page, place: _Place, *, head: bool = True) -> list[Data]:
        scene = Scene(self.flow, place.level, place.index, place.noun)
        condition = told(page.when, scene)
        if condition is False:
            return []
        title = plain(said(page.title), place.noun)
        if place.noun and place.noun not in title:
            title = f"{place.noun}: {title}"
        fields = [one for field in page.fields for one in self._field(field, place, scene)]
        if page.is_list:
            fields = []
        elif not fields:
            return []
        return [
            {
                "title": title,
                "only": _only(condition),
                "intros": [plain(said(text), place.noun) for text in page.intros],
                "note": plain(said(page.note), place.noun),
                "fields": fields,
                "whose": [{"label": name, "chosen": at == place.of} for at, name in enumerate(place.whose) if head],
                "room": self._room(page),
            }
        ]

    def _room(self, page: Page) -> str:
        """How many items there is room for, and what to do with more."""
        if not page.is_list:
            return ""
        noun = self._noun(page.list_path)
        words = _("Dieses Formular hat Platz für %(noun)s 1 bis %(count)d. Sind es mehr, nehmen Sie ein zweites dazu.")
        return words % {"count": page.paper, "noun": noun}

    def _field(self, field: Field, place: _Place, scene: Scene) -> list[Data]:
        condition = told(field.when, scene)
        if condition is False:
            return []
        holder = self.answers if not place.level else (place.item or {})
        value = holder.get(field.key)
        options = self._options(field, value, scene)
        if field.unknown:
            options.append({"label": _("Weiß ich nicht"), "hint": "", "chosen": bool(holder.get(field.unknown_key))})
        written = field.type not in {Type.CHOICE, Type.CHOICES, Type.YESNO}
        return [
            {
                "number": self.numbers[(place.level, field.key)],
                "label": plain(said(field.label), place.noun),
                "only": _only(condition),
                "hints": [plain(said(text), place.noun) for text in (field.hint, field.where) if text],
                "free": field.required is False,
                "several": field.type is Type.CHOICES,
                "options": options,
                "lines": (ROOM.get(field.type, 1) if written else 0),
                "unit": UNITS.get(field.type, ""),
                "value": show(field, value) if written else "",
            }
        ]

    def _options(self, field: Field, value: object, scene: Scene) -> list[Data]:
        if field.type is Type.YESNO:
            return [
                {"label": _("Ja"), "hint": "", "chosen": value is True},
                {"label": _("Nein"), "hint": "", "chosen": value is False},
            ]
        chosen = value if isinstance(value, list) else [value]
        return [self._option(option, option.value in chosen, scene) for option in field.options]

    def _option(self, option: Option, chosen: bool, scene: Scene) -> Data:
        hint = plain(said(option.hint), scene.noun)
        only = _only(told(option.when, scene))
        return {
            "label": plain(said(option.label), scene.noun),
            "hint": " ".join(part for part in (hint, f"({only})" if only else "") if part),
            "chosen": chosen,
        }


def _first(run: Run) -> Page:
    node = run.nodes[0]
    return node if isinstance(node, Page) else _first(node)


def _only(condition: Told) -> str:
    return _("Nur %s") % condition if isinstance(condition, str) else ""
