"""Verify: a whole record passes; each way of tampering with it, done as superuser past the triggers, is found."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from kiepe.base.documents.models import StoredFile
from kiepe.base.forms.models import Draft
from kiepe.base.kernel import clock
from kiepe.base.kernel.actor import SYSTEM, Actor
from kiepe.base.kernel.refusal import Refused
from kiepe.cases import actions, canonical, checkpoints, queries, record
from kiepe.cases.models import (
    Answers,
    Case,
    CaseEvent,
    Checkpoint,
    Decision,
    DeletionEntry,
    EventContent,
    EvidenceItem,
    NoticeDocument,
    Party,
)
from kiepe.cases.transitions import Verb
from kiepe.cases.verify import verify
from kiepe.entrances.commandline import cases as command
from tests.cases.conftest import photo

DAY = timedelta(days=1)
Make = Callable[..., tuple[Actor, Case]]
pytestmark = pytest.mark.django_db(transaction=True)


@contextmanager
def past_the_triggers() -> Iterator[Callable[[str], None]]:
    """What somebody can do who owns the database."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        yield cursor.execute


@pytest.fixture
def two(submitted: Make, decider: Actor) -> tuple[Case, Case]:
    """Two cases with some history, one of them decided and issued, and a checkpoint."""
    _first, case = submitted(dog=False, members=[])
    applicant, other = submitted(dog=False, members=[], last_name="Anders")
    item = EvidenceItem.objects.get(case=other)
    actions.attach(applicant, other.pk, item.pk, [photo()])
    other.refresh_from_db()
    prepared = queries.proposal(decider, other)
    actions.decide(decider, other.pk, "grant", "", set(), prepared.digest, version=other.version)
    actions.issue(other.pk)
    actions.claim(decider, case.pk, version=case.version)
    _write(_first, case, decider)
    checkpoints.take()
    case.refresh_from_db()
    other.refresh_from_db()
    return case, other


def _write(applicant: Actor, case: Case, decider: Actor) -> None:
    """A message, a reported change with its answer, and a second version of the answers."""
    actions.send_message(applicant, case.pk, "Eine Frage")
    change = actions.report_change(applicant, case.pk, actions.Change("bank", None, "Neues Konto"))
    case.refresh_from_db()
    actions.handle_change(decider, case.pk, change.pk, "Ist vermerkt", version=case.version)
    draft = actions.begin_correction(applicant, case.pk)
    Draft.objects.filter(pk=draft.pk).update(answers={**draft.answers, "rent": "750.00"})
    actions.correct_answers(Actor(applicant.kind, cases=applicant.cases, drafts=frozenset({str(draft.pk)})), draft)


def findings() -> list[str]:
    return list(verify().findings)


def test_a_whole_record_passes(two: tuple[Case, Case]) -> None:
    report = verify()
    assert report.findings == ()
    assert (report.cases, report.events, report.checkpoints) == (2, 10, 1)


def test_it_passes_after_more_events_and_checkpoints(two: tuple[Case, Case], colleague: Actor) -> None:
    case, _other = two
    actions.claim(colleague, case.pk, version=case.version)
    assert findings() == []
    checkpoints.take()
    checkpoints.take()  # nothing changed in between
    assert Checkpoint.objects.order_by("-number")[1].heads.count() == 1
    assert Checkpoint.objects.order_by("-number")[0].heads.count() == 0
    assert findings() == []


