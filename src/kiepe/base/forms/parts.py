"""A member of the household fills in the own part. Every write, under the row lock of the part.

Social data are to be collected from the person concerned (§ 67a Abs. 2 Satz 1 SGB X); the one who applies names the
people and invites. What the member says, and the member's papers, are shown to the member and to the office.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import Http404
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kiepe.base.forms import actions, texts, windows
from kiepe.base.forms.badvalue import BadValue
from kiepe.base.forms.flow import Flow, PageAt, Parsed
from kiepe.base.forms.models import Draft, DraftFile, DraftLack, OwnPart, deletion_day
from kiepe.base.forms.part_answers import told_by_applicant
from kiepe.base.forms.queries import draft_for, laid_in, part_file_for, part_for
from kiepe.base.kernel import clock, keys
from kiepe.base.kernel.actor import Actor
from kiepe.base.kernel.refusal import Refused

SIGNS = "23456789abcdefghjkmnpqrstuvwxyz"  # no 0/o, 1/l/i
LENGTH = 10
FINISH = "check"  # under which what was typed on the last page is kept where the session ended there


@cache
def _key(folder: Path) -> bytes:
    return hmac.digest(keys.secret(folder, "access.key").encode(), b"kiepe own parts 1", "sha256")


def _code(part: UUID, use: bytes) -> str:
    number = int.from_bytes(hmac.digest(_key(settings.KEYS), use + part.bytes, "sha256"))
    signs = []
    for _position in range(LENGTH):
        number, rest = divmod(number, len(SIGNS))
        signs.append(SIGNS[rest])
    return "".join(signs)


def invitation_code(part: OwnPart) -> str:
    """What the one who applies hands on. It opens the part once."""
    return _code(part.pk, b"invite")


def own_code(part: OwnPart) -> str:
    """The member's own code, from the first opening on; the one who applies never sees it."""
    return _code(part.pk, b"own")


def invite(actor: Actor, draft_id: UUID, list_key: str, item_id: str) -> OwnPart:
    """Let a person of the list fill in the own part; inviting twice gives the same part."""
    with transaction.atomic():
        draft = _open_draft(actor, draft_id)
        item = next((one for one in draft.answers.get(list_key, ()) if one.get("id") == item_id), None)
        if item is None:
            raise Http404
        part, _made = OwnPart.objects.get_or_create(draft=draft, item_id=item_id, defaults={"answers": item})
    return part


def take_back(actor: Actor, draft_id: UUID, item_id: str) -> None:
    """Take the invitation back while the member has not opened it. Afterwards only the member can end it."""
    with transaction.atomic():
        draft = _open_draft(actor, draft_id)
        part = OwnPart.objects.select_for_update().filter(draft=draft, item_id=item_id).first()
        if part is None:
            return
        if part.opened_at is not None:
            raise Refused(
                _("Die Person hat schon angefangen."),
                _("Was sie einträgt, sieht nur sie selbst und die Behörde. Sie können den Antrag trotzdem absenden."),
            )
        part.delete()


def _open_draft(actor: Actor, draft_id: UUID) -> Draft:
    draft_for(actor, draft_id)
    draft = Draft.objects.select_for_update(no_key=True).filter(pk=draft_id).first()
    if draft is None:
        raise Http404
    if draft.submitted_at is not None:
        raise Refused(_("Dieser Antrag ist schon abgeschickt"), _("Rufen Sie uns bitte an."))
    return draft


def open_by_code(part_id: UUID, typed: str) -> OwnPart:
    """The part, if the code fits: the invitation's once, then the member's own. Refused (422) else, in one sentence.

    A part that does not exist is answered like a wrong code.
    """
    plain = "".join(sign for sign in typed.lower() if sign.isalnum())
    wrong = Refused(
        _("Dieser Code passt nicht."),
        _("Der Code aus der Einladung gilt nur beim ersten Mal. Danach gilt der Code, den Sie selbst gesehen haben."),
        status=422,
    )
    with transaction.atomic():
        part = OwnPart.objects.select_for_update().filter(pk=part_id, draft__delete_on__gt=clock.today()).first()
        expected = "-" * LENGTH
        if part is not None:
            expected = invitation_code(part) if part.opened_at is None else own_code(part)
        if not hmac.compare_digest(expected.encode(), plain.encode()) or part is None:
            raise wrong
        if part.opened_at is None:
            part.opened_at = clock.now()
            part.save(update_fields=["opened_at"])
    return part


