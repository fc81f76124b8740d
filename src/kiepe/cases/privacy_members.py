"""What is kept of somebody in another person's case: of a member of the household, of who acts for the applicant."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.utils.translation import gettext as _

from kiepe.base.forms.values import said
from kiepe.base.kernel.actor import Actor
from kiepe.base.kernel.privacy import ACCOUNT, Attachment, Holding, Share
from kiepe.cases import canonical, handed_out, member_file, members, papers, retention
from kiepe.cases.actions.erase import erase as erase_case
from kiepe.cases.models import Party, PartyAccess, PartyRole
from kiepe.cases.privacy import over, reader
from kiepe.cases.types import case_type


class TakingPart:
    """Who came in by a way of their own gets what is about them, and nothing of the others."""

    name = "taking_part"

    def export(self, person: Actor) -> Share:
        data: list[object] = []
        attached: list[Attachment] = []
        for party in members.ways(person):
            if party.role != PartyRole.MEMBER:
                data.append(_acting(party))
                continue
            folder = f"vorgaenge/{party.case.number}/mein-teil"
            paths = member_file.files(person, party, folder)
            data.append(member_file.data(person, party, {file.pk: path for file, path in paths}))
            attached += [Attachment(path, reader(file)) for file, path in paths]
            attached.append(Attachment(f"{folder}/alles.pdf", _paper(person, party)))
        return Share(data, tuple(attached))

    def holdings(self, person: Actor) -> Sequence[Holding]:
        return [_holding(party) for party in members.ways(person)]

    def erase(self, person: Actor, keys: frozenset[str]) -> None:
        """Contents whose time is over go. With the account its ways into others' cases go; codes still open them."""
        for party in members.ways(person):
            if _key(party) in keys and party.role == PartyRole.MEMBER and over(party.case):
                erase_case(party.case_id, norm=retention.norm(party.case))
        if person.account is not None and ACCOUNT in keys:
            PartyAccess.objects.filter(account=person.account).update(account=None)


def _acting(party: Party) -> object:
    """What is kept of who acts for or with the applicant: what the row says, and since when they have a code."""
    case = party.case
    return canonical.plain(
        {
            "number": case.number,
            "service": case.service,
            **handed_out.own_row(party),
            "own_access_since": party.access.granted_at,
            "kept_until": retention.last_day(case),
            "kept_by": retention.norm(case),
        }
    )


def _key(party: Party) -> str:
    return f"{party.case.number}-{party.item_id or party.pk}"


def _holding(party: Party) -> Holding:
    case, member = party.case, party.role == PartyRole.MEMBER
    until, norm = retention.last_day(case), retention.norm(case)
    named = {
        "service": said(case_type(case.case_type).title),
        "number": case.number,
        "role": party.get_role_display(),
    }
    title = _("%(service)s %(number)s, dort stehen Sie als: %(role)s") % named
    if member and over(case):
        return Holding(_key(party), title, _("Die Frist ist vorbei. Wir löschen die Inhalte."), now=True, norm=norm)
    words = _("Ihr Name und Ihre Rolle gehören zur Akte. Sie muss vollständig bleiben.")
    if member:
        words = f"{member_file.purpose(case)} {member_file.kept(case)}"
    return Holding(_key(party), title, words, now=False, until=until, norm=norm)


def _paper(person: Actor, party: Party) -> Callable[[], bytes]:
    return lambda: papers.pdf(member_file.paper(person, party))


ROOM = TakingPart()
