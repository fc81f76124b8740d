"""How every verb begins: the case exists for this actor, its row is locked, it is still what the actor saw."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

from kiepe.base.kernel.actor import Actor, Role
from kiepe.base.kernel.refusal import Refused
from kiepe.base.ui.templatetags.ui import moment
from kiepe.cases.members import as_member
from kiepe.cases.models import Case, Decision, EvidenceItem, Party
from kiepe.cases.queries import is_private, private_items, visible
from kiepe.cases.transitions import FROM, State, Verb, why_not


def only_own(actor: Actor, case: Case, item: EvidenceItem, member: Party | None) -> None:
    """Http404 where a member reaches for a document that is not theirs, or the applicant for one that is a member's."""
    if member is not None and item.item_id.partition(".")[0] != member.item_id:
        raise Http404
    if member is None and not actor.is_staff and is_private(item, private_items(case)):
        raise Http404


@contextmanager
def opened(actor: Actor, case_id: int, verb: Verb, *, member: Party | None = None) -> Iterator[Case]:
    """The case under its row lock, in a transaction that ends with the block. Citizens, staff and jobs.

    `member` is a member of the household who acts in what is theirs, and must have come in as that one.
    """
    with transaction.atomic():
        mine = visible(actor) if member is None else as_member(actor, member)
        case = mine.select_for_update(no_key=True).filter(pk=case_id).first()
        if case is None:
            raise Http404
        if State(case.state) not in FROM[verb]:
            raise Refused(_meanwhile(case), _("Laden Sie die Seite neu: Sie zeigt, wie der Vorgang jetzt steht."))
        yield case


@contextmanager
def opened_by_staff(actor: Actor, case_id: int, version: int, verb: Verb) -> Iterator[Case]:
    """The same for a caseworker who acts on what a page showed: another version is refused, nothing is overwritten."""
    if not actor.has(Role.CASEWORKER, Role.LEAD):
        raise Http404
    with opened(actor, case_id, verb) as case:
        if case.version != version:
            raise Refused(
                _("Der Vorgang hat sich geändert, seit Sie die Seite geöffnet haben."),
                _("Laden Sie die Seite neu und sehen Sie nach, was dazugekommen ist. Es wurde nichts überschrieben."),
            )
        yield case


def _meanwhile(case: Case) -> str:
    """Why nothing more can be done; where it was decided, by whom and when."""
    decision = Decision.objects.filter(case=case).first()
    if decision is None:
        return why_not(State(case.state))
    return _("Über diesen Vorgang wurde inzwischen entschieden (%(who)s, %(when)s).") % {
        "who": decision.decided_by_name or _("Sachbearbeitung"),
        "when": moment(decision.decided_at),
    }


def reason_given(text: str, *, field: str = "reason", why: str = "") -> str:
    """A reason without blanks around it; raises Refused (422) where there is none."""
    said = text.strip()
    if not said:
        sentence = why or _("Schreiben Sie in einem Satz, warum.")
        raise Refused(_("Es fehlt eine Begründung."), sentence, fields={field: sentence}, status=422)
    return said
