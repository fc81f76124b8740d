"""The seal: what every adapter must do, what the failing one does, and what start-up says of a wrong one."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pytest
from django.utils.module_loading import import_string
from pytest_django import Settings

from kiepe.base.documents import typeset
from kiepe.base.documents.seal import chosen
from kiepe.base.documents.seal.demo import HOLDER
from kiepe.base.documents.seal.port import Seal
from kiepe.base.kernel.refusal import Unavailable
from tests.documents.pdf_standards import lacks

WORKING = ["kiepe.base.documents.seal.demo.SEAL"]  # add an adapter here to hold it to the contract
FAILING = ["kiepe.base.documents.seal.failing_demo.SEAL"]
AT = datetime(2026, 11, 20, 9, 30, 15, tzinfo=UTC)
LETTER = Path(typeset.__file__).parents[2] / "cases" / "receipt.typ"
DATA = {
    "title": "Bescheid", "city": "Stadt", "office": "Amt", "contact": "115", "facts": [["Nummer", "WG-1"]],
    "lead": "Satz", "missing_title": "Fehlt", "missing_lead": "", "missing": [], "sections": [],
    "page": ["Seite", "von"], "columns": ["Frage", "Angabe"], "demo": "",
}  # fmt: skip


@pytest.fixture(scope="module")
def letter() -> bytes:
    return typeset.pdf(LETTER, DATA, title="Bescheid", day=AT.date())


@pytest.fixture(params=WORKING)
def seal(request: pytest.FixtureRequest) -> Seal:
    found = import_string(request.param)
    assert isinstance(found, Seal)
    return found


def test_what_was_sealed_can_be_read(seal: Seal, letter: bytes) -> None:
    said = seal.read(seal.seal(letter, at=AT))
    assert said is not None
    assert said.at == AT
    assert said.qualified is seal.qualified
    assert said.holder


def test_the_document_stays_what_it_was(seal: Seal, letter: bytes) -> None:
    sealed = seal.seal(letter, at=AT)
    assert lacks(letter) == set()
    assert lacks(sealed) == set()  # PDF/UA-1 and PDF/A-3a
    with pikepdf.open(io.BytesIO(sealed)) as document, pikepdf.open(io.BytesIO(letter)) as before:
        assert len(document.pages) == len(before.pages)
        assert document.pages[0].Contents.read_bytes() == before.pages[0].Contents.read_bytes()


def test_every_changed_byte_is_found(seal: Seal, letter: bytes) -> None:
    """Of all that is signed: everything but the signature's own place, /Contents (ISO 32000-1, 12.8.1)."""
    sealed = bytearray(seal.seal(letter, at=AT))
    own = re.search(rb"/Contents <[0-9a-f]+>", sealed)
    assert own is not None
    for place in [*range(0, len(sealed), len(sealed) // 60), len(sealed) - 1, own.end()]:
        changed = bytearray(sealed)
        changed[place] ^= 1
        if not own.start() <= place < own.end():
            assert seal.read(bytes(changed)) is None, place
    swapped = bytes(sealed[: own.start()]) + b"/Contents <" + b"00" * ((own.end() - own.start() - 12) // 2) + b">"
    assert seal.read(swapped + bytes(sealed[own.end() :])) is None
    assert seal.read(bytes(sealed) + b"\n%more") is None


def test_nothing_is_read_where_nothing_was_sealed(seal: Seal, letter: bytes) -> None:
    assert seal.read(letter) is None
    assert seal.read(b"") is None


def test_it_says_in_a_sentence_what_it_is(seal: Seal) -> None:
    assert seal.words().endswith(".")
    assert ("kein qualifiziertes" in seal.words()) is not seal.qualified


def test_the_demo_seal_names_itself_a_demo() -> None:
    assert "VORFÜHRUNG" in HOLDER
    assert import_string(WORKING[0]).qualified is False


@pytest.mark.parametrize("path", FAILING)
def test_a_sealer_that_is_down_says_so(path: str, letter: bytes) -> None:
    failing = import_string(path)
    assert isinstance(failing, Seal)
    with pytest.raises(Unavailable):
        failing.seal(letter, at=AT)
    assert failing.read(letter) is None


@pytest.mark.parametrize(
    ("path", "demo", "found"),
    [
        ("", False, []),
        (WORKING[0], True, []),
        (WORKING[0], False, ["documents.E003"]),  # no demo seal on a real notice
        ("kiepe.base.documents.seal.nobody.SEAL", True, ["documents.E001"]),
        ("kiepe.base.documents.seal.demo.HOLDER", True, ["documents.E002"]),
    ],
)
def test_start_up_looks_at_the_seal(settings: Settings, path: str, demo: bool, found: list[str]) -> None:
    settings.SEAL, settings.DEMO = path, demo
    assert [one.id for one in chosen.check()] == found
