"""An application being filled in: what each of its pages needs to know, worked out once a request."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from kiepe.base.catalogue.entries import Procedure, Service
from kiepe.base.catalogue.pack import city
from kiepe.base.forms.flow import Flow, PageAt, Walk
from kiepe.base.forms.models import Draft, DraftFile, DraftLack, LackReason
from kiepe.base.forms.queries import draft_for, files, lacks
from kiepe.base.forms.values import said
from kiepe.base.kernel.actor import Actor
from kiepe.cases import evidence, types
from kiepe.cases.case_type import CaseType
from kiepe.cases.evidence import Need
from kiepe.cases.pages import Sheet, sheets, understood

DOCUMENTS = "documents"
CHECK = "check"


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the stepper. `state` is done, now or open; `link` is empty where it cannot be gone to yet."""

    title: str
    state: str
    link: str
    number: int


@dataclass(frozen=True, slots=True)
class Block:
    """One document on the upload page, with what was sent for it, why it is not there, and why a file was not taken."""

    need: Need
    name: str
    files: list[DraftFile]
    problems: tuple[str, ...] = ()
    lack: DraftLack | None = None
    unsaid: str = ""  # what is still to be said of it

    @property
    def sheets(self) -> list[Sheet]:
        """The files with the pages of the document that they are."""
        return sheets([one.stored_file for one in self.files])

    @property
    def understood(self) -> str:
        """What was sent, in words."""
        return understood([one.stored_file for one in self.files])

    @property
    def lacking(self) -> str:
        """'weil …' where somebody said in full why they do not have it."""
        if self.files or self.lack is None or self.lack.problem:
            return ""
        why = LackReason(self.lack.why).label
        return _("Haben Sie nicht, weil %(why)s") % {"why": why}


def procedure_of(service: str) -> tuple[CaseType, Service | None, Procedure | None]:
    """Case type, entry in the city pack and procedure of an address; Http404 where nothing can be applied for."""
    pack = city()
    entry = next((one for one in pack.services if one.slug == service), None)
    if entry is not None and not entry.online:
        raise Http404
    key = entry.online if entry is not None and entry.online else service
    return types.case_type(key), entry, pack.procedures.get(key)


class Application:
    """A draft with its form. Raises Http404 for a draft of somebody else or of another service."""

    def __init__(self, actor: Actor, service: str, draft_id: UUID) -> None:
        self.case_type, self.entry, self.procedure = procedure_of(service)
        self.service = service
        self.draft: Draft = draft_for(actor, draft_id)
        if self.draft.form != self.case_type.key:
            raise Http404
        self.flow: Flow = types.form(self.case_type.key)

    @cached_property
    def walk(self) -> Walk:
        """The answers as they are stored now."""
        return self.flow.walk(self.draft.answers, frozenset(self.draft.done))

    def changed(self, draft: Draft) -> None:
        """Go on with what was just stored."""
        self.draft = draft
        self.__dict__.pop("walk", None)
        self.__dict__.pop("needs", None)

    @cached_property
    def needs(self) -> list[Need]:
        """The documents that the answers call for."""
        return evidence.needs(self.case_type, self.walk.answers)

    def blocks(self, problems: dict[str, list[str]] | None = None) -> list[Block]:
        """The upload page, block by block."""
        sent: dict[tuple[str, str], list[DraftFile]] = {}
        for one in files(self.draft):
            sent.setdefault((one.evidence_key, one.item), []).append(one)
        found, lacking = [], lacks(self.draft)
        for need in self.needs:
            name = f"datei-{need.key}-{need.item_id}".rstrip("-").replace(".", "-")
            problem = tuple((problems or {}).get(name, ()))
            key = (need.key, need.item_id)
            unsaid = " ".join((problems or {}).get(f"grund-{name}", ()))
            found.append(Block(need, name, sent.get(key, []), problem, lacking.get(key), unsaid))
        return found

    def at(self, page: str, *items: str) -> PageAt:
        """The page of an address; Http404 where the form has none like it."""
        try:
            return self.flow.at(page, [item for item in items if item])
        except KeyError:
            raise Http404 from None

    @property
    def title(self) -> str:
        return said(self.flow.form.title)

    def url(self, name: str) -> str:
        """The address of one of the application's own pages, such as `check`."""
        return reverse(f"cases:apply_{name}", args=[self.service, self.draft.pk])

    def page_url(self, at: PageAt) -> str:
        """The address of a page of questions."""
        return reverse("cases:apply_page", args=[self.service, self.draft.pk, at.page.key, *at.item_ids])

    def documents_or_check(self) -> str:
        """What comes after the last question."""
        return self.url(DOCUMENTS) if self.needs else self.url(CHECK)

    def after(self, at: PageAt, *, back: bool) -> str:
        """Where 'Weiter' leads; `back` after a change from the check page: what is new is asked, then back to it."""
        if back:
            found = self.walk.next(at) if at.page.is_list else None
            found = found if found is not None and self.walk.is_open(found) else self.walk.first_open()
            return f"{self.page_url(found)}?weiter=pruefen" if found is not None else self.url(CHECK)
        found = self.walk.next(at)
        return self.page_url(found) if found is not None else self.documents_or_check()

    def before(self, at: PageAt) -> str:
        """Where 'Zurück' leads."""
        found = self.walk.previous(at)
        return self.page_url(found) if found is not None else reverse("cases:apply_start", args=[self.service])

    def last_page(self) -> str:
        """The last page of questions, for 'Zurück'."""
        return self.page_url(self.walk.pages[-1])

    def here(self) -> str:
        """Where somebody who comes back goes on."""
        found = self.walk.first_open()
        return self.page_url(found) if found is not None else self.documents_or_check()

    def steps(self, current: str) -> list[Step]:
        """The stepper: the sections that are reached, then documents (where there are any) and the check."""
        made: list[Step] = []
        open_before = False
        for section, first in self.walk.sections():
            is_open = any(self.walk.is_open(at) for at in self.walk.pages if at.page.section == section.key)
            begun = any(
                at.address in (self.walk.done or ()) for at in self.walk.pages if at.page.section == section.key
            )
            state = "now" if section.key == current else "open" if is_open else "done"
            link = self.page_url(first) if state == "done" or begun or not open_before else ""
            made.append(Step(said(section.title), state, link, len(made) + 1))
            open_before = open_before or is_open
        ends = [(DOCUMENTS, _("Unterlagen"))] if self.needs else []
        for key, title in [*ends, (CHECK, _("Prüfen und absenden"))]:
            passed = key == DOCUMENTS and current == CHECK
            state = "now" if key == current else "done" if passed else "open"
            made.append(Step(title, state, "" if open_before else self.url(key), len(made) + 1))
        return made
