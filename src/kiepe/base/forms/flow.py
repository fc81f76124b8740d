"""A form, compiled once: which pages come, what they ask, what an answer means. It drives stepper, pages, check page,
desk and PDF. Pure: answers in, answers out; nothing here knows the database or a request.

Conditions are evaluated on pruned answers: what is no longer asked cannot steer what is asked. For several questions
about the same answers take one `Flow.walk(answers)`; the methods of `Flow` with the same names are short for it.
"""

from __future__ import annotations

import copy
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from kiepe.base.forms import checking, reading, wording
from kiepe.base.forms.conditions import Condition, Shape
from kiepe.base.forms.form import Field, Form, Option, Page, Section, Type
from kiepe.base.forms.parsing import Parsed, parse_page
from kiepe.base.forms.reading import FormError
from kiepe.base.forms.values import said, show, told

__all__ = ["Answers", "FieldAt", "Flow", "FormError", "Missing", "PageAt", "Parsed", "Walk", "load"]

Answers = dict[str, Any]


@dataclass(frozen=True, slots=True, eq=False)
class PageAt:
    """A page, and of which item (and outer item) it speaks."""

    page: Page
    item_ids: tuple[str, ...] = ()

    @property
    def address(self) -> str:
        """`rent`, `income/p2`, `job/p2/p1`: the part of the URL, and the name in a draft."""
        return "/".join((self.page.key, *self.item_ids))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, PageAt) and (self.page.key, self.item_ids) == (other.page.key, other.item_ids)

    def __hash__(self) -> int:
        return hash((self.page.key, self.item_ids))


@dataclass(frozen=True, slots=True)
class Missing:
    """A question that is still open. `field` is None where a list has too few items."""

    at: PageAt
    field: Field | None
    soft: bool
    label: str
    path: str


@dataclass(frozen=True, slots=True)
class FieldAt:
    """What stands behind an answer path: the question and the page that asks it."""

    field: Field
    page: Page
    path: str

    @property
    def label(self) -> str:
        return said(self.field.name)

    @property
    def type(self) -> Type:
        return self.field.type


@dataclass(frozen=True, slots=True)
class Row:
    """One answered (or open) question as people read it."""

    label: str
    value: str
    at: PageAt
    path: str
    missing: bool = False
    required: bool | str = False


@dataclass(frozen=True, slots=True)
class Group:
    """The rows of one page. Of a list page: its items as rows."""

    title: str
    at: PageAt
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class SummarySection:
    """One section of the form with what was answered."""

    key: str
    title: str
    groups: tuple[Group, ...]

    @property
    def rows(self) -> tuple[Row, ...]:
        return tuple(row for group in self.groups for row in group.rows)


@dataclass(frozen=True, slots=True)
class Context:
    """Of what a page speaks: the innermost item, the one around it, its place, its answer path."""

    item: Answers | None = None
    parent: Answers | None = None
    index: int = 0
    path: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """Consecutive pages that are gone through once per item of a list."""

    path: str
    nodes: tuple[Page | Run, ...]

    @property
    def key(self) -> str:
        return self.path.rpartition(".")[2]


