"""Submit: a draft becomes a case, once."""

from __future__ import annotations

import threading
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.http import Http404
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import Settings

from kiepe.base.documents import actions as documents
from kiepe.base.forms.models import Draft, DraftFile
from kiepe.base.inbox.models import OutgoingMail
from kiepe.base.kernel.actor import Actor, ActorKind
from kiepe.base.kernel.refusal import Refused
from kiepe.cases import access, actions
from kiepe.cases.models import Case, CaseEvent, EvidenceItem, Party
from kiepe.cases.transitions import State
from tests.cases.conftest import a_draft, photo, who_filled_in

pytestmark = pytest.mark.django_db


def test_makes_a_case_with_number_day_parties_and_documents(settings: Settings) -> None:
    settings.KIEPE_TODAY = date(2026, 11, 20)
    draft = a_draft()
    case = actions.submit(who_filled_in(draft), draft).case
    assert case.number.startswith("WG-2026-")
    assert len(case.number) == len("WG-2026-000017")
    assert (case.received_on, case.unit, case.state, case.open) == (
        date(2026, 11, 20),
        "wohngeld",
        State.RECEIVED,
        True,
    )
    assert [(party.role, party.name) for party in case.parties.order_by("position")] == [
        ("applicant", "Erika Öztürk"),
        ("member", "Ali Öztürk"),
    ]
    assert list(case.evidence.order_by("position").values_list("title", "item_id", "state")) == [
        ("Mietvertrag", "", "missing"),
        ("Hundesteuerbescheid", "", "missing"),
        ("Lohnabrechnung von Ali Öztürk", "p1", "missing"),
    ]
    assert (case.docs_needed, case.docs_settled) == (3, 0)
    assert case.applicant_sort == "ozturk erika"


def test_asks_only_for_what_the_answers_call_for() -> None:
    draft = a_draft(dog=False, members=[])
    case = actions.submit(who_filled_in(draft), draft).case
    assert list(case.evidence.values_list("key", flat=True)) == ["rental_contract"]


def test_twice_gives_the_same_case_and_the_same_code() -> None:
    draft = a_draft()
    first = actions.submit(who_filled_in(draft), draft)
    second = actions.submit(who_filled_in(draft), draft)
    assert (second.case.pk, second.code) == (first.case.pk, first.code)
    assert Case.objects.count() == 1
    assert CaseEvent.objects.count() == 1
    assert OutgoingMail.objects.count() == 1


def test_the_database_refuses_a_second_case_of_one_draft() -> None:
    draft = a_draft()
    case = actions.submit(who_filled_in(draft), draft).case
    case.pk, case.number = None, "WG-2026-999999"
    with pytest.raises(IntegrityError), transaction.atomic():
        case.save()


@pytest.mark.django_db(transaction=True)
def test_a_double_click_makes_one_case() -> None:
    draft = a_draft()
    actor, found, barrier = who_filled_in(draft), [], threading.Barrier(4)

    def click() -> None:
        barrier.wait()
        try:
            found.append(actions.submit(actor, draft).case.pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=click) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4
    assert len(set(found)) == 1
    assert Case.objects.count() == 1


def test_code_opens_the_case_and_a_wrong_one_does_not() -> None:
    draft = a_draft()
    done = actions.submit(who_filled_in(draft), draft)
    plain = done.code.replace("-", "")
    assert len(plain) == 10
    assert not set(plain) & set("01oil")
    assert access.opened(done.case.number, f" {plain.upper()[:5]} {plain[5:]} ").case.pk == done.case.pk
    assert plain not in done.case.access_code_hash
    wrong = plain[:-1] + ("2" if plain[-1] != "2" else "3")
    for number, code in [(done.case.number, wrong), ("WG-2026-999999", plain), (done.case.number, "")]:
        with pytest.raises(Refused) as refused:
            access.opened(number, code)
        assert refused.value.status == 422


def test_files_of_the_draft_settle_their_documents_and_none_is_lost() -> None:
    draft = a_draft(dog=False, members=[])
    kept = [documents.take(photo(), purpose="draft") for _ in range(2)]
    DraftFile.objects.create(draft=draft, evidence_key="rental_contract", item="", stored_file=kept[0])
    DraftFile.objects.create(draft=draft, evidence_key="dog_licence", item="", stored_file=kept[1])  # no dog any more
    case = actions.submit(who_filled_in(draft), draft).case
    assert case.state == State.READY
    items = {item.key: [file.stored_file_id for file in item.files.all()] for item in case.evidence.all()}
    assert items == {"rental_contract": [kept[0].pk], "other": [kept[1].pk]}
    assert not DraftFile.objects.exists()


