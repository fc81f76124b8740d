"""Reading: each sees what is theirs; staff's reads are written down."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.http import Http404

from kiepe.base.kernel import clock
from kiepe.base.kernel.actor import NOBODY, Actor, ActorKind
from kiepe.base.kernel.letters import sort_key
from kiepe.cases import actions, queries, tasks
from kiepe.cases.models import AccessEntry, Case, EvidenceItem
from tests.cases.conftest import a_draft, photo, who_filled_in

pytestmark = pytest.mark.django_db
Make = Callable[..., tuple[Actor, Case]]


def test_who_sees_the_case(submitted: Make, decider: Actor, auditor: Actor, outsider: Actor, stranger: Actor) -> None:
    applicant, case = submitted()
    for actor in (applicant, decider, auditor):
        assert queries.case_for(actor, case.number).pk == case.pk
    for actor in (outsider, stranger, NOBODY):
        with pytest.raises(Http404):
            queries.case_for(actor, case.number)


@pytest.mark.parametrize(
    "read", [queries.events, queries.answers, queries.evidence, queries.requests, queries.parties, queries.decision,
             queries.proposal, queries.corrections, queries.notice]
)  # fmt: skip
def test_no_read_shows_somebody_elses_case(
    submitted: Make, outsider: Actor, stranger: Actor, read: Callable[[Actor, Case], object]
) -> None:
    _applicant, case = submitted()
    for actor in (outsider, stranger, NOBODY):
        with pytest.raises(Http404):
            read(actor, case)


def test_proposal_and_corrections_are_for_staff(submitted: Make) -> None:
    applicant, case = submitted()
    for read in (queries.proposal, queries.corrections):
        with pytest.raises(Http404):
            read(applicant, case)


def test_an_account_sees_its_own_cases(stranger: Actor) -> None:
    draft = a_draft()
    draft.account_id = stranger.account
    draft.save()
    case = actions.submit(stranger, draft).case
    assert queries.mine(stranger) == [case]
    assert queries.mine(Actor(ActorKind.CITIZEN, account=10**9)) == []
    assert queries.mine(NOBODY) == []


def test_staffs_reads_are_written_down_and_citizens_are_not(submitted: Make, decider: Actor) -> None:
    applicant, case = submitted()
    item = EvidenceItem.objects.filter(case=case)[0]
    file = actions.attach(applicant, case.pk, item.pk, [photo()]).files[0]
    queries.case_for(applicant, case.number)
    queries.file_for(applicant, case, file.pk)
    assert not AccessEntry.objects.exists()
    queries.case_for(decider, case.number, page="history")
    queries.file_for(decider, case, file.pk)
    entries = list(AccessEntry.objects.order_by("pk").values_list("account_id", "what"))
    assert entries == [(decider.account, "history"), (decider.account, f"file {file.pk}")]


@pytest.mark.django_db(transaction=True)
def test_reading_waits_for_nobody_who_writes(submitted: Make, decider: Actor) -> None:
    _applicant, case = submitted()
    with transaction.atomic():
        Case.objects.select_for_update(no_key=True).get(pk=case.pk)
        other = connection.copy()
        with other.cursor() as cursor:
            cursor.execute("SET lock_timeout = '500ms'")
            cursor.execute(
                "INSERT INTO cases_accessentry (case_id, account_id, what, at) VALUES (%s, %s, 'x', now())",
                [case.pk, decider.account],
            )
        other.close()
    assert AccessEntry.objects.count() == 1


def test_old_reads_are_forgotten(submitted: Make, decider: Actor) -> None:
    _applicant, case = submitted()
    for days in (1, 400):
        AccessEntry.objects.create(
            case=case, account_id=decider.account, what="x", at=clock.now() - timedelta(days=days)
        )
    tasks.forget(0)
    assert AccessEntry.objects.count() == 1


def test_file_of_another_case_is_not_served(submitted: Make, decider: Actor) -> None:
    applicant, case = submitted()
    _second, other = submitted(last_name="Anders")
    file = actions.attach(applicant, case.pk, EvidenceItem.objects.filter(case=case)[0].pk, [photo()]).files[0]
    with pytest.raises(Http404):
        queries.file_for(decider, other, file.pk)


def test_names_sort_as_in_din_5007() -> None:
    """DIN 5007-1: umlauts as their vowel, ß as ss."""
    names = ["Zimmer", "Öztürk", "Oz", "Straße", "Strasse", "Ärger", "Arger B"]
    assert sorted(names, key=sort_key) == ["Ärger", "Arger B", "Oz", "Öztürk", "Straße", "Strasse", "Zimmer"]


def test_history_after_erasure_tells_only_the_kind(submitted: Make, decider: Actor) -> None:
    applicant, case = submitted()
    actions.withdraw(applicant, case.pk, reason="Umzug")
    assert "Umzug" in queries.events(decider, case)[0].note
    actions.erase(case.pk, norm="§ 84 Abs. 2 SGB X")
    told = [entry.sentence for entry in queries.events(decider, case)]
    assert told == [
        "Inhalte gelöscht nach § 84 Abs. 2 SGB X",
        "Antrag zurückgenommen (Inhalt gelöscht)",
        "Antrag eingegangen (Inhalt gelöscht)",
    ]


def test_citizens_read_no_names_of_staff(submitted: Make, decider: Actor) -> None:
    applicant, case = submitted()
    actions.claim(decider, case.pk, version=case.version)
    item = EvidenceItem.objects.filter(case=case)[0]
    case.refresh_from_db()
    actions.waive_evidence(decider, case.pk, item.pk, reason="liegt vor", version=case.version)
    told = [(entry.who, entry.sentence, entry.note) for entry in queries.events(applicant, case)]
    assert told == [
        ("Sachbearbeitung", "Auf Nachweis verzichtet: Mietvertrag", ""),
        ("Sie", "Antrag eingegangen", ""),
    ]
    assert [entry.who for entry in queries.events(decider, case)] == [
        "Ayşe Demir",
        "Ayşe Demir",
        "Antragstellende Person",
    ]


def test_a_draft_submitted_by_an_account_belongs_to_it(stranger: Actor) -> None:
    draft = a_draft()
    with pytest.raises(Http404):
        actions.submit(stranger, draft)
    assert actions.submit(who_filled_in(draft), draft).case.account_id is None
