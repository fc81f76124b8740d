"""What somebody has filled in and not sent yet."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kiepe.base.documents.models import StoredFile
from kiepe.base.kernel import clock

KEPT_DAYS = 30  # after the last change; stated on every page of the form
KEPT_DAYS_FILED = 90  # the same, once the application was sent to keep its day and only the rest is being filled in


def deletion_day(*, filed: bool = False) -> date:
    """The day on which a draft goes that is changed now."""
    return clock.today() + timedelta(days=KEPT_DAYS_FILED if filed else KEPT_DAYS)


class Draft(models.Model):
    """One application being filled in. It belongs to the browser session that began it, and to the account, if any.

    `answers` are as Flow.store leaves them: also what is not asked at the moment, so that a changed mind loses
    nothing. `raw` keeps, by page address, what was typed on a page that could not be read. `done` are the addresses
    of the pages that were stored without an error; `windows`, by the same, which rendering of the page stored it (see
    windows.py). `filed_at`: sent to keep its day, still being filled in.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    form = models.SlugField(max_length=60)
    form_version = models.PositiveIntegerField()
    answers = models.JSONField(default=dict)
    raw = models.JSONField(default=dict)
    done = models.JSONField(default=list)
    windows = models.JSONField(default=dict)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(default=clock.now)
    changed_at = models.DateTimeField(default=clock.now)
    delete_on = models.DateField(default=deletion_day)
    filed_at = models.DateTimeField(null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["delete_on"], name="draft_delete_on")]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def last_day(self) -> date:
        """The last day on which the draft can be gone on with."""
        return self.delete_on - timedelta(days=1)


class DraftFile(models.Model):
    """A file sent for one document that the answers call for; `item` is the need's item ('', 'p1', 'p1.p2').

    All files of one document, in the order of `position`, are that document: several photographs, one contract.
    `sent_sha256` is of the bytes as they were sent, before conversion: the same file twice is taken once.
    """

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="files")
    evidence_key = models.CharField(max_length=60)
    item = models.CharField(max_length=60, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    sent_sha256 = models.CharField(max_length=64)
    stored_file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["draft", "evidence_key", "item", "sent_sha256"], name="draft_file_once")
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Intake(models.Model):
    """That staff fill in a draft for a person: at the counter, by phone, from paper (§ 16 Abs. 1 and 3 SGB I).

    `account` is in charge; colleagues of `unit` may take over. `hands` keeps who had it: pairs of account and moment.
    Way and day of receipt are the case's: it is begun when the wish is recorded.
    """

    draft = models.OneToOneField(Draft, primary_key=True, on_delete=models.CASCADE, related_name="intake")
    unit = models.CharField(max_length=60)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField(default=clock.now)
    hands = models.JSONField(default=list)

    class Meta:
        indexes = [models.Index(fields=["unit"], name="intake_unit")]

    def __str__(self) -> str:
        return f"intake of draft {self.draft_id}"


class PaperForm(models.Model):
    """One printed copy of a form. Its number is on every page; typed at the counter, it finds the draft again.

    A blank has no draft and says nothing of anybody. `number`: nine digits and a check digit (paper_numbers.py).
    """

    number = models.CharField(max_length=10, unique=True)
    form = models.SlugField(max_length=60)
    form_version = models.PositiveIntegerField()
    draft = models.ForeignKey(Draft, null=True, blank=True, on_delete=models.SET_NULL, related_name="papers")
    printed_at = models.DateTimeField(default=clock.now, db_index=True)
    returned_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"paper form {self.pk}"


class OwnPart(models.Model):
    """What a member of the household says for themselves. The one who applies sees that it is done, not what it says.

    `answers` is the item of the list, whole, and counts instead of the draft's from the first opening on. The code of
    the invitation opens it once; then only the member's own code does (`opened_at`). docs/decisions/0041.
    `email` is where the member hears of news, in `language` (BCP 47), where they want to.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="parts")
    item_id = models.CharField(max_length=20)
    answers = models.JSONField(default=dict)
    raw = models.JSONField(default=dict)
    done = models.JSONField(default=list)
    windows = models.JSONField(default=dict)
    confirmed = models.JSONField(default=list)  # what was said to kind questions (doubts.py)
    invited_at = models.DateTimeField(default=clock.now)
    opened_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    shared = models.BooleanField(default=False)  # the member lets the one who applies see it
    email = models.EmailField(max_length=254, blank=True)
    language = models.CharField(max_length=20, default="de")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["draft", "item_id"], name="own_part_once")]

    def __str__(self) -> str:
        return f"own part {self.pk}"


class LackReason(models.TextChoices):
    """Why somebody does not have a document. The words complete the sentence 'Ich habe das nicht, weil …'."""

    LOST = "lost", _("ich es verloren habe")
    NEVER = "never", _("es das nie auf Papier gab")
    REFUSED = "refused", _("mir jemand das Papier nicht gibt")
    OFFICE = "office", _("ein anderes Amt es noch hat")
    DANGER = "danger", _("es für mich gefährlich ist, danach zu fragen")
    OTHER = "other", _("es einen anderen Grund gibt")


class DraftLack(models.Model):
    """'Ich habe das nicht, weil …' for one document, as far as it was said; `why` is empty until it is chosen."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="lacks")
    evidence_key = models.CharField(max_length=60)
    item = models.CharField(max_length=60, blank=True)
    why = models.CharField(max_length=10, choices=LackReason.choices, blank=True)
    words = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["draft", "evidence_key", "item"], name="draft_lack_once")]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def problem(self) -> str:
        """What is still to be said, as a sentence; empty where it is whole."""
        return lack_problem(self.why, self.words)


def lack_problem(why: str, words: str) -> str:
    """The sentence where a reason or its words are missing."""
    if why not in LackReason.values:
        return gettext("Wählen Sie bitte aus, warum Sie das nicht haben. Oder wählen Sie „Später schicken“.")
    if why == LackReason.OTHER and not words.strip():
        return gettext("Schreiben Sie bitte in einem Satz, warum Sie das nicht haben.")
    return ""
