"""Decide: on what was shown, once, with the notice in the same transaction; then issue it, once."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable
from datetime import date
from typing import Any

import pikepdf
import pytest
from django.db import IntegrityError, connection, transaction
from django.http import Http404
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import Settings

from kiepe.base.documents import queries as documents
from kiepe.base.documents.models import StoredFile
from kiepe.base.inbox.models import OutgoingMail
from kiepe.base.kernel.actor import Actor
from kiepe.base.kernel.refusal import Refused
from kiepe.cases import actions, queries
from kiepe.cases.actions import OwnPeriod
from kiepe.cases.models import Case, CaseEvent, Decision, NoticeDocument
from kiepe.cases.notice import Notice
from kiepe.cases.transitions import State
from tests.cases.conftest import hand_in_all
from tests.cases.example import ShortWriter

pytestmark = pytest.mark.django_db
Make = Callable[..., tuple[Actor, Case]]


@pytest.fixture(autouse=True)
def today(settings: Settings) -> None:
    settings.KIEPE_TODAY = date(2026, 11, 20)


@pytest.fixture
def ready(submitted: Make) -> Callable[..., Case]:
    def make(**changed: Any) -> Case:
        applicant, case = submitted(**{"dog": False, "members": [], **changed})
        hand_in_all(applicant, case)
        assert case.state == State.READY
        return case

    return make


def grant(actor: Actor, case: Case, **changed: Any) -> Decision:
    """Decide as proposed, with everything that the page would send."""
    prepared = queries.proposal(actor, case)
    sent: dict[str, Any] = {
        "kind": "grant",
        "reasons": "",
        "confirmed": set(prepared.hints),
        "proposal_digest": prepared.digest,
        "version": case.version,
    }
    return actions.decide(actor, case.pk, **{**sent, **changed})


def test_a_grant_takes_the_proposal_and_the_notice_is_the_preview(ready: Callable[..., Case], decider: Actor) -> None:
    case = ready()
    preview = actions.preview(decider, case.pk, "grant", "")
    decision = grant(decider, case)
    case.refresh_from_db()
    assert case.state == State.DECIDED
    assert case.open
    assert decision.periods[0]["amount"] == 69
    assert decision.decided_by_name == "Ayşe Demir"
    assert Notice.from_data(decision.notice.notice) == preview
    assert decision.notice.notice["letter"]["address"] == ["Erika Öztürk", "Beispielweg 3", "48143 Münster"]
    assert ProcrastinateJob.objects.filter(task_name="cases.issue", args={"case_id": case.pk}).count() == 1


def test_preview_writes_nothing(ready: Callable[..., Case], decider: Actor) -> None:
    case = ready()
    before = (CaseEvent.objects.count(), case.version)
    actions.preview(decider, case.pk, "reject", "Zu wenig Miete")
    case.refresh_from_db()
    assert (CaseEvent.objects.count(), case.version) == before
    assert not Decision.objects.exists()


def test_every_hint_must_be_confirmed(ready: Callable[..., Case], decider: Actor) -> None:
    case = ready(dog=True)
    with pytest.raises(Refused) as refused:
        grant(decider, case, confirmed=set())
    assert "Hund" in refused.value.fields["confirmed"]
    assert grant(decider, case).confirmed == list(queries.proposal(decider, case).hints)


def test_a_changed_computation_is_refused(ready: Callable[..., Case], decider: Actor) -> None:
    case = ready()
    shown = queries.proposal(decider, case).digest
    actions.correct(decider, case.pk, "rent", "710,00", "laut Mietvertrag", version=case.version)
    case.refresh_from_db()
    with pytest.raises(Refused) as refused:
        grant(decider, case, proposal_digest=shown)
    assert refused.value.status == 409
    assert "Berechnung hat sich geändert" in refused.value.why
    assert grant(decider, case).periods[0]["amount"] == 71


@pytest.mark.parametrize("kind", ["reject", "other"])
def test_rejecting_and_departing_need_reasons(ready: Callable[..., Case], decider: Actor, kind: str) -> None:
    case = ready()
    own = [OwnPeriod(date(2026, 11, 1), date(2027, 10, 31), 80, "Härte")]
    with pytest.raises(Refused) as refused:
        grant(decider, case, kind=kind, reasons=" ", periods=own)
    assert "reasons" in refused.value.fields
    assert not Decision.objects.exists()


def test_rejecting_what_could_be_granted_pays_nothing(ready: Callable[..., Case], decider: Actor) -> None:
    decision = grant(decider, ready(), kind="reject", reasons="Kein Wohnraum")
    assert [(period["amount"], period["reason"]) for period in decision.periods] == [(0, "Kein Wohnraum")]


def test_granting_what_the_law_rejects_is_refused(ready: Callable[..., Case], decider: Actor) -> None:
    case = ready(rent="50.00")
    with pytest.raises(Refused) as refused:
        grant(decider, case)
    assert "keinen Anspruch" in refused.value.fields["kind"]
    assert grant(decider, case, kind="reject", reasons="Miete zu niedrig").kind == "reject"


def test_deciding_otherwise_with_own_periods(ready: Callable[..., Case], decider: Actor) -> None:
    own = [
        OwnPeriod(date(2027, 1, 1), date(2027, 10, 31), 90, "Miete steigt"),
        OwnPeriod(date(2026, 11, 1), date(2026, 12, 31), 80, "bisherige Miete"),
    ]
    decision = grant(decider, ready(), kind="other", reasons="Mieterhöhung ab Januar", periods=own)
    assert [(one["start"], one["amount"]) for one in decision.periods] == [("2026-11-01", 80), ("2027-01-01", 90)]
    assert decision.periods[1]["steps"]  # figures of the proposal go along


@pytest.mark.parametrize(
    "own",
    [
        [],
        [OwnPeriod(date(2026, 11, 1), date(2026, 10, 1), 80, "x")],
        [OwnPeriod(date(2026, 11, 1), date(2026, 12, 31), -1, "x")],
        [OwnPeriod(date(2026, 11, 1), date(2026, 12, 31), 80, " ")],
        [
            OwnPeriod(date(2026, 11, 1), date(2026, 12, 31), 80, "x"),
            OwnPeriod(date(2027, 2, 1), date(2027, 3, 31), 80, "x"),
        ],
        [
            OwnPeriod(date(2026, 11, 1), date(2026, 12, 31), 80, "x"),
            OwnPeriod(date(2026, 12, 1), date(2027, 3, 31), 80, "x"),
        ],
    ],
    ids=["none", "backwards", "negative", "no reason", "gap", "overlap"],
)
def test_own_periods_that_do_not_fit(ready: Callable[..., Case], decider: Actor, own: list[OwnPeriod]) -> None:
    with pytest.raises(Refused) as refused:
        grant(decider, ready(), kind="other", reasons="Grund", periods=own)
    assert "periods" in refused.value.fields


def test_missing_documents_do_not_block_but_want_a_reason(submitted: Make, decider: Actor) -> None:
    _applicant, case = submitted()
    with pytest.raises(Refused) as refused:
        grant(decider, case)
    assert "reasons" in refused.value.fields
    assert grant(decider, case, reasons="Unterlagen lagen im Original vor").kind == "grant"


@pytest.mark.django_db(transaction=True)
def test_two_at_once_one_decision_one_clear_message(
    ready: Callable[..., Case], decider: Actor, colleague: Actor
) -> None:
    case = ready()
    sent = queries.proposal(decider, case)
    barrier, done, refused = threading.Barrier(2), [], []

    def press(actor: Actor) -> None:
        barrier.wait()
        try:
            done.append(
                actions.decide(
                    actor, case.pk, "grant", "", set(sent.hints), sent.digest, version=case.version
                ).decided_by_name
            )
        except Refused as no:
            refused.append(no)
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=[actor]) for actor in (decider, colleague)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(done) == 1
    assert len(refused) == 1
    assert refused[0].status == 409
    assert done[0] in refused[0].why
    assert "inzwischen entschieden" in refused[0].why
    assert Decision.objects.count() == 1
    assert CaseEvent.objects.filter(verb="decided").count() == 1


def test_the_database_refuses_a_second_decision(ready: Callable[..., Case], decider: Actor) -> None:
    decision = grant(decider, ready())
    decision.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        decision.save(force_insert=True)


def test_who_may_not_decide(
    ready: Callable[..., Case], outsider: Actor, auditor: Actor, stranger: Actor, decider: Actor
) -> None:
    case = ready()
    digest = queries.proposal(decider, case).digest
    for actor in (outsider, auditor, stranger):
        with pytest.raises(Http404):
            actions.decide(actor, case.pk, "grant", "", set(), digest, version=case.version)
    with pytest.raises(Http404):
        actions.preview(outsider, case.pk, "grant", "")


def test_what_the_writer_refuses_is_not_decided(
    ready: Callable[..., Case], decider: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreviewed(*_: object) -> None:
        raise Refused("Der Text zum Rechtsbehelf ist nicht geprüft.")

    case = ready()
    monkeypatch.setattr(ShortWriter, "write", unreviewed)
    with pytest.raises(Refused, match="nicht geprüft"):
        grant(decider, case)
    case.refresh_from_db()
    assert case.state == State.READY
    assert not Decision.objects.exists()


def test_issue_renders_stores_and_tells_once(ready: Callable[..., Case], decider: Actor) -> None:
    case = ready()
    grant(decider, case)
    OutgoingMail.objects.all().delete()
    assert actions.issue(case.pk) is True
    assert actions.issue(case.pk) is False
    case.refresh_from_db()
    assert (case.state, case.open, case.closed_on) == (State.ISSUED, False, date(2026, 11, 20))
    document = NoticeDocument.objects.get(decision__case=case)
    assert document.pdf is not None
    with pikepdf.open(io.BytesIO(documents.content(document.pdf))) as made:
        assert str(made.docinfo.Title).startswith(f"Bescheid {case.number}")
    assert StoredFile.objects.filter(purpose="notice").count() == 1
    assert OutgoingMail.objects.count() == 1
    assert CaseEvent.objects.filter(verb="issued").count() == 1


def test_a_kill_while_issuing_leaves_a_decided_case_and_the_next_try_issues_it(
    ready: Callable[..., Case], decider: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = ready()
    grant(decider, case)

    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("kiepe.cases.mail.post", killed)
        with pytest.raises(KeyboardInterrupt):
            actions.issue(case.pk)
    case.refresh_from_db()
    assert case.state == State.DECIDED
    assert not StoredFile.objects.filter(purpose="notice").exists()
    assert actions.issue(case.pk) is True


def test_citizens_see_the_decision_when_it_is_issued(submitted: Make, decider: Actor) -> None:
    applicant, case = submitted()
    hand_in_all(applicant, case)
    grant(decider, case)
    assert queries.decision(applicant, case) is None
    with pytest.raises(Http404):
        queries.notice(applicant, case)
    actions.issue(case.pk)
    assert queries.decision(applicant, case) is not None


def test_correcting_keeps_the_answer_and_shows_both(ready: Callable[..., Case], decider: Actor) -> None:
    case = ready()
    for answer, value, reason, field in [
        ("rent", "viel", "x", "value"),
        ("rent", "", "x", "value"),
        ("nothing", "1", "x", "answer"),
        ("rent", "700", " ", "reason"),
    ]:
        with pytest.raises(Refused) as refused:
            actions.correct(decider, case.pk, answer, value, reason, version=case.version)
        assert field in refused.value.fields
    correction = actions.correct(decider, case.pk, "rent", "700", "laut Vertrag", version=case.version)
    case.refresh_from_db()
    assert correction.value == "700.00"
    assert queries.answers(decider, case)["rent"] == "690.00"
    assert queries.proposal(decider, case).proposal.amount == 70
    actions.drop_correction(decider, case.pk, correction.pk, version=case.version)
    case.refresh_from_db()
    assert queries.proposal(decider, case).proposal.amount == 69
    with pytest.raises(Refused):
        actions.drop_correction(decider, case.pk, correction.pk, version=case.version)


def test_setting_the_period(ready: Callable[..., Case], decider: Actor) -> None:
    case = ready()
    with pytest.raises(Refused) as refused:
        actions.set_period(decider, case.pk, date(2027, 2, 1), date(2027, 1, 1), reason="x", version=case.version)
    assert "end" in refused.value.fields
    actions.set_period(
        decider, case.pk, date(2026, 12, 1), date(2027, 5, 31), reason="Mietvertrag endet", version=case.version
    )
    case.refresh_from_db()
    period = queries.proposal(decider, case).proposal.periods[0]
    assert (period.start, period.end) == (date(2026, 12, 1), date(2027, 5, 31))


def test_claiming_and_taking_over(ready: Callable[..., Case], decider: Actor, colleague: Actor) -> None:
    case = ready()
    case = actions.claim(decider, case.pk, version=case.version)
    assert case.claimed_by_id == decider.account
    events = case.head_seq
    assert actions.claim(decider, case.pk, version=case.version).head_seq == events
    assert actions.claim(colleague, case.pk, version=case.version).claimed_by_id == colleague.account


def test_withdrawing_ends_it(submitted: Make, decider: Actor, stranger: Actor) -> None:
    applicant, case = submitted()
    with pytest.raises(Http404):
        actions.withdraw(stranger, case.pk)
    case = actions.withdraw(applicant, case.pk)
    assert (case.state, case.open, case.closed_on) == (State.WITHDRAWN, False, date(2026, 11, 20))
    with pytest.raises(Refused) as refused:
        grant(decider, case, version=case.version)
    assert "zurückgenommen" in refused.value.why
