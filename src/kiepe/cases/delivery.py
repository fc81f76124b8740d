"""Which way a notice goes, and what the record says of it. The verbs are in actions/; the days in notification.py."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from kiepe.base.catalogue.pack import city
from kiepe.base.documents.seal import chosen
from kiepe.cases import canonical
from kiepe.cases.models import Case, Delivery, PartyRole, PortalConsent, Way

FIELDS = (
    "way",
    "because",
    "posted_on",
    "notified_at",
    "reminded_at",
    "retrieved_at",
    "arrived_on",
    "not_arrived",
    "seal",
)


def said(delivery: Delivery) -> dict[str, object]:
    """A delivery as its events keep it; a later event goes before an earlier."""
    kept = {name: canonical.plain(getattr(delivery, name)) for name in FIELDS}
    sealed = str(delivery.sealed_id) if delivery.sealed_id else None
    return {"id": delivery.pk, **kept, "created_at": canonical.plain(delivery.created_at), "sealed": sealed}


def consent_said(consent: PortalConsent) -> dict[str, object]:
    """A consent as its events keep it. Whose it was is the actor of the event: an account may go."""
    times = {"given_at": canonical.plain(consent.given_at), "revoked_at": canonical.plain(consent.revoked_at)}
    return {"id": consent.pk, "version": consent.version, **times}


def said_of(case_ids: Sequence[int]) -> dict[int, dict[int, object]]:
    """What the rows say now, by case and delivery."""
    found: dict[int, dict[int, object]] = {}
    for row in Delivery.objects.filter(case__in=case_ids).order_by("pk"):
        found.setdefault(row.case_id, {})[row.pk] = said(row)
    return found


def consents_of(case_ids: Sequence[int]) -> dict[int, dict[int, object]]:
    """What the rows say now, by case and consent."""
    found: dict[int, dict[int, object]] = {}
    for row in PortalConsent.objects.filter(case__in=case_ids).order_by("pk"):
        found.setdefault(row.case_id, {})[row.pk] = consent_said(row)
    return found


def consent(case: Case) -> PortalConsent | None:
    """The consent in force."""
    return PortalConsent.objects.filter(case=case, revoked_at__isnull=True).first()


def portal(case: Case) -> Delivery | None:
    """The delivery in the portal, where there was one."""
    return Delivery.objects.filter(case=case, way=Way.PORTAL).first()


def letter_waiting(case: Case) -> Delivery | None:
    """The letter that is not posted yet."""
    return Delivery.objects.filter(case=case, way=Way.POST, posted_on__isnull=True).first()


def chosen_way(case: Case) -> Way:
    """The portal only with a consent in force and everything that § 37 Abs. 2a SGB X needs; else a letter."""
    return Way.PORTAL if consent(case) is not None and not why_only_post(case) else Way.POST


def why_only_post(case: Case) -> str:
    """Why delivery in the portal is not possible in this case, in a sentence; empty where it is."""
    if chosen.seal() is None:
        return _("Die Stadt hat noch kein elektronisches Siegel. Ohne Siegel geht es nur mit der Post.")
    if case.account is None:
        return _("Dieser Vorgang gehört zu keinem Konto. Für den Abruf müssen Sie sich mit einem Konto anmelden.")
    if case.parties.filter(role=PartyRole.REPRESENTATIVE).exists():
        return _("Sie werden vertreten. Der Bescheid geht deshalb als Brief an die Person, die Sie vertritt.")
    return ""


def mail_of(delivery: Delivery) -> str:
    """The occasion of the notification's mail."""
    return f"case-{delivery.case_id}-delivery-{delivery.pk}"


def seal_words(sent: Delivery) -> str:
    """What the page says of the seal on a notice in the portal; empty for a letter, or where the sealer is gone."""
    seal = chosen.seal()
    return seal.words() if seal is not None and sent.seal == seal.name else ""


def days(case: Case) -> tuple[int, int]:
    """After how many days the city reminds, and sends a letter instead."""
    procedure = city().procedures[case.case_type]
    return procedure.reminder_days, procedure.letter_days