@dataclass(frozen=True, slots=True, eq=False)
class Flow:
    """A compiled form. Make one with `load`."""

    form: Form
    shape: Shape
    nodes: tuple[Page | Run, ...]
    by_level: Mapping[str, tuple[Page, ...]]
    by_key: Mapping[str, Page]
    owners: Mapping[str, tuple[Page, ...]]  # page key -> list pages in whose run of own pages it lies, outermost first
    fields: Mapping[tuple[str, str], tuple[Page, Field]]  # (level, key) -> first page that asks it

    def walk(
        self, answers: Mapping[str, Any], done: Collection[str] | None = None, *, apart: Collection[str] = ()
    ) -> Walk:
        """Everything about these answers; see Walk. Pages of the items `apart` are somebody else's to fill in."""
        return Walk(self, answers, done, apart=apart)

    def pages(self, answers: Mapping[str, Any]) -> list[PageAt]:
        """The pages that these answers call for, in order."""
        return list(self.walk(answers).pages)

    def at(self, key: str, item_ids: Sequence[str] = ()) -> PageAt:
        """The page with this key; raises KeyError where there is none at this depth."""
        page = self.by_key[key]
        if len(item_ids) != depth(page.each):
            raise KeyError(key)
        return PageAt(page, tuple(item_ids))

    def next(self, at: PageAt, answers: Mapping[str, Any], done: Collection[str] | None = None) -> PageAt | None:
        """Where 'Weiter' leads; None after the last page."""
        return self.walk(answers, done).next(at)

    def previous(self, at: PageAt, answers: Mapping[str, Any]) -> PageAt | None:
        """Where 'Zurück' leads; None before the first page."""
        return self.walk(answers).previous(at)

    def first_open(self, answers: Mapping[str, Any], done: Collection[str] | None = None) -> PageAt | None:
        """The first page that is not done; None where all are."""
        return self.walk(answers, done).first_open()

    def parse(self, at: PageAt, answers: Mapping[str, Any], post: QueryDict) -> Parsed:
        """What was typed on one page: values for `store`, a sentence per bad field, and the raw texts."""
        walk = self.walk(answers)
        return parse_page(at.page, walk.answers, post, walk.context(at))

    def store(self, at: PageAt, answers: Mapping[str, Any], values: Mapping[str, Any]) -> Answers:
        """The answers with one page's values; None takes an answer away. Other pages stay as they are."""
        fresh = copy.deepcopy(dict(answers))
        self.ensure_first(fresh)
        holder = find_item(fresh, at.page.each, at.item_ids)
        for key, value in values.items():
            if value is None:
                holder.pop(key, None)
            else:
                holder[key] = value
        return fresh

    def prune(self, answers: Mapping[str, Any]) -> Answers:
        """Only what is asked: answers of skipped pages, hidden questions and unknown keys are left out."""
        return _pruned(self, answers)

    def missing(self, answers: Mapping[str, Any], *, soft: bool = True) -> list[Missing]:
        """Open questions that are required or, with `soft`, recommended; in order."""
        return self.walk(answers).missing(soft=soft)

    def summary(self, answers: Mapping[str, Any]) -> list[SummarySection]:
        """All answers as people read them, for the check page, the desk and the PDF."""
        return self.walk(answers).summary()

    def field(self, answer_path: str) -> FieldAt:
        """The question behind `rent_total`, `persons.0.birth_date`; raises KeyError."""
        parts = answer_path.split(".")
        level = ".".join(part for part in parts[:-1] if not part.isdigit())
        page, field = self.fields[(level, parts[-1])]
        return FieldAt(field, page, answer_path)

    def condition(self, text: str, each: str = "") -> Condition:
        """A checked condition over this form's answers, for evidence.yaml; raises BadCondition."""
        return checking.compiled(text, self.shape, each)

    def section(self, key: str) -> Section:
        """The section with this key."""
        return next(section for section in self.form.sections if section.key == key)

    def new_item(self, at: PageAt, answers: Mapping[str, Any]) -> tuple[Answers, str]:
        """The answers with one more item in the list of `at`, and its id.

        An item that is still empty is taken instead of adding another: a double click adds one.
        """
        fresh = copy.deepcopy(dict(answers))
        self.ensure_first(fresh)
        holder = find_item(fresh, at.page.each, at.item_ids)
        items = holder.setdefault(at.page.of, [])
        empty = next((item for item in items if set(item) == {"id"} and item["id"] != at.page.first), None)
        if empty is not None:
            return fresh, str(empty["id"])
        number = max((int(item["id"][1:]) for item in items if item["id"][1:].isdigit()), default=0) + 1
        items.append({"id": f"p{max(number, len(items) + 1)}"})
        return fresh, str(items[-1]["id"])

    def remove_item(self, at: PageAt, answers: Mapping[str, Any], item_id: str) -> Answers:
        """The answers without one item of the list of `at`; the first one that must be there stays."""
        fresh = copy.deepcopy(dict(answers))
        holder = find_item(fresh, at.page.each, at.item_ids)
        items = holder.get(at.page.of, [])
        holder[at.page.of] = [item for item in items if item["id"] != item_id or item["id"] == at.page.first]
        return fresh

    def ensure_first(self, answers: Answers) -> None:
        """Put in the items that exist from the start."""
        for page in self.by_level.get("", ()):
            if page.is_list and page.first:
                items = answers.setdefault(page.of, [])
                if not any(item.get("id") == page.first for item in items):
                    items.insert(0, {"id": page.first})

    def own_pages(self, page: Page) -> tuple[Page, ...]:
        """The pages that ask an item of a list and lead back to it."""
        return tuple(one for one in self.form.pages if page in self.owners[one.key])


