"""What passes between the applicant and the office after sending: messages, reported changes, corrections begun."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kiepe.base.documents.models import StoredFile
from kiepe.base.forms.models import Draft
from kiepe.cases.models.case import Case, Party


class Direction(models.TextChoices):
    """Which way a message goes."""

    IN = "in", _("an die Stadt")
    OUT = "out", _("von der Stadt")


class Message(models.Model):
    """One message. What was said is never changed (triggers of migrations 0008, 0010); only `read_at` is set, once.

    `author` is the account that wrote, None for somebody who came with number and code; `party` for whom. `of_member`
    names the thread: empty for the applicant's, else the item of the member of the household with whom the office
    speaks alone. It is the item and not the party, so that it stays whatever becomes of the party's row. `once` is the
    form's own mark: the same form sent twice is one message.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="messages")
    direction = models.CharField(max_length=3, choices=Direction.choices)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    author_name = models.CharField(max_length=300, blank=True)  # as it was called then
    party = models.ForeignKey(Party, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    of_member = models.CharField(max_length=20, blank=True)
    text = models.TextField(blank=True)
    once = models.UUIDField(unique=True, default=uuid.uuid4)
    sent_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)  # by the other side
    own = False  # set by queries.messages and members.messages: who reads it wrote it, or it was written to them

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(direction__in=Direction.values), name="message_direction_known")
        ]
        indexes = [models.Index(fields=["case", "sent_at"], name="message_of_case")]

    def __str__(self) -> str:
        return f"message {self.pk} in case {self.case_id}"


class MessageFile(models.Model):
    """A file that came with a message."""

    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="files")
    stored_file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"file of message {self.message_id}"


class ChangeKind(models.TextChoices):
    """What can change in somebody's circumstances, in the words they choose from."""

    MOVED = "moved", _("Wir ziehen um oder sind umgezogen")
    HOUSEHOLD = "household", _("Jemand zieht ein oder aus, oder ein Kind kommt dazu")
    INCOME = "income", _("Unser Einkommen ändert sich")
    RENT = "rent", _("Die Miete oder die Belastung ändert sich")
    BENEFIT = "benefit", _("Jemand bekommt eine andere Leistung oder hat sie beantragt")
    BANK = "bank", _("Wir haben ein neues Konto")
    DEATH = "death", _("Jemand aus dem Haushalt ist gestorben")
    OTHER = "other", _("Etwas anderes")


class ChangeReport(models.Model):
    """A change of circumstances as somebody reported it. It changes nothing by itself: a caseworker deals with it.

    `since` is the day from which it holds, as far as it is known. `decided` says that the case had been decided by
    then. `answer` is what the office made of it, and what the applicant reads.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=10, choices=ChangeKind.choices)
    since = models.DateField(null=True, blank=True)
    text = models.TextField()
    decided = models.BooleanField()
    once = models.UUIDField(unique=True, default=uuid.uuid4)
    reported_at = models.DateTimeField()
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    answer = models.TextField(blank=True)
    handled_at = models.DateTimeField(null=True, blank=True)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(kind__in=ChangeKind.values), name="change_kind_known")]

    def __str__(self) -> str:
        return f"change {self.pk} in case {self.case_id}"


class ChangeFile(models.Model):
    """A file that came with a reported change."""

    change = models.ForeignKey(ChangeReport, on_delete=models.PROTECT, related_name="files")
    stored_file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"file of change {self.change_id}"


class CorrectionDraft(models.Model):
    """A correction of the answers that the applicant has begun: the draft, and which answers it started from.

    At most one a case is open. It goes with its draft: discarded, or when the draft's day has come.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="correction_drafts")
    draft = models.OneToOneField(Draft, on_delete=models.CASCADE, related_name="+")
    from_version = models.PositiveSmallIntegerField()
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(sent_at__isnull=True), name="correction_one_open")
        ]

    def __str__(self) -> str:
        return f"correction of the answers of case {self.case_id}"
