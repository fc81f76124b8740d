"""A caseworker puts another value beside an answer, with the reason. The answer itself stays as it was given."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from kiepe.base.forms import values
from kiepe.base.forms.values import BadValue
from kiepe.base.kernel import clock
from kiepe.base.kernel.actor import Actor
from kiepe.base.kernel.refusal import Refused
from kiepe.cases import record
from kiepe.cases.actions.opening import opened_by_staff, reason_given
from kiepe.cases.models import CorrectedValue
from kiepe.cases.transitions import Verb
from kiepe.cases.types import form


def correct(
    actor: Actor,
    case_id: int,
    answer: str,
    value: str | list[str],
    reason: str,
    valid_from: date | None = None,
    *,
    version: int,
) -> CorrectedValue:
    """Lay `value`, as typed, over the answer at this path, for the whole period or from a day on.

    Raises Refused (422) with `fields` for a path that the form does not know, a value that cannot be read, or
    without a reason.
    """
    with opened_by_staff(actor, case_id, version, Verb.CORRECTED) as case:
        said = reason_given(reason)
        label, stored, shown = _read(case.case_type, answer, value)
        correction = CorrectedValue.objects.create(
            case=case,
            answer=answer,
            value=stored,
            reason=said,
            valid_from=valid_from,
            created_at=clock.now(),
            created_by_id=actor.account,
        )
        content = {
            "correction": correction.pk,
            "answer": answer,
            "label": label,
            "value": stored,
            "shown": shown,
            "reason": said,
            "valid_from": valid_from,
        }
        record.append(case, Verb.CORRECTED, actor, content)
    return correction


def drop_correction(actor: Actor, case_id: int, correction_id: int, *, version: int) -> None:
    """Take a correction back: the answer, or the correction before it, holds again."""
    with opened_by_staff(actor, case_id, version, Verb.CORRECTION_DROPPED) as case:
        correction = CorrectedValue.objects.filter(case=case, pk=correction_id, dropped_at__isnull=True).first()
        if correction is None:
            raise Refused(_("Diese Berichtigung gilt schon nicht mehr."), _("Laden Sie die Seite neu."))
        correction.dropped_at = clock.now()
        correction.save(update_fields=["dropped_at"])
        label = form(case.case_type).field(correction.answer).label
        content = {"correction": correction.pk, "answer": correction.answer, "label": label}
        record.append(case, Verb.CORRECTION_DROPPED, actor, content)


def _read(key: str, answer: str, value: str | list[str]) -> tuple[str, object, str]:
    """Label, stored value and shown value; raises Refused (422)."""
    try:
        found = form(key).field(answer)
    except KeyError:
        raise _refused("answer", _("Diese Angabe gibt es in diesem Antrag nicht.")) from None
    if not (value if isinstance(value, list) else value.strip()):
        raise _refused("value", _("Geben Sie den richtigen Wert ein."))
    try:
        stored = values.parse(found.field, value)
    except BadValue as bad:
        raise _refused("value", bad.sentence) from None
    return found.label, stored, values.show(found.field, stored)


def _refused(field: str, sentence: str) -> Refused:
    return Refused(_("Die Angabe wurde nicht berichtigt."), sentence, fields={field: sentence}, status=422)