CHANGES = {
    "UPDATE cases_caseevent SET verb = 'waived' WHERE case_id = {case} AND seq = 2": "passt nicht zu seiner Prüfsumme",
    "UPDATE cases_caseevent SET actor_id = -1 WHERE case_id = {case} AND seq = 2": "passt nicht zu seiner Prüfsumme",
    "UPDATE cases_caseevent SET at = at - interval '1 day' WHERE case_id = {case} AND seq = 1": "Prüfsumme",
    "DELETE FROM cases_caseevent WHERE case_id = {other} AND seq = 2": "Lücke",
    "UPDATE cases_eventcontent SET json = jsonb_set(json, '{{reason}}', '\"x\"') WHERE event_id IN "
    "(SELECT id FROM cases_caseevent WHERE case_id = {other} AND seq = 3)": "der Inhalt wurde verändert",
    "DELETE FROM cases_eventcontent WHERE event_id IN "
    "(SELECT id FROM cases_caseevent WHERE case_id = {case} AND seq = 1)": "keine Löschung ist dafür verzeichnet",
    "UPDATE cases_answers SET json = jsonb_set(json, '{{rent}}', '\"9.00\"') WHERE case_id = {case}": "der Antrag",
    "DELETE FROM cases_answers WHERE case_id = {case}": "der Antrag",
    "UPDATE cases_decision SET reasons = 'anders' WHERE case_id = {other}": "die Entscheidung",
    "UPDATE cases_noticedocument SET notice = jsonb_set(notice, '{{title}}', '\"x\"')": "der Bescheid",
    "UPDATE documents_storedfile SET sha256 = repeat('0', 64) WHERE purpose = 'notice'": "die Datei",
    "UPDATE cases_party SET iban = 'DE00' WHERE case_id = {case}": "ein Beteiligter",
    "UPDATE cases_case SET received_on = received_on - 40 WHERE id = {case}": "der Tag des Eingangs",
    "UPDATE cases_case SET state = 'withdrawn', open = false WHERE id = {case}": "der Stand",
    "INSERT INTO cases_correctedvalue (case_id, answer, value, reason, created_at) "
    "VALUES ({case}, 'rent', '\"9.00\"', 'x', now())": "die Berichtigungen",
    "UPDATE cases_answers SET json = jsonb_set(json, '{{rent}}', '\"9.00\"') WHERE case_id = {case} AND version = 1": (
        "der Antrag"
    ),
    "UPDATE cases_message SET text = 'anders'": "eine Nachricht",
    "DELETE FROM cases_message": "eine Nachricht",
    "UPDATE cases_message SET of_member = 'p1'": "eine Nachricht",
    "INSERT INTO cases_message (case_id, direction, author_name, of_member, text, once, sent_at) "
    "VALUES ({case}, 'out', 'Amt', '', 'x', gen_random_uuid(), now())": "eine Nachricht",
    "UPDATE cases_changereport SET text = 'anders'": "eine Mitteilung",
    "UPDATE cases_changereport SET answer = 'anders'": "eine Mitteilung",
    "UPDATE cases_case SET head_seq = 1 WHERE id = {case}": "als letztes vermerkt",
    "DELETE FROM cases_checkpointhead WHERE case_id = {case}": "nennt andere Vorgänge",
    "UPDATE cases_checkpoint SET body = replace(body, '\"cases\":2', '\"cases\":1')": "Unterschrift passt nicht",
    "DELETE FROM cases_checkpoint": "steht in der Datei, aber nicht in der Datenbank",
}


def test_each_change_is_found(two: tuple[Case, Case]) -> None:
    for statement, says in CHANGES.items():
        assert findings() == []
        with transaction.atomic():
            with past_the_triggers() as execute:
                execute(statement.format(case=two[0].pk, other=two[1].pk))
            assert any(says in sentence for sentence in findings()), (statement, findings())
            transaction.set_rollback(True)


def _rewind(execute: Callable[[str], None], case: Case) -> None:
    """Remove the last event so that the chain in the database looks whole."""
    before = CaseEvent.objects.get(case=case, seq=case.head_seq - 1)
    last = CaseEvent.objects.get(case=case, seq=case.head_seq)
    execute(f"DELETE FROM cases_eventcontent WHERE event_id = {last.pk}")
    execute(f"DELETE FROM cases_caseevent WHERE id = {last.pk}")
    head = f"head_seq = {before.seq}, head_hash = '\\x{bytes(before.hash).hex()}'"
    execute(f"UPDATE cases_case SET {head} WHERE id = {case.pk}")


def test_a_last_event_that_was_cut_off_cleanly_is_found(two: tuple[Case, Case]) -> None:
    with past_the_triggers() as execute:
        _rewind(execute, two[0])
    assert any("weicht von Prüfpunkt 1 ab" in sentence for sentence in findings())


def test_cutting_off_and_writing_another_is_found(two: tuple[Case, Case], colleague: Actor) -> None:
    """Even with Kiepe's own code: the checkpoint knows another event."""
    case, _other = two
    with past_the_triggers() as execute:
        _rewind(execute, case)
    case.refresh_from_db()
    actions.claim(colleague, case.pk, version=case.version)
    assert any("weicht von Prüfpunkt 1 ab" in sentence for sentence in findings())


def test_an_event_added_with_a_right_hash_is_found_by_its_seal(two: tuple[Case, Case]) -> None:
    """Somebody who can compute SHA-256 and write to the database, and has no key."""
    case, _other = two
    seq = case.head_seq + 1
    salt, said, at = b"0" * 16, {"reason": "erfunden"}, CaseEvent.objects.get(case=case, seq=1).at
    digest, previous = record.content_digest(salt, said), bytes(case.head_hash)
    found = record.event_hash(
        case_id=case.pk,
        seq=seq,
        verb="claimed",
        actor_kind="staff",
        actor_id=1,
        at=at,
        digest=digest,
        previous=previous,
    )
    event = CaseEvent.objects.create(
        case=case, seq=seq, verb="claimed", actor_kind="staff", actor_id=1, at=at, digest=digest, previous=previous,
        hash=found, seal=b"1" * 32,
    )  # fmt: skip
    EventContent.objects.create(event=event, salt=salt, json=said)
    Case.objects.filter(pk=case.pk).update(head_seq=seq, head_hash=found)
    assert findings() == [f"Vorgang {case.number} enthält ein Ereignis, das nicht von Kiepe stammt: {seq}."]


