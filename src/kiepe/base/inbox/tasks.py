"""The jobs: send one message, look after those that wait, forget old texts."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from kiepe.base.inbox import delivery
from kiepe.base.inbox.models import OutgoingMail


@app.task(name="inbox.send", retry=RetryStrategy(max_attempts=5, exponential_wait=2))
def send(mail_id: str) -> None:
    """Try once. A failure of the mail server is noted in the row, and `send_waiting` comes back to it.

    What else fails (the database is away) is tried again here.
    """
    delivery.deliver(UUID(mail_id))


@app.periodic(cron="* * * * *")
@app.task(name="inbox.send_waiting", queueing_lock="inbox.send_waiting")
def send_waiting(timestamp: int) -> None:  # noqa: ARG001 - procrastinate passes the planned time
    """Try every message whose time has come, also where its job was lost; one that fails holds up no other."""
    waiting = OutgoingMail.objects.filter(sent_at__isnull=True, next_try_at__lte=timezone.now())
    for mail_id in list(waiting.order_by("next_try_at").values_list("pk", flat=True)[:500]):
        delivery.deliver(mail_id)


@app.periodic(cron="57 3 * * *")
@app.task(name="inbox.forget", queueing_lock="inbox.forget")
def forget(timestamp: int) -> None:  # noqa: ARG001 - procrastinate passes the planned time
    """Empty what was sent more than 30 days ago."""
    delivery.forget(timezone.now())
