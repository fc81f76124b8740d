"""A member of the household fills in the own part: the pages about them, their documents, and nothing of the others."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cached_property
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from kiepe.base.forms import doubts, parts
from kiepe.base.forms.doubts import Asked
from kiepe.base.forms.flow import Answers, Flow, PageAt, Parsed, Walk
from kiepe.base.forms.models import DraftLack, Intake, OwnPart
from kiepe.base.forms.queries import laid_in, part_for
from kiepe.base.kernel.actor import Actor
from kiepe.cases import evidence, types
from kiepe.cases.applying import CHECK, DOCUMENTS, Application, Step, procedure_of
from kiepe.cases.evidence import Need


class OwnWalk(Walk):
    """The walk through one member's pages. The others' answers are known to conditions and shown nowhere.

    `done` as for every Walk: None where nobody kept it, as in a case.
    """

    def __init__(
        self, flow: Flow, item_id: str, answers: Mapping[str, Any], done: Collection[str] | None = None
    ) -> None:
        super().__init__(flow, answers, done)
        own = [_asked_of_the_member(at) for at in self.pages if at.item_ids[:1] == (item_id,)]
        self.pages = tuple(own)
        self._place = {at.address: number for number, at in enumerate(own)}


def _asked_of_the_member(at: PageAt) -> PageAt:
    """The page without what only the one who applies can say."""
    fields = tuple(field for field in at.page.fields if field.own)
    return at if fields == at.page.fields else PageAt(at.page.model_copy(update={"fields": fields}), at.item_ids)


class PartApplication(Application):
    """The own part with its form. Raises Http404 for a part that this browser did not open."""

    def __init__(self, actor: Actor, service: str, part_id: UUID) -> None:
        self.case_type, self.entry, self.procedure = procedure_of(service)
        self.service = service
        self.actor = actor
        self.part = part_for(actor, part_id)
        self.draft = self.part.draft
        if self.draft.form != self.case_type.key:
            raise Http404
        self.flow = types.form(self.case_type.key)
        self.corrects = None

    @cached_property
    def parts(self) -> dict[str, OwnPart]:
        """Nobody is invited from an own part."""
        return {}

    @cached_property
    def intake(self) -> Intake | None:
        """An own part is the member's own doing."""
        return None

    @property
    def way_back(self) -> bool:
        """The member has a code of their own, shown when the part was opened."""
        return False

    @property
    def may_keep_date(self) -> bool:
        """Only who applies can."""
        return False

    @property
    def at_stake(self) -> str:
        """The day is not the member's to keep."""
        return ""

    @property
    def answers(self) -> Answers:
        """What the one who applies said, and in it what this member said."""
        return laid_in(self.draft.answers, {self.part.item_id: self.part.answers})

    @property
    def done(self) -> frozenset[str]:
        """Addresses of the member's pages that were filled in."""
        return frozenset(self.part.done)

    def walk_over(self, answers: Answers, done: frozenset[str]) -> Walk:
        """The member's pages."""
        return OwnWalk(self.flow, self.part.item_id, answers, done)

    @property
    def raw(self) -> dict[str, dict[str, list[str]]]:
        """What was typed and could not be read."""
        found: dict[str, dict[str, list[str]]] = self.part.raw
        return found

    def stored(self, part: OwnPart) -> None:
        """Go on with what was just stored."""
        self.part = part
        for name in ("walk", "needs", "doubts"):
            self.__dict__.pop(name, None)

    def save(self, at: PageAt, parsed: Parsed, window: str) -> None:
        """Store one page."""
        self.stored(parts.save(self.actor, self.part.pk, self.flow, at, parsed, window=window))

    @property
    def confirmed(self) -> object:
        """What the member said to kind questions; those about others are not asked here."""
        return self.part.confirmed

    def confirm(self, post: QueryDict, here: list[Asked]) -> None:
        """Keep what was said to the kind questions of a page."""
        answers = self.walk.answers

        def said(part: OwnPart) -> list[dict[str, Any]]:
            return doubts.said_on(post, here, answers, part.confirmed)

        self.stored(parts.confirm(self.actor, self.part.pk, said))

    def passed(self, at: PageAt) -> None:
        """Store that a list is done."""
        self.stored(parts.pass_list(self.actor, self.part.pk, at))

    def add_item(self, at: PageAt) -> str:
        """One more item; its id."""
        part, item = parts.add_item(self.actor, self.part.pk, self.flow, at)
        self.stored(part)
        return item

    def remove_item(self, at: PageAt, item_id: str) -> None:
        """One item less."""
        self.stored(parts.remove_item(self.actor, self.part.pk, self.flow, at, item_id))

    @cached_property
    def needs(self) -> list[Need]:
        """The member's documents."""
        found = evidence.needs(self.case_type, self.walk.answers)
        return [need for need in found if need.item_id.partition(".")[0] == self.part.item_id]

    def attach(self, need: Need, upload: UploadedFile[bytes]) -> None:
        """Take in one of the member's papers."""
        parts.attach(self.actor, self.part.pk, need.key, need.item_id, upload)

    def detach(self, file_id: UUID) -> None:
        """Remove one of them."""
        parts.detach(self.actor, self.part.pk, file_id)

    def move(self, file_id: UUID, step: int) -> None:
        """One place earlier or later."""
        parts.move(self.actor, self.part.pk, file_id, step)

    def turn(self, file_id: UUID, degrees: int) -> None:
        """Turn its pages."""
        parts.turn(self.actor, self.part.pk, file_id, degrees)

    def lack(self, need: Need, why: str, words: str) -> DraftLack:
        """The member does not have it."""
        return parts.lack(self.actor, self.part.pk, need.key, need.item_id, why, words)

    def unlack(self, need: Need) -> None:
        """'Später schicken' after all."""
        parts.unlack(self.actor, self.part.pk, need.key, need.item_id)

    def note(self, address: str, said: dict[str, list[str]]) -> None:
        """Keep texts of a page that is no page of questions."""
        self.stored(parts.note(self.actor, self.part.pk, address, said))

    def at(self, page: str, *items: str) -> PageAt:
        """The member's page of an address; Http404 for everybody else's."""
        at = super().at(page, *items)
        if at.item_ids[:1] != (self.part.item_id,):
            raise Http404
        return _asked_of_the_member(at)

    @property
    def title(self) -> str:
        return _("Ihr Teil: %(title)s") % {"title": super().title}

    def url(self, name: str) -> str:
        """The address of one of the part's own pages."""
        return reverse(f"cases:part_{name}", args=[self.service, self.part.pk])

    def page_url(self, at: PageAt) -> str:
        """The address of a page of questions."""
        return reverse("cases:part_page", args=[self.service, self.part.pk, at.page.key, *at.item_ids])

    def before(self, at: PageAt) -> str:
        """Where 'Zurück' leads; nowhere from the first page."""
        found = self.walk.previous(at)
        return self.page_url(found) if found is not None else ""

    def steps(self, current: str) -> list[Step]:
        """The stepper: the pages of the form's sections that concern the member, documents, check."""
        made = super().steps(current)
        return [*made[:-1], Step(_("Prüfen und fertig"), made[-1].state, made[-1].link, made[-1].number)]


__all__ = ["CHECK", "DOCUMENTS", "PartApplication"]
