"""Keep the day: a case after name and address; the rest completes the same case."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pypdfium2
import pytest
from django.db import IntegrityError, connection, transaction
from django.http import Http404
from pytest_django import Settings

from kiepe.base.documents import actions as documents
from kiepe.base.documents import queries as stored
from kiepe.base.documents.models import StoredFile
from kiepe.base.forms.models import Draft, DraftFile
from kiepe.base.inbox.models import OutgoingMail
from kiepe.base.kernel.actor import Actor, ActorKind
from kiepe.base.kernel.refusal import Refused
from kiepe.cases import access, actions, history, privacy, queries, receipt
from kiepe.cases.models import Answers, Case, CaseEvent
from kiepe.cases.transitions import State
from kiepe.cases.verify import verify
from tests.cases.conftest import ANSWERS, hand_in_all, photo, who_filled_in
from tests.documents.pdf_standards import lacks

pytestmark = pytest.mark.django_db
NAME = {key: ANSWERS[key] for key in ("first_name", "last_name", "street", "place", "email")}
TODAY, LATER = date(2026, 11, 20), date(2026, 12, 3)
Begun = tuple[Draft, Case]


@pytest.fixture
def begun(settings: Settings) -> Begun:
    """Begun on 20.11.2026, with the first page done."""
    settings.KIEPE_TODAY = TODAY
    draft = Draft.objects.create(form="wohngeld", form_version=3, answers={**NAME}, done=["person"])
    case = actions.keep_date(who_filled_in(draft), draft).case
    draft.refresh_from_db()
    return draft, case


def fill_in(draft: Draft) -> None:
    """Everything."""
    draft.answers = {**ANSWERS}
    draft.save()


def complete(draft: Draft) -> None:
    fill_in(draft)
    actions.submit(who_filled_in(draft), draft)


def holding(case: Case) -> Actor:
    return Actor(ActorKind.CITIZEN, cases=frozenset({case.pk}))


def test_name_and_address_make_a_case_with_day_number_and_code(begun: Begun) -> None:
    draft, case = begun
    assert (case.received_on, case.state, case.open, case.whole) == (TODAY, State.RECEIVED, True, False)
    # 30 days after 20.11.2026 is Sunday 20.12.2026; the next working day is Monday
    assert case.answers_due_on == date(2026, 12, 21)
    assert [(party.role, party.name) for party in case.parties.all()] == [("applicant", "Erika Öztürk")]
    assert not case.complete
    assert (case.due_on, case.complete_on, case.docs_needed) == (None, None, 0)
    assert access.opened(case.number, access.code(draft.pk)).case.pk == case.pk
    assert draft.submitted_at is None
    assert draft.answers["last_name"] == "Öztürk"
    assert draft.delete_on == TODAY + timedelta(days=90)


def test_twice_is_once(begun: Begun) -> None:
    draft, case = begun
    again = actions.keep_date(who_filled_in(draft), draft)
    assert (again.case.pk, again.code) == (case.pk, access.shown(access.code(draft.pk)))
    assert CaseEvent.objects.count() == OutgoingMail.objects.count() == Case.objects.count() == 1


@pytest.mark.parametrize(
    ("answers", "done"), [({**NAME, "last_name": ""}, ["person"]), ({**NAME}, []), ({"last_name": "X"}, ["person"])]
)
def test_without_name_and_address_there_is_no_application(answers: dict[str, str], done: list[str]) -> None:
    kept = {key: value for key, value in answers.items() if value}
    draft = Draft.objects.create(form="wohngeld", form_version=3, answers=kept, done=done)
    with pytest.raises(Refused) as refused:
        actions.keep_date(who_filled_in(draft), draft)
    assert refused.value.status == 422
    assert not Case.objects.exists()


def test_somebody_elses_draft_does_not_exist(begun: Begun, stranger: Actor) -> None:
    draft, _case = begun
    with pytest.raises(Http404):
        actions.keep_date(stranger, draft)


def test_the_rest_completes_the_same_case_and_the_day_stays(begun: Begun, settings: Settings) -> None:
    draft, case = begun
    fill_in(draft)
    kept = documents.take(photo(), purpose="draft")
    DraftFile.objects.create(draft=draft, evidence_key="rental_contract", item="", stored_file=kept)
    settings.KIEPE_TODAY = LATER
    done = actions.submit(who_filled_in(draft), draft)
    assert done.case.pk == case.pk
    case.refresh_from_db()
    assert (case.received_on, case.whole, case.answers_due_on, case.state) == (TODAY, True, None, State.RECEIVED)
    assert (case.docs_needed, case.docs_settled) == (3, 1)
    assert [party.name for party in case.parties.order_by("position")] == ["Erika Öztürk", "Ali Öztürk"]
    versions = Answers.objects.filter(case=case).order_by("version")
    assert [(one.version, one.json.get("rent")) for one in versions] == [(1, None), (2, "690.00")]
    assert [event.verb for event in case.events.order_by("seq")] == ["begun", "completed"]
    draft.refresh_from_db()
    assert draft.submitted_at is not None
    assert draft.answers == {}
    # once more changes nothing
    assert actions.submit(who_filled_in(draft), draft).code == done.code
    assert actions.keep_date(who_filled_in(draft), draft).case.pk == case.pk
    assert CaseEvent.objects.count() == 2
    assert verify().findings == ()


def test_incomplete_answers_do_not_complete_it(begun: Begun) -> None:
    draft, case = begun
    with pytest.raises(Refused) as refused:
        actions.submit(who_filled_in(draft), draft)
    assert refused.value.status == 422
    case.refresh_from_db()
    assert not case.whole
    assert Answers.objects.filter(case=case).count() == 1


def test_ready_when_answers_and_documents_are_there(begun: Begun) -> None:
    draft, case = begun
    complete(draft)
    case.refresh_from_db()
    hand_in_all(holding(case), case)
    assert case.state == State.READY
    assert case.due_on is not None


def test_the_database_refuses_a_ready_case_without_answers(begun: Begun) -> None:
    _draft, case = begun
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(state=State.READY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(whole=True)


def test_withdrawn_in_between_it_is_not_completed_and_nothing_typed_is_lost(begun: Begun) -> None:
    draft, case = begun
    actions.withdraw(holding(case), case.pk)
    fill_in(draft)
    with pytest.raises(Refused) as refused:
        actions.submit(who_filled_in(draft), draft)
    assert "zurückgenommen" in refused.value.why
    draft.refresh_from_db()
    assert draft.answers["rent"] == "690.00"


def test_a_caseworker_may_refuse_but_not_grant_before_the_rest(begun: Begun, decider: Actor) -> None:
    _draft, case = begun
    digest = queries.proposal(decider, case).digest
    with pytest.raises(Refused) as refused:
        actions.decide(decider, case.pk, "other", "Ausnahme", set(), digest, version=case.version)
    assert "kind" in refused.value.fields
    case.refresh_from_db()
    decision = actions.decide(decider, case.pk, "reject", "§ 66 SGB I", set(), digest, version=case.version)
    assert decision.kind == "reject"
    assert verify().findings == ()


def test_staff_ask_for_the_rest_until_a_new_day(begun: Begun, decider: Actor, outsider: Actor) -> None:
    _draft, case = begun
    due = TODAY + timedelta(days=14)
    with pytest.raises(Http404):
        actions.ask_answers(outsider, case.pk, due, version=case.version)
    with pytest.raises(Refused) as past:
        actions.ask_answers(decider, case.pk, TODAY, version=case.version)
    assert "due" in past.value.fields
    case = actions.ask_answers(decider, case.pk, due, words="Uns fehlt Ihre Miete.", version=case.version)
    assert case.answers_due_on == due
    told = [history.told(event, for_staff=False) for event in case.events.order_by("seq")]
    assert [entry.sentence for entry in told] == [
        "Antrag eingegangen am 20.11.2026, Angaben folgen",
        "Um die weiteren Angaben gebeten bis 04.12.2026",
    ]
    assert told[1].note == "Uns fehlt Ihre Miete."
    assert OutgoingMail.objects.count() == 2
    assert verify().findings == ()


def test_a_whole_case_is_not_asked(submitted: Callable[..., tuple[Actor, Case]], decider: Actor) -> None:
    _applicant, case = submitted()
    with pytest.raises(Refused):
        actions.ask_answers(decider, case.pk, date(2099, 1, 1), version=case.version)


@pytest.mark.parametrize(
    ("statement", "finding"),
    [
        ("UPDATE cases_answers SET json = '{}' WHERE version = 1", "der Antrag"),
        ("UPDATE cases_answers SET json = '{}' WHERE version = 2", "der Antrag"),
        ("DELETE FROM cases_answers WHERE version = 1", "der Antrag"),
        (
            """INSERT INTO cases_answers (case_id, version, form, form_version, json)
               SELECT case_id, 3, form, form_version, json FROM cases_answers WHERE version = 2""",
            "der Antrag",
        ),
        ("UPDATE cases_case SET received_on = '2026-10-31'", "der Tag des Eingangs"),
        ("UPDATE cases_case SET whole = false", "ob die Angaben vollständig sind"),
    ],
)
def test_verify_finds_what_was_changed(begun: Begun, statement: str, finding: str) -> None:
    draft, _case = begun
    complete(draft)
    assert verify().findings == ()
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")  # past the triggers, as a superuser could
        cursor.execute(statement)
        cursor.execute("SET session_replication_role = origin")
    assert any(finding in sentence for sentence in verify().findings)


def test_verify_finds_a_shifted_deadline(begun: Begun) -> None:
    Case.objects.update(answers_due_on=date(2027, 5, 1))
    assert any("Angaben erbeten" in sentence for sentence in verify().findings)


def _text(case: Case) -> str:
    case.refresh_from_db()
    assert case.receipt is not None
    data = stored.content(case.receipt)
    assert lacks(data) == set()  # PDF/UA-1 and PDF/A-3a
    return " ".join(" ".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(data)).split())


def test_the_second_confirmation_replaces_the_first_and_names_the_same_day(begun: Begun) -> None:
    draft, case = begun
    assert receipt.make(case.pk) is True
    first = _text(case)
    for expected in (case.number, "20.11.2026", "Dieser Tag zählt", "21.12.2026", "Erika"):
        assert expected in first
    complete(draft)
    assert not StoredFile.objects.filter(purpose="receipt").exists()
    assert receipt.make(case.pk) is True
    second = _text(case)
    assert "690,00" in second
    assert "20.11.2026" in second
    assert "21.12.2026" not in second


def test_a_confirmation_that_was_overtaken_is_not_kept(begun: Begun, monkeypatch: pytest.MonkeyPatch) -> None:
    draft, case = begun

    def overtaken(*_args: object, **_kwargs: object) -> bytes:
        complete(draft)
        return b"%PDF-1.7"

    monkeypatch.setattr("kiepe.base.documents.typeset.pdf", overtaken)
    assert receipt.make(case.pk) is False
    case.refresh_from_db()
    assert case.receipt is None


def test_mails_name_number_and_days_and_nothing_of_the_matter(begun: Begun) -> None:
    draft, case = begun
    complete(draft)
    texts = {mail.once: mail.text for mail in OutgoingMail.objects.all()}
    assert set(texts) == {f"case-{case.pk}-begun", f"case-{case.pk}-completed"}
    assert "21.12.2026" in texts[f"case-{case.pk}-begun"]
    for text in texts.values():
        assert "20.11.2026" in text
        assert case.number in text
        for said in ("690", "Erika", "Öztürk", "Wohngeld", "Miet", access.shown(access.code(draft.pk))):
            assert said not in text


def test_go_on_by_number_and_code_also_where_the_draft_is_gone(begun: Begun, decider: Actor) -> None:
    draft, case = begun
    assert actions.go_on(holding(case), case.pk).pk == draft.pk
    draft.delete()
    draft.pk = case.draft
    again = actions.go_on(holding(case), case.pk)
    assert (again.pk, again.answers["last_name"]) == (case.draft, "Öztürk")
    assert again.filed_at is not None
    for nobody in (Actor(ActorKind.CITIZEN), decider):
        with pytest.raises(Http404):
            actions.go_on(nobody, case.pk)
    complete(again)
    with pytest.raises(Refused):
        actions.go_on(holding(case), case.pk)


def test_what_a_person_gets_of_it(begun: Begun, stranger: Actor) -> None:
    _draft, case = begun
    Case.objects.filter(pk=case.pk).update(account=stranger.account)
    (said,) = privacy.ROOM.export(stranger).data
    assert isinstance(said, dict)
    assert (said["answers_complete"], said["answers_asked_until"]) == (False, "2026-12-21")


def test_lawful_deletion_takes_both_versions(begun: Begun) -> None:
    draft, case = begun
    complete(draft)
    actions.withdraw(holding(case), case.pk)
    actions.erase(case.pk, norm="§ 84 Abs. 2 SGB X")
    assert not Answers.objects.filter(case=case).exists()
    assert verify().findings == ()
