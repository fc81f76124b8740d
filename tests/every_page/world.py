"""The demo city with everybody who may look at it: who they are, which cases and drafts there are."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from uuid import UUID

from django.test import Client

from kiepe.base.accounts.models import Account
from kiepe.base.forms import actions as forms
from kiepe.base.forms.models import Draft
from kiepe.base.kernel.actor import Actor, ActorKind
from kiepe.cases import access, actions, receipt, types
from kiepe.cases.models import Case, CorrectedValue, EvidenceItem
from kiepe.entrances.commandline import demo
from tests.cases.conftest import photo
from tests.every_page.drafts import everything

# Who looks. `owner`: signed in, applied; `code`: opened the same cases by number and code in a browser of their own.
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
        "item": item.pk,
        "file": file,
        "draft": drafts[0].pk,
        "draft_file": _attached(owner, drafts[0].pk),
        "sent": sent.pk,
        "account": owner.pk,
    }
    world = World(names, drafts)
    for role in ROLES:
        world._cookies[role] = _browser(role, [ready, issued, portal])
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


def _browser(role: str, cases: list[Case]) -> SimpleCookie:
    client = Client()
    if role in ACCOUNTS:
        client.force_login(Account.objects.get(email=ACCOUNTS[role]))
    elif role == "code":
        for case in cases:
            sent = {"number": case.number, "code": access.code(case.draft)}
            assert client.post("/meine-vorgaenge/oeffnen/", sent).status_code == 302
    return client.cookies
