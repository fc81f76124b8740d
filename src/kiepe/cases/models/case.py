"""The case itself, what was answered, and who takes part."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kiepe.base.documents.models import StoredFile
from kiepe.cases.transitions import OPEN, State


class Case(models.Model):
    """One administrative procedure. It is never deleted: after lawful erasure its skeleton and its events remain.

    `version` counts every change; staff send the one they saw. `head_seq` and `head_hash` are those of the last event.
    `applicant` and `applicant_sort` (DIN 5007) stand here for the queue; erasure empties them.
    """

    number = models.CharField(max_length=24, unique=True)
    case_type = models.SlugField(max_length=60)
    service = models.SlugField(max_length=60)
    unit = models.CharField(max_length=60)
    state = models.CharField(max_length=12, choices=State.choices)
    open = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=0)
    draft = models.UUIDField(unique=True, editable=False)  # the draft it was made from: one draft, one case
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="own_cases"
    )
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="claimed_cases"
    )
    applicant = models.CharField(max_length=300, blank=True)
    applicant_sort = models.CharField(max_length=300, blank=True, db_collation="C")
    language = models.CharField(max_length=20, default="de")  # BCP 47: it was sent in; mails follow it
    received_on = models.DateField()
    due_on = models.DateField(null=True, blank=True)  # the promise, where the city gives one
    complete_on = models.DateField(null=True, blank=True)  # day on which the last needed document was there
    period_start = models.DateField(null=True, blank=True)  # set by a caseworker; None: as the law says
    period_end = models.DateField(null=True, blank=True)
    docs_needed = models.PositiveSmallIntegerField(default=0)
    docs_settled = models.PositiveSmallIntegerField(default=0)
    head_seq = models.PositiveIntegerField(default=0)
    head_hash = models.BinaryField(max_length=32, default=bytes)
    access_code_hash = models.CharField(max_length=64, blank=True)  # HMAC-SHA-256; empty: no access by code
    receipt = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)  # retention counts from the end of this year
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="case_state_known"),
            models.CheckConstraint(
                condition=Q(open=True, state__in=sorted(OPEN)) | (Q(open=False) & ~Q(state__in=sorted(OPEN))),
                name="case_open_follows_state",
            ),
            models.CheckConstraint(condition=Q(docs_settled__lte=F("docs_needed")), name="case_docs_settled"),
            models.CheckConstraint(
                condition=Q(period_start__isnull=True)
                | Q(period_end__isnull=True)
                | Q(period_start__lte=F("period_end")),
                name="case_period_in_order",
            ),
        ]
        indexes = [
            models.Index(
                F("unit"), F("due_on").asc(nulls_last=True), F("id"), condition=Q(open=True), name="case_queue"
            ),
            models.Index(fields=["unit", "state"], condition=Q(open=True), name="case_open_state"),
            models.Index(fields=["claimed_by", "state"], condition=Q(open=True), name="case_open_claimed"),
            models.Index(fields=["unit", "applicant_sort"], name="case_by_name"),
            models.Index(fields=["closed_on"], condition=Q(open=False, erased_at__isnull=True), name="case_retention"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def complete(self) -> bool:
        """Whether every needed document is there or waived."""
        return self.docs_settled >= self.docs_needed


class Answers(models.Model):
    """What was answered, as submitted. Never changed: a caseworker's values are corrections beside it."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="answers")
    version = models.PositiveSmallIntegerField(default=1)
    form = models.SlugField(max_length=60)
    form_version = models.PositiveIntegerField()
    json = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "version"], name="answers_one_per_version")]

    def __str__(self) -> str:
        return f"answers {self.version} of case {self.case_id}"


class PartyRole(models.TextChoices):
    """Why somebody takes part."""

    APPLICANT = "applicant", _("Antragstellende Person")
    REPRESENTATIVE = "representative", _("Vertretung")
    MEMBER = "member", _("Mitglied des Haushalts")
    PAYEE = "payee", _("Zahlung geht an")


class Party(models.Model):
    """A person or an organisation that takes part in a case. Never just an account."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="parties")
    position = models.PositiveSmallIntegerField()
    role = models.CharField(max_length=16, choices=PartyRole.choices)
    item_id = models.CharField(max_length=20, blank=True)  # the item of the answers it was made from
    first_name = models.CharField(max_length=120, blank=True)
    last_name = models.CharField(max_length=120, blank=True)
    organisation = models.CharField(max_length=200, blank=True)
    birth_date = models.DateField(null=True, blank=True)
    salutation = models.CharField(max_length=200, blank=True)
    address = ArrayField(models.CharField(max_length=200), default=list, blank=True)  # lines below the name
    email = models.EmailField(max_length=254, blank=True)
    phone = models.CharField(max_length=60, blank=True)
    iban = models.CharField(max_length=34, blank=True)

    class Meta:
        verbose_name_plural = "parties"
        constraints = [
            models.UniqueConstraint(fields=["case", "position"], name="party_position"),
            models.UniqueConstraint(fields=["case"], condition=Q(role="applicant"), name="party_one_applicant"),
        ]

    def __str__(self) -> str:
        return f"party {self.pk} of case {self.case_id}"

    @property
    def name(self) -> str:
        """Name as written in an address."""
        return self.organisation or f"{self.first_name} {self.last_name}".strip()
