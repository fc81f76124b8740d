"""Typesets letters: a typst template and plain data become PDF/UA-1 and PDF/A-3a in one file.

Data never becomes markup: it goes in as JSON and is set as text, so nothing that a person typed can act. Only the
fonts beside this module are used, and the day is the letter's, so the same letter gives the same bytes everywhere.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

import typst

from kiepe.base.documents import glyphs
from kiepe.base.kernel import clock

ROOT = Path(__file__).resolve().parents[2]  # templates import each other from here: /base/documents/typst/letter.typ
STANDARDS: list[typst.PDFStandard] = ["a-3a", "ua-1"]


def pdf(
    template: Path, data: Mapping[str, object], *, title: str, language: str = "de", day: date | None = None
) -> bytes:
    """Typeset `template` (a .typ file inside kiepe/) with `data` (what JSON can hold).

    `title` and `language` are the document's, as assistive technology announces them; `day` is its date (today, where
    none is given). Characters that the font lacks become U+FFFD. Raises typst.TypstError for a faulty template only.
    """
    made_on = day or clock.today()
    inputs = {
        "data": json.dumps(_printable(data), ensure_ascii=False),
        "title": glyphs.printable(title),
        "language": language.partition("-")[0],  # typst knows no variant such as de-simple
        "day": made_on.isoformat(),
    }
    made = typst.compile(
        template,
        root=ROOT,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs=inputs,
        format="pdf",
        pdf_standards=STANDARDS,
        timestamp=(made_on - date(1970, 1, 1)).days * 86_400 + 43_200,  # noon: the same day in every time zone of ours
    )
    if not isinstance(made, bytes):
        raise TypeError("typst made no single file")
    return made


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[glyphs.FONTS])


def _printable(value: object) -> object:
    if isinstance(value, str):
        return glyphs.printable(value)
    if isinstance(value, Mapping):
        return {str(key): _printable(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_printable(part) for part in value]
    return value
