"""Reading drafts. Each takes the actor: what is not theirs does not exist (Http404)."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404

from kiepe.base.forms.models import Draft, DraftFile, DraftLack
from kiepe.base.kernel import clock
from kiepe.base.kernel.actor import Actor


def visible(actor: Actor) -> QuerySet[Draft]:
    """The drafts of this browser session and of this account whose day has not come; staff have none."""
    if actor.is_staff:
        return Draft.objects.none()
    own = Q(pk__in=actor.drafts)
    if actor.account is not None:
        own |= Q(account=actor.account)
    return Draft.objects.filter(own, delete_on__gt=clock.today())


def draft_for(actor: Actor, draft_id: UUID) -> Draft:
    """The draft, if it is this actor's; else Http404."""
    draft = visible(actor).filter(pk=draft_id).first()
    if draft is None:
        raise Http404
    return draft


def open_draft(actor: Actor, form: str) -> Draft | None:
    """The draft of this form that was changed last and not sent, to go on with."""
    if not actor.drafts and actor.account is None:
        return None
    return visible(actor).filter(form=form, submitted_at=None).order_by("-changed_at").first()


def files(draft: Draft) -> list[DraftFile]:
    """The files of a draft, in the order that the person gave them."""
    return list(draft.files.select_related("stored_file").order_by("position", "pk"))


def lacks(draft: Draft) -> dict[tuple[str, str], DraftLack]:
    """What somebody says not to have, by key and item of the document."""
    return {(one.evidence_key, one.item): one for one in draft.lacks.all()}


def file_for(actor: Actor, draft_id: UUID, file_id: UUID) -> DraftFile:
    """One file of a draft that is this actor's; else Http404."""
    draft = draft_for(actor, draft_id)
    found = draft.files.select_related("stored_file").filter(stored_file=file_id).first()
    if found is None:
        raise Http404
    return found
