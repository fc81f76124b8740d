"""The office gave a letter to the post: from this day the four days of § 37 Abs. 2 Satz 1 SGB X count."""

from __future__ import annotations

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from kiepe.base.kernel import clock
from kiepe.base.kernel.actor import Actor, Role
from kiepe.base.kernel.refusal import Refused
from kiepe.base.ui.templatetags.ui import day as shown
from kiepe.cases import delivery, record
from kiepe.cases.actions.opening import opened, reason_given
from kiepe.cases.models import Delivery, Way
from kiepe.cases.transitions import Verb


def mark_posted(actor: Actor, case_id: int, letter_id: int, day: date, *, reason: str = "") -> Delivery:
    """Note the day of posting. The same day again changes nothing; another day needs a reason and stays in the history.

    Raises Refused: 403 for who may not decide in the unit, 422 (`day`, `reason`) for a day that cannot be.
    """
    if not actor.has(Role.CASEWORKER, Role.LEAD):
        raise Refused(_("Sie dürfen den Postausgang ansehen, aber nichts vermerken."), status=403)
    with opened(actor, case_id, Verb.POSTED) as case:
        letter = Delivery.objects.filter(case=case, pk=letter_id, way=Way.POST).first()
        if letter is None:
            raise Refused(_("Diesen Brief gibt es nicht mehr."), _("Laden Sie die Seite neu."))
        before = letter.posted_on
        if before == day:
            return letter
        _check(letter, day)
        content: dict[str, object] = {}
        if before is not None:
            why = _("Schreiben Sie in einem Satz, warum der Tag ein anderer ist.")
            content = {"before": before, "reason": reason_given(reason, why=why)}
        letter.posted_on = day
        letter.save(update_fields=["posted_on"])
        record.append(case, Verb.POSTED, actor, {"delivery": delivery.said(letter), **content})
    return letter


def _check(letter: Delivery, day: date) -> None:
    made = timezone.localtime(letter.created_at).date()
    if made <= day <= clock.today():
        return
    if day > clock.today():
        sentence = _("Der Tag liegt in der Zukunft. Vermerken Sie den Brief, wenn er zur Post gegeben ist.")
    else:
        sentence = _("Der Brief ist erst vom %(day)s. Vorher kann er nicht zur Post gegangen sein.")
        sentence = sentence % {"day": shown(made)}
    raise Refused(_("Dieser Tag passt nicht."), fields={"day": sentence}, status=422)
