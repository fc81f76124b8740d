"""The demo city with everybody who may look at it: who they are, which cases and drafts there are."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from uuid import UUID

from django.test import Client

from kiepe.base.accounts.models import Account
from kiepe.base.forms import actions as forms
from kiepe.base.forms import parts
from kiepe.base.forms.models import Draft, OwnPart
from kiepe.base.kernel import clock
from kiepe.base.kernel.actor import Actor, ActorKind
from kiepe.cases import access, actions, receipt, types
from kiepe.cases.models import Case, CorrectedValue, EvidenceItem, PartyRole
from kiepe.cases.transitions import Verb
from kiepe.cases.wish import Address, Channel, PersonName
from kiepe.entrances.commandline import demo
from tests.benefits.people import household, income, person
from tests.cases.conftest import photo
from tests.every_page.drafts import everything

# Who looks. `owner`: signed in, applied; `code`: opened the same cases by number and code in a browser of their own,
# and an own part of another application, by its code.
ROLES = ("nobody", "owner", "other", "code", "caseworker", "elsewhere", "lead", "auditor")
ACCOUNTS = {
    "owner": "erika.demo@example.org",
    "other": "heinz.demo@example.org",
    "caseworker": "ayse.demo@example.org",
    "elsewhere": "jan.demo@example.org",
    "lead": "thomas.demo@example.org",
    "auditor": "ruth.demo@example.org",
}


@dataclass
class World:
    """Names that addresses of the table speak of, and a signed-in browser a role."""

    names: dict[str, object]
    drafts: list[Draft]
    _cookies: dict[str, SimpleCookie] = field(default_factory=dict)

    def client(self, role: str, *, csrf: bool = False) -> Client:
        """A fresh browser of this role; what it does to its cookies stays with it."""
        client = Client(enforce_csrf_checks=csrf)
        client.cookies = deepcopy(self._cookies[role])
        return client


def made() -> World:
    """Make the demo's people and cases, and give the owner an issued case and drafts."""
    demo.seed()
    ready, issued = _case("Erika Albers-Demo"), _case("Marie Kötter-Demo")
    portal = _case("Ingrid Wessels-Demo")  # the notice lies in the portal
    owner = Account.objects.get(email=ACCOUNTS["owner"])
    Case.objects.filter(pk__in=[issued.pk, portal.pk]).update(account=owner)
    begun, wish = _begun(owner), _wish()
    drafts, sent = [_draft(owner, answers) for answers in everything()], _sent(owner)
    for case in Case.objects.all():
        receipt.make(case.pk)
    waiting = EvidenceItem.objects.filter(case=_case("Halyna Kowal-Demo"), state="requested")[0]
    item = EvidenceItem.objects.filter(case=ready).order_by("position")[0]
    file = item.files.all()[0].stored_file_id
    names: dict[str, object] = {
        "number": ready.number,
        "issued": issued.number,
        "portal": portal.number,
        "letter": issued.deliveries.get().pk,
        "waiting": waiting.case.number,
        "asked": waiting.pk,
        "corrected": _case("Aylin Yıldız-Demo").number,
        "correction": CorrectedValue.objects.get(case=_case("Aylin Yıldız-Demo")).pk,
        "change": issued.changes.get().pk,
        "reported": issued.events.get(verb=Verb.CHANGE_REPORTED).seq,
        "item": item.pk,
        "file": file,
        "draft": drafts[0].pk,
        "draft_file": _attached(owner, drafts[0].pk),
        "sent": sent.pk,
        "begun": begun.number,
        "begun_draft": begun.draft,
        "wish": wish.draft,
        "account": owner.pk,
    }
    part, shared = _own_parts(owner)
    receipt.make(shared.pk)
    names |= {"part": part.pk, "invited": part.draft_id, "shared": shared.number, **_taken_in()}
    payslips = EvidenceItem.objects.get(case=shared, item_id="p2.p1", key="payslips")
    names |= {"shared_item": payslips.pk, "shared_file": payslips.files.all()[0].stored_file_id}
    names["shared_message"] = _written(shared)
    names["part_file"] = part.draft.files.all()[0].stored_file_id
    world = World(names, drafts)
    for role in ROLES:
        world._cookies[role] = _browser(role, [ready, issued, portal], part, shared)
    return world


def _case(applicant: str) -> Case:
    return Case.objects.get(applicant=applicant)


