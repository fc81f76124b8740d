"""Documents that a case needs: per item, with what was uploaded and what was asked for."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kiepe.base.documents.models import StoredFile
from kiepe.base.forms.models import LackReason
from kiepe.cases.models.case import Case
from kiepe.cases.pages import Sheet, sheets, understood


class EvidenceState(models.TextChoices):
    """Where one item stands."""

    MISSING = "missing", _("fehlt")
    LACKING = "lacking", _("liegt nicht vor")  # the applicant says why; answered, and not settled
    REQUESTED = "requested", _("nachgefordert")
    RECEIVED = "received", _("eingegangen")
    ACCEPTED = "accepted", _("anerkannt")
    RETURNED = "returned", _("zurückgegeben")
    WAIVED = "waived", _("nicht nötig")


ANSWERED = frozenset({EvidenceState.LACKING, EvidenceState.RECEIVED, EvidenceState.ACCEPTED, EvidenceState.WAIVED})
SETTLED = frozenset({EvidenceState.RECEIVED, EvidenceState.ACCEPTED, EvidenceState.WAIVED})


class EvidenceItem(models.Model):
    """One proof that the answers call for (evidence.yaml), with its norm. `reason`: why sent back or waived.

    `lack` and `lack_words`: why the applicant does not have it, until it comes after all.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="evidence")
    key = models.SlugField(max_length=60)
    item_id = models.CharField(max_length=60, blank=True)  # for whom, e.g. 'p1' or 'p1.j2'; empty: for the household
    position = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(max_length=300)
    hint = models.TextField(blank=True)
    norm = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=EvidenceState.choices, default=EvidenceState.MISSING)
    due_on = models.DateField(null=True, blank=True)
    reason = models.TextField(blank=True)
    lack = models.CharField(max_length=10, choices=LackReason.choices, blank=True)
    lack_words = models.TextField(blank=True)
    changed_at = models.DateTimeField()
    private = False  # set by queries.evidence: another person's own papers, shown without their files

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "key", "item_id"], name="evidence_item_once"),
            models.CheckConstraint(condition=Q(state__in=EvidenceState.values), name="evidence_state_known"),
        ]

    def __str__(self) -> str:
        return f"evidence {self.key} {self.item_id} of case {self.case_id}"

    @property
    def settled(self) -> bool:
        """Whether the applicant has nothing more to do here."""
        return self.state in SETTLED

    @property
    def answered(self) -> bool:
        """Whether the applicant has said what there is to say: sent it, or why it is not there."""
        return self.state in ANSWERED

    @property
    def sheets(self) -> list[Sheet]:
        """The files in their order, with the pages of the document that they are."""
        return sheets([one.stored_file for one in self.files.all()])

    @property
    def understood(self) -> str:
        """What is there, in words: '3 Fotos, zusammen ein Dokument'."""
        return understood([one.stored_file for one in self.files.all()])

    @property
    def lack_sentence(self) -> str:
        """'Ich habe das nicht, weil …' as it was said; empty where it was not."""
        return because(self.lack)


def because(lack: str) -> str:
    """'Ich habe das nicht, weil …' for a LackReason, in the reader's language; empty for none."""
    return _("Ich habe das nicht, weil %(why)s.") % {"why": str(LackReason(lack).label)} if lack else ""


class EvidenceFile(models.Model):
    """One uploaded file of an item. All files of an item, in the order of `position`, are one document.

    `sent_sha256`: of the bytes as they were sent; the same file twice is taken once.
    """

    item = models.ForeignKey(EvidenceItem, on_delete=models.PROTECT, related_name="files")
    stored_file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    by_staff = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)
    sent_sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return f"file of evidence {self.item_id}"


class EvidenceRequest(models.Model):
    """One message that asks for documents: which, why (norm on each item), until when, how."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="requests")
    items = models.ManyToManyField(EvidenceItem, related_name="requests")
    words = models.TextField(blank=True)  # the caseworker's own words
    due_on = models.DateField()
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    def __str__(self) -> str:
        return f"request {self.pk} in case {self.case_id}"