def test_a_whole_case_removed_is_found(two: tuple[Case, Case]) -> None:
    case = two[0].pk
    with past_the_triggers() as execute:
        execute(
            f"DELETE FROM cases_eventcontent WHERE event_id IN (SELECT id FROM cases_caseevent WHERE case_id = {case})"
        )
        for table in ["caseevent", "answers", "party", "evidenceitem"]:
            execute(f"DELETE FROM cases_{table} WHERE case_id = {case}")
        execute(f"DELETE FROM cases_case WHERE id = {case}")
    assert any("fehlt ganz" in sentence for sentence in findings())
    with past_the_triggers() as execute:  # and with the checkpoints of the database gone as well
        execute("DELETE FROM cases_checkpointhead")
        execute("DELETE FROM cases_checkpoint")
    assert any("fehlt ganz" in sentence for sentence in findings())


def test_a_copied_line_that_was_changed_is_found(two: tuple[Case, Case]) -> None:
    path = next(checkpoints.folder().glob("*.jsonl"))
    line = json.loads(path.read_text())
    line["heads"] = line["heads"][:1]
    path.write_text(json.dumps(line) + "\n")
    assert any("eine Zeile verändert" in sentence for sentence in findings())
    path.write_text("kein JSON\n")
    assert any("eine Zeile verändert" in sentence for sentence in findings())


def test_a_removed_line_is_found_and_a_missed_one_is_made_up_for(two: tuple[Case, Case]) -> None:
    path = next(checkpoints.folder().glob("*.jsonl"))
    path.unlink()  # as after a kill between commit and copy
    assert findings() == []
    checkpoints.take()
    lines = path.read_text().splitlines()
    assert len(lines) == 2
    path.write_text(lines[1] + "\n")
    assert any("nicht in der Datei" in sentence for sentence in findings())


def test_the_triggers_refuse_every_other_way(two: tuple[Case, Case], submitted: Make, decider: Actor) -> None:
    actions.erase(two[1].pk, norm="§ 84 Abs. 2 SGB X")
    _applicant, third = submitted(dog=False, members=[])
    digest = queries.proposal(decider, third).digest
    actions.decide(decider, third.pk, "reject", "Grund", set(), digest, version=third.version)  # no table is empty
    for table in [*record.APPEND_ONLY_TABLES, *record.ERASABLE_TABLES]:
        column = {"cases_eventcontent": "event_id"}.get(table, "id")
        for statement in ["UPDATE {} SET {column} = {column}", "DELETE FROM {}", "TRUNCATE {} CASCADE"]:
            with pytest.raises(DatabaseError, match=r"append-only|no deletion is entered"), transaction.atomic():
                connection.cursor().execute(statement.format(table, column=column))


def test_lawful_deletion_leaves_the_skeleton_and_verifies(two: tuple[Case, Case]) -> None:
    _case, other = two
    entry = actions.erase(other.pk, norm="§ 84 Abs. 2 SGB X")
    assert findings() == []
    other.refresh_from_db()
    assert (other.applicant, other.applicant_sort, other.access_code_hash) == ("", "", "")
    assert other.erased_at is not None
    assert CaseEvent.objects.filter(case=other).count() == other.head_seq
    for model in (Answers, Decision, Party, EvidenceItem):
        assert not model.objects.filter(case=other).exists()
    assert not NoticeDocument.objects.exists()
    assert not StoredFile.objects.exists()
    left = list(EventContent.objects.filter(event__case=other).values_list("json", flat=True))
    assert [content["norm"] for content in left] == ["§ 84 Abs. 2 SGB X"]
    assert (entry.number, entry.up_to_seq) == (1, other.head_seq - 1)
    checkpoints.take()
    assert findings() == []
    with pytest.raises(Refused):
        actions.erase(other.pk, norm="§ 84 Abs. 2 SGB X")


def test_an_open_case_is_not_erased(two: tuple[Case, Case]) -> None:
    with pytest.raises(Refused):
        actions.erase(two[0].pk, norm="§ 84 Abs. 2 SGB X")
    assert not DeletionEntry.objects.exists()


