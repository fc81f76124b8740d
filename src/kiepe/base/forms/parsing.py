"""One page's POST becomes values, sentences and the raw texts, in the order in which the questions stand."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field as setting
from typing import Any, Protocol

from django.http import QueryDict
from django.utils.translation import gettext as _

from kiepe.base.forms import values
from kiepe.base.forms.checking import controllers
from kiepe.base.forms.form import UNKNOWN, Field, Page, Type
from kiepe.base.forms.texts import NUL_SHOWN
from kiepe.base.forms.values import BadValue

MAX_RAW = 10_000


@dataclass(frozen=True, slots=True)
class Parsed:
    """`values` go to Flow.store (None takes an answer away), `errors` are sentences by field, `raw` what was typed."""

    values: dict[str, Any] = setting(default_factory=dict)
    errors: dict[str, str] = setting(default_factory=dict)
    raw: dict[str, list[str]] = setting(default_factory=dict)

    @property
    def good(self) -> bool:
        return not self.errors


class About(Protocol):
    """The item a page speaks of."""

    @property
    def item(self) -> dict[str, Any] | None: ...
    @property
    def parent(self) -> dict[str, Any] | None: ...
    @property
    def index(self) -> int: ...


def parse_page(page: Page, answers: dict[str, Any], post: QueryDict, about: About) -> Parsed:
    """Questions that the typed answers do not call for make no errors; what stands in them is kept where it is good."""
    parsed = Parsed()
    item = None if about.item is None else dict(about.item)
    top = dict(answers) if item is None else answers
    holder = top if item is None else item
    for number, field in enumerate(page.fields):
        typed = [text[:MAX_RAW].replace("\x00", NUL_SHOWN) for text in post.getlist(field.key)]
        unknown = field.unknown and (bool(post.get(field.unknown_key)) or (choice(field) and typed == [UNKNOWN]))
        parsed.raw[field.key] = typed
        if field.unknown:
            parsed.raw[field.unknown_key] = ["1"] if unknown else []
        asked = field.when is None or field.when.holds(top, item, about.parent, about.index)
        if any(holder.get(other.key) is None for other in controllers(field, page.fields[:number])):
            asked = False  # it lies hidden below a question that has no answer yet
        value, sentence = _one(field, typed, unknown=unknown)
        if sentence and asked:
            parsed.errors[field.key] = sentence
        parsed.values[field.key] = value
        if field.unknown:
            parsed.values[field.unknown_key] = True if unknown else None
        holder[field.key] = value if asked else None
        holder[field.unknown_key] = unknown and asked
    return parsed


def choice(field: Field) -> bool:
    """Whether 'Weiß ich nicht' is one more radio button here, not a box beside the input."""
    return field.type in {Type.CHOICE, Type.YESNO} and field.display == "radio"


def _one(field: Field, typed: list[str], *, unknown: bool) -> tuple[Any, str]:
    """The value, or None and a sentence."""
    given = [text for text in typed if text.strip()]
    if unknown:
        if given and not choice(field):
            return None, _(
                "Sie haben etwas eingetragen und „Weiß ich nicht“ angekreuzt. Bitte lassen Sie nur eines davon stehen."
            )
        return None, ""
    if not given:
        if field.required is True:
            return None, missing_sentence(field)
        return ([] if field.type is Type.CHOICES and field.required is False else None), ""
    try:
        return values.parse(field, given if field.type is Type.CHOICES else given[-1]), ""
    except BadValue as bad:
        return None, bad.sentence


def missing_sentence(field: Field) -> str:
    """What to do where a required answer is missing."""
    if field.ask:
        return values.said(field.ask)
    label = values.said(field.label).rstrip()
    if field.type in {Type.CHOICE, Type.CHOICES, Type.YESNO, Type.COUNTRY}:
        return _("Wählen Sie eine Antwort aus: %(question)s") % {"question": label}
    if label.endswith("?"):
        return _("Bitte beantworten Sie: %(question)s") % {"question": label}
    return _("Tragen Sie bitte ein: %(question)s") % {"question": label}
