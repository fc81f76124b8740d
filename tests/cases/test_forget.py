"""Privacy: what a person may have handed out, what goes and when; the receipt and the start-up check."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from pytest_django import Settings

from kiepe.base.documents import queries as documents
from kiepe.base.kernel.actor import Actor
from kiepe.cases import actions, canonical, receipt, retention, types
from kiepe.cases.models import Case
from kiepe.cases.privacy import ROOM
from tests.cases import example
from tests.cases.conftest import a_draft
from tests.documents.pdf_standards import lacks

pytestmark = pytest.mark.django_db
Make = Callable[..., tuple[Actor, Case]]


@pytest.fixture
def own(stranger: Actor, settings: Settings) -> tuple[Actor, Case]:
    """A case that belongs to an account, withdrawn on 20.11.2026."""
    settings.KIEPE_TODAY = date(2026, 11, 20)
    draft = a_draft()
    draft.account_id = stranger.account
    draft.save()
    case = actions.submit(stranger, draft).case
    return stranger, actions.withdraw(stranger, case.pk)


def test_export_says_everything_as_plain_data(own: tuple[Actor, Case]) -> None:
    person, case = own
    (said,) = ROOM.export(person).data
    text = canonical.encode(said).decode()
    for expected in (case.number, "690.00", "Erika Öztürk", "erika@example.org", "Mietvertrag", "Antrag eingegangen"):
        assert expected in text


def test_erasing_keeps_what_a_rule_keeps_and_says_so(own: tuple[Actor, Case], settings: Settings) -> None:
    person, case = own
    (holding,) = ROOM.holdings(person)
    # ten years from the end of 2026
    assert (holding.now, holding.until, holding.norm) == (False, date(2036, 12, 31), "§ 84 Abs. 2 SGB X")
    settings.KIEPE_TODAY = date(2036, 12, 31)
    ROOM.erase(person, frozenset({case.number}))
    assert Case.objects.get(pk=case.pk).erased_at is None
    settings.KIEPE_TODAY = date(2037, 1, 1)
    assert ROOM.holdings(person)[0].now
    ROOM.erase(person, frozenset({case.number}))
    assert ROOM.holdings(person) == []
    case.refresh_from_db()
    assert case.erased_at is not None
    assert case.account is None


def test_retention_erases_on_the_day_after_the_last(own: tuple[Actor, Case], settings: Settings) -> None:
    _person, case = own
    assert retention.last_day(case) == date(2036, 12, 31)
    settings.KIEPE_TODAY = date(2036, 12, 31)
    assert list(retention.erase_due()) == []
    settings.KIEPE_TODAY = date(2037, 1, 1)
    assert list(retention.erase_due()) == [case.pk]
    assert list(retention.erase_due()) == []


def test_the_receipt_says_what_was_answered_and_what_is_missing(submitted: Make) -> None:
    _applicant, case = submitted()
    receipt.make(case.pk)
    case.refresh_from_db()
    assert case.receipt is not None
    data = documents.content(case.receipt)
    text = " ".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(data))
    for expected in (case.number, "Erika", "690,00", "Mietvertrag", "Beispielantrag", "Hundesteuerbescheid"):
        assert expected in text
    assert lacks(data) == set()  # PDF/UA-1 and PDF/A-3a


def test_start_up_names_a_case_type_that_does_not_fit(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    assert types.check() == []
    settings.CASE_TYPES = ["tests.cases.example.NOTHING", "tests.cases.example.parties"]
    assert [found.id for found in types.check()] == ["cases.E001", "cases.E002"]
    broken = replace(example.EXAMPLE, folder=Path("/nowhere"), assessment=object())  # type: ignore[arg-type]  # the point
    monkeypatch.setattr(example, "BROKEN", broken, raising=False)
    settings.CASE_TYPES = ["tests.cases.example.BROKEN"]
    said = " ".join(str(found.msg) for found in types.check())
    assert "propose" in said
    assert "evidence.yaml fehlt" in said


@pytest.mark.parametrize(
    ("rules", "says"),
    [
        ("- {key: a, title: A, norm: § 1}\n- {key: a, title: B, norm: § 1}", "steht zweimal"),
        ("- {key: a, title: A}", "norm"),
        ("- {key: a, title: A, norm: § 1, when: nothing == 1}", "nothing"),
        ("- {key: a, title: A, norm: § 1, colour: red}", "colour"),
        ("key: [", "evidence.yaml"),
    ],
)
def test_start_up_names_a_wrong_evidence_file(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, rules: str, says: str
) -> None:
    (tmp_path / "form.yaml").write_text((example.EXAMPLE.folder / "form.yaml").read_text())
    (tmp_path / "evidence.yaml").write_text(rules)
    monkeypatch.setattr(example, "BROKEN", replace(example.EXAMPLE, folder=tmp_path), raising=False)
    settings.CASE_TYPES = ["tests.cases.example.BROKEN"]
    assert says in " ".join(str(found.msg) for found in types.check())