def test_the_draft_is_emptied_and_the_answers_are_the_cases(settings: Settings) -> None:
    draft = a_draft(members=[{"id": "p1", "name": "Ali", "earns": False}])
    case = actions.submit(who_filled_in(draft), draft).case
    draft.refresh_from_db()
    assert draft.answers == {}
    assert draft.submitted_at is not None
    assert draft.submitted_at <= timezone.now()
    kept = case.answers.get()
    assert (kept.form, kept.form_version) == ("wohngeld", 3)
    assert kept.json["rent"] == "690.00"
    assert kept.json["members"][0]["name"] == "Ali"


def test_mail_names_the_number_and_nothing_of_the_matter() -> None:
    draft = a_draft()
    case = actions.submit(who_filled_in(draft), draft).case
    mail = OutgoingMail.objects.get()
    assert mail.recipient == "erika@example.org"
    assert case.number in mail.subject + mail.text
    for said in ["690", "Erika", "Öztürk", "Wohngeld", "Miet"]:
        assert said not in mail.subject + mail.text


def test_jobs_are_written_with_the_case_and_rolled_back_with_it() -> None:
    before = ProcrastinateJob.objects.filter(task_name="cases.receipt").count()
    draft = a_draft()
    with transaction.atomic():
        actions.submit(who_filled_in(draft), draft)
        assert ProcrastinateJob.objects.filter(task_name="cases.receipt").count() == before + 1
        transaction.set_rollback(True)
    assert ProcrastinateJob.objects.filter(task_name="cases.receipt").count() == before
    assert not Case.objects.exists()


def test_open_required_answers_are_refused_and_nothing_is_lost() -> None:
    draft = a_draft(rent=None)
    with pytest.raises(Refused) as refused:
        actions.submit(who_filled_in(draft), draft)
    assert refused.value.status == 422
    draft.refresh_from_db()
    assert draft.answers["last_name"] == "Öztürk"
    assert not Case.objects.exists()


def test_somebody_elses_draft_does_not_exist() -> None:
    draft = a_draft()
    with pytest.raises(Http404):
        actions.submit(Actor(ActorKind.CITIZEN), draft)


def test_a_case_may_have_one_applicant_only() -> None:
    draft = a_draft()
    case = actions.submit(who_filled_in(draft), draft).case
    with pytest.raises(IntegrityError), transaction.atomic():
        Party.objects.create(case=case, position=99, role="applicant")


def test_attach_settles_an_item_and_the_last_one_makes_the_case_ready(settings: Settings) -> None:
    settings.KIEPE_TODAY = date(2026, 11, 20)
    draft = a_draft(dog=False)
    case = actions.submit(who_filled_in(draft), draft).case
    applicant = Actor(ActorKind.CITIZEN, cases=frozenset({case.pk}))
    first, second = EvidenceItem.objects.filter(case=case).order_by("position")
    broken = SimpleUploadedFile("brief.docx", b"PK\x03\x04 not a picture")
    attached = actions.attach(applicant, case.pk, first.pk, [photo("a.png"), broken, photo("b.png", "grey")])
    assert len(attached.files) == 2
    assert [name for name, _why in attached.refused] == ["brief.docx"]
    case.refresh_from_db()
    assert (case.state, case.docs_settled, case.due_on) == (State.RECEIVED, 1, None)
    actions.attach(applicant, case.pk, second.pk, [photo()])
    case.refresh_from_db()
    # 42 calendar days from 20.11.2026 are 01.01.2027, a holiday; Sat and Sun follow: Monday 04.01.2027
    assert (case.state, case.complete_on, case.due_on) == (State.READY, date(2026, 11, 20), date(2027, 1, 4))
    content = case.events.get(seq=3).content.json
    assert content["became"] is True
    assert content["state"] == "ready"


def test_an_upload_that_cannot_be_used_leaves_nothing_behind() -> None:
    draft = a_draft()
    case = actions.submit(who_filled_in(draft), draft).case
    applicant = Actor(ActorKind.CITIZEN, cases=frozenset({case.pk}))
    item = EvidenceItem.objects.filter(case=case)[0]
    with pytest.raises(Refused):
        actions.attach(applicant, case.pk, item.pk, [SimpleUploadedFile("x.pdf", b"no pdf")])
    with pytest.raises(Refused) as nothing:
        actions.attach(applicant, case.pk, item.pk, [])
    assert "files" in nothing.value.fields
    item.refresh_from_db()
    assert item.state == "missing"
    assert not Draft.objects.filter(pk=draft.pk, submitted_at=None).exists()
