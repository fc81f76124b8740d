"""What a caseworker established and decided, and the notice that says it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kiepe.base.documents.models import StoredFile
from kiepe.cases.models.case import Case


class CorrectedValue(models.Model):
    """A caseworker's value for one answer, with the reason. The applicant's own answer stays as it was."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="corrections")
    answer = models.CharField(max_length=200)  # path, e.g. 'persons.0.jobs.1.gross_month'
    value = models.JSONField(null=True)
    reason = models.TextField()
    valid_from = models.DateField(null=True, blank=True)  # None: for the whole period
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    dropped_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"correction {self.pk} in case {self.case_id}"


class DecisionKind(models.TextChoices):
    """`other`: a grant with amounts or periods of the caseworker's own."""

    GRANT = "grant", _("Bewilligung")
    REJECT = "reject", _("Ablehnung")
    OTHER = "other", _("Abweichende Entscheidung")


class Decision(models.Model):
    """The administrative act. One a case: the database refuses a second."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="decision")
    kind = models.CharField(max_length=8, choices=DecisionKind.choices)
    periods = models.JSONField()  # as decided: start, end, amount, reason, steps, figures
    proposal = models.JSONField()  # what was prepared, whole
    proposal_digest = models.CharField(max_length=64)
    confirmed = models.JSONField(default=list)  # keys of the hints that were confirmed
    reasons = models.TextField(blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    decided_by_name = models.CharField(max_length=200)
    decided_on = models.DateField()
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=DecisionKind.values), name="decision_kind_known"),
            models.CheckConstraint(
                condition=models.Q(kind="grant") | ~models.Q(reasons=""), name="decision_rejection_has_reasons"
            ),
        ]

    def __str__(self) -> str:
        return f"decision of case {self.case_id}"


class NoticeDocument(models.Model):
    """The notice as one object, written in the transaction of the decision; its PDF follows by a job."""

    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="notice")
    notice = models.JSONField()  # kiepe.cases.notice.Notice.as_data()
    pdf = models.OneToOneField(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(pdf__isnull=False, issued_at__isnull=False)
                | models.Q(pdf__isnull=True, issued_at__isnull=True),
                name="notice_issued_with_pdf",
            )
        ]

    def __str__(self) -> str:
        return f"notice of decision {self.decision_id}"
