"""Which documents the answers call for, by evidence.yaml: each with its norm, none that is not needed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Formatter

import yaml
from django.conf import settings
from django.utils.translation import get_language, gettext_noop, override
from django.utils.translation import gettext as _
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from kiepe.base.forms import flow
from kiepe.base.forms.conditions import BadCondition, Condition
from kiepe.base.forms.values import said
from kiepe.cases.case_type import CaseType

# Titles of ours that no rule asks for; a case keeps them in German (retold).
OWN_WORDS = gettext_noop("Eigene Angaben von {name}")


@dataclass(frozen=True, slots=True)
class Need:
    """One document, for one person or job where `item_id` names it ('p1', 'p1.j2')."""

    key: str
    item_id: str
    title: str
    hint: str
    norm: str
    accepts: str  # what else is taken in its place
    count_hint: str  # e.g. 'die letzten 3 Abrechnungen'
    blackout: str = ""  # what may be made unreadable, and what must stay

    @property
    def explained(self) -> str:
        """Hint, how many and what is taken, as sentences."""
        parts = [self.hint]
        if self.count_hint:
            parts.append(_("Am besten: %(which)s.") % {"which": self.count_hint.rstrip(".")})
        if self.accepts:
            parts.append(_("Das passt zum Beispiel: %(which)s.") % {"which": self.accepts.rstrip(".")})
        return " ".join(part for part in parts if part)

    @property
    def whole(self) -> str:
        """What a case keeps as the explanation: all of it, what may be blacked out included."""
        return " ".join(part for part in (self.explained, self.blackout) if part)


class _Rule(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str = Field(pattern=r"^[a-z0-9_]+$")
    title: str = Field(min_length=1)
    norm: str = Field(min_length=1)
    hint: str = ""
    accepts: str = ""
    count_hint: str = ""
    blackout: str = ""
    when: str = ""
    each: str = ""


class BadEvidence(Exception):
    """evidence.yaml cannot be used. The text names file, entry and what to change."""


@dataclass(frozen=True, slots=True)
class _Compiled:
    rule: _Rule
    when: Condition | None


def needs(case_type: CaseType, answers: Mapping[str, object]) -> list[Need]:
    """Every document that these (pruned) answers call for, in the order of evidence.yaml."""
    found = []
    for compiled in load(case_type.folder):
        for path in _items(answers, compiled.rule.each):
            index, item, parent = path.index, path.item, path.parent
            if compiled.when is None or compiled.when.holds(answers, item=item, parent=parent, index=index):
                found.append(_need(compiled.rule, path))
    return found


def rules(case_type: CaseType) -> Iterator[tuple[_Rule, Condition | None]]:
    """Every rule with its condition, whatever the answers are: for paper."""
    for compiled in load(case_type.folder):
        yield compiled.rule, compiled.when


@cache
def load(folder: Path) -> tuple[_Compiled, ...]:
    """Read and check evidence.yaml against the form beside it, once; raises BadEvidence."""
    path, form = folder / "evidence.yaml", flow.load(folder / "form.yaml")
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8")) or []
        rules = [_Rule.model_validate(entry) for entry in raw]
    except (yaml.YAMLError, ValidationError, TypeError) as trouble:
        raise BadEvidence(f"{path.name}: {trouble}") from None
    seen: set[str] = set()
    compiled = []
    for rule in rules:
        if rule.key in seen:
            raise BadEvidence(f"{path.name}: Der Schlüssel „{rule.key}“ steht zweimal da.")
        seen.add(rule.key)
        try:
            compiled.append(_Compiled(rule, form.condition(rule.when, rule.each) if rule.when else None))
        except BadCondition as trouble:
            raise BadEvidence(f"{path.name}, {rule.key}: {trouble}") from None
    return tuple(compiled)


@dataclass(frozen=True, slots=True)
class _At:
    item_id: str = ""
    item: Mapping[str, object] | None = None
    parent: Mapping[str, object] | None = None
    index: int = 0


def _items(answers: Mapping[str, object], each: str) -> Iterator[_At]:
    """Once for the household, or once per item of a list ('persons', 'persons.jobs')."""
    if not each:
        yield _At()
        return
    levels = each.split(".")
    yield from _walk(answers, levels, _At())


def _walk(holder: Mapping[str, object], levels: list[str], above: _At) -> Iterator[_At]:
    listed = holder.get(levels[0])
    for index, item in enumerate(listed if isinstance(listed, list) else []):
        if not isinstance(item, Mapping):
            continue
        item_id = ".".join(part for part in (above.item_id, str(item.get("id", index))) if part)
        here = _At(item_id, item, above.item, index)
        if len(levels) == 1:
            yield here
        else:
            yield from _walk(item, levels[1:], here)


class _Words(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return ""


def _need(rule: _Rule, at: _At) -> Need:
    words = _Words()
    for holder in (at.parent or {}, at.item or {}):
        words.update({key: value for key, value in holder.items() if isinstance(value, str)})

    def filled(text: str) -> str:
        return " ".join(text.format_map(words).split()) if at.item is not None else text

    return Need(
        key=rule.key,
        item_id=at.item_id,
        title=filled(said(rule.title)),
        hint=filled(said(rule.hint)),
        norm=rule.norm,
        accepts=said(rule.accepts),
        count_hint=said(rule.count_hint),
        blackout=filled(said(rule.blackout)),
    )


def retold(case_type: CaseType, text: str) -> str:
    """A title or explanation that a case keeps (in German, as it was asked for) in the reader's language.

    What fits no rule is looked up as a whole; the free words of a caseworker stay as they are.
    """
    if get_language() in {None, settings.LANGUAGE_CODE}:
        return text
    for compiled in load(case_type.folder):
        for template, part in _stored(compiled.rule):
            found = _pattern(template, whole=True).fullmatch(text) or _pattern(template, whole=False).fullmatch(text)
            if found:
                return part(found.groupdict())
    own = _pattern(OWN_WORDS, whole=True).fullmatch(text)
    return said(OWN_WORDS).format_map(own.groupdict()) if own else said(text)


def _stored(rule: _Rule) -> Iterator[tuple[str, Callable[[dict[str, str]], str]]]:
    """Each German text of a rule that a case keeps, with what says it anew from the names that stood in it."""
    with override(settings.LANGUAGE_CODE):
        title, explained = rule.title, _explained(rule)
    yield title, lambda names: " ".join(said(rule.title).format_map(_Words(names)).split())
    yield explained, lambda names: " ".join(_explained(rule).format_map(_Words(names)).split())


def _explained(rule: _Rule) -> str:
    need = Need("", "", "", said(rule.hint), "", said(rule.accepts), said(rule.count_hint), said(rule.blackout))
    return need.whole


@cache
def _pattern(template: str, *, whole: bool) -> re.Pattern[str]:
    """What a filled template looks like: `Rentenbescheid von {name}` finds the name. `whole`: none is empty."""
    gap, anything = (r"\s+", ".+?") if whole else (r"\s*", ".*?")
    parts, seen = [], set[str]()
    for words, name, _spec, _conversion in Formatter().parse(template):
        parts.append(gap.join(re.escape(word) for word in re.split(r"\s+", words)))
        if name:
            parts.append(f"(?P={name})" if name in seen else f"(?P<{name}>{anything})")
            seen.add(name)
    return re.compile("".join(parts))
