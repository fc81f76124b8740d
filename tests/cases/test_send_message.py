"""Messages both ways: kept once, unchangeable, read, and told of by a mail without content."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.http import Http404

from kiepe.base.documents.models import StoredFile
from kiepe.base.inbox.models import OutgoingMail
from kiepe.base.kernel.actor import Actor
from kiepe.base.kernel.refusal import Refused
from kiepe.cases import actions, queries
from kiepe.cases.models import Case, CaseEvent, Message
from kiepe.cases.verify import verify
from tests.cases.conftest import photo

pytestmark = pytest.mark.django_db
Make = Callable[..., tuple[Actor, Case]]


def test_a_message_each_way_with_files(submitted: Make, decider: Actor) -> None:
    applicant, case = submitted()
    OutgoingMail.objects.all().delete()
    first = actions.send_message(applicant, case.pk, " Reicht ein  Foto?\r\nDanke ", [photo(), photo("zwei.png")])
    assert first.text == "Reicht ein Foto?\nDanke"
    assert first.files.count() == 2
    case.refresh_from_db()
    assert case.unread == 1
    assert not OutgoingMail.objects.exists()  # the office sees it at the desk
    answer = actions.send_message(decider, case.pk, "Ja, ein Foto genügt.", answers=first.pk)
    case.refresh_from_db()
    first.refresh_from_db()
    assert (case.unread, first.read_at is not None, answer.direction) == (0, True, "out")
    (mail,) = OutgoingMail.objects.all()
    assert case.number in mail.text
    assert "Foto" not in mail.text + mail.subject
    assert queries.unread_for(applicant, case) == 1
    assert actions.mark_read(applicant, case.pk, answer.pk) == 1
    assert queries.unread_for(applicant, case) == 0
    assert verify().findings == ()


def test_the_history_tells_it_and_names_no_staff(submitted: Make, decider: Actor) -> None:
    applicant, case = submitted()
    actions.send_message(applicant, case.pk, "Geheim", [photo()])
    actions.send_message(decider, case.pk, "Auch geheim")
    mine = queries.events(applicant, case)
    assert [entry.sentence for entry in mine[:2]] == [
        "Nachricht von der Stadt",
        "Nachricht an die Stadt mit einer Datei",
    ]
    assert [entry.who for entry in mine[:2]] == ["Sachbearbeitung", "Sie"]
    assert queries.events(decider, case)[0].who == "Ayşe Demir"


def test_the_same_form_twice_is_one_message(submitted: Make) -> None:
    applicant, case = submitted()
    mark = uuid.uuid4()
    for _ in range(2):
        actions.send_message(applicant, case.pk, "Einmal", [photo()], once=mark)
    assert Message.objects.count() == 1
    assert StoredFile.objects.filter(purpose="message").count() == 1
    assert Case.objects.get(pk=case.pk).unread == 1
    _other, another = submitted(last_name="Anders")
    with pytest.raises(Http404):  # the mark of one case says nothing in another
        actions.send_message(applicant, another.pk, "Einmal", once=mark)


def test_what_came_in_while_answering_stays_new(submitted: Make, decider: Actor) -> None:
    applicant, case = submitted()
    shown = actions.send_message(applicant, case.pk, "Eins")
    actions.send_message(applicant, case.pk, "Zwei")
    actions.send_message(decider, case.pk, "Antwort auf eins", answers=shown.pk)
    assert Case.objects.get(pk=case.pk).unread == 1
    assert actions.mark_read(decider, case.pk, Message.objects.filter(direction="in").last().pk) == 1  # type: ignore[union-attr]  # there are two
    assert Case.objects.get(pk=case.pk).unread == 0


@pytest.mark.parametrize(
    ("text", "files", "field", "says"),
    [
        (" \n ", [], "text", "Schreiben Sie Ihre Nachricht"),
        ("x" * 5001, [], "text", "höchstens 5000 Zeichen. Es sind jetzt 5001."),
        ("Hallo", ["brief.docx"], "files", "brief.docx"),
        ("Hallo", ["leer.pdf"], "files", "Wählen Sie bitte alle Dateien noch einmal aus"),
        ("Hallo", [f"{number}.pdf" for number in range(11)], "files", "höchstens 10 Dateien"),
    ],
)
def test_what_cannot_be_sent_is_said_and_leaves_nothing(
    submitted: Make, text: str, files: list[str], field: str, says: str
) -> None:
    applicant, case = submitted()
    uploads = [SimpleUploadedFile(name, b"" if name == "leer.pdf" else b"PK\x03\x04") for name in files]
    with pytest.raises(Refused) as refused:
        actions.send_message(applicant, case.pk, text, [photo(), *uploads] if files else [])
    assert refused.value.status == 422
    assert says in refused.value.fields[field]
    assert not Message.objects.exists()
    assert not StoredFile.objects.filter(purpose="message").exists()
    assert CaseEvent.objects.filter(case=case).count() == 1


def test_nobody_else_writes_or_reads(submitted: Make, outsider: Actor, stranger: Actor, auditor: Actor) -> None:
    applicant, case = submitted()
    sent = actions.send_message(applicant, case.pk, "Für das Amt")
    for actor in (outsider, stranger, auditor, Actor(stranger.kind)):
        with pytest.raises(Http404):
            actions.send_message(actor, case.pk, "Hallo")
        with pytest.raises(Http404):
            actions.mark_read(actor, case.pk, sent.pk)
    for actor in (outsider, stranger, Actor(stranger.kind)):
        with pytest.raises(Http404):
            queries.messages(actor, case)
    assert [one.text for one in queries.messages(auditor, case)] == ["Für das Amt"]


def test_twenty_an_hour_are_enough(submitted: Make) -> None:
    applicant, case = submitted()
    for number in range(20):
        actions.send_message(applicant, case.pk, f"Nachricht {number}")
    with pytest.raises(Refused) as refused:
        actions.send_message(applicant, case.pk, "noch eine")
    assert refused.value.status == 429


def test_after_the_end_one_may_still_write_until_it_is_erased(submitted: Make, decider: Actor) -> None:
    applicant, case = submitted()
    actions.withdraw(applicant, case.pk)
    actions.send_message(applicant, case.pk, "Habe ich richtig verstanden?", [photo()])
    assert Case.objects.get(pk=case.pk).state == "withdrawn"
    actions.erase(case.pk, norm="§ 84 Abs. 2 SGB X")
    assert not Message.objects.exists()
    assert not StoredFile.objects.filter(purpose="message").exists()
    with pytest.raises(Refused, match="gelöscht"):
        actions.send_message(decider, case.pk, "Noch etwas")
    assert verify().findings == ()


@pytest.mark.parametrize(
    "statement",
    ["UPDATE cases_message SET text = 'anders'", "DELETE FROM cases_message", "TRUNCATE cases_message CASCADE"],
)
def test_the_database_keeps_what_was_said(submitted: Make, statement: str) -> None:
    applicant, case = submitted()
    actions.send_message(applicant, case.pk, "So war es")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Message.objects.get().text == "So war es"
