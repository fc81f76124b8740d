"""A person's data in the cases: handed out (Art. 15, 20 GDPR); what the law keeps, until when, by which norm."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial

from django.http import Http404
from django.utils.translation import gettext as _

from kiepe.base.documents import queries as documents
from kiepe.base.documents.models import StoredFile
from kiepe.base.forms import queries as drafts
from kiepe.base.forms.values import said
from kiepe.base.kernel import clock
from kiepe.base.kernel.actor import Actor
from kiepe.base.kernel.privacy import ACCOUNT, Attachment, Holding, Share
from kiepe.cases import casefile, handed_out, papers, queries, retention
from kiepe.cases.actions.erase import erase as erase_case
from kiepe.cases.actions.leave_account import leave_account
from kiepe.cases.actions.retrieve import retrieve
from kiepe.cases.models import Case
from kiepe.cases.types import case_type


class Cases:
    """Every case that the person has by account or opened in this browser."""

    name = "cases"

    def export(self, person: Actor) -> Share:
        data: list[object] = []
        attached: list[Attachment] = []
        for case in _own(person):
            retrieve(person, case)  # who takes the notice home has retrieved it
            folder = f"vorgaenge/{case.number}"
            paths = handed_out.files(person, case, folder)
            data.append(handed_out.said(person, case, {file.pk: path for file, path in paths}))
            attached += [Attachment(path, reader(file)) for file, path in paths]
            attached.append(Attachment(f"{folder}/alles.pdf", _paper(person, case)))
        return Share(data, (*attached, *_begun(person)))

    def holdings(self, person: Actor) -> Sequence[Holding]:
        return [_holding(case) for case in _own(person)]

    def erase(self, person: Actor, keys: frozenset[str]) -> None:
        """Contents whose time is over go. Where the account goes, the cases are untied from it, each with an event."""
        for case in _own(person):
            if case.number in keys and over(case):
                erase_case(case.pk, norm=retention.norm(case))
        if person.account is not None and ACCOUNT in keys:
            leave_account(person)


def _begun(person: Actor) -> list[Attachment]:
    """Each draft as a paper to read; its data is the forms' to hand out, but only the case types know their forms."""
    if person.account is None and not person.drafts:
        return []
    found = []
    for draft in drafts.visible(person).filter(submitted_at=None).order_by("created_at"):
        with suppress(Http404):  # its form is gone: the data stands in the JSON
            paper = casefile.begun(draft)
            found.append(Attachment(f"entwuerfe/{draft.pk}/angaben.pdf", partial(papers.pdf, paper)))
    return found


def _own(person: Actor) -> list[Case]:
    """Those in which the person applied: what a representative may open is the data of somebody else."""
    if person.is_staff or (person.account is None and not person.cases):
        return []
    seen = queries.visible(person).filter(erased_at__isnull=True).order_by("pk")
    return [case for case in seen if queries.is_applicant(person, case)]


def over(case: Case) -> bool:
    """Whether the law keeps the contents no longer."""
    last = retention.last_day(case)
    return last is not None and last < clock.today()


def _holding(case: Case) -> Holding:
    title = f"{said(case_type(case.case_type).title)} {case.number}"
    until, norm = retention.last_day(case), retention.norm(case)
    if over(case):
        return Holding(case.number, title, _("Die Frist ist vorbei. Wir löschen die Inhalte."), now=True, norm=norm)
    years = case_type(case.case_type).retention_years
    words = _("Antrag, Unterlagen, Nachrichten und Bescheid gehören zur Akte. Sie muss vollständig bleiben.")
    if until is None:
        words += " " + _(
            "Solange der Vorgang läuft, brauchen wir sie. Danach bleibt sie %(years)d Jahre, gerechnet vom Ende des "
            "Jahres, in dem er endet."
        ) % {"years": years}
    return Holding(case.number, title, words, now=False, until=until, norm=norm)


def reader(file: StoredFile) -> Callable[[], bytes]:
    """Reads a file when it is its turn, turned as it is shown."""
    return lambda: documents.as_shown(file)


def _paper(person: Actor, case: Case) -> Callable[[], bytes]:
    return lambda: papers.pdf(casefile.paper(person, case))


ROOM = Cases()
