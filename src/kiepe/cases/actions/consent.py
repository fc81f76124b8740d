"""Consent to delivery in the portal, and taking it back (§ 37 Abs. 2a Satz 1 and 2 SGB X)."""

from __future__ import annotations

from django.utils.translation import gettext as _

from kiepe.base.kernel import clock
from kiepe.base.kernel.actor import Actor
from kiepe.base.kernel.refusal import Refused
from kiepe.cases import consent_text, delivery, record
from kiepe.cases.actions.opening import opened
from kiepe.cases.actions.queue_letter import lay
from kiepe.cases.models import Because, Case, PortalConsent, Way
from kiepe.cases.transitions import Verb


def consent_to_portal(actor: Actor, case_id: int, *, version: str) -> PortalConsent:
    """Record the consent of the account that the case belongs to; a second time changes nothing.

    `version` is that of the text which was shown. Raises Refused: 403 without sign-in to that account, 409 where the
    portal is not possible (no seal, a representative) or the text is another by now.
    """
    with opened(actor, case_id, Verb.CONSENTED) as case:
        if actor.account is None or case.account_id != actor.account:
            raise Refused(
                _("Dafür melden Sie sich bitte mit dem Konto an, zu dem dieser Vorgang gehört."),
                _("Nummer und Zugangscode genügen hier nicht. Ohne Konto kommt der Bescheid als Brief."),
                status=403,
            )
        if why := delivery.why_only_post(case):
            raise Refused(why, _("Der Bescheid kommt als Brief. Sie müssen nichts tun."))
        if version != consent_text.version():
            raise Refused(_("Der Text hat sich geändert."), _("Laden Sie die Seite neu und lesen Sie ihn noch einmal."))
        if (known := delivery.consent(case)) is not None:
            return known
        given = PortalConsent.objects.create(case=case, account_id=actor.account, version=version, given_at=clock.now())
        content = {"consent": delivery.consent_said(given), "text": list(consent_text.paragraphs())}
        record.append(case, Verb.CONSENTED, actor, content)
    return given


def revoke_consent(actor: Actor, case_id: int) -> None:
    """Take the consent back for the future: at any time, and by number and code too. Without one nothing happens.

    A notice that lies in the portal and was not retrieved comes as a letter as well.
    """
    with opened(actor, case_id, Verb.CONSENT_REVOKED) as case:
        take_back(actor, case)


def take_back(actor: Actor, case: Case) -> None:
    """End the consent in force, if there is one; the caller holds the lock."""
    given = delivery.consent(case)
    if given is None:
        return
    given.revoked_at = clock.now()
    given.save(update_fields=["revoked_at"])
    record.append(case, Verb.CONSENT_REVOKED, actor, {"consent": delivery.consent_said(given)})
    lying = delivery.portal(case)
    if lying is not None and lying.retrieved_at is None and not case.deliveries.filter(way=Way.POST).exists():
        lay(case, Because.REVOKED)
