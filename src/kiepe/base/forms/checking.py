"""What the reader of a form.yaml cannot see at one entry: keys that meet, names that must exist, lists that must be."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _

from kiepe.base.forms import conditions, dates, pictures
from kiepe.base.forms.conditions import BadCondition, Condition, Shape
from kiepe.base.forms.form import Field, Form, Page, Type
from kiepe.base.forms.reading import Lines, Place
from kiepe.base.forms.values import BadValue, parse

RESERVED_PAGES = frozenset(
    {"documents", "unterlagen", "pruefen", "absenden", "gesendet", "pause", "loeschen", "datei"}
) | frozenset({"weiter", "tag-sichern", "tag-gesichert", "link-mailen", "neuer-code"})
RESERVED_FIELDS = frozenset({"id", "confirmed", "doubts", *conditions.SPECIAL, *conditions.FUNCTIONS})
PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)?)\}")
DEEPEST = 2


def within(level: str, path: str) -> bool:
    """Whether `level` is `path` or lies inside it."""
    return level == path or level.startswith(f"{path}.")


def checked(form: Form, lines: Lines) -> tuple[Form, Shape]:
    """The form with its nested lists named in full and its conditions bound to their level; raises FormError."""
    form = form.model_copy(update={"pages": tuple(_spelled_out(page) for page in form.pages)})
    _pages(form, lines)
    _keeps_date(form, lines)
    _lists(form, lines)
    shape = _shape(form, lines)
    pages = tuple(_bound_page(page, ("pages", at), shape, lines) for at, page in enumerate(form.pages))
    return form.model_copy(update={"pages": pages}), shape


def _spelled_out(page: Page) -> Page:
    """`list: persons.jobs` means the list `jobs` on a page for each person."""
    if "." not in page.of:
        return page
    each, _dot, name = page.of.rpartition(".")
    return page.model_copy(update={"of": name, "each": page.each or each})


def _pages(form: Form, lines: Lines) -> None:
    known = [section.key for section in form.sections]
    seen: set[str] = set()
    closed: set[str] = set()
    last = ""
    for at, page in enumerate(form.pages):
        if page.key in seen:
            raise lines.error(("pages", at, "key"), _("Die Seite „%(key)s“ gibt es zweimal.") % {"key": page.key})
        if page.key in RESERVED_PAGES:
            raise lines.error(("pages", at, "key"), _("„%(key)s“ ist vergeben.") % {"key": page.key})
        if page.section not in known:
            what = _("Den Abschnitt „%(key)s“ gibt es unter „sections“ nicht.")
            raise lines.error(("pages", at, "section"), what % {"key": page.section})
        if page.section in closed:
            what = _("Die Seiten des Abschnitts „%(key)s“ stehen nicht beieinander.")
            raise lines.error(("pages", at, "section"), what % {"key": page.section})
        if last and page.section != last:
            closed.add(last)
        seen.add(page.key)
        last = page.section


def _keeps_date(form: Form, lines: Lines) -> None:
    known = {page.key for page in form.pages if not page.is_list}
    for at, key in enumerate(form.keeps_date):
        if key not in known:
            what = _("Die Seite „%(key)s“ gibt es nicht, oder sie ist eine Liste.")
            raise lines.error(("keeps_date", at), what % {"key": key})


def _lists(form: Form, lines: Lines) -> None:
    lists: dict[str, Page] = {}
    for at, page in enumerate(form.pages):
        if page.is_list:
            if page.list_path in lists:
                what = _("Die Liste „%(key)s“ hat zwei Seiten.")
                raise lines.error(("pages", at, "list"), what % {"key": page.list_path})
            if page.first and page.each:
                raise lines.error(("pages", at, "first"), _("„first“ gibt es nur bei Listen der obersten Ebene."))
            lists[page.list_path] = page
    for at, page in enumerate(form.pages):
        level = page.list_path if page.is_list else page.each
        if page.each and page.each not in lists:
            what = _("Die Liste „%(key)s“ gibt es nicht.")
            raise lines.error(("pages", at, "each"), what % {"key": page.each})
        if level.count(".") >= DEEPEST:
            raise lines.error(("pages", at), _("Listen gibt es höchstens zwei Ebenen tief."))


def _shape(form: Form, lines: Lines) -> Shape:
    """Names per level; a list's name leads to the shape of its items."""
    root: dict[str, Any] = {}
    shapes: dict[str, dict[str, Any]] = {"": root}
    for page in sorted((page for page in form.pages if page.is_list), key=lambda page: page.list_path.count(".")):
        shapes[page.list_path] = {"id": None}
        shapes[page.each][page.of] = shapes[page.list_path]
    asked: dict[tuple[str, str], tuple[Page, Field]] = {}
    for at, page in enumerate(form.pages):
        for number, field in enumerate(page.fields):
            place = ("pages", at, "fields", number, "key")
            before = asked.get((page.each, field.key))
            _key_free(field, page, before, shapes[page.each], lines, place)
            asked.setdefault((page.each, field.key), (page, field))
            shapes[page.each][field.key] = None
            if field.unknown:
                shapes[page.each][field.unknown_key] = None
    return root


def _key_free(
    field: Field, page: Page, before: tuple[Page, Field] | None, shape: Shape, lines: Lines, place: Place
) -> None:
    if field.key in RESERVED_FIELDS or shape.get(field.key) is not None:
        raise lines.error(place, _("„%(key)s“ ist als Name vergeben.") % {"key": field.key})
    if before is None:
        return
    same = before[1].type is field.type and [one.value for one in before[1].options] == [
        one.value for one in field.options
    ]
    if before[0].key == page.key or not same:
        what = _("Die Angabe „%(key)s“ gibt es schon auf der Seite „%(page)s“ (erlaubt nur mit derselben Art).")
        raise lines.error(place, what % {"key": field.key, "page": before[0].key})