class Walk:
    """One look at one set of answers: pruned answers and reachable pages, worked out once.

    `done` are the addresses of the pages that were stored; None where nobody kept them (then a page is open while
    something required is missing).
    """

    def __init__(
        self,
        flow: Flow,
        answers: Mapping[str, Any],
        done: Collection[str] | None = None,
        *,
        apart: Collection[str] = (),
    ) -> None:
        self.flow = flow
        self.apart = frozenset(apart)  # items of top-level lists whose pages are left out
        self.unpruned = answers
        self.answers = _pruned(flow, answers)
        self.done = done
        self._contexts: dict[tuple[str, tuple[str, ...]], Context] = {}
        found: list[PageAt] = []
        self._collect(flow.nodes, "", (), Context(), found)
        self.pages: tuple[PageAt, ...] = tuple(found)
        self._place = {at.address: number for number, at in enumerate(found)}

    def _collect(
        self, nodes: tuple[Page | Run, ...], level: str, ids: tuple[str, ...], context: Context, found: list[PageAt]
    ) -> None:
        self._contexts[(level, ids)] = context
        for node in nodes:
            if isinstance(node, Page):
                if asked(node.when, self.answers, context):
                    found.append(PageAt(node, ids))
                continue
            holder = self.answers if context.item is None else context.item
            for index, item in enumerate(holder.get(node.key, ())):
                if not level and item["id"] in self.apart:
                    continue
                path = f"{context.path}{node.key}.{index}."
                inner = Context(item, context.item, index, path)
                self._collect(node.nodes, node.path, (*ids, item["id"]), inner, found)

    def reachable(self, at: PageAt) -> bool:
        """Whether these answers call for this page."""
        return at.address in self._place

    def context(self, at: PageAt) -> Context:
        """The item that a page speaks of; raises KeyError where there is none."""
        return self._contexts[(at.page.each, at.item_ids)]

    def fields(self, at: PageAt) -> list[Field]:
        """The questions of a page that are asked with these answers."""
        context = self.context(at)
        return [field for field in at.page.fields if asked(field.when, self.answers, context)]

    def value(self, at: PageAt, field: Field) -> object:
        """The stored answer, None where there is none."""
        context = self.context(at)
        return (self.answers if context.item is None else context.item).get(field.key)

    def stored(self, at: PageAt) -> Answers:
        """What is stored beside a page's questions, also what is not asked at the moment."""
        try:
            return find_item(dict(self.unpruned), at.page.each, at.item_ids)
        except KeyError:
            return {}

    def items(self, at: PageAt) -> list[Answers]:
        """The items of a list page."""
        context = self.context(at)
        found: list[Answers] = (self.answers if context.item is None else context.item).get(at.page.of, [])
        return found

    def next(self, at: PageAt) -> PageAt | None:
        """Where 'Weiter' leads. The pages of a list's item lead back to the list; the list leads on."""
        place = self._place.get(at.address)
        if place is None:
            return self.first_open()
        place += 1
        if at.page.is_list:
            while place < len(self.pages) and self._owned_by(self.pages[place], at):
                if self.is_open(self.pages[place]):
                    return self.pages[place]
                place += 1
        found = self.pages[place] if place < len(self.pages) else None
        owner = self._owner(at)
        if owner is None or (found is not None and self._owned_by(found, *owner)):
            return found
        return owner[0]

    def previous(self, at: PageAt) -> PageAt | None:
        """Where 'Zurück' leads: the mirror of `next`."""
        place = self._place.get(at.address)
        if place is None or place == 0:
            return None
        owner = self._owner(at)
        before = self.pages[place - 1]
        if owner is not None and not self._owned_by(before, *owner):
            return owner[0]
        mine = {list_at.address for list_at, _item in self._owners(at)} | {at.address}
        outer = [one for one, _item in self._owners(before) if one.address not in mine]
        return outer[0] if outer else before

    def _owners(self, at: PageAt) -> list[tuple[PageAt, str]]:
        """The list pages whose item this page asks, outermost first, each with the item's id."""
        found = []
        for page in self.flow.owners[at.page.key]:
            level = depth(page.each)
            list_at = PageAt(page, at.item_ids[:level])
            if list_at.address in self._place:
                found.append((list_at, at.item_ids[level]))
        return found

    def _owner(self, at: PageAt) -> tuple[PageAt, str] | None:
        owners = self._owners(at)
        return owners[-1] if owners else None

    def _owned_by(self, at: PageAt, list_at: PageAt, item_id: str | None = None) -> bool:
        return any(one == list_at and item_id in {None, item} for one, item in self._owners(at))

    def is_open(self, at: PageAt) -> bool:
        """Whether the page is still to be filled in."""
        if self.done is not None and at.address not in self.done:
            return True
        return any(not one.soft for one in self._missing_at(at))

    def first_open(self) -> PageAt | None:
        """The first page that is not done; None where all are."""
        return next((at for at in self.pages if self.is_open(at)), None)

    def keeps_date(self) -> bool:
        """Whether enough is answered to apply at once (form.yaml, keeps_date): who it is and where to be found."""
        named = [at for at in self.pages if at.page.key in self.flow.form.keeps_date]
        return bool(named) and not any(self.is_open(at) for at in named)

    def first_page_of(self, at: PageAt, item_id: str) -> PageAt | None:
        """The first own page of an item of a list page."""
        return next((one for one in self.pages if self._owned_by(one, at, item_id)), None)

    def item_open(self, at: PageAt, item_id: str) -> bool:
        """Whether an item of a list page has a page that is still open."""
        return any(self.is_open(one) for one in self.pages if self._owned_by(one, at, item_id))

    def missing(self, *, soft: bool = True) -> list[Missing]:
        """See Flow.missing."""
        found = [one for at in self.pages for one in self._missing_at(at)]
        return found if soft else [one for one in found if not one.soft]

    def _missing_at(self, at: PageAt) -> list[Missing]:
        context = self.context(at)
        if at.page.is_list:
            if len(self.items(at)) >= at.page.min:
                return []
            return [Missing(at, None, False, self.title(at), f"{context.path}{at.page.of}")]
        holder = self.answers if context.item is None else context.item
        found = []
        for field in self.fields(at):
            if field.required and field.key not in holder and not holder.get(field.unknown_key):
                label = self.word(at, field.name)
                found.append(Missing(at, field, field.required == "soft", label, f"{context.path}{field.key}"))
        return found

    def told(self, at: PageAt) -> list[tuple[str, str]]:
        """Label and what we understood, of the stored answers of a page that can be read in more than one way."""
        if at.page.is_list:
            return []
        pairs = [(self.word(at, field.name), told(field, self.value(at, field))) for field in self.fields(at)]
        return [(label, words) for label, words in pairs if words]

    def title(self, at: PageAt) -> str:
        """The page's heading, with the item's own words."""
        return self.word(at, at.page.title)

    def word(self, at: PageAt, text: str) -> str:
        """A text of the form in the reader's language, {placeholders} filled from the item."""
        return wording.filled(self.flow, text, at.page.each, self.context(at), self.answers)

    def item_title(self, at: PageAt, item_id: str) -> str:
        """What an item of a list page is called."""
        for index, item in enumerate(self.items(at)):
            if item["id"] == item_id:
                outer = self.context(at)
                inner = Context(item, outer.item, index, "")
                return wording.filled(self.flow, at.page.item_title, at.page.list_path, inner, self.answers)
        return ""

    def sections(self) -> list[tuple[Section, PageAt]]:
        """The sections that are reached, each with its first page."""
        first: dict[str, PageAt] = {}
        for at in self.pages:
            first.setdefault(at.page.section, at)
        return [(section, first[section.key]) for section in self.flow.form.sections if section.key in first]

    def summary(self) -> list[SummarySection]:
        """See Flow.summary."""
        groups: dict[str, list[Group]] = {}
        for at in self.pages:
            rows = self._list_rows(at) if at.page.is_list else self.rows(at)
            if rows:
                title = self.word(at, at.page.short or at.page.title)
                groups.setdefault(at.page.section, []).append(Group(title, at, tuple(rows)))
        return [
            SummarySection(section.key, said(section.title), tuple(groups[section.key]))
            for section in self.flow.form.sections
            if section.key in groups
        ]

    def _list_rows(self, at: PageAt) -> list[Row]:
        path = f"{self.context(at).path}{at.page.of}"
        titles = [self.item_title(at, item["id"]) for item in self.items(at)]
        if not titles:
            return [Row(_("Einträge"), said(at.page.empty) or _("Keine"), at, path)]
        return [Row(str(number), title, at, f"{path}.{number - 1}") for number, title in enumerate(titles, 1)]

    def rows(self, at: PageAt) -> list[Row]:
        """The answers of one page as people read them."""
        context = self.context(at)
        holder = self.answers if context.item is None else context.item
        rows = []
        for field in self.fields(at):
            value = holder.get(field.key)
            unknown = bool(holder.get(field.unknown_key))
            shown = _("Weiß ich nicht") if unknown else told_or_shown(field, value)
            label, path = self.word(at, field.name), f"{context.path}{field.key}"
            rows.append(Row(label, shown, at, path, value is None and not unknown, field.required))
        return rows


