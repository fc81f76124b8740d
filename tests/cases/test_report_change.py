"""A change of circumstances: reported, kept, dealt with at the desk; nothing changes by itself."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date

import pytest
from django.http import Http404
from pytest_django import Settings

from kiepe.base.documents.models import StoredFile
from kiepe.base.inbox.models import OutgoingMail
from kiepe.base.kernel.actor import Actor
from kiepe.base.kernel.refusal import Refused
from kiepe.cases import actions, queries
from kiepe.cases.actions import Change
from kiepe.cases.models import Case, ChangeReport
from kiepe.cases.verify import verify
from tests.cases.conftest import hand_in_all, photo

pytestmark = pytest.mark.django_db
Make = Callable[..., tuple[Actor, Case]]
MOVING = Change("moved", date(2026, 12, 1), "Wir ziehen in den Musterweg 9.")


@pytest.fixture(autouse=True)
def today(settings: Settings) -> None:
    settings.KIEPE_TODAY = date(2026, 11, 20)


def decided(applicant: Actor, case: Case, decider: Actor) -> Case:
    hand_in_all(applicant, case)
    prepared = queries.proposal(decider, case)
    actions.decide(decider, case.pk, "grant", "", set(prepared.hints), prepared.digest, version=case.version)
    actions.issue(case.pk)
    case.refresh_from_db()
    return case


def test_it_is_kept_and_changes_nothing(submitted: Make, decider: Actor) -> None:
    applicant, case = submitted()
    before = queries.answers(applicant, case)
    report = actions.report_change(applicant, case.pk, MOVING, [photo()])
    case.refresh_from_db()
    assert (report.decided, case.open_changes, case.state) == (False, 1, "received")
    assert queries.answers(applicant, case) == before
    entry = queries.events(applicant, case)[0]
    assert entry.sentence == "Änderung mitgeteilt ab 01.12.2026: Wir ziehen um oder sind umgezogen"
    assert verify().findings == ()


def test_after_the_decision_it_waits_at_the_desk_and_is_answered(submitted: Make, decider: Actor) -> None:
    applicant, case = submitted(dog=False, members=[])
    decided(applicant, case, decider)
    report = actions.report_change(applicant, case.pk, Change("bank", None, "Neue IBAN, siehe Foto"), [photo()])
    assert report.decided
    OutgoingMail.objects.all().delete()
    case.refresh_from_db()
    assert (case.state, case.open, case.open_changes) == ("issued", False, 1)
    actions.handle_change(decider, case.pk, report.pk, "Die nächste Zahlung geht dorthin.", version=case.version)
    case.refresh_from_db()
    assert (case.state, case.open_changes) == ("issued", 0)
    (mail,) = OutgoingMail.objects.all()
    assert "Zahlung" not in mail.text
    entry = queries.events(applicant, case)[0]
    assert (entry.note, entry.who) == ("Die nächste Zahlung geht dorthin.", "Sachbearbeitung")
    with pytest.raises(Refused, match="schon bearbeitet"):
        actions.handle_change(decider, case.pk, report.pk, "Noch einmal", version=case.version)
    assert verify().findings == ()


def test_the_desk_must_have_seen_the_case_and_says_something(submitted: Make, decider: Actor) -> None:
    applicant, case = submitted()
    report = actions.report_change(applicant, case.pk, MOVING)
    with pytest.raises(Refused, match="geändert"):
        actions.handle_change(decider, case.pk, report.pk, "Gut", version=case.version)
    with pytest.raises(Refused) as silent:
        actions.handle_change(decider, case.pk, report.pk, " ", version=case.version + 1)
    assert "answer" in silent.value.fields


@pytest.mark.parametrize(
    ("change", "field"),
    [
        (Change("", None, "Text"), "kind"),
        (Change("lottery", None, "Text"), "kind"),
        (Change("income", None, "  "), "text"),
        (Change("income", None, "x" * 5001), "text"),
        (Change("income", date(1926, 11, 1), "Text"), "since"),
        (Change("income", date(2029, 1, 1), "Text"), "since"),
    ],
)
def test_what_is_missing_is_said(submitted: Make, change: Change, field: str) -> None:
    applicant, case = submitted()
    with pytest.raises(Refused) as refused:
        actions.report_change(applicant, case.pk, change, [photo()])
    assert refused.value.status == 422
    assert refused.value.fields[field]
    assert not ChangeReport.objects.exists()
    assert not StoredFile.objects.filter(purpose="change").exists()


def test_twice_is_once_and_strangers_report_nothing(submitted: Make, stranger: Actor, outsider: Actor) -> None:
    applicant, case = submitted()
    mark = uuid.uuid4()
    for _ in range(2):
        actions.report_change(applicant, case.pk, MOVING, [photo()], once=mark)
    assert ChangeReport.objects.count() == StoredFile.objects.filter(purpose="change").count() == 1
    for actor in (stranger, outsider):
        with pytest.raises(Http404):
            actions.report_change(actor, case.pk, MOVING)


def test_no_duty_is_left_after_withdrawing(submitted: Make) -> None:
    applicant, case = submitted()
    actions.withdraw(applicant, case.pk)
    with pytest.raises(Refused, match="zurückgenommen"):
        actions.report_change(applicant, case.pk, MOVING)


def test_it_goes_with_the_case(submitted: Make) -> None:
    applicant, case = submitted()
    actions.report_change(applicant, case.pk, MOVING, [photo()])
    actions.withdraw(applicant, case.pk)
    actions.erase(case.pk, norm="§ 84 Abs. 2 SGB X")
    assert not ChangeReport.objects.exists()
    assert not StoredFile.objects.filter(purpose="change").exists()
    assert verify().findings == ()