def level_shapes(shape: Shape, each: str) -> tuple[Shape | None, Shape | None]:
    """Shapes of `item` and `parent` on a level."""
    found: list[Shape] = []
    current = shape
    for name in each.split(".") if each else ():
        inner = current[name]
        assert isinstance(inner, dict)
        found.append(inner)
        current = inner
    return (found[-1] if found else None), (found[-2] if len(found) > 1 else None)


def compiled(text: str, shape: Shape, each: str) -> Condition:
    """A condition bound to a level and checked; raises BadCondition."""
    item, parent = level_shapes(shape, each)
    condition = conditions.compile(text, None if item is None else frozenset(item))
    condition.check(shape, item, parent)
    return condition


def _bound(when: Condition | None, shape: Shape, each: str, lines: Lines, place: Place) -> Condition | None:
    if when is None:
        return None
    try:
        return compiled(when.text, shape, each)
    except BadCondition as bad:
        raise lines.error(place, bad.sentence) from None


def _bound_page(page: Page, place: Place, shape: Shape, lines: Lines) -> Page:
    fields = []
    for at, field in enumerate(page.fields):
        here = (*place, "fields", at)
        options = tuple(
            option.model_copy(
                update={"when": _bound(option.when, shape, page.each, lines, (*here, "options", number, "when"))}
            )
            for number, option in enumerate(field.options)
        )
        when = _bound(field.when, shape, page.each, lines, (*here, "when"))
        field = field.model_copy(update={"when": when, "options": options})
        _controlled(field, page.fields[:at], page.fields[at:], lines, here)
        _limits(field, lines, here)
        _pictured(field, lines, here)
        for text in (field.label, field.short, field.hint, field.where, field.why, field.ask):
            _placeholders(text, page.each, shape, lines, here)
        if field.prefill and field.prefill not in (level_shapes(shape, page.each)[0] or shape):
            what = _("Die Angabe „%(name)s“ gibt es nicht.")
            raise lines.error((*here, "prefill"), what % {"name": field.prefill})
        fields.append(field)
    for text in (page.title, page.short, page.why, page.note, *page.intros):
        _placeholders(text, page.each, shape, lines, place)
    if page.is_list:
        _placeholders(page.item_title, page.list_path, shape, lines, (*place, "item_title"))
    when = _bound(page.when, shape, page.each, lines, (*place, "when"))
    return page.model_copy(update={"when": when, "fields": tuple(fields)})


def read_names(when: Condition) -> Iterator[str]:
    """Names of the page's own level that a condition reads."""
    for node in ast.walk(when.tree):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "item":
            yield node.attr


def controllers(field: Field, others: Sequence[Field]) -> list[Field]:
    """The questions among `others` on which it depends whether `field` is asked."""
    if field.when is None:
        return []
    names = set(read_names(field.when))
    return [other for other in others if other.key in names or (other.unknown and other.unknown_key in names)]


def _controlled(field: Field, before: Sequence[Field], after: Sequence[Field], lines: Lines, place: Place) -> None:
    """Without JavaScript a question can appear only below the answer that calls for it."""
    if controllers(field, after):
        raise lines.error((*place, "when"), _("Die Bedingung hängt von einer späteren Frage derselben Seite ab."))
    found = controllers(field, before)
    radios = all(one.type in {Type.CHOICE, Type.CHOICES, Type.YESNO} and one.display == "radio" for one in found)
    if len(found) > 1 or not radios:
        what = _(
            "Die Bedingung darf von nur einer Frage derselben Seite abhängen, und die muss eine sichtbare Auswahl "
            "sein. Legen Sie diese Frage sonst auf eine eigene Seite."
        )
        raise lines.error((*place, "when"), what)


def _pictured(field: Field, lines: Lines, place: Place) -> None:
    """A picture belongs to words that say the same."""
    if field.picture and field.picture not in pictures.ALTS:
        said = {"name": field.picture, "known": ", ".join(sorted(pictures.ALTS))}
        raise lines.error((*place, "picture"), _("Das Bild „%(name)s“ gibt es nicht. Bekannt sind: %(known)s.") % said)
    if field.picture and not field.where:
        what = _("Zu „picture“ gehört „where“: Das Bild hilft nicht allen, der Satz schon.")
        raise lines.error((*place, "picture"), what)
    if field.known and field.where:
        raise lines.error((*place, "known"), _("„known“ und „where“ schließen einander aus."))


def _limits(field: Field, lines: Lines, place: Place) -> None:
    for name in ("min", "max"):
        limit = getattr(field, name)
        if limit is None:
            continue
        dated = field.type in {Type.DATE, Type.MONTH}
        good = isinstance(limit, str) and dates.is_bound(limit) if dated else isinstance(limit, int | float)
        if not good:
            what = _("„%(name)s“ ist bei dieser Art ein Tag (2026-01-31, today, today-18y) oder eine Zahl.")
            raise lines.error((*place, name), what % {"name": name})
    if isinstance(field.default, str):
        try:
            parse(field, field.default)
        except BadValue as bad:
            raise lines.error((*place, "default"), bad.sentence) from None


def _placeholders(text: str, each: str, shape: Shape, lines: Lines, place: Place) -> None:
    item, parent = level_shapes(shape, each)
    for name in PLACEHOLDER.findall(text):
        if name == "index" and item is not None:
            continue
        holder, _dot, key = name.rpartition(".")
        known = [parent] if holder == "parent" else [item] if holder == "item" else [item, parent, shape]
        if holder not in {"", "item", "parent"} or not any(one is not None and key in one for one in known):
            raise lines.error(place, _("Den Platzhalter „{%(name)s}“ gibt es nicht.") % {"name": name})