def _draft(owner: Account, answers: dict[str, object]) -> Draft:
    flow = types.form("wohngeld")
    done = [at.address for at in flow.walk(answers).pages]
    return Draft.objects.create(
        form="wohngeld", form_version=flow.form.version, answers=answers, done=done, account=owner
    )


def _attached(owner: Account, draft: UUID) -> UUID:
    actor = Actor(ActorKind.CITIZEN, account=owner.pk)
    return forms.attach(actor, draft, "rental_contract", "", photo()).stored_file_id


def _sent(owner: Account) -> Draft:
    """A draft that was submitted: its case is one more of the owner's."""
    draft = _draft(owner, everything()[1])
    actions.submit(Actor(ActorKind.CITIZEN, account=owner.pk), draft)
    draft.refresh_from_db()
    return draft


def _own_parts(owner: Account) -> tuple[OwnPart, Case]:
    """A member's own part, opened and open; and a case in which a member spoke for themselves."""
    actor = Actor(ActorKind.CITIZEN, account=owner.pk)
    made = []
    for _time in range(2):
        draft = _draft(owner, household(person(1), person(2, income("lohn", "900.00"), relation="sibling")))
        part = parts.invite(actor, draft.pk, "persons", "p2")
        OwnPart.objects.filter(pk=part.pk).update(opened_at=clock.now(), done=draft.done)
        member = Actor(ActorKind.CITIZEN, parts=frozenset({str(part.pk)}))
        parts.attach(member, part.pk, "payslips", "p2.p1", photo())
        made.append(part)
    return made[0], actions.submit(actor, made[1].draft).case


def _written(case: Case) -> UUID:
    """A member and the office wrote to each other; the file of the member's message."""
    party = case.parties.get(role=PartyRole.MEMBER, item_id="p2")
    member = Actor(ActorKind.CITIZEN, parties=frozenset({party.pk}))
    sent = actions.send_message(member, case.pk, "Nur für das Amt.", [photo()], member=party)
    actions.send_message(demo.staff(ACCOUNTS["caseworker"]), case.pk, "Das bleibt hier.", member=party)
    return sent.files.get().stored_file_id


def _taken_in() -> dict[str, object]:
    """What the caseworker takes in for people: one draft, one sent, one of a colleague."""
    flow, home = types.form("wohngeld"), Address("Weg 2", "48143", "Münster")
    found: dict[str, object] = {}
    for name, role in (("taken", "caseworker"), ("taken_sent", "caseworker"), ("of_colleague", "lead")):
        clerk = demo.staff(ACCOUNTS[role])
        person = PersonName("Paul", "Schalter-Demo")
        case = actions.record_wish(clerk, person, home, clock.today(), Channel.COUNTER, hold=True).case
        answers = everything()[1]
        done = [at.address for at in flow.walk(answers).pages]
        Draft.objects.filter(pk=case.draft).update(answers=answers, done=done)
        if name == "taken_sent":
            actions.submit(clerk, Draft.objects.get(pk=case.draft))
        found[name] = case.draft
    return found


def _begun(owner: Account) -> Case:
    """Name and address were sent to keep the day; the rest is being filled in."""
    draft = _draft(owner, everything()[1])
    return actions.keep_date(Actor(ActorKind.CITIZEN, account=owner.pk), draft).case


def _wish() -> Case:
    """The caseworker took a wish to apply in."""
    ayse = demo.staff(ACCOUNTS["caseworker"])
    name, home = PersonName("Frieda", "Anruf-Demo"), Address("Weg 1", "48143", "Münster")
    return actions.record_wish(ayse, name, home, clock.today(), Channel.PHONE).case


def _browser(role: str, cases: list[Case], part: OwnPart, shared: Case) -> SimpleCookie:
    client = Client()
    if role in ACCOUNTS:
        client.force_login(Account.objects.get(email=ACCOUNTS[role]))
    elif role == "code":
        for case in cases:
            sent = {"number": case.number, "code": access.code(case.draft)}
            assert client.post("/meine-vorgaenge/oeffnen/", sent).status_code == 302
        own = {"code": parts.own_code(part)}
        assert client.post(f"/antrag/wohngeld/mein-teil/{part.pk}/oeffnen/", own).status_code == 302
        member = {"number": shared.number, "code": parts.own_code(OwnPart.objects.get(draft=shared.draft))}
        assert client.post("/meine-vorgaenge/oeffnen/", member).status_code == 302
    return client.cookies
