"""What a person of the office established about the arrival of a notice (§ 37 Abs. 2 Satz 3, Abs. 2a Satz 5 to 7)."""

from __future__ import annotations

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from kiepe.base.kernel import clock
from kiepe.base.kernel.actor import Actor
from kiepe.base.kernel.refusal import Refused
from kiepe.base.ui.templatetags.ui import day as shown
from kiepe.cases import delivery, mail, record
from kiepe.cases.actions.opening import opened_by_staff, reason_given
from kiepe.cases.actions.queue_letter import lay
from kiepe.cases.models import Because, Delivery, Way
from kiepe.cases.notification import fourth_day
from kiepe.cases.transitions import Verb


def note_arrival(
    actor: Actor, case_id: int, delivery_id: int, *, arrived: date | None, reason: str, version: int
) -> Delivery:
    """The letter came later than the fourth day (`arrived`), or it never came (None): then another letter goes out.

    In the portal it is the mail that did not come, or not within the four days. Then the day counts on which the
    notice was retrieved; where nobody retrieved it, a letter goes out. Raises Refused (422: `arrived`, `reason`).
    """
    with opened_by_staff(actor, case_id, version, Verb.ARRIVAL_NOTED) as case:
        found = Delivery.objects.filter(case=case, pk=delivery_id).first()
        if found is None:
            raise Refused(_("Diese Sendung gibt es nicht mehr."), _("Laden Sie die Seite neu."))
        said = reason_given(reason, why=_("Schreiben Sie in einem Satz, woran Sie es sehen. Er steht im Verlauf."))
        found.arrived_on = _retrieved(found) if found.way == Way.PORTAL else _later(found, arrived)
        found.not_arrived = found.arrived_on is None
        found.save(update_fields=["arrived_on", "not_arrived"])
        event = record.append(case, Verb.ARRIVAL_NOTED, actor, {"delivery": delivery.said(found), "reason": said})
        if found.not_arrived and delivery.letter_waiting(case) is None:
            lay(case, Because.NOT_ARRIVED)
        mail.news(case, event)
    return found


def _later(letter: Delivery, arrived: date | None) -> date | None:
    """A day after the fourth: an earlier arrival changes nothing."""
    if letter.posted_on is None:
        raise Refused(_("Der Brief ist noch nicht zur Post gegeben."), _("Vermerken Sie das zuerst im Postausgang."))
    if arrived is None:
        return None
    if arrived > clock.today():
        raise _unfit(_("Der Tag liegt in der Zukunft."))
    if arrived <= fourth_day(letter.posted_on):
        sentence = _("Bis zum %(day)s ändert ein Zugang nichts: Der Brief gilt ohnehin erst an diesem Tag als bekannt.")
        raise _unfit(sentence % {"day": shown(fourth_day(letter.posted_on))})
    return arrived


def _retrieved(lying: Delivery) -> date | None:
    """The day of retrieval (§ 37 Abs. 2a Satz 6 and 7 SGB X), where it is later than the fourth day."""
    if lying.notified_at is None or lying.retrieved_at is None:
        return None
    retrieved = timezone.localtime(lying.retrieved_at).date()
    if retrieved <= fourth_day(timezone.localtime(lying.notified_at).date()):
        sentence = _("Der Bescheid wurde schon am %(day)s abgerufen. An der Frist ändert sich nichts.")
        raise _unfit(sentence % {"day": shown(retrieved)})
    return retrieved


def _unfit(sentence: str) -> Refused:
    return Refused(_("Dieser Tag passt nicht."), fields={"arrived": sentence}, status=422)