def told_or_shown(field: Field, value: object) -> str:
    """As people read it; an account with the name of its bank."""
    return told(field, value) if field.type is Type.IBAN else show(field, value)


def depth(level: str) -> int:
    """How many items an address of this level names."""
    return level.count(".") + 1 if level else 0


def asked(when: Condition | None, answers: Answers, context: Context) -> bool:
    """Whether a condition lets something be asked."""
    return when is None or when.holds(answers, context.item, context.parent, context.index)


def find_item(answers: Answers, level: str, item_ids: Sequence[str]) -> Answers:
    """The object that holds a page's answers; raises KeyError."""
    holder = answers
    for key, item_id in zip(level.split(".") if level else (), item_ids, strict=True):
        found = next((item for item in holder.get(key, ()) if item["id"] == item_id), None)
        if found is None:
            raise KeyError(item_id)
        holder = found
    return holder


def _pruned(flow: Flow, answers: Mapping[str, Any]) -> Answers:
    """Drop what is not asked until nothing more falls away."""
    current: Answers = dict(answers)
    while True:
        fresh = _pruned_level(flow, current, "", Context())
        if fresh == current:
            return fresh
        current = fresh


def _pruned_level(flow: Flow, answers: Answers, level: str, context: Context) -> Answers:
    source = answers if context.item is None else context.item
    kept: Answers = {} if context.item is None else {"id": source["id"]}
    for page in flow.by_level.get(level, ()):
        reached = asked(page.when, answers, context)
        if page.is_list:
            items = _kept_items(page, source.get(page.of), reached=reached)
            if items:
                kept[page.of] = [
                    _pruned_level(flow, answers, page.list_path, Context(item, context.item, index))
                    for index, item in enumerate(items)
                ]
        elif reached:
            for field in page.fields:
                if asked(field.when, answers, context):
                    _keep(field, source, kept, answers, context)
    return kept


