"""Whether a page is in its reader's language: no German sentence left, no link that leaves the language.

What is German on purpose (the notice, names of offices, words of a caseworker) stands in an element with `lang="de"`
and is passed over (WCAG 3.1.2).
"""

from __future__ import annotations

import json
import re
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parents[2] / "src" / "kiepe"
VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
READ_ALOUD = ("alt", "aria-label", "placeholder", "title", "data-found", "data-none", "data-photo", "data-sending")
# Words that no English sentence holds; two of them in one text are a German one. A single one may be a name.
GERMAN = frozenset({
    "und", "oder", "nicht", "ist", "sind", "der", "das", "den", "dem", "ein", "eine", "einen", "einer", "Sie", "wir",
    "Wir", "Ihr", "Ihre", "Ihren", "Ihrem", "für", "mit", "von", "zu", "auf", "im", "bis", "wird", "werden", "haben",
    "hat", "bei", "nach", "vom", "zum", "zur", "noch", "auch", "wenn", "schon", "kein", "keine",
})  # fmt: skip
FILE_NAME = re.compile(r"\.(pdf|jpg|png|heic)$")  # the person's own
QUOTED = re.compile(r"“[^”]*”")  # what German letters say is quoted in German
WORD = re.compile(r"\w+")
SENTENCE = 20  # so long a text is found inside another one too; a shorter one may be a name within a sentence


class _Reader(HTMLParser):
    """Texts with the language of the nearest element that names one; links that name no language of their own."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[tuple[str, str]] = []  # language, text
        self.links: list[str] = []
        self._open: list[tuple[str, str]] = []  # tag, language

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        language = found.get("lang") or (self._open[-1][1] if self._open else "")
        self.texts += [(language, " ".join(found[name].split())) for name in READ_ALOUD if found.get(name)]
        target = found.get("href") if tag == "a" else found.get("action") if tag == "form" else None
        if target and target.startswith("/") and "hreflang" not in found:
            self.links.append(target)
        if tag not in VOID:
            self._open.append((tag, language))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        text = " ".join(data.split())
        if text and self._open and self._open[-1][0] not in {"script", "style"}:
            self.texts.append((self._open[-1][1], text))


def not_spoken(html: str, language: str) -> list[str]:
    """What of a page is not in this language, and links that leave it; empty where all is well."""
    reader = _Reader()
    reader.feed(html)
    own = [text for spoken, text in reader.texts if spoken == language and not FILE_NAME.search(text)]
    wrong = [f"untranslated: {text}" for text in own if _source_text(text, language)]
    if language == "en":
        wrong += [f"German: {text}" for text in own if len(GERMAN.intersection(WORD.findall(QUOTED.sub("", text)))) > 1]
    staying = ("/static/", f"/{language}/", "/anmelden/mitarbeit/")  # the staff's sign-in is German
    wrong += [f"leaves the language: {link}" for link in reader.links if not link.startswith(staying)]
    return sorted(set(wrong))


def _source_text(text: str, language: str) -> bool:
    whole, pattern = _sources(language)
    return text in whole or bool(pattern.search(text))


@cache
def _sources(language: str) -> tuple[frozenset[str], re.Pattern[str]]:
    """The German texts that read otherwise in this language: short ones as a whole, longer ones wherever they stand."""
    folder = {"en": "en", "de-simple": "de_Simple"}[language]
    german, said = set[str](), set[str]()
    for path in ROOT.rglob(f"locale/{folder}/LC_MESSAGES/django.po"):
        for entry in polib.pofile(path):
            texts = [entry.msgid, *([entry.msgid_plural] if entry.msgid_plural else [])]
            answers = [entry.msgstr, *entry.msgstr_plural.values()]
            german.update(piece for text in texts if text not in answers for piece in _pieces(text))
            said.update(piece for text in answers for piece in _pieces(text))
        plain = path.parents[1] / "already_plain.json"
        said.update(json.loads(plain.read_text(encoding="utf-8")) if plain.exists() else [])
    german -= said
    long = sorted((text for text in german if len(text) >= SENTENCE), key=len, reverse=True)
    ends = r"(?<!\w)(?:%s)(?!\w)" if language == "en" else r"^(?:%s)$"  # plain German may hold the other's words
    return frozenset(german), re.compile(ends % "|".join(map(re.escape, long)))


def _pieces(text: str) -> list[str]:
    """A text as a page shows it: between its tags and what is filled in."""
    parts = re.split(r"<[^>]+>|%\(\w+\)[sd]|%d|\{[\w.]+\}", text)
    found = [" ".join(part.split()) for part in parts]
    return [part for part in found if re.search(r"\w{3}", part) and (part == text or len(part) >= SENTENCE)]
