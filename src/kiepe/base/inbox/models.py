"""What leaves by mail: written in the transaction that causes it, sent by a job, its text removed after a while."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone


class OutgoingMail(models.Model):
    """One message. `once` names its occasion: a second message for the same occasion is never written.

    `sent_at` is None until a mail server took it. `next_try_at` is when the job tries (again); `last_trouble` is the
    kind of the last failure, without personal data. Recipient and text are emptied 30 days after sending.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    once = models.CharField(max_length=200, unique=True)
    recipient = models.CharField(max_length=254, blank=True)
    subject = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(default=timezone.now)
    last_trouble = models.CharField(max_length=100, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["next_try_at"], name="mail_waiting", condition=models.Q(sent_at__isnull=True)),
            models.Index(fields=["sent_at"], name="mail_readable", condition=~models.Q(recipient="")),
        ]

    def __str__(self) -> str:
        return str(self.id)