def _kept_items(page: Page, items: object, *, reached: bool) -> list[Answers]:
    found = [item for item in items if isinstance(item, dict) and "id" in item] if isinstance(items, list) else []
    if page.first and not any(item["id"] == page.first for item in found):
        found.insert(0, {"id": page.first})
    return found if reached else [item for item in found if page.first and item["id"] == page.first]


def _keep(field: Field, source: Answers, kept: Answers, answers: Answers, context: Context) -> None:
    if field.unknown and source.get(field.unknown_key):
        kept[field.unknown_key] = True
        return
    value = source.get(field.key)
    if value is None:
        return
    if field.options:
        offered = {option.value for option in offered_options(field, answers, context)}
        if isinstance(value, list):
            value = [one for one in value if one in offered]
        elif value not in offered:
            return
    kept[field.key] = value


def offered_options(field: Field, answers: Answers, context: Context) -> list[Option]:
    """The answers that a question offers."""
    return [option for option in field.options if asked(option.when, answers, context)]


def _nodes(pages: Sequence[Page], level: str) -> tuple[Page | Run, ...]:
    found: list[Page | Run] = []
    at = 0
    while at < len(pages):
        page = pages[at]
        if page.each == level:
            found.append(page)
            at += 1
            continue
        below = page.each.removeprefix(f"{level}.") if level else page.each
        path = f"{level}.{below.split('.')[0]}" if level else below.split(".")[0]
        end = at
        while end < len(pages) and pages[end].section == page.section and checking.within(pages[end].each, path):
            end += 1
        found.append(Run(path, _nodes(pages[at:end], path)))
        at = end
    return tuple(found)


def _owners(pages: Sequence[Page]) -> dict[str, tuple[Page, ...]]:
    owners: dict[str, tuple[Page, ...]] = {page.key: () for page in pages}
    for number, page in enumerate(pages):
        if not page.is_list:
            continue
        for own in pages[number + 1 :]:
            if own.section != page.section or not checking.within(own.each, page.list_path):
                break
            owners[own.key] = (*owners[own.key], page)
    return owners


@cache
def load(path: Path) -> Flow:
    """Read, check and compile a form.yaml; raises FormError with file and line."""
    form, lines = reading.read(path)
    form, shape = checking.checked(form, lines)
    levels = {page.each for page in form.pages}
    fields: dict[tuple[str, str], tuple[Page, Field]] = {}
    for page in form.pages:
        for field in page.fields:
            fields.setdefault((page.each, field.key), (page, field))
    return Flow(
        form=form,
        shape=shape,
        nodes=_nodes(form.pages, ""),
        by_level={level: tuple(page for page in form.pages if page.each == level) for level in levels},
        by_key={page.key: page for page in form.pages},
        owners=_owners(form.pages),
        fields=fields,
    )
