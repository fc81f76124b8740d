"""What must be true of the HTML of every page, whoever reads it. Each sentence says what is wrong and where."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
CONTROLS = {"input", "select", "textarea"}
UNLABELLED = {"hidden", "submit", "button", "image", "reset"}
LOADS = {  # tag -> attribute with which the browser loads something
    "script": "src", "img": "src", "link": "href", "iframe": "src", "source": "src", "video": "src", "audio": "src",
    "object": "data", "embed": "src", "use": "href",
}  # fmt: skip


@dataclass
class Seen(HTMLParser):
    """The parts of a page that the checks look at."""

    tags: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    headings: list[tuple[int, str]] = field(default_factory=list)
    labelled: set[str] = field(default_factory=set)
    named: dict[str, str] = field(default_factory=dict)  # id -> its text
    title: str = ""
    inline: int = 0
    _open: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    _inside_label: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.tags.append((tag, found))
        if re.fullmatch("h[1-6]", tag):
            summary = any("data-errors" in attributes for _tag, attributes in self._open)
            self.headings.append((0 if summary else int(tag[1]), ""))  # the error summary stands before the h1
        if tag == "label" and "for" in found:
            self.labelled.add(found["for"])
        if tag in CONTROLS and any(one == "label" for one, _attributes in self._open):
            self._inside_label.append((tag, found))
        if tag not in VOID:
            self._open.append((tag, found))

    def handle_endtag(self, tag: str) -> None:
        while self._open:
            if self._open.pop()[0] == tag:
                return

    def handle_data(self, data: str) -> None:
        for tag, attributes in self._open:
            if "id" in attributes:
                self.named[attributes["id"]] = self.named.get(attributes["id"], "") + data
            if re.fullmatch("h[1-6]", tag):
                self.headings[-1] = (self.headings[-1][0], self.headings[-1][1] + data)
        if not self._open or not data.strip():
            return
        tag, attributes = self._open[-1]
        if tag == "title" and all(one != "svg" for one, _attributes in self._open):
            self.title += data
        if tag == "style" or (tag == "script" and "src" not in attributes):
            self.inline += 1

    def labels(self, attributes: dict[str, str]) -> bool:
        """Whether a control has a name that is read out."""
        if attributes.get("aria-label", "").strip() or attributes.get("id") in self.labelled:
            return True
        if any(self.named.get(one, "").strip() for one in attributes.get("aria-labelledby", "").split()):
            return True
        return any(one is attributes for _tag, one in self._inside_label)


def seen(html: str) -> Seen:
    """Read a page."""
    page = Seen()
    page.feed(html)
    page.close()
    return page


def links(html: str) -> set[str]:
    """The addresses on our own site that a page links to, without their fragments."""
    found = {attributes.get("href", "") for tag, attributes in seen(html).tags if tag == "a"}
    return {link.partition("#")[0] for link in found if link.startswith("/")}


@cache
def problems(html: str) -> list[str]:
    """Everything that is wrong with a page; empty where nothing is."""
    page = seen(html)
    return [
        *_head(page),
        *_headings(page),
        *_ids(page),
        *_controls(page),
        *_nothing_inline(page),
        *_nothing_foreign(page),
    ]


def _head(page: Seen) -> list[str]:
    found = []
    language = next((attributes.get("lang", "") for tag, attributes in page.tags if tag == "html"), "")
    if not re.fullmatch("[a-z]{2,3}(-[A-Za-z]+)?", language):
        found.append("no language")
    if not page.title.strip().strip("–").strip() or page.title.strip().startswith("–"):
        found.append(f"no title of its own: {page.title!r}")
    return found


def _headings(page: Seen) -> list[str]:
    levels = [level for level, _text in page.headings]
    found = [f"{levels.count(1)} h1"] if levels.count(1) != 1 else []
    found += [f"an empty h{level}" for level, text in page.headings if not text.strip()]
    before = 0
    for level, text in page.headings:
        if not level:
            continue
        if level > before + 1:
            found.append(f"h{level} {text.strip()!r} follows h{before}")
        before = level
    return found


def _ids(page: Seen) -> list[str]:
    counted = Counter(attributes["id"] for _tag, attributes in page.tags if "id" in attributes)
    found = [f"id {name!r} {count} times" for name, count in counted.items() if count > 1]
    for tag, attributes in page.tags:
        for name in ("aria-describedby", "aria-labelledby", "aria-controls", "for", "list"):
            wanted = [one for one in attributes.get(name, "").split() if one not in counted]
            found += [f"{tag} {name}={one!r} leads nowhere" for one in wanted]
        href = attributes.get("href", "")
        if tag == "a" and href.startswith("#") and href[1:] not in counted:
            found.append(f"link to {href!r} leads nowhere")
    return found


def _controls(page: Seen) -> list[str]:
    return [
        f"{tag} {attributes.get('name') or attributes.get('id')!r} without a label"
        for tag, attributes in page.tags
        if tag in CONTROLS and attributes.get("type") not in UNLABELLED and not page.labels(attributes)
    ]


def _nothing_inline(page: Seen) -> list[str]:
    found = ["inline script or style"] * page.inline
    for tag, attributes in page.tags:
        found += [f"{tag} with {name}" for name in attributes if name == "style" or name.startswith("on")]
        found += [f"{tag} with javascript:" for value in attributes.values() if value.startswith("javascript:")]
    return found


def _nothing_foreign(page: Seen) -> list[str]:
    found = []
    for tag, attributes in page.tags:
        address = attributes.get(LOADS.get(tag, ""), "")
        loads = not (tag == "link" and attributes.get("rel") in {"alternate", "canonical"})
        if loads and re.match(r"(https?:)?//", address):
            found.append(f"{tag} loads {address}")
        if tag == "form" and re.match(r"(https?:)?//", attributes.get("action", "")):
            found.append(f"a form goes to {attributes['action']}")
    return found
