"""An application being filled in: what each of its pages needs to know, worked out once a request."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from kiepe.base.catalogue.entries import Procedure, Service
from kiepe.base.catalogue.pack import city
from kiepe.base.forms import actions as drafts
from kiepe.base.forms import doubts, windows
from kiepe.base.forms.doubts import Asked
from kiepe.base.forms.flow import Answers, Flow, PageAt, Parsed, Row, Walk
from kiepe.base.forms.models import Draft, DraftFile, DraftLack, Intake, LackReason, OwnPart
from kiepe.base.forms.queries import draft_for, files, intake_of, lacks, parts
from kiepe.base.forms.values import said
from kiepe.base.kernel import clock
from kiepe.base.kernel.actor import Actor
from kiepe.base.kernel.refusal import Refused
from kiepe.base.ui.languages import switches
from kiepe.cases import evidence, facts, types, versions
from kiepe.cases.case_type import CaseType
from kiepe.cases.evidence import Need
from kiepe.cases.models import Case, CorrectionDraft, EvidenceState
from kiepe.cases.pages import Sheet, sheets, understood
from kiepe.cases.versions import Difference

DOCUMENTS = "documents"
PAPER = "paper_application"  # evidence key of the scan of an application on paper
CHECK = "check"
QUIET = "_quiet"  # among what was typed: it was kept for a change of language, and nothing is wrong with it yet
NOT_TYPED = frozenset({"action", "weiter", doubts.ASKED, "csrfmiddlewaretoken", windows.FIELD})
LACK = "lack"  # 'Ich habe das nicht', of the radio buttons of a document


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
    def may_lack(self) -> bool:
        """Whether somebody can say not to have it: the paper that an application came on is there, or it is not."""
        return self.need.key != PAPER

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
        self.actor = actor
        self.draft: Draft = draft_for(actor, draft_id)
        if self.draft.form != self.case_type.key:
            raise Http404
        self.flow: Flow = types.form(self.case_type.key)
        begun = CorrectionDraft.objects.select_related("case").filter(draft=draft_id).first()
        self.corrects: Case | None = begun.case if begun is not None else None

    @cached_property
    def parts(self) -> dict[str, OwnPart]:
        """Members who fill in their own part: their pages are not asked here."""
        return parts(self.draft)

    @cached_property
    def intake(self) -> Intake | None:
        """Set where staff take the application in for a person."""
        return intake_of(self.draft)

    @property
    def answers(self) -> Answers:
        """What is stored: what a page is read against."""
        found: Answers = self.draft.answers
        return found

    @cached_property
    def walk(self) -> Walk:
        """The answers as they are stored now."""
        return self.walk_over(self.answers, self.done)

    @property
    def done(self) -> frozenset[str]:
        """Addresses of the pages that were filled in."""
        return frozenset(self.draft.done)

    def walk_over(self, answers: Answers, done: frozenset[str]) -> Walk:
        """The pages that are asked here, with these answers."""
        return self.flow.walk(answers, done, apart=self.parts)

    @property
    def raw(self) -> dict[str, dict[str, list[str]]]:
        """What was typed and could not be read, by page."""
        found: dict[str, dict[str, list[str]]] = self.draft.raw
        return found

    def changed(self, draft: Draft) -> None:
        """Go on with what was just stored."""
        self.draft = draft
        for name in ("walk", "needs", "parts", "doubts"):
            self.__dict__.pop(name, None)

    def save(self, at: PageAt, parsed: Parsed, window: str) -> None:
        """Store one page; `window`: see forms.actions.save."""
        self.changed(drafts.save(self.actor, self.draft.pk, self.flow, at, parsed, window=window))

    def passed(self, at: PageAt) -> None:
        """Store that a list is done."""
        self.changed(drafts.pass_list(self.actor, self.draft.pk, at))

    def add_item(self, at: PageAt) -> str:
        """One more item; its id."""
        stored, item = drafts.add_item(self.actor, self.draft.pk, self.flow, at)
        self.changed(stored)
        return item

    def remove_item(self, at: PageAt, item_id: str) -> None:
        """One item less. A correction takes out nobody who spoke for themselves: part and papers are theirs."""
        if self.corrects is not None and not at.item_ids and item_id in self.parts:
            raise Refused(
                _("Diese Person antwortet für sich selbst."),
                _("Wohnt sie nicht mehr bei Ihnen? Gehen Sie zum Vorgang und wählen Sie „Änderung mitteilen“."),
            )
        self.changed(drafts.remove_item(self.actor, self.draft.pk, self.flow, at, item_id))

    def attach(self, need: Need, upload: UploadedFile[bytes]) -> None:
        """Take in one file for one document; Refused with a sentence where it cannot be used."""
        drafts.attach(self.actor, self.draft.pk, need.key, need.item_id, upload)

    def detach(self, file_id: UUID) -> None:
        """Remove one file."""
        drafts.detach(self.actor, self.draft.pk, file_id)

    def move(self, file_id: UUID, step: int) -> None:
        """One place earlier (-1) or later (1)."""
        drafts.move(self.actor, self.draft.pk, file_id, step)

    def turn(self, file_id: UUID, degrees: int) -> None:
        """Turn its pages, clockwise."""
        drafts.turn(self.actor, self.draft.pk, file_id, degrees)

    def lack(self, need: Need, why: str, words: str) -> DraftLack:
        """'Ich habe das nicht, weil …'."""
        return drafts.lack(self.actor, self.draft.pk, need.key, need.item_id, why, words)

    def unlack(self, need: Need) -> None:
        """'Später schicken' after all."""
        drafts.unlack(self.actor, self.draft.pk, need.key, need.item_id)

    def note(self, address: str, said: dict[str, list[str]]) -> None:
        """Keep texts of a page that is no page of questions."""
        drafts.note(self.actor, self.draft.pk, address, said)

    @cached_property
    def needs(self) -> list[Need]:
        """The documents that the answers call for, without those that members hand in themselves.

        For a correction only those that the case does not list yet.
        """
        found = evidence.needs(self.case_type, self.walk.answers)
        needs = [need for need in found if need.item_id.partition(".")[0] not in self.parts]
        if self.corrects is None:
            return needs
        held = self.corrects.evidence.exclude(state=EvidenceState.WAIVED, reason="")  # but what was let go
        there = set(held.values_list("key", "item_id"))
        return [need for need in needs if (need.key, need.item_id) not in there]

    def blocks(self, problems: dict[str, list[str]] | None = None) -> list[Block]:
        """The upload page, block by block."""
        sent: dict[tuple[str, str], list[DraftFile]] = {}
        for one in files(self.draft):
            sent.setdefault((one.evidence_key, one.item), []).append(one)
        found, lacking = [], lacks(self.draft)
        for need in [*self._scan(), *self.needs]:
            name = f"datei-{need.key}-{need.item_id}".rstrip("-").replace(".", "-")
            problem = tuple((problems or {}).get(name, ()))
            key = (need.key, need.item_id)
            unsaid = " ".join((problems or {}).get(f"grund-{name}", ()))
            found.append(Block(need, name, sent.get(key, []), problem, lacking.get(key), unsaid))
        return found

    def _scan(self) -> list[Need]:
        """Where staff lay the paper that the person brought or sent."""
        if not self.actor.is_staff:
            return []
        hint = _("Das ausgefüllte Formular oder der Brief, so wie er kam, mit dem Eingangsstempel.")
        return [Need(PAPER, "", _("Antrag auf Papier (Scan)"), hint, "§ 16 Abs. 1 SGB I", "", "")]

    def at(self, page: str, *items: str) -> PageAt:
        """The page of an address; Http404 where the form has none like it."""
        try:
            return self.flow.at(page, [item for item in items if item])
        except KeyError:
            raise Http404 from None

    @cached_property
    def case(self) -> Case | None:
        """The case of an application whose day was kept."""
        return Case.objects.filter(draft=self.draft.pk).first() if self.draft.filed_at is not None else None

    @property
    def way_back(self) -> bool:
        """Whether a code leads back to this: one for whoever applies; staff hold what they take in by their account."""
        return not self.actor.is_staff

    @property
    def may_keep_date(self) -> bool:
        """Whether one may apply now, so that the day counts, and has not yet."""
        return self.draft.filed_at is None and self.corrects is None and self.walk.keeps_date()

    @property
    def at_stake(self) -> str:
        """What depends on the day, in plain words; empty once it is kept, or where nothing does."""
        if self.draft.filed_at is not None or self.corrects is not None or self.case_type.at_stake is None:
            return ""
        return self.case_type.at_stake(self.walk.answers, clock.today())

    def first_after_day(self, at: PageAt) -> bool:
        """Whether this is the page that comes right after name and address: the place to offer to keep the day."""
        named = [number for number, one in enumerate(self.walk.pages) if one.page.key in self.flow.form.keeps_date]
        after = max(named, default=-2) + 1
        return after < len(self.walk.pages) and self.walk.pages[after] == at

    def take(self, at: PageAt, post: QueryDict, *, back: bool) -> str:
        """Store what was typed on a page of questions; where that leads.

        Back to the same page where something could not be read, where another window has stored something else, and
        where a kind question has come up that the page did not ask yet; nobody is asked twice. Back to it in the other
        language too, where only that was changed.
        """
        if switches(post):
            self._keep_typed(at, post)
            return self._again(at, back=back)
        self.save(at, self._read(at, post), post.get(windows.FIELD) or "")
        if at.address in self.raw:
            return self.url("pause") if post.get("action") == "pause" else self._again(at, back=back)
        asks = self.hear(at, post)
        if post.get("action") == "pause":
            return self.url("pause")
        return self._again(at, back=back) if asks else self.after(at, back=back)

    def _read(self, at: PageAt, post: QueryDict) -> Parsed:
        """What was typed on a page, with what was said to its kind questions: neither is lost where it comes again."""
        parsed = self.flow.parse(at, self.answers, post)
        if doubts.ASKED in post:
            parsed.raw.update(doubts.boxes(post, self.doubts_typed(at, parsed)))
        return parsed

    def _keep_typed(self, at: PageAt, post: QueryDict) -> None:
        """Store what was typed so far, for the reader who changes the language; nothing is refused or asked for it.

        What could not be read yet is kept as it was typed, and stands there again without an error.
        """
        if all(typed == [""] for name, typed in post.lists() if name not in NOT_TYPED):
            return
        parsed = self._read(at, post)
        parsed.raw[QUIET] = ["1"]
        self.save(at, parsed, post.get(windows.FIELD) or "")
        if at.address not in self.raw:
            self.hear(at, post)

    def pass_list(self, at: PageAt, post: QueryDict, *, back: bool) -> str:
        """'Weiter' on a list; where that leads."""
        if switches(post):
            self.hear(at, post)
            return self._again(at, back=back)
        self.passed(at)
        return self._again(at, back=back) if self.hear(at, post) else self.after(at, back=back)

    def _again(self, at: PageAt, *, back: bool) -> str:
        return f"{self.page_url(at)}{'?weiter=pruefen' if back else ''}"

    def elsewhere(self, at: PageAt, parsed: Parsed) -> list[Row]:
        """What is stored of a page beside what was typed on it since: both windows of somebody who has two."""
        stored = self.walk.stored(at)
        typed = {key: value for key, value in parsed.values.items() if stored.get(key) is not None}
        differing = {key for key, value in typed.items() if stored[key] != value}
        return [row for row in self.walk.rows(at) if row.value and row.path.rpartition(".")[2] in differing]

    def keep_lacks(self, post: QueryDict) -> dict[str, str]:
        """Keep what somebody says not to have of the documents; what is still unsaid of it, by block."""
        unsaid = {}
        for block in self.blocks():
            how = post.get(f"wie-{block.name}")
            if block.files or how is None or not block.may_lack:
                continue
            if how != LACK:
                if block.lack is not None:
                    self.unlack(block.need)
                continue
            why, words = post.get(f"grund-{block.name}") or "", post.get(f"worte-{block.name}") or ""
            said = self.lack(block.need, why, words)
            if said.problem:
                unsaid[block.name] = said.problem
        return unsaid

    @property
    def title(self) -> str:
        if self.corrects is not None:
            return _("Angaben berichtigen: %(number)s") % {"number": self.corrects.number}
        return said(self.flow.form.title)

    def differences(self) -> list[Difference]:
        """What a correction has changed so far; nothing for a new application."""
        if self.corrects is None:
            return []
        before = facts.without(self.corrects, facts.answers(self.corrects), self.parts)
        return versions.differences(self.flow, before, self.walk.answers)

    def url(self, name: str) -> str:
        """The address of one of the application's own pages, such as `check`."""
        return reverse(f"cases:apply_{name}", args=[self.service, self.draft.pk])

    def page_url(self, at: PageAt) -> str:
        """The address of a page of questions."""
        return reverse("cases:apply_page", args=[self.service, self.draft.pk, at.page.key, *at.item_ids])

    def documents_or_check(self) -> str:
        """What comes after the last question."""
        return self.url(DOCUMENTS) if self.needs or self.actor.is_staff else self.url(CHECK)

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
        if found is not None:
            return self.page_url(found)
        if self.actor.is_staff:
            return reverse("cases:desk_take_in")
        if self.corrects is not None:
            return reverse("cases:status", args=[self.corrects.number])
        return reverse("cases:apply_start", args=[self.service])

    @cached_property
    def doubts(self) -> list[Asked]:
        """Kind questions about the answers as they are now, with what was said to them."""
        found = doubts.asked(self.case_type.doubts, self.walk.answers, self.confirmed)
        return doubts.ripe(found, self.walk)

    def doubts_at(self, at: PageAt) -> list[Asked]:
        """Those about a page that was filled in."""
        return doubts.at_page(self.doubts, at) if at.address in (self.walk.done or ()) else []

    def doubts_typed(self, at: PageAt, parsed: Parsed) -> list[Asked]:
        """Those about what stands in a page's form, before it is sent; nothing is stored."""
        answers = self.flow.store(at, self.answers, parsed.values)
        walk = self.walk_over(answers, self.done | {at.address})
        return doubts.while_typed(self.case_type.doubts, walk, at, self.confirmed)

    @property
    def confirmed(self) -> object:
        """What was said to kind questions so far."""
        return self.draft.answers.get(doubts.CONFIRMED)

    def confirm(self, post: QueryDict, here: list[Asked]) -> None:
        """Keep what was said to the kind questions of a page."""
        answers = self.walk.answers

        def said(draft: Draft) -> list[dict[str, Any]]:
            return doubts.said_on(post, here, answers, draft.answers.get(doubts.CONFIRMED))

        self.changed(drafts.confirm(self.actor, self.draft.pk, said))

    def hear(self, at: PageAt, post: QueryDict) -> bool:
        """Keep what was said to the page's kind questions; whether one is open that the page did not ask yet."""
        here = self.doubts_at(at)
        if not here:
            return False
        if self.confirmed or any(key.startswith("stimmt-") for key in post):
            self.confirm(post, here)
        seen = post.getlist(doubts.ASKED)
        return any(not one.stands and one.name not in seen for one in self.doubts_at(at))

    def doubt_url(self, one: Asked) -> str:
        """The page on which a kind question is asked; the last of those whose answers it is about."""
        pages = [at for at in self.walk.pages if doubts.at_page([one], at)]
        return f"{self.page_url(pages[-1])}?weiter=pruefen#zweifel-{one.name}" if pages else self.url(CHECK)

    def heard(self, at: PageAt | None = None) -> list[tuple[str, str]]:
        """What we understood on the page before this one, to be read there; without `at`, on the last page."""
        before = self.walk.previous(at) if at is not None else self.walk.pages[-1]
        return [] if before is None or self.walk.is_open(before) else self.walk.told(before)

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
        ends = [(DOCUMENTS, _("Unterlagen"))] if self.needs or self.actor.is_staff else []
        for key, title in [*ends, (CHECK, _("Prüfen und absenden"))]:
            passed = key == DOCUMENTS and current == CHECK
            state = "now" if key == current else "done" if passed else "open"
            made.append(Step(title, state, "" if open_before else self.url(key), len(made) + 1))
        return made
