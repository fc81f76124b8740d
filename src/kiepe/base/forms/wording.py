"""Texts of a form.yaml with {placeholders}, filled from the item that a page speaks of."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Protocol

from django.utils.translation import gettext as _

from kiepe.base.forms.checking import PLACEHOLDER
from kiepe.base.forms.form import Field, Page
from kiepe.base.forms.values import said, show


class About(Protocol):
    """What a text may speak of: item, the item around it, its place."""

    @property
    def item(self) -> dict[str, Any] | None: ...
    @property
    def parent(self) -> dict[str, Any] | None: ...
    @property
    def index(self) -> int: ...


class Fields(Protocol):
    """The questions of a form by level and key."""

    @property
    def fields(self) -> Mapping[tuple[str, str], tuple[Page, Field]]: ...


def filled(form: Fields, text: str, level: str, about: About, answers: dict[str, Any]) -> str:
    """The text in the reader's language. A part that is not answered yet is left out; where none is, a number."""
    text = said(text)
    if "{" not in text:
        return text
    outer = level.rpartition(".")[0]
    holders = [(about.item, level, "item"), (about.parent, outer, "parent"), (answers, "", "")]
    found = 0

    def part(match: re.Match[str]) -> str:
        nonlocal found
        name = match.group(1)
        if name == "index":
            found += 1
            return str(about.index + 1)
        prefix, _dot, key = name.rpartition(".")
        for holder, place, called in holders:
            if holder is None or (prefix and prefix != called) or (place, key) not in form.fields:
                continue
            value = holder.get(key)
            if value in (None, ""):
                return ""
            found += 1
            return show(form.fields[(place, key)][1], value)
        return ""

    words = " ".join(PLACEHOLDER.sub(part, text).split())
    if found or about.item is None:
        return words
    number = _("Eintrag %(number)d") % {"number": about.index + 1}
    rest = " ".join(PLACEHOLDER.sub("", text).split())
    return f"{rest} ({number})" if rest else number
