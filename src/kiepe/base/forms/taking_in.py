"""Staff take an application in for a person, and forms that are printed and come back. Writes; reads in queries.py."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.http import Http404
from django.utils.translation import gettext as _

from kiepe.base.forms import actions, paper_numbers
from kiepe.base.forms.flow import Flow
from kiepe.base.forms.models import Channel, Draft, Intake, PaperForm, deletion_day
from kiepe.base.forms.queries import in_unit
from kiepe.base.kernel import clock
from kiepe.base.kernel.actor import NOBODY, Actor, Role
from kiepe.base.kernel.refusal import Refused

BLANKS_KEPT = timedelta(days=3 * 365)  # a blank that did not come back by then is forgotten
OLDEST = timedelta(days=366)  # a stamp older than this is a slip of the pen


def begin(
    actor: Actor, flow: Flow, channel: Channel, arrived_on: date, reason: str = "", paper: PaperForm | None = None
) -> Draft:
    """A draft that the actor fills in for a person, or the one that a returned form was printed from.

    `arrived_on` is the day on which the wish to apply reached any office (§ 16 Abs. 2 Satz 2 SGB I). Raises Refused
    (422) for a day to come or long past, and for another day than today without a reason.
    """
    if not actor.has(Role.CASEWORKER, Role.LEAD) or not actor.unit or actor.account is None:
        raise Http404
    said = _day_explained(arrived_on, reason)
    with transaction.atomic():
        draft = _draft_of(paper) or actions.begin(NOBODY, flow)  # it is the person's, not the clerk's
        Draft.objects.filter(pk=draft.pk).update(delete_on=deletion_day())
        before = Intake.objects.filter(draft=draft).first()
        Intake.objects.update_or_create(
            draft=draft,
            defaults={
                "unit": actor.unit,
                "account_id": actor.account,
                "channel": channel,
                "arrived_on": arrived_on,
                "reason": said,
                "hands": [*(before.hands if before else ()), [actor.account, clock.now().isoformat()]],
            },
        )
        if paper is not None:
            PaperForm.objects.filter(pk=paper.pk).update(draft=draft, returned_at=clock.now())
    return draft


def _day_explained(arrived_on: date, reason: str) -> str:
    today, said = clock.today(), reason.strip()
    if arrived_on > today:
        sentence = _("Der Tag des Eingangs kann nicht in der Zukunft liegen.")
        raise Refused(sentence, fields={"arrived_on": sentence}, status=422)
    if arrived_on < today - OLDEST:
        sentence = _("Der Tag liegt mehr als ein Jahr zurück. Prüfen Sie bitte das Jahr.")
        raise Refused(sentence, fields={"arrived_on": sentence}, status=422)
    if arrived_on != today and not said:
        sentence = _("Schreiben Sie, woran Sie den Tag sehen, zum Beispiel „Eingangsstempel auf dem Formular“.")
        raise Refused(_("Zum Tag des Eingangs fehlt der Grund."), fields={"reason": sentence}, status=422)
    return "" if arrived_on == today else said


def _draft_of(paper: PaperForm | None) -> Draft | None:
    """The draft that a returned form goes on with, locked; Refused where it was sent already."""
    if paper is None or paper.draft_id is None:
        return None
    draft = Draft.objects.select_for_update(no_key=True).filter(pk=paper.draft_id).first()
    if draft is None or draft.delete_on <= clock.today():
        return None
    if draft.submitted_at is not None:
        raise Refused(
            _("Der Antrag zu diesem Formular ist schon abgeschickt."),
            _("Suchen Sie den Vorgang nach dem Namen. Das Formular können Sie dort als Unterlage ablegen."),
        )
    return draft


def take_over(actor: Actor, draft_id: UUID) -> Draft:
    """Go on with what a colleague of the same unit began; who had it stays on the list. Once more is harmless."""
    with transaction.atomic():
        draft = in_unit(actor).filter(pk=draft_id, submitted_at=None).first()
        if draft is None:
            raise Http404
        intake = Intake.objects.select_for_update().get(draft=draft)
        if intake.account_id != actor.account:
            intake.account_id = actor.account or 0
            intake.hands = [*intake.hands, [actor.account, clock.now().isoformat()]]
            intake.save(update_fields=["account", "hands"])
    return draft


def print_form(flow: Flow, draft: Draft | None = None) -> PaperForm:
    """Register one copy before it is printed; with `draft`, the copy that carries its answers."""
    while True:
        try:
            with transaction.atomic():
                return PaperForm.objects.create(
                    number=paper_numbers.fresh(), form=flow.form.form, form_version=flow.form.version, draft=draft
                )
        except IntegrityError:  # the number is taken: one in a billion
            continue


def returned(flow: Flow, typed: str) -> PaperForm:
    """The copy with this number; raises Refused (422) with what to do where it cannot be found."""
    number = paper_numbers.read(typed)
    paper = PaperForm.objects.filter(number=number, form=flow.form.form).first() if number else None
    if paper is not None:
        return paper
    sentence = (
        _("Zu dieser Nummer gibt es kein Formular. Lassen Sie das Feld leer, dann beginnen Sie neu.")
        if number
        else _("In dieser Nummer ist eine Ziffer falsch. Sie steht unten auf jeder Seite und hat zehn Ziffern.")
    )
    raise Refused(_("Die Nummer des Formulars passt nicht."), fields={"paper": sentence}, status=422)


def forget_blanks() -> int:
    """Remove copies that never came back; returns how many."""
    return PaperForm.objects.filter(returned_at=None, printed_at__lt=clock.now() - BLANKS_KEPT).delete()[0]
