"""Reading drafts. Each takes the actor: what is not theirs does not exist (Http404)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404

from kiepe.base.forms.models import Draft, DraftFile, DraftLack, Intake, OwnPart
from kiepe.base.kernel import clock
from kiepe.base.kernel.actor import Actor, Role


def visible(actor: Actor) -> QuerySet[Draft]:
    """The drafts of this browser session and of this account whose day has not come.

    Staff have those that they take in for a person (Intake); a colleague's only after taking over.
    """
    if actor.is_staff:
        return in_unit(actor).filter(intake__account=actor.account)
    own = Q(pk__in=actor.drafts)
    if actor.account is not None:
        own |= Q(account=actor.account)
    return Draft.objects.filter(own, delete_on__gt=clock.today())


def in_unit(actor: Actor) -> QuerySet[Draft]:
    """What staff of the actor's unit take in for people; none for who decides nothing there."""
    if not actor.has(Role.CASEWORKER, Role.LEAD) or not actor.unit:
        return Draft.objects.none()
    return Draft.objects.filter(intake__unit=actor.unit, delete_on__gt=clock.today())


def intake_of(draft: Draft) -> Intake | None:
    """Who takes this draft in for the person; None for what people fill in themselves."""
    return Intake.objects.select_related("account").filter(draft=draft).first()


def part_for(actor: Actor, part_id: UUID) -> OwnPart:
    """The own part that this browser opened by its code; else Http404."""
    if str(part_id) not in actor.parts:
        raise Http404
    part = OwnPart.objects.select_related("draft").filter(pk=part_id, draft__delete_on__gt=clock.today()).first()
    if part is None:
        raise Http404
    return part


def own_parts(actor: Actor, *, sent: bool = False) -> list[OwnPart]:
    """The own parts that this browser opened by their codes and that are still filled in; `sent`: those that went off.

    Oldest first.
    """
    if actor.is_staff or not actor.parts:
        return []
    found = OwnPart.objects.select_related("draft").filter(pk__in=actor.parts, draft__submitted_at__isnull=not sent)
    return list(found.filter(draft__delete_on__gt=clock.today()).order_by("invited_at"))


def own_files(part: OwnPart) -> list[DraftFile]:
    """The files that lie in the draft for the part's person, in their order."""
    return [one for one in files(part.draft) if one.item.partition(".")[0] == part.item_id]


def own_lacks(part: OwnPart) -> list[DraftLack]:
    """What the part's person says not to have."""
    return [one for one in part.draft.lacks.order_by("pk") if one.item.partition(".")[0] == part.item_id]


def parts(draft: Draft) -> dict[str, OwnPart]:
    """The own parts of a draft by the id of the item that each is about."""
    return {part.item_id: part for part in OwnPart.objects.filter(draft=draft)}


def reaches(actor: Actor, draft: Draft, item: str) -> bool:
    """Whether the documents of this item are the actor's: a member's are the member's from the invitation on."""
    part = parts(draft).get(item.partition(".")[0])
    return part is None or str(part.pk) in actor.parts


def whole(draft: Draft) -> dict[str, Any]:
    """The draft's answers with what members say for themselves in place of what was said about them."""
    own = {item_id: part.answers for item_id, part in parts(draft).items() if part.opened_at is not None}
    return laid_in(draft.answers, own)


def laid_in(answers: Mapping[str, Any], own: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """`answers` with the items of its lists replaced by those in `own`, by id."""
    return {
        key: [dict(own.get(str(item.get("id")), item)) for item in value] if _is_list(value) else value
        for key, value in answers.items()
    }


def _is_list(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(item, dict) for item in value)


def draft_for(actor: Actor, draft_id: UUID) -> Draft:
    """The draft, if it is this actor's; else Http404."""
    draft = visible(actor).filter(pk=draft_id).first()
    if draft is None:
        raise Http404
    return draft


def open_draft(actor: Actor, form: str, *, but: QuerySet[Any] | None = None) -> Draft | None:
    """The draft of this form that was changed last and not sent, to go on with; `but`: ids of others to leave out."""
    if not actor.drafts and actor.account is None:
        return None
    found = visible(actor).filter(form=form, submitted_at=None)
    return (found if but is None else found.exclude(pk__in=but)).order_by("-changed_at").first()


def files(draft: Draft) -> list[DraftFile]:
    """The files of a draft, in the order that the person gave them."""
    return list(draft.files.select_related("stored_file").order_by("position", "pk"))


def lacks(draft: Draft) -> dict[tuple[str, str], DraftLack]:
    """What somebody says not to have, by key and item of the document."""
    return {(one.evidence_key, one.item): one for one in draft.lacks.all()}


def file_for(actor: Actor, draft_id: UUID, file_id: UUID) -> DraftFile:
    """One file of a draft that is this actor's; else Http404. A member's own papers are the member's only."""
    draft = draft_for(actor, draft_id)
    found = draft.files.select_related("stored_file").filter(stored_file=file_id).first()
    if found is None or not reaches(actor, draft, found.item):
        raise Http404
    return found


def part_file_for(actor: Actor, part_id: UUID, file_id: UUID) -> DraftFile:
    """One file of the actor's own part; else Http404."""
    part = part_for(actor, part_id)
    found = part.draft.files.select_related("stored_file").filter(stored_file=file_id).first()
    if found is None or found.item.partition(".")[0] != part.item_id:
        raise Http404
    return found
