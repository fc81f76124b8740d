"""Documents: asked for in one message, accepted, sent back, waived."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404
from PIL import Image
from pytest_django import Settings

from kiepe.base.documents.models import StoredFile
from kiepe.base.inbox.models import OutgoingMail
from kiepe.base.kernel.actor import Actor
from kiepe.base.kernel.refusal import Refused
from kiepe.cases import actions, evidence, queries
from kiepe.cases.models import Case, EvidenceItem
from kiepe.cases.transitions import State
from tests.cases.conftest import hand_in_all, photo
from tests.cases.example import EXAMPLE

pytestmark = pytest.mark.django_db
Make = Callable[..., tuple[Actor, Case]]
DUE = date(2026, 12, 4)


@pytest.fixture(autouse=True)
def today(settings: Settings) -> None:
    settings.KIEPE_TODAY = date(2026, 11, 20)


def items(case: Case) -> list[EvidenceItem]:
    return list(EvidenceItem.objects.filter(case=case).order_by("position", "pk"))


def test_one_message_lists_every_item_with_why_and_by_when(submitted: Make, decider: Actor) -> None:
    applicant, case = submitted()
    wanted = [item.pk for item in items(case)]
    OutgoingMail.objects.all().delete()
    request = actions.request_evidence(
        decider,
        case.pk,
        wanted,
        words="Bitte auch die Rückseite.",
        due=DUE,
        version=case.version,
        extra=[actions.Extra("Kontoauszüge", hint="Die letzten drei Monate")],
    )
    case.refresh_from_db()
    assert case.state == State.WAITING
    assert request.items.count() == 4
    assert all((item.state, item.due_on) == ("requested", DUE) and item.norm for item in items(case))
    assert case.docs_needed == 4
    assert OutgoingMail.objects.count() == 1
    mail = OutgoingMail.objects.get()
    assert "Kontoauszüge" not in mail.text
    assert "Rückseite" not in mail.text
    entry = queries.events(applicant, case)[0]
    assert "bis 04.12.2026" in entry.sentence
    assert "Mietvertrag" in entry.sentence
    assert entry.note == "Bitte auch die Rückseite."
    assert entry.who == "Sachbearbeitung"


def test_handing_in_everything_makes_the_case_ready(submitted: Make, decider: Actor) -> None:
    applicant, case = submitted()
    ids = [item.pk for item in items(case)]
    actions.request_evidence(decider, case.pk, ids, words="", due=DUE, version=case.version)
    hand_in_all(applicant, case)
    assert case.state == State.READY
    assert "Datei eingereicht" in queries.events(decider, case)[0].sentence
    assert queries.events(decider, case)[0].became == "Entscheidungsreif"


@pytest.mark.parametrize(("due", "ids"), [(date(2026, 11, 20), 3), (date(2028, 1, 1), 3), (DUE, 0)])
def test_a_request_without_a_day_to_come_or_without_items_is_refused(
    submitted: Make, decider: Actor, due: date, ids: int
) -> None:
    _applicant, case = submitted()
    wanted = [item.pk for item in items(case)][:ids]
    with pytest.raises(Refused) as refused:
        actions.request_evidence(decider, case.pk, wanted, words="", due=due, version=case.version)
    assert refused.value.status == 422
    assert refused.value.fields
    case.refresh_from_db()
    assert case.state == State.RECEIVED


def test_an_item_of_another_case_is_refused(submitted: Make, decider: Actor) -> None:
    _first, case = submitted()
    _second, other = submitted(last_name="Anders")
    with pytest.raises(Refused):
        actions.request_evidence(decider, case.pk, [items(other)[0].pk], words="", due=DUE, version=case.version)


def test_returning_needs_a_reason_and_the_applicant_reads_it(submitted: Make, decider: Actor) -> None:
    applicant, case = submitted()
    hand_in_all(applicant, case)
    first = items(case)[0]
    with pytest.raises(Refused) as refused:
        actions.return_evidence(decider, case.pk, first.pk, reason="  ", version=case.version)
    assert "reason" in refused.value.fields
    actions.return_evidence(decider, case.pk, first.pk, reason="Seite 2 fehlt.", version=case.version)
    case.refresh_from_db()
    assert (case.state, case.docs_settled, case.due_on, case.complete_on) == (State.WAITING, 2, None, None)
    assert queries.evidence(applicant, case)[0].reason == "Seite 2 fehlt."
    with pytest.raises(Refused) as refused:
        actions.attach(applicant, case.pk, first.pk, [photo()])  # the very same once more
    assert "genügt leider nicht" in refused.value.remedy
    actions.attach(applicant, case.pk, first.pk, [photo(colour="grey")])
    case.refresh_from_db()
    assert case.state == State.READY


def test_the_same_file_sent_again_is_there_once(submitted: Make, decider: Actor) -> None:
    """A double click, or a line that broke before the answer; another picture is another file."""
    applicant, case = submitted()
    first = items(case)[0]
    once = actions.attach(applicant, case.pk, first.pk, [photo()])
    version, events = Case.objects.get(pk=case.pk).version, case.events.count()
    again = actions.attach(applicant, case.pk, first.pk, [photo("anders.png")])
    assert [file.pk for file in again.files] == [file.pk for file in once.files]
    assert StoredFile.objects.count() == first.files.count() == 1
    assert (Case.objects.get(pk=case.pk).version, case.events.count()) == (version, events)
    other = SimpleUploadedFile("b.png", _png("red"), "image/png")
    assert len(actions.attach(applicant, case.pk, first.pk, [photo(), other]).files) == 2
    assert first.files.count() == 2


def _png(colour: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 40), colour).save(out, "PNG")
    return out.getvalue()


def test_accepting_and_waiving_settle(submitted: Make, decider: Actor) -> None:
    applicant, case = submitted()
    contract, dog, payslip = items(case)
    with pytest.raises(Refused):
        actions.accept_evidence(decider, case.pk, contract.pk, version=case.version)  # nothing is there yet
    actions.attach(applicant, case.pk, contract.pk, [photo()])
    case.refresh_from_db()
    case = actions.accept_evidence(decider, case.pk, contract.pk, version=case.version)
    case = actions.waive_evidence(decider, case.pk, dog.pk, reason="Kein Hund", version=case.version)
    case = actions.waive_evidence(decider, case.pk, payslip.pk, reason="Liegt vor", version=case.version)
    assert (case.state, case.docs_settled) == (State.READY, 3)
    assert [item.state for item in items(case)] == ["accepted", "waived", "waived"]


def test_what_changed_meanwhile_is_not_overwritten(submitted: Make, decider: Actor) -> None:
    applicant, case = submitted()
    seen, first = case.version, items(case)[0]
    actions.attach(applicant, case.pk, first.pk, [photo()])
    with pytest.raises(Refused) as refused:
        actions.accept_evidence(decider, case.pk, first.pk, version=seen)
    assert refused.value.status == 409


def test_who_may_not(submitted: Make, outsider: Actor, auditor: Actor, stranger: Actor) -> None:
    applicant, case = submitted()
    first = items(case)[0]
    for actor in (outsider, auditor, stranger, applicant):
        with pytest.raises(Http404):
            actions.waive_evidence(actor, case.pk, first.pk, reason="x", version=case.version)
    for actor in (outsider, auditor, stranger):
        with pytest.raises(Http404):
            actions.attach(actor, case.pk, first.pk, [photo()])


def test_needs_follow_the_answers_item_by_item() -> None:
    found = evidence.needs(
        EXAMPLE,
        {
            "dog": False,
            "members": [{"id": "p1", "name": "A", "earns": False}, {"id": "p2", "name": "{B}", "earns": True}],
        },
    )
    assert [(need.key, need.item_id, need.title) for need in found] == [
        ("rental_contract", "", "Mietvertrag"),
        ("payslip", "p2", "Lohnabrechnung von {B}"),
    ]
    assert all(need.norm for need in found)


def test_the_promise_counts_from_completeness_and_skips_holidays(settings: Settings, submitted: Make) -> None:
    applicant, case = submitted()
    assert case.due_on is None
    settings.KIEPE_TODAY = date(2026, 11, 20) + timedelta(days=3)
    hand_in_all(applicant, case)
    # units: 42 calendar days after Monday 23.11.2026 are Monday 04.01.2027
    assert case.due_on == date(2027, 1, 4)
