"""Staff fill in a draft for a person, and forms that are printed and come back. Writes; reads in queries.py.

The wish to apply itself, with its day, is recorded by the room of the cases (record_wish).
"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.http import Http404
from django.utils.translation import gettext as _

from kiepe.base.forms import paper_numbers
from kiepe.base.forms.flow import Flow
from kiepe.base.forms.models import Draft, Intake, PaperForm
from kiepe.base.forms.queries import in_unit
from kiepe.base.kernel import clock
from kiepe.base.kernel.actor import Actor, Role
from kiepe.base.kernel.refusal import Refused

BLANKS_KEPT = timedelta(days=3 * 365)  # a blank that did not come back by then is forgotten


def hold(actor: Actor, draft: Draft) -> bool:
    """The actor goes through the questions of a locked draft for the person; False where they do already.

    Raises Http404 for who decides nothing.
    """
    if not actor.has(Role.CASEWORKER, Role.LEAD) or not actor.unit or actor.account is None:
        raise Http404
    before = Intake.objects.filter(draft=draft).first()
    if before is not None and before.account_id == actor.account:
        return False
    hands = [*(before.hands if before else ()), [actor.account, clock.now().isoformat()]]
    held = {"unit": actor.unit, "account_id": actor.account, "hands": hands}
    Intake.objects.update_or_create(draft=draft, defaults=held)
    return True


def came_back(paper: PaperForm, draft: Draft) -> None:
    """Note that a printed copy came back, and which draft it goes on in."""
    PaperForm.objects.filter(pk=paper.pk).update(draft=draft, returned_at=clock.now())


def draft_of(paper: PaperForm) -> Draft | None:
    """The draft that a returned form goes on with, locked; None for a blank; Refused where it was sent already."""
    if paper.draft_id is None:
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
