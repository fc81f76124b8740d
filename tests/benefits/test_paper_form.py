"""The Wohngeld form on paper: every question of form.yaml, accessible, filled in from a draft."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import yaml

from kiepe.base.forms.models import PaperForm
from kiepe.cases import paper_form, types
from kiepe.entrances.commandline.__main__ import main
from tests.benefits.conftest import WOHNGELD
from tests.benefits.people import child, household, income, person
from tests.documents.pdf_standards import lacks

NUMBER = "8609574279"
WHITE = re.compile(r"\s+")
PLACEHOLDER = re.compile(r"(?:\{\w+\}\s*)+")


def text_of(pdf: bytes) -> str:
    """All words of a PDF, as one line."""
    document = pypdfium2.PdfDocument(io.BytesIO(pdf))
    try:
        words = " ".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()
    return WHITE.sub(" ", words.replace("\u00ad", "").replace("\ufffe", ""))


@pytest.fixture(scope="module")
def blank() -> bytes:
    return paper_form.pdf(types.case_type("wohngeld"), PaperForm(number=NUMBER))


def questions() -> list[str]:
    form = yaml.safe_load((WOHNGELD / "form.yaml").read_text(encoding="utf-8"))
    return [field["label"] for page in form["pages"] for field in page.get("fields", ())]


def missing(labels: list[str], text: str) -> list[str]:
    """Questions that the text does not hold; a {placeholder} may read in any way."""
    found = []
    for label in labels:
        pattern = r".{0,30}?".join(re.escape(part.strip()) for part in PLACEHOLDER.split(WHITE.sub(" ", label)))
        if not re.search(pattern, text):
            found.append(label)
    return found


def test_every_question_of_the_form_stands_on_it(blank: bytes) -> None:
    text = text_of(blank)
    assert missing(questions(), text) == []
    assert missing(["Haben Sie einen Hund?"], text) == ["Haben Sie einen Hund?"]  # the check can fail


def test_it_is_tagged_and_every_page_carries_the_number(blank: bytes) -> None:
    assert lacks(blank) == set()
    document = pypdfium2.PdfDocument(io.BytesIO(blank))
    try:
        assert all("8609 5742 79" in page.get_textpage().get_text_range() for page in document)
        assert len(document) <= 40
    finally:
        document.close()


def test_conditions_are_words_and_people_have_blocks(blank: bytes) -> None:
    text = text_of(blank)
    assert "Nur bei Frage" in text
    assert all(f"Angaben zu Person {number}" in text for number in (2, 3, 4))
    assert all(f"Einkommen {number}" in text for number in (1, 2, 3, 4))
    for sign in ("{", "}", "==", " in (", "tenure", "None"):
        assert sign not in text


def test_it_carries_what_was_answered() -> None:
    answers: dict[str, Any] = household(person(1, income("lohn", "987.00")), child(2))
    text = text_of(paper_form.pdf(types.case_type("wohngeld"), PaperForm(number=NUMBER), answers))
    for value in ("Erika", "Max", "987,00", "335,00", "24.03.1961", "DE89 3704"):
        assert value in text.replace("\u00a0", " ")


@pytest.mark.django_db
def test_the_command_line_writes_numbered_copies(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["forms", "pdf", "wohngeld", str(tmp_path / "antrag.pdf"), "--copies", "2"]) == 0
    copies = sorted(tmp_path.glob("antrag-*.pdf"))
    assert {copy.stem.removeprefix("antrag-") for copy in copies} == set(
        PaperForm.objects.values_list("number", flat=True)
    )
    assert all(copy.read_bytes().startswith(b"%PDF-") for copy in copies)
    assert main(["forms", "pdf", "kindergarten", str(tmp_path / "x.pdf")]) == 2
    assert "kein Formular" in capsys.readouterr().err
