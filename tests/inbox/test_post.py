"""A message is written with its cause, sent once, tried again, never lost, and forgotten in time."""

from __future__ import annotations

import email
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from smtplib import SMTPServerDisconnected

import pytest
from django.conf import LazySettings
from django.core import mail as outbox
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection, transaction
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from kiepe.base.inbox import delivery, tasks
from kiepe.base.inbox.actions import post
from kiepe.base.inbox.models import OutgoingMail

TO = "erika@beispiel.example"
ONCE = "WG-2026-000017:received"


class DownBackend(BaseEmailBackend):
    """A mail server that hangs up."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        raise SMTPServerDisconnected(f"no route for {email_messages[0].to}")


DOWN = f"{__name__}.DownBackend"
FOLDER = "kiepe.base.inbox.folder.FolderBackend"


@pytest.fixture(autouse=True)
def no_jobs(request: pytest.FixtureRequest) -> None:
    """Django's flush after a transactional test leaves procrastinate's tables as they are."""
    if request.node.get_closest_marker("django_db"):
        request.getfixturevalue("db")
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM procrastinate_jobs")


def posted() -> OutgoingMail:
    post(TO, "Neues zu WG-2026-000017", "Es gibt etwas Neues.", once=ONCE)
    return OutgoingMail.objects.get()


def jobs() -> list[dict[str, object]]:
    return [job.args for job in ProcrastinateJob.objects.filter(task_name="inbox.send")]


def later(mail: OutgoingMail) -> None:
    """As if its waiting time were over."""
    OutgoingMail.objects.filter(pk=mail.pk).update(next_try_at=timezone.now() - timedelta(seconds=1))


@pytest.mark.django_db
def test_message_and_job_are_written_together() -> None:
    mail = posted()
    assert jobs() == [{"mail_id": str(mail.pk)}]
    tasks.send(mail_id=str(mail.pk))
    assert [sent.to for sent in outbox.outbox] == [[TO]]
    mail.refresh_from_db()
    assert mail.sent_at is not None


@pytest.mark.django_db(transaction=True)
def test_rolled_back_cause_leaves_neither_message_nor_job() -> None:
    with transaction.atomic():
        posted()
        transaction.set_rollback(True)
    assert not OutgoingMail.objects.exists()
    assert jobs() == []


@pytest.mark.django_db
def test_same_occasion_is_posted_once() -> None:
    first = posted()
    post(TO, "noch einmal", "noch einmal", once=ONCE)
    tasks.send(mail_id=str(first.pk))
    post(TO, "noch einmal", "noch einmal", once=ONCE)
    tasks.send(mail_id=str(first.pk))
    tasks.send_waiting(timestamp=0)
    assert len(outbox.outbox) == 1
    assert outbox.outbox[0].subject == "Neues zu WG-2026-000017"
    assert len(jobs()) == 1


@pytest.mark.django_db
def test_no_address_no_message() -> None:
    post(" ", "x", "x", once=ONCE)
    assert not OutgoingMail.objects.exists()


@pytest.mark.django_db
def test_line_breaks_make_no_second_header() -> None:
    post(TO + "\r\nBcc: alle@beispiel.example", "Neues\r\nBcc: alle@beispiel.example", "x", once=ONCE)
    mail = OutgoingMail.objects.get()
    assert "\n" not in mail.subject + mail.recipient
    assert "\r" not in mail.subject + mail.recipient


@pytest.mark.django_db
def test_server_down_keeps_the_message_and_tries_again(
    settings: LazySettings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.EMAIL_BACKEND = DOWN
    mail = posted()
    tasks.send(mail_id=str(mail.pk))
    mail.refresh_from_db()
    assert (mail.sent_at, mail.tries, mail.last_trouble) == (None, 1, "SMTPServerDisconnected")
    assert mail.next_try_at > timezone.now()
    assert TO not in caplog.text

    tasks.send_waiting(timestamp=0)  # too early: not tried
    mail.refresh_from_db()
    assert mail.tries == 1

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    later(mail)
    tasks.send_waiting(timestamp=0)
    assert len(outbox.outbox) == 1


@pytest.mark.django_db
def test_lost_job_loses_no_message() -> None:
    mail = posted()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    later(mail)
    tasks.send_waiting(timestamp=0)
    assert len(outbox.outbox) == 1


def test_waiting_grows_and_never_ends() -> None:
    waits = [delivery.wait(tries).total_seconds() / 60 for tries in (1, 2, 3, 4, 9, 10, 500)]
    assert waits == [1, 2, 4, 8, 256, 360, 360]


@pytest.mark.django_db(transaction=True)
def test_kill_between_sending_and_noting_it(settings: LazySettings, tmp_path: Path) -> None:
    """The mail server said yes, then the worker died: the note is lost, the second delivery is the same message."""
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = FOLDER, tmp_path
    mail = posted()
    with transaction.atomic():
        tasks.send(mail_id=str(mail.pk))
        transaction.set_rollback(True)  # what a killed process leaves in the database
    mail.refresh_from_db()
    assert mail.sent_at is None
    first = [path.read_bytes() for path in tmp_path.iterdir()]
    assert len(first) == 1
    tasks.send(mail_id=str(mail.pk))
    assert [path.read_bytes() for path in tmp_path.iterdir()] == first
    read = email.message_from_bytes(first[0])
    assert read["Message-ID"].startswith(f"<{mail.pk}@")
    assert read["Auto-Submitted"] == "auto-generated"


@pytest.mark.django_db
def test_text_is_forgotten_after_thirty_days_and_the_occasion_is_not() -> None:
    mail = posted()
    tasks.send(mail_id=str(mail.pk))
    delivery.forget(timezone.now() + timedelta(days=29, hours=23))
    assert OutgoingMail.objects.get().recipient == TO
    delivery.forget(timezone.now() + timedelta(days=30, hours=1))
    mail.refresh_from_db()
    assert (mail.recipient, mail.subject, mail.text) == ("", "", "")
    post(TO, "noch einmal", "noch einmal", once=ONCE)
    tasks.send_waiting(timestamp=0)
    assert len(outbox.outbox) == 1


@pytest.mark.django_db
def test_unsent_text_is_never_forgotten(settings: LazySettings) -> None:
    settings.EMAIL_BACKEND = DOWN
    mail = posted()
    tasks.send(mail_id=str(mail.pk))
    delivery.forget(timezone.now() + timedelta(days=400))
    mail.refresh_from_db()
    assert mail.recipient == TO
