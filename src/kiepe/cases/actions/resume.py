"""Coming back to a draft: by link and code on another device, by number and code where its day was kept."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

from kiepe.base.catalogue.pack import city
from kiepe.base.forms import actions as drafts
from kiepe.base.forms.models import Draft, deletion_day
from kiepe.base.forms.queries import draft_for
from kiepe.base.inbox.actions import post
from kiepe.base.kernel import clock
from kiepe.base.kernel.actor import Actor
from kiepe.base.kernel.refusal import Refused
from kiepe.cases import access, canonical, facts, types
from kiepe.cases.models import Case, ResumeLink
from kiepe.cases.queries import visible
from kiepe.cases.transitions import FROM, Verb


@dataclass(frozen=True, slots=True)
class Way:
    """What leads back to a draft: the part of the link, and the code in clear."""

    token: str
    code: str


def way_back(actor: Actor, draft_id: UUID) -> Way:
    """Link and code of the actor's draft; made at the first call, the same ones ever after."""
    draft_for(actor, draft_id)
    link, _made = ResumeLink.objects.get_or_create(draft_id=draft_id, defaults=_kept(draft_id, 0))
    return _way(link)


def renew_way(actor: Actor, draft_id: UUID) -> Way:
    """A new link and a new code: the old ones lead nowhere from now on.

    Refused once the application is in: then the code opens the case too, and may stand on a letter.
    """
    draft = draft_for(actor, draft_id)
    if draft.filed_at is not None or draft.submitted_at is not None:
        raise Refused(
            _("Ihr Antrag ist schon bei uns. Sein Code bleibt gleich."),
            _("Wenn jemand anderes den Code kennt, rufen Sie uns bitte an."),
        )
    with transaction.atomic():
        way_back(actor, draft_id)
        link = ResumeLink.objects.select_for_update().get(draft=draft_id)
        for name, value in _kept(draft_id, link.generation + 1).items():
            setattr(link, name, value)
        link.save()
    return _way(link)


def resume(handle: str, typed: str) -> Draft:
    """The draft behind a link (its token, or the draft's own id from an address), if the code fits.

    Raises Refused (422) in one sentence for every other pair: a wrong code, a link that never was, one that is over.
    """
    link = _link(handle)
    kept = link.code_hash if link is not None else ""
    bound = str(link.draft_id) if link is not None else handle
    fits = hmac.compare_digest(access.hashed(bound, typed), kept or "-" * 64)
    if link is None or not fits or link.draft.delete_on <= clock.today():
        raise Refused(
            _("Link und Code passen nicht zusammen."),
            _("Prüfen Sie den Code: Er hat zehn Zeichen. Vielleicht wurde Ihr Antrag auch schon gelöscht."),
            status=422,
        )
    drafts.prolong(link.draft)
    return link.draft


def go_on(actor: Actor, case_id: int) -> Draft:
    """The draft of a case whose day was kept, for whoever may see the case; made anew where it was deleted."""
    with transaction.atomic():
        case = visible(actor).select_for_update(no_key=True).filter(pk=case_id).first()
        if case is None or actor.is_staff:
            raise Http404
        if case.whole or case.state not in FROM[Verb.COMPLETED]:
            raise Refused(_("Zu diesem Antrag sind alle Angaben da."), _("Laden Sie die Seite neu."))
        draft, made = Draft.objects.get_or_create(pk=case.draft, defaults=_again(case))
        if not made:
            drafts.prolong(draft)
    return draft


def mail_link(actor: Actor, draft_id: UUID, to: str, address: str) -> None:
    """Send the link to a mail address: no code, no word of what it is about. The same one goes out once a day."""
    way_back(actor, draft_id)
    said = {"link": address, "city": city().full_name, "phone": city().contact.phone}
    text = _(
        "Guten Tag,\n\nmit diesem Link können Sie im Serviceportal der %(city)s weitermachen:\n\n%(link)s\n\n"
        "Dazu brauchen Sie den Code, den Sie sich notiert haben. Er steht aus Gründen der Sicherheit nicht in dieser "
        "Mail.\n\nSie haben das nicht angefordert? Dann löschen Sie diese Mail. Ohne den Code führt der Link zu "
        "nichts.\n\nFragen? Telefon %(phone)s.\n\n%(city)s"
    )
    once = f"link-{draft_id}-{canonical.fingerprint(to.strip().lower())[:16]}-{clock.today():%Y%m%d}"
    post(to, _("Ihr Link zum Weitermachen"), text % said, once=once)


def _link(handle: str) -> ResumeLink | None:
    found = ResumeLink.objects.select_related("draft")
    try:
        return found.filter(draft=UUID(handle)).first()
    except ValueError:
        return found.filter(token_hash=access.hashed("link", handle)).first()


def _kept(draft_id: UUID, generation: int) -> dict[str, object]:
    return {
        "token_hash": access.hashed("link", access.token(draft_id, generation)),
        "code_hash": access.hashed(str(draft_id), access.code(draft_id, generation)),
        "generation": generation,
        "made_at": clock.now(),
    }


def _way(link: ResumeLink) -> Way:
    return Way(access.token(link.draft_id, link.generation), access.shown(access.code(link.draft_id, link.generation)))


def _again(case: Case) -> dict[str, object]:
    flow = types.form(case.case_type)
    return {
        "form": flow.form.form,
        "form_version": flow.form.version,
        "answers": facts.answers(case),
        "account_id": case.account_id,
        "filed_at": case.created_at,
        "delete_on": deletion_day(filed=True),
    }
