"""Apply at once to keep the day: a name and where to be found is an application (§ 16 SGB I); the rest follows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from kiepe.base.forms import actions as drafts
from kiepe.base.forms.models import Draft
from kiepe.base.kernel import clock
from kiepe.base.kernel.actor import Actor
from kiepe.base.kernel.refusal import Refused
from kiepe.cases import access, canonical, jobs, mail, parties, record, types
from kiepe.cases.actions.filing import locked_draft, new_case
from kiepe.cases.actions.submit import Submitted
from kiepe.cases.models import Answers, Case
from kiepe.cases.transitions import State, Verb
from kiepe.cases.wish import Channel
from kiepe.cases.working_days import working_day_from

ANSWERS_DAYS = 30  # so long the rest of the answers is asked for; a caseworker may name another day


def keep_date(actor: Actor, draft: Draft) -> Submitted:
    """Make the case with what is answered so far; the draft goes on, and `submit` completes the same case.

    Idempotent per draft, also after it was completed. Raises Http404 for a draft of somebody else, Refused (422)
    while name and address are open (form.yaml, keeps_date).
    """
    with transaction.atomic():
        locked = locked_draft(actor, draft.pk)
        made = Case.objects.filter(draft=locked.pk).first()
        if made is None:
            flow = types.form(locked.form)
            walk = flow.walk(locked.answers, frozenset(locked.done))
            if not walk.keeps_date():
                raise Refused(
                    _("Dafür fehlt noch Ihr Name oder Ihre Adresse."),
                    _("Gehen Sie zurück und füllen Sie diese Seiten aus. Dann zählt der Tag."),
                    status=422,
                )
            made = begin(actor, locked, walk.answers, received=clock.today(), channel=Channel.ONLINE)
    return Submitted(made, access.shown(access.code_of(locked.pk)))


def begin(
    actor: Actor, draft: Draft, answers: Mapping[str, object], *, received: date, channel: Channel, note: str = ""
) -> Case:
    """The case of a wish to apply, by whatever channel; `draft` is locked and holds the answers to go on with."""
    case_type = types.case_type(draft.form)
    with override(settings.LANGUAGE_CODE):  # what a case keeps is German
        taking_part = list(case_type.parties(answers))
    case = new_case(case_type, draft, taking_part, received=received, channel=channel)
    kept = Answers.objects.create(
        case=case, form=draft.form, form_version=draft.form_version, json=canonical.plain(answers)
    )
    parties.keep(case, taking_part)
    case.state, case.whole = State.RECEIVED, False
    case.answers_due_on = working_day_from(clock.today() + timedelta(days=ANSWERS_DAYS))
    content = {
        "number": case.number,
        "received_on": case.received_on,
        "channel": case.channel,
        "reason": note.strip(),
        "answers_due_on": case.answers_due_on,
        "parties_digest": parties.fingerprint(case.parties.order_by("position")),
        "answers_digest": canonical.fingerprint(kept.json),
        "form_version": kept.form_version,
    }
    record.append(case, Verb.BEGUN, actor, content)
    drafts.file(draft)
    mail.begun(case)
    jobs.make_receipt(case.pk)
    return case
