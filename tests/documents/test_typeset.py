"""Letters are accessible, kept for good, the same everywhere, and show every name that Europe has."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
import typst

from kiepe.base.documents import glyphs, typeset
from tests.documents.papers import plain_pdf
from tests.documents.pdf_standards import lacks

DAY = date(2026, 11, 20)
PLAIN = """
#set document(title: sys.inputs.title)
#set text(font: ("Noto Sans", "Noto Sans Math"), lang: sys.inputs.language)
#let data = json(bytes(sys.inputs.data))
= #sys.inputs.title
#data.words
"""


@pytest.fixture
def template(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(typeset, "ROOT", tmp_path)
    path = tmp_path / "plain.typ"
    path.write_text(PLAIN, encoding="utf-8")
    return path


def text(data: bytes) -> str:
    with pypdfium2.PdfDocument(data) as shown:
        return "\n".join(page.get_textpage().get_text_range() for page in shown)


def test_letter_claims_and_carries_both_standards(template: Path) -> None:
    assert lacks(typeset.pdf(template, {"words": "Guten Tag"}, title="Brief", day=DAY)) == set()


def test_untagged_pdf_fails_the_same_check() -> None:
    """Known bad."""
    missing = lacks(plain_pdf())
    assert {"tagged", "structure", "language", "PDF/UA-1", "PDF/A-3a", "shows title", "fonts embedded"} <= missing


def test_same_letter_same_bytes(template: Path) -> None:
    first, second = (typeset.pdf(template, {"words": "Guten Tag"}, title="Brief", day=DAY) for _ in range(2))
    assert first == second
    assert first != typeset.pdf(template, {"words": "Guten Tag"}, title="Brief", day=date(2026, 11, 21))


def test_what_people_type_is_never_markup(template: Path) -> None:
    typed = '#panic("x") *fett* $x^2$ \\ #include "/etc/passwd" @label `raw` \u202e <tag>'
    shown = text(typeset.pdf(template, {"words": typed}, title="= #panic()", day=DAY))
    assert '#panic("x") *fett* $x^2$ \\ #include "/etc/passwd" @label `raw`' in re.sub(r"\s+", " ", shown)
    assert "= #panic()" in shown


def din_91379(shared: Path) -> list[str]:
    """Letters and sequences of the standard's file, without its headings and brackets."""
    lines = (shared / "standards" / "din91379" / "latin_letters_1.3.txt").read_text(encoding="utf-8").splitlines()
    signs = [line.split() for line in lines if not re.match(r"[a-z]+; |Sequences", line)]
    return [unicodedata.normalize("NFC", sign) for line in signs for sign in line]


def test_every_letter_of_din_91379_is_shown(template: Path, shared: Path) -> None:
    """PDF/A refuses a missing glyph, and the text is read back: each letter, in order."""
    letters = din_91379(shared)
    assert len(letters) > 600
    assert glyphs.printable(" ".join(letters)) == " ".join(letters)
    shown = text(typeset.pdf(template, {"words": " ".join(letters)}, title="DIN 91379", day=DAY))
    read = unicodedata.normalize("NFD", re.sub(r"\s", "", shown.partition("DIN 91379")[2]))
    at = 0
    for letter in letters:
        if unicodedata.combining(letter[0]):
            continue  # a sign without a letter under it is drawn, but a reader has no place for it
        found = read.find(unicodedata.normalize("NFD", letter), at)
        assert 0 <= found - at <= 30, letter  # letters of two glyphs are read back twice
        at = found + 1


def test_missing_glyph_would_be_refused(template: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Known bad: without the replacement, a sign that the fonts lack stops the letter."""
    monkeypatch.setattr(glyphs, "printable", str)
    with pytest.raises(typst.TypstError, match="could not be displayed"):
        typeset.pdf(template, {"words": "日本"}, title="Brief", day=DAY)


def test_sign_without_glyph_is_replaced_visibly_and_the_rest_stays(template: Path) -> None:
    shown = text(typeset.pdf(template, {"words": "Gruß 👍 – 日本, 5 ≥ 3, −2"}, title="Brief", day=DAY))
    assert "Gruß \ufffd – \ufffd\ufffd, 5 ≥ 3, −2" in shown


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("A\u0308", "Ä"),
        ("a\x00b\x07c", "abc"),
        ("100\u202e001", "100001"),
        ("ein\u00adfach", "einfach"),
        ("a\nb", "a\nb"),
    ],
)
def test_hidden_signs_forge_nothing(typed: str, shown: str) -> None:
    assert glyphs.printable(typed) == shown