def test_a_forged_deletion_is_found(two: tuple[Case, Case]) -> None:
    """An entry without the key lets the triggers pass, and is found."""
    case, _other = two
    DeletionEntry.objects.create(
        number=1, case=case, up_to_seq=1, norm="erfunden", actor_kind="system", actor_id=None, at=case.created_at,
        previous=bytes(32), hash=b"0" * 32, signature=b"0" * 64,
    )  # fmt: skip
    EventContent.objects.filter(event__case=case, event__seq=1).delete()
    said = findings()
    assert any("gefälscht" in sentence for sentence in said)
    assert any("keine Löschung ist dafür verzeichnet" in sentence for sentence in said)


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("UPDATE cases_deletionentry SET norm = 'anders'", "gefälscht"),
        ("UPDATE cases_deletionentry SET up_to_seq = 99", "gefälscht"),
        ("DELETE FROM cases_deletionentry", "keine Löschung ist dafür verzeichnet"),
    ],
)
def test_a_changed_list_of_deletions_is_found(two: tuple[Case, Case], statement: str, says: str) -> None:
    actions.erase(two[1].pk, norm="§ 84 Abs. 2 SGB X")
    with past_the_triggers() as execute:
        execute(statement)
    assert any(says in sentence for sentence in findings())


def test_a_gap_in_the_list_of_deletions_is_found(two: tuple[Case, Case]) -> None:
    actions.erase(two[1].pk, norm="§ 84 Abs. 2 SGB X")
    actions.withdraw(SYSTEM, two[0].pk)
    actions.erase(two[0].pk, norm="§ 84 Abs. 2 SGB X")
    assert findings() == []
    with past_the_triggers() as execute:
        execute("DELETE FROM cases_deletionentry WHERE number = 1")
    assert any("fehlt Eintrag 1" in sentence for sentence in findings())


def test_the_command_prints_one_sentence_a_finding(two: tuple[Case, Case], capsys: pytest.CaptureFixture[str]) -> None:
    assert command.verify() == 0
    assert "in Ordnung" in capsys.readouterr().out
    with past_the_triggers() as execute:
        execute(f"UPDATE cases_caseevent SET verb = 'waived' WHERE case_id = {two[0].pk} AND seq = 2")
    assert command.verify() == 1
    said = capsys.readouterr().out
    assert two[0].number in said
    assert said.count("\n") == len(findings()) + 1
    assert command.checkpoint() == 0
    assert Checkpoint.objects.count() == 2


def test_append_needs_the_chain_of_the_last_event(two: tuple[Case, Case]) -> None:
    """Known control: the same hash twice over gives the same value, another field another."""
    event = CaseEvent.objects.get(case=two[0], seq=1)
    fields: dict[str, Any] = {
        "case_id": event.case_id,
        "seq": event.seq,
        "verb": event.verb,
        "actor_kind": event.actor_kind,
        "actor_id": event.actor_id,
        "at": event.at,
        "digest": bytes(event.digest),
        "previous": bytes(event.previous),
    }
    assert record.event_hash(**fields) == bytes(event.hash)
    assert record.event_hash(**{**fields, "verb": Verb.CLAIMED.value}) != bytes(event.hash)
    assert bytes(event.previous) == bytes(32)


letters = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
plain = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**15), 10**15)
    | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")), inner, max_size=3)
    ),
    max_leaves=8,
)


@settings(deadline=None, max_examples=50)
@given(plain)
def test_what_the_database_gives_back_has_the_same_canonical_form(value: object) -> None:
    """jsonb reorders and respaces; the canonical form does not see it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::jsonb::text", [json.dumps(value)])
        back = json.loads(cursor.fetchone()[0])
    assert canonical.encode(back) == canonical.encode(value)
    assert json.loads(canonical.encode(value)) == value


def test_a_float_has_no_canonical_form() -> None:
    with pytest.raises(TypeError):
        canonical.encode({"rent": 690.0})


def test_the_command_says_where_there_is_no_database(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "kiepe.entrances.commandline", "cases", "verify"],
        env={"PATH": os.environ["PATH"], "KIEPE_VAR": str(tmp_path / "var"), "KIEPE_KEYS": str(tmp_path / "keys")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "liegt keine Datenbank" in done.stderr
    assert "Traceback" not in done.stderr


def test_every_verb_of_the_desk_verifies(two: tuple[Case, Case], decider: Actor) -> None:
    """What verify reads out of events is what the verbs write into rows."""
    case, _other = two
    first = actions.correct(decider, case.pk, "rent", "700", "laut Vertrag", date(2026, 12, 1), version=case.version)
    case.refresh_from_db()
    actions.correct(decider, case.pk, "dog", "yes", "gesehen", version=case.version)
    case.refresh_from_db()
    actions.drop_correction(decider, case.pk, first.pk, version=case.version)
    case.refresh_from_db()
    actions.set_period(decider, case.pk, date(2026, 12, 1), None, reason="Einzug", version=case.version)
    case.refresh_from_db()
    item = EvidenceItem.objects.get(case=case)
    actions.request_evidence(decider, case.pk, [item.pk], words="", due=clock.today() + DAY, version=case.version)
    case.refresh_from_db()
    actions.waive_evidence(decider, case.pk, item.pk, reason="liegt vor", version=case.version)
    assert findings() == []
