"""How a notice reaches the person: by post unless there is a consent; and that consent."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kiepe.base.documents.models import StoredFile
from kiepe.cases.models.case import Case


class PortalConsent(models.Model):
    """Consent to delivery in the portal (§ 37 Abs. 2a SGB X): who, when, which words. The words stand in the event."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="consents")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    version = models.CharField(max_length=20)  # of the text that was shown
    given_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(revoked_at__isnull=True), name="consent_one_in_force")
        ]

    def __str__(self) -> str:
        return f"consent {self.pk} in case {self.case_id}"


class Way(models.TextChoices):
    """How it goes out."""

    POST = "post", _("Brief")
    PORTAL = "portal", _("Abruf im Serviceportal")


class Because(models.TextChoices):
    """Why it goes this way."""

    DEFAULT = "default", _("Regelfall")
    CONSENT = "consent", _("Einwilligung liegt vor")
    NO_SEAL = "no_seal", _("Siegel war nicht erreichbar")
    NOT_SENT = "not_sent", _("Benachrichtigung ließ sich nicht senden")
    NOT_RETRIEVED = "not_retrieved", _("im Serviceportal nicht abgerufen")
    REVOKED = "revoked", _("Einwilligung widerrufen")
    NOT_ARRIVED = "not_arrived", _("nicht angekommen")


class Delivery(models.Model):
    """One way that a notice goes or went: a letter, or a sealed file that its reader retrieves.

    `arrived_on`: a later day of arrival, as the office established it; `not_arrived`: that it never came.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="deliveries")
    way = models.CharField(max_length=6, choices=Way.choices)
    because = models.CharField(max_length=14, choices=Because.choices)
    created_at = models.DateTimeField()
    posted_on = models.DateField(null=True, blank=True)
    notified_at = models.DateTimeField(null=True, blank=True)  # the mail left that says: there is something to retrieve
    reminded_at = models.DateTimeField(null=True, blank=True)
    retrieved_at = models.DateTimeField(null=True, blank=True)  # the first time
    arrived_on = models.DateField(null=True, blank=True)
    not_arrived = models.BooleanField(default=False)
    seal = models.CharField(max_length=20, blank=True)  # name of the sealer
    sealed = models.OneToOneField(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(way="post", posted_on__isnull=True), name="delivery_one_letter_waiting"
            ),
            models.UniqueConstraint(fields=["case"], condition=Q(way="portal"), name="delivery_one_in_portal"),
            models.CheckConstraint(
                condition=Q(way="portal", posted_on__isnull=True, sealed__isnull=False)
                | Q(way="post", notified_at__isnull=True, retrieved_at__isnull=True, sealed__isnull=True),
                name="delivery_fits_way",
            ),
            models.CheckConstraint(
                condition=Q(arrived_on__isnull=True) | Q(not_arrived=False), name="delivery_arrived_or_not"
            ),
        ]
        indexes = [
            models.Index(
                fields=["created_at"], condition=Q(way="post", posted_on__isnull=True), name="delivery_waiting_letters"
            ),
            models.Index(
                fields=["created_at"],
                condition=Q(way="portal", not_arrived=False)
                & (Q(notified_at__isnull=True) | Q(retrieved_at__isnull=True)),
                name="delivery_watched",
            ),
        ]

    def __str__(self) -> str:
        return f"delivery {self.pk} of case {self.case_id}"
