"""The small markup of city packs: headings, paragraphs, lists, links, bold. HTML has no meaning in it.

Blocks are parted by an empty line: `## Heading`, `### Heading`, `- item`, `1. item`, anything else is a paragraph.
Inside a line: `**bold**` and `[words](target)`; a target is https:, mailto:, tel: or a path of this portal.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify

from kiepe.base.ui.languages import own_link

# What own links may lead to, by the first part of the path; None where it is not known (a file was unreadable).
Targets = Mapping[str, Collection[str] | None]
INLINE = re.compile(r"\*\*(?P<bold>[^*]+)\*\*|\[(?P<words>[^\]]+)\]\((?P<target>[^)\s]*)\)")
TARGET = re.compile(r"^(https://[^\s/]+\S*|mailto:\S+@\S+|tel:\+?[0-9]+|/\S*|#[a-z0-9-]+)$")
OWN = re.compile(r"^/(?P<kind>leistungen|seite|lebenslagen)/(?P<slug>[a-z0-9-]+)/(#[a-z0-9-]+)?$")
TAG = re.compile(r"</?[a-zA-Z][^>]*>")
UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"})
NUMBERED = re.compile(r"^\d+\.\s+")


@dataclass(frozen=True, slots=True)
class Block:
    """`kind` is h2, h3, ul, ol or p; `line` counts from 0 within the text."""

    kind: str
    lines: tuple[str, ...]
    line: int


def blocks(text: str) -> Iterator[Block]:
    """The blocks of a text."""
    pending: list[str] = []
    begin = 0
    for number, row in enumerate([*text.splitlines(), ""]):
        words = row.strip()
        heading = words.startswith("#")
        if pending and (not words or heading or (_kind(words) != _kind(pending[0]) and _kind(words) != "p")):
            yield _block(pending, begin)
            pending = []
        if words and not pending:
            begin = number
        if heading:
            yield Block({"##": "h2", "###": "h3"}.get(words.split(" ")[0], "h?"), (words.lstrip("# "),), number)
        elif words:
            pending.append(words)


def _kind(row: str) -> str:
    if row.startswith("- "):
        return "ul"
    return "ol" if NUMBERED.match(row) else "p"


def _block(rows: list[str], line: int) -> Block:
    kind = _kind(rows[0])
    if kind == "p":
        return Block(kind, (" ".join(rows),), line)
    items: list[str] = []
    for row in rows:
        if _kind(row) == kind:
            items.append(NUMBERED.sub("", row) if kind == "ol" else row[2:].strip())
        else:
            items[-1] += " " + row  # an item that goes on in the next line
    return Block(kind, tuple(items), line)


def render(text: str) -> SafeString:
    """The text as HTML; everything that is not markup is escaped."""
    return mark_safe("\n".join(_html(block) for block in blocks(text)))  # noqa: S308 - every part is escaped in _html


def _html(block: Block) -> SafeString:
    if block.kind in {"ul", "ol"}:
        items = format_html_join("", "<li>{}</li>", ((inline(item),) for item in block.lines))
        tag = "ul" if block.kind == "ul" else "ol"
        return format_html('<{} class="ms-list">{}</{}>', tag, items, tag)
    if block.kind == "h2":
        return format_html('<h2 class="ms-h2" id="{}">{}</h2>', anchor(block.lines[0]), inline(block.lines[0]))
    if block.kind == "h3":
        return format_html('<h3 class="ms-h3" id="{}">{}</h3>', anchor(block.lines[0]), inline(block.lines[0]))
    return format_html("<p>{}</p>", inline(block.lines[0]))


def headings(text: str) -> list[tuple[str, str]]:
    """Anchor and words of each h2, for a table of contents."""
    return [(anchor(block.lines[0]), block.lines[0]) for block in blocks(text) if block.kind == "h2"]


def anchor(words: str) -> str:
    """The id of a heading."""
    spelled = words.translate(UMLAUTS)
    return "a-" + slugify(spelled)


def inline(words: str) -> SafeString:
    """One line with links and bold as HTML."""
    parts: list[SafeString] = []
    at = 0
    for found in INLINE.finditer(words):
        parts.append(conditional_escape(words[at : found.start()]))
        at = found.end()
        if found["bold"]:
            parts.append(format_html("<b>{}</b>", found["bold"]))
        elif TARGET.match(found["target"]):
            parts.append(format_html('<a href="{}">{}</a>', own_link(found["target"]), found["words"]))
        else:
            parts.append(conditional_escape(found["words"]))
    parts.append(conditional_escape(words[at:]))
    return mark_safe("".join(parts))  # noqa: S308 - every part above is escaped


def plain(text: str) -> str:
    """The words without markup, for the search and for descriptions."""
    words = INLINE.sub(lambda found: found["bold"] or found["words"], text)
    return " ".join(re.sub(r"^\s*(#{2,3}|-|\d+\.)\s+", "", row) for row in words.splitlines()).strip()


def problems(text: str, targets: Targets) -> Iterator[tuple[int, str]]:
    """What is wrong with a text: line (from 0) and sentence."""
    level = ""
    for block in blocks(text):
        if block.kind == "h?" or not all(block.lines):
            yield block.line, "Überschriften beginnen mit „## “ oder „### “; „# “ ist schon der Titel der Seite."
        elif block.kind == "h3" and level == "":
            yield block.line, "Vor „### “ muss eine Überschrift mit „## “ stehen."
        if block.kind in {"h2", "h3"}:
            level = block.kind
    for number, row in enumerate(text.splitlines()):
        for problem in inline_problems(row, targets):
            yield number, problem


def inline_problems(words: str, targets: Targets) -> Iterator[str]:
    """What is wrong within a line: HTML, a link without use, a link to a page that is not there."""
    if tag := TAG.search(words):
        yield f"HTML wie „{tag[0]}“ wirkt hier nicht. Fett schreiben Sie als **Wort**, Links als [Wort](https://…)."
    for found in INLINE.finditer(words):
        if found["target"] is not None:
            yield from target_problems(found["target"] or "()", targets)


def target_problems(target: str, targets: Targets) -> Iterator[str]:
    """What is wrong with where a link leads; an empty one is none."""
    if not target:
        return
    if not TARGET.match(target):
        yield f"Der Link „{target}“ führt nirgendwohin. Erlaubt: https://…, mailto:…, tel:…, /vor-ort/ usw."
    elif (own := OWN.match(target)) and (known := targets[own["kind"]]) is not None and own["slug"] not in known:
        yield f"Der Link „{target}“ führt ins Leere: Diese Seite gibt es nicht."