@contextmanager
def _locked(actor: Actor, part_id: UUID) -> Iterator[OwnPart]:
    with transaction.atomic():
        draft = Draft.objects.select_for_update(no_key=True).filter(pk=part_for(actor, part_id).draft_id).first()
        part = OwnPart.objects.select_for_update(no_key=True).filter(pk=part_id).first()
        if part is None or draft is None:
            raise Http404
        if draft.submitted_at is not None:
            raise Refused(
                _("Der Antrag ist schon abgeschickt"),
                _("Hier kann nichts mehr geändert werden. Rufen Sie uns an, wenn eine Angabe nicht stimmt."),
            )
        part.draft = draft
        yield part
        part.save()
        Draft.objects.filter(pk=draft.pk).update(delete_on=deletion_day(filed=draft.filed_at is not None))


def _changed(part: OwnPart, change: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    """Run a change of the whole answers and keep what it did to this part."""
    answers = change(laid_in(part.draft.answers, {part.item_id: part.answers}))
    for value in answers.values():
        for item in value if isinstance(value, list) else ():
            if isinstance(item, dict) and item.get("id") == part.item_id:
                part.answers = item


def save(actor: Actor, part_id: UUID, flow: Flow, at: PageAt, parsed: Parsed, *, window: str = "") -> OwnPart:
    """Store one page of the part; see forms.actions.save."""
    good = {key: value for key, value in parsed.values.items() if key not in parsed.errors}
    with _locked(actor, part_id) as part:
        walk = flow.walk(laid_in(part.draft.answers, {part.item_id: part.answers}))
        if windows.clash(window, part.windows.get(at.address, ""), walk, at, good):
            mark(part, at.address, done=False, raw=parsed.raw)
            return part
        part.windows = {**part.windows, at.address: windows.rendering(window)}
        try:
            _changed(part, lambda answers: flow.store(at, answers, good))
        except KeyError:
            raise Http404 from None
        mark(part, at.address, done=parsed.good, raw=None if parsed.good else parsed.raw)
    return part


def confirm(actor: Actor, part_id: UUID, said: Callable[[OwnPart], list[dict[str, Any]]]) -> OwnPart:
    """Keep what the member said to kind questions; `said` makes it from the locked part."""
    with _locked(actor, part_id) as part:
        part.confirmed = said(part)
    return part


def mark(part: OwnPart, address: str, *, done: bool, raw: dict[str, list[str]] | None = None) -> None:
    """Note that a page is done, or what was typed on it that could not be read."""
    part.raw = {key: value for key, value in part.raw.items() if key != address}
    part.done = [one for one in part.done if one != address]
    if raw is not None:
        part.raw[address] = raw
    if done:
        part.done.append(address)


def pass_list(actor: Actor, part_id: UUID, at: PageAt) -> OwnPart:
    """'Weiter' on a list of the part."""
    with _locked(actor, part_id) as part:
        mark(part, at.address, done=True)
    return part


def add_item(actor: Actor, part_id: UUID, flow: Flow, at: PageAt) -> tuple[OwnPart, str]:
    """One more item in a list of the part; its id."""
    made = ""

    def change(answers: dict[str, Any]) -> dict[str, Any]:
        nonlocal made
        fresh, made = flow.new_item(at, answers)
        if len(flow.walk(fresh).items(at)) > at.page.max:
            raise Refused(_("Mehr Einträge passen nicht in dieses Formular"), _("Rufen Sie uns bitte an."), status=422)
        return fresh

    with _locked(actor, part_id) as part:
        _changed(part, change)
    return part, made


def remove_item(actor: Actor, part_id: UUID, flow: Flow, at: PageAt, item_id: str) -> OwnPart:
    """Take an item out of a list of the part."""
    with _locked(actor, part_id) as part:
        _changed(part, lambda answers: flow.remove_item(at, answers, item_id))
        gone = tuple(f"{page.key}/{'/'.join((*at.item_ids, item_id))}" for page in flow.own_pages(at.page))
        part.done = [one for one in part.done if one not in gone]
        part.raw = {key: raw for key, raw in part.raw.items() if key not in gone}
        part.windows = {key: one for key, one in part.windows.items() if key not in gone}
    return part


def attach(actor: Actor, part_id: UUID, evidence_key: str, item: str, upload: UploadedFile[bytes]) -> DraftFile:
    """Take in one of the member's own papers; raises Refused with a sentence where it cannot be used."""
    part = _of_the_part(actor, part_id, item)
    return actions.attach(_holding(actor, part), part.draft_id, evidence_key, item, upload)


def detach(actor: Actor, part_id: UUID, file_id: UUID) -> None:
    """Remove one of the member's own papers; Http404 for what is none of them."""
    part = _holding_file(actor, part_id, file_id)
    actions.detach(_holding(actor, part), part.draft_id, file_id)


def move(actor: Actor, part_id: UUID, file_id: UUID, step: int) -> None:
    """One place earlier or later; see forms.actions.move."""
    part = _holding_file(actor, part_id, file_id)
    actions.move(_holding(actor, part), part.draft_id, file_id, step)


def turn(actor: Actor, part_id: UUID, file_id: UUID, degrees: int) -> None:
    """Turn one of the member's own papers; see forms.actions.turn."""
    part = _holding_file(actor, part_id, file_id)
    actions.turn(_holding(actor, part), part.draft_id, file_id, degrees)


def lack(actor: Actor, part_id: UUID, evidence_key: str, item: str, why: str, words: str) -> DraftLack:
    """The member does not have a paper; see forms.actions.lack."""
    part = _of_the_part(actor, part_id, item)
    return actions.lack(_holding(actor, part), part.draft_id, evidence_key, item, why, words)


def unlack(actor: Actor, part_id: UUID, evidence_key: str, item: str) -> None:
    """'Später schicken' after all."""
    part = _of_the_part(actor, part_id, item)
    actions.unlack(_holding(actor, part), part.draft_id, evidence_key, item)


def note(actor: Actor, part_id: UUID, address: str, said: dict[str, list[str]]) -> OwnPart:
    """Keep texts of a page that is no page of questions, such as why files were refused; empty ones go."""
    with _locked(actor, part_id) as part:
        part.raw = {key: value for key, value in part.raw.items() if key != address}
        if said:
            part.raw[address] = said
    return part


def _of_the_part(actor: Actor, part_id: UUID, item: str) -> OwnPart:
    part = part_for(actor, part_id)
    if item.partition(".")[0] != part.item_id:
        raise Http404
    return part


def _holding_file(actor: Actor, part_id: UUID, file_id: UUID) -> OwnPart:
    part_file_for(actor, part_id, file_id)
    return part_for(actor, part_id)


def _holding(actor: Actor, part: OwnPart) -> Actor:
    """The member as one who may write to the draft, in which the part's papers lie."""
    return Actor(kind=actor.kind, drafts=frozenset({str(part.draft_id)}), parts=frozenset({str(part.pk)}))


def finish(actor: Actor, part_id: UUID, *, shared: bool, email: str = "") -> OwnPart:
    """The member is through. `shared`: the one who applies may read what the member said and writes to the office.

    `email`: where the member wants to hear of news, in the language of this moment; empty for nowhere. Raises Refused
    (422) for what is no address.
    """
    address = news_address(email)
    with _locked(actor, part_id) as part:
        part.done_at, part.shared = clock.now(), shared
        part.raw = {key: value for key, value in part.raw.items() if key != FINISH}
        part.email, part.language = address, get_language() or settings.LANGUAGE_CODE
    return part


def news_address(typed: str) -> str:
    """A mail address that somebody may leave out; empty for none. Raises Refused (422) with `fields` for a bad one."""
    if not texts.clean(typed):
        return ""
    try:
        return texts.mail_address(typed)
    except BadValue as wrong:
        raise Refused(str(wrong), fields={"email": str(wrong)}, status=422) from None


def forget(actor: Actor, part_id: UUID, flow: Flow) -> OwnPart:
    """Delete everything that the member said and sent, and the address. What stays is what the one who applies said.

    The part stays, empty, and the member's code with it: it can be filled in again, or not. Raises Refused once it was
    sent: then the law says what is kept.
    """
    with _locked(actor, part_id) as part:
        actions.drop_papers(part.draft, part.item_id)
        part.answers = told_by_applicant(flow, part.draft.answers, part.item_id)
        part.raw, part.done, part.windows, part.confirmed = {}, [], {}, []
        part.done_at, part.shared, part.email = None, False, ""
    return part
