"""The case itself, what was answered, and who takes part."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kiepe.base.documents.models import StoredFile
from kiepe.cases.transitions import OPEN, State
from kiepe.cases.wish import Channel


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
    channel = models.CharField(max_length=16, choices=Channel.choices, default=Channel.ONLINE)
    whole = models.BooleanField(default=True)  # False: applied to keep the day, the rest of the answers follows
    answers_due_on = models.DateField(null=True, blank=True)  # until when the rest is asked for, while not whole
    due_on = models.DateField(null=True, blank=True)  # the promise, where the city gives one
    complete_on = models.DateField(null=True, blank=True)  # day on which the last needed document was there
    period_start = models.DateField(null=True, blank=True)  # set by a caseworker; None: as the law says
    period_end = models.DateField(null=True, blank=True)
    docs_needed = models.PositiveSmallIntegerField(default=0)
    docs_settled = models.PositiveSmallIntegerField(default=0)
    unread = models.PositiveSmallIntegerField(default=0)  # messages to the office that nobody has dealt with
    open_changes = models.PositiveSmallIntegerField(default=0)  # reported changes that nobody has dealt with
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
            models.CheckConstraint(condition=Q(whole=True) | ~Q(state=State.READY), name="case_ready_only_when_whole"),
            models.CheckConstraint(
                condition=Q(whole=False) | Q(answers_due_on__isnull=True), name="case_answers_due_until_whole"
            ),
        ]
        indexes = [
            models.Index(
                F("unit"), F("due_on").asc(nulls_last=True), F("id"), condition=Q(open=True), name="case_queue"
            ),
            models.Index(fields=["unit", "state"], condition=Q(open=True), name="case_open_state"),
            models.Index(fields=["claimed_by", "state"], condition=Q(open=True), name="case_open_claimed"),
            models.Index(fields=["unit", "applicant_sort"], name="case_by_name"),
            models.Index(fields=["unit"], condition=Q(unread__gt=0), name="case_unread"),
            models.Index(fields=["unit"], condition=Q(open_changes__gt=0), name="case_open_changes"),
            models.Index(fields=["closed_on"], condition=Q(open=False, erased_at__isnull=True), name="case_retention"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def complete(self) -> bool:
        """Whether all answers are there, and every needed document is there or waived."""
        return self.whole and self.docs_settled >= self.docs_needed


class Answers(models.Model):
    """What was answered, as submitted. Never changed: a caseworker's values are corrections beside it.

    A case that was begun to keep its day has a second version when the rest came; the latest one counts.
    """

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
    REPRESENTATIVE = "representative", _("Vertretung mit Vollmacht")  # § 13 Abs. 1 SGB X
    GUARDIAN = "guardian", _("Rechtliche Betreuung")  # § 1823 BGB, § 11 Abs. 3 SGB X
    PARENT = "parent", _("Mutter oder Vater")  # § 1629 BGB
    PARTNER = "partner", _("Handelt gemeinsam mit der antragstellenden Person")  # each has the other's power
    HELPER = "helper", _("Hilft beim Ausfüllen")  # no party to the procedure: no access, no letters
    MEMBER = "member", _("Mitglied des Haushalts")
    PAYEE = "payee", _("Zahlung geht an")


REPRESENTING = frozenset({PartyRole.REPRESENTATIVE, PartyRole.GUARDIAN, PartyRole.PARENT})
ACTING = REPRESENTING | {PartyRole.PARTNER}  # with an own code they see the case as the applicant does


class Scope(models.TextChoices):
    """What a power covers, or a court has ordered."""

    ALL = "all", _("alles, was den Antrag betrifft")
    MONEY = "money", _("Geld und Vermögen")
    OFFICES = "offices", _("Behörden und Sozialleistungen")
    POST = "post", _("Briefe annehmen und öffnen")
    HOME = "home", _("Wohnung")
    TALK = "talk", _("mit der Behörde sprechen")


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
    legal_form = models.CharField(max_length=80, blank=True)  # of an organisation, e.g. 'eingetragener Verein'
    register_entry = models.CharField(max_length=120, blank=True)  # e.g. 'Amtsgericht Münster, VR 1234'
    represented_by = ArrayField(models.CharField(max_length=200), default=list, blank=True)  # who acts for it
    scope = ArrayField(models.CharField(max_length=8, choices=Scope.choices), default=list, blank=True)
    evidence_key = models.CharField(max_length=60, blank=True)  # the document that proves the power or the consent
    consent = models.CharField(max_length=300, blank=True)  # what the applicant agreed to, in the words of the form
    own_part = models.BooleanField(default=False)  # spoke for themselves: details are not shown to the applicant

    class Meta:
        verbose_name_plural = "parties"
        constraints = [
            models.UniqueConstraint(fields=["case", "position"], name="party_position"),
            models.UniqueConstraint(fields=["case"], condition=Q(role="applicant"), name="party_one_applicant"),
        ]

    def __str__(self) -> str:
        return f"party {self.pk} of case {self.case_id}"

    @property
    def acts(self) -> bool:
        """Whether the party may be given an own way in, to act as the applicant does."""
        return self.role in ACTING

    @property
    def scope_words(self) -> list[str]:
        """What the power covers, in words."""
        return [str(Scope(one).label) for one in self.scope]

    @property
    def name(self) -> str:
        """Name as written in an address."""
        return self.organisation or f"{self.first_name} {self.last_name}".strip()


class PartyAccess(models.Model):
    """An own way in for a party: a code of their own, and an account where they have one. Revocable at any time.

    `email` is where a member of the household hears that there is news, in `language` (BCP 47); nobody else sees it.
    """

    party = models.OneToOneField(Party, primary_key=True, on_delete=models.CASCADE, related_name="access")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="accesses")
    code_hash = models.CharField(max_length=64)  # HMAC-SHA-256, bound to the case's number
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    email = models.EmailField(max_length=254, blank=True)
    language = models.CharField(max_length=20, default="de")
    granted_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "party accesses"

    def __str__(self) -> str:
        return f"access of party {self.party_id}"
