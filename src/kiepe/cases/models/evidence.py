"""Documents that a case needs: per item, with what was uploaded and what was asked for."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kiepe.base.documents.models import StoredFile
from kiepe.cases.models.case import Case


class EvidenceState(models.TextChoices):
    """Where one item stands."""

    MISSING = "missing", _("fehlt")
    REQUESTED = "requested", _("nachgefordert")
    RECEIVED = "received", _("eingegangen")
    ACCEPTED = "accepted", _("anerkannt")
    RETURNED = "returned", _("zurückgegeben")
    WAIVED = "waived", _("nicht nötig")


SETTLED = frozenset({EvidenceState.RECEIVED, EvidenceState.ACCEPTED, EvidenceState.WAIVED})


class EvidenceItem(models.Model):
    """One proof that the answers call for (evidence.yaml), with its norm. `reason`: why sent back or waived."""

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


class EvidenceFile(models.Model):
    """One uploaded file of an item."""

    item = models.ForeignKey(EvidenceItem, on_delete=models.PROTECT, related_name="files")
    stored_file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    by_staff = models.BooleanField(default=False)

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
