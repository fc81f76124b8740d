"""The record: events, what they say, checkpoints over all of them, lawful deletions, staff's reads.

docs/explanation/record.md says what this proves and what it does not. kiepe.cases.record and kiepe.cases.verify read
and write it; triggers (migration 0002) refuse every other way.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models

from kiepe.base.kernel.actor import ActorKind
from kiepe.cases.models.case import Case
from kiepe.cases.transitions import Verb


class CaseEvent(models.Model):
    """That something happened: no words, no names. Append-only; chained per case by `previous` and `hash`.

    `seal` is an HMAC over the hash with a key outside the database: who can write to the database alone cannot add
    an event that verifies.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="events")
    seq = models.PositiveIntegerField()
    verb = models.CharField(max_length=24, choices=Verb.choices)
    actor_kind = models.CharField(max_length=10, choices=[(kind.value, kind.value) for kind in ActorKind])
    actor_id = models.BigIntegerField(null=True)  # an account; no foreign key, an event outlives the account
    at = models.DateTimeField()
    digest = models.BinaryField(max_length=32)  # salted; the salt lies with the content
    previous = models.BinaryField(max_length=32)
    hash = models.BinaryField(max_length=32)
    seal = models.BinaryField(max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "seq"], name="event_seq_once")]

    def __str__(self) -> str:
        return f"event {self.seq} of case {self.case_id}"


class EventContent(models.Model):
    """What was said or changed. Lawful deletion removes the row; the event stays and says nothing any more."""

    event = models.OneToOneField(CaseEvent, primary_key=True, on_delete=models.PROTECT, related_name="content")
    salt = models.BinaryField(max_length=16)
    json = models.JSONField()

    def __str__(self) -> str:
        return f"content of event {self.event_id}"


class Checkpoint(models.Model):
    """A signed statement over the heads of all cases at one moment.

    It lists the heads that changed since the one before (`CheckpointHead`); folded together, the checkpoints up to
    this one give every head. `body` is the signed text, also appended to a file outside the database.
    """

    number = models.PositiveIntegerField(unique=True)
    at = models.DateTimeField()
    cases = models.PositiveIntegerField()
    body = models.TextField()
    signature = models.BinaryField(max_length=64)

    def __str__(self) -> str:
        return f"checkpoint {self.number}"


class CheckpointHead(models.Model):
    """One head in a checkpoint. No foreign key to the case: it must outlive a case that somebody removes."""

    checkpoint = models.ForeignKey(Checkpoint, on_delete=models.PROTECT, related_name="heads")
    case_id = models.BigIntegerField()
    seq = models.PositiveIntegerField()
    hash = models.BinaryField(max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case_id", "checkpoint"], name="checkpoint_head_once")]

    def __str__(self) -> str:
        return f"head of case {self.case_id} in checkpoint {self.checkpoint_id}"


class DeletionEntry(models.Model):
    """A lawful deletion: of which case, up to which event, by which norm, by whom. Signed, and chained to the last."""

    number = models.PositiveIntegerField(unique=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="deletions")
    up_to_seq = models.PositiveIntegerField()
    norm = models.CharField(max_length=200)
    actor_kind = models.CharField(max_length=10)
    actor_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    previous = models.BinaryField(max_length=32)
    hash = models.BinaryField(max_length=32)
    signature = models.BinaryField(max_length=64)

    class Meta:
        verbose_name_plural = "deletion entries"

    def __str__(self) -> str:
        return f"deletion {self.number}"


class AccessEntry(models.Model):
    """A member of staff read something of a case. Its own retention; no figure is made of it about a person."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="reads", db_constraint=False)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", db_constraint=False
    )
    what = models.CharField(max_length=60)  # name of the page or the file's id
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "access entries"
        indexes = [
            models.Index(fields=["case", "at"], name="access_of_case"),
            models.Index(fields=["at"], name="access_at"),
        ]

    def __str__(self) -> str:
        return f"read of case {self.case_id}"
