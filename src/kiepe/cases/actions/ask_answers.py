"""Ask for the rest of the answers of a case that was begun to keep its day (§§ 60, 66 Abs. 3 SGB I)."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils.translation import gettext as _

from kiepe.base.kernel import clock
from kiepe.base.kernel.actor import Actor
from kiepe.base.kernel.refusal import Refused
from kiepe.cases import mail, record
from kiepe.cases.actions.opening import opened_by_staff
from kiepe.cases.models import Case
from kiepe.cases.transitions import Verb


def ask_answers(actor: Actor, case_id: int, due: date, *, words: str = "", version: int) -> Case:
    """Name a new day for the rest, in one message; the applicant gets a mail without content.

    Refused (409) where the answers are there, (422) with a day that is not to come.
    """
    with opened_by_staff(actor, case_id, version, Verb.ANSWERS_ASKED) as case:
        if case.whole:
            raise Refused(_("Die Angaben sind inzwischen vollständig."), _("Laden Sie die Seite neu."))
        today = clock.today()
        if not today < due <= today + timedelta(days=366):
            sentence = _("Nennen Sie einen Tag in der Zukunft, höchstens ein Jahr von heute an.")
            raise Refused(_("Es wurde nicht nachgefragt."), sentence, fields={"due": sentence}, status=422)
        case.answers_due_on = due
        event = record.append(case, Verb.ANSWERS_ASKED, actor, {"answers_due_on": due, "words": words.strip()})
        mail.news(case, event)
    return case
