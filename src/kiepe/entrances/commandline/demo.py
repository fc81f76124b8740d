"""Demo people and their cases, made by the same verbs that people use, so that record and notices are real.

`seed()` may run at every start: what is there stays. Each case is made in one transaction, on its own past day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from textwrap import shorten

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from kiepe.base.accounts.actions import make_citizen, make_staff
from kiepe.base.accounts.models import Account
from kiepe.base.documents import typeset
from kiepe.base.forms import actions as drafts
from kiepe.base.forms.models import Draft
from kiepe.base.kernel import clock
from kiepe.base.kernel.actor import Actor, ActorKind, Role
from kiepe.cases import actions, consent_text, evidence, facts, types
from kiepe.cases.models import Case, EvidenceState
from kiepe.entrances.commandline.demo_people import Household, households

KEY = "wohngeld"
UNIT = "wohngeld"
PAPER = Path(__file__).with_name("demo_evidence.typ")
STAFF = (  # mail address, name, unit, roles
    ("ayse.demo@example.org", "Ayşe Demo", UNIT, [Role.CASEWORKER]),
    ("lena.demo@example.org", "Lena Demo", UNIT, [Role.CASEWORKER]),
    ("thomas.demo@example.org", "Thomas Demo (Leitung)", UNIT, [Role.LEAD]),
    ("ruth.demo@example.org", "Ruth Demo (Revision)", UNIT, [Role.AUDITOR]),
    ("jan.demo@example.org", "Jan Demo (Sozialamt)", "sozialamt", [Role.CASEWORKER]),
)
CITIZENS = (
    ("erika.demo@example.org", "Erika Albers-Demo"),
    ("heinz.demo@example.org", "Heinz Schulze-Demo"),
    ("ingrid.demo@example.org", "Ingrid Wessels-Demo"),
    ("marie.demo@example.org", "Marie Kötter-Demo"),
)


def seed() -> None:
    """Make what is missing of people and cases. Only for a demo: raises RuntimeError elsewhere."""
    if not settings.DEMO:
        raise RuntimeError("Demo people belong to a demo only (KIEPE_DEMO).")
    for email, name, unit, roles in STAFF:
        make_staff(email, name, unit, [role.value for role in roles], None, demo=True)
    for email, name in CITIZENS:
        make_citizen(email, name, demo=True)
    for household in households():
        if not Case.objects.filter(applicant=household.name).exists():
            with transaction.atomic():
                _tell(household)


def staff(email: str) -> Actor:
    """A demo member of staff as the one who acts."""
    account = Account.objects.get(email=email)
    roles = frozenset(Role(role) for role in account.roles)
    return Actor(ActorKind.STAFF, account=account.pk, label=account.name, unit=account.unit, roles=roles)


def _tell(household: Household) -> None:
    """Apply on the day of receipt, then let happen what this case is to show."""
    with _on(clock.today() - timedelta(days=household.days_ago)):
        case = _apply(household)
    story = STORIES.get(household.name)
    if story is not None:
        story(case)


@contextmanager
def _on(day: date) -> Iterator[None]:
    """Let the demo's clock stand on another day."""
    before = settings.KIEPE_TODAY
    settings.KIEPE_TODAY = day
    try:
        yield
    finally:
        settings.KIEPE_TODAY = before


def _apply(household: Household) -> Case:
    account = Account.objects.filter(email=household.account).first()
    nobody = Actor(ActorKind.CITIZEN, account=account.pk if account else None, label=household.name)
    flow = types.form(KEY)
    draft = drafts.begin(nobody, flow)
    actor = Actor(ActorKind.CITIZEN, nobody.account, household.name, drafts=frozenset({str(draft.pk)}))
    Draft.objects.filter(pk=draft.pk).update(answers=household.answers)
    for need in evidence.needs(types.case_type(KEY), flow.prune(household.answers)):
        if need.key not in household.left_out:
            paper = _paper(household, need.key, need.title)
            drafts.attach(actor, draft.pk, need.key, need.item_id, paper)
    draft.refresh_from_db()
    return actions.submit(actor, draft).case


def _paper(household: Household, key: str, title: str) -> SimpleUploadedFile:
    """A small invented PDF."""
    lines = household.papers.get(key, [("Ausgestellt für", household.name)])
    data = {
        "sender": "Beispielstelle, 48143 Münster",
        "title": title,
        "lines": lines,
        "pages": 2 if key == "rental_contract" else 1,
    }
    made = typeset.pdf(PAPER, data, title=title)
    return SimpleUploadedFile(f"{shorten(title, 60, placeholder='')}.pdf", made, "application/pdf")


def _version(case: Case) -> int:
    return Case.objects.values_list("version", flat=True).get(pk=case.pk)


def _claim(case: Case, who: Actor) -> None:
    actions.claim(who, case.pk, version=_version(case))


def _accept_all(case: Case, who: Actor) -> None:
    for item in case.evidence.filter(state=EvidenceState.RECEIVED):
        actions.accept_evidence(who, case.pk, item.pk, version=_version(case))


def _ask(case: Case, who: Actor, words: str, due: date) -> None:
    missing = case.evidence.filter(state=EvidenceState.MISSING).values_list("pk", flat=True)
    actions.request_evidence(who, case.pk, list(missing), words=words, due=due, version=_version(case))


def _erika(case: Case) -> None:
    _claim(case, staff("ayse.demo@example.org"))


def _yusuf(case: Case) -> None:
    lena = staff("lena.demo@example.org")
    _claim(case, lena)
    _accept_all(case, lena)


def _halyna(case: Case) -> None:
    ayse, today = staff("ayse.demo@example.org"), clock.today()
    with _on(today - timedelta(days=10)):
        _claim(case, ayse)
        _ask(case, ayse, "Uns fehlen nur noch Ihre Lohnabrechnungen. Ein Foto genügt.", today + timedelta(days=6))


def _samuel(case: Case) -> None:
    lena, today = staff("lena.demo@example.org"), clock.today()
    with _on(today - timedelta(days=26)):
        _ask(case, lena, "", today - timedelta(days=2))


def _grant(case: Case, who: Actor, reasons: str = "") -> None:
    _claim(case, who)
    _accept_all(case, who)
    prepared = facts.prepare(Case.objects.get(pk=case.pk))
    keys, digest = set(prepared.hints), prepared.digest
    actions.decide(who, case.pk, "grant", reasons, keys, digest, version=_version(case))
    actions.issue(case.pk)


def _marie(case: Case) -> None:
    """Decided, and the letter posted a day later."""
    ayse, today = staff("ayse.demo@example.org"), clock.today()
    with _on(today - timedelta(days=5)):
        _grant(case, ayse)
    with _on(today - timedelta(days=4)):
        letter = case.deliveries.get()
        actions.mark_posted(ayse, case.pk, letter.pk, clock.today())


def _ingrid(case: Case) -> None:
    """Consented to the portal: the sealed notice lies there, and the mail about it has left."""
    lena, today = staff("lena.demo@example.org"), clock.today()
    owner = Actor(ActorKind.CITIZEN, account=case.account_id, label="Ingrid Wessels-Demo")
    with _on(today - timedelta(days=12)):
        actions.consent_to_portal(owner, case.pk, version=consent_text.VERSION)
    with _on(today - timedelta(days=2)):
        _grant(case, lena)
        actions.note_notified(case.pk, clock.now())


def _wilhelm(case: Case) -> None:
    """Decided yesterday: the letter waits in the outgoing post."""
    with _on(clock.today() - timedelta(days=1)):
        _grant(case, staff("ayse.demo@example.org"))


def _aylin(case: Case) -> None:
    lena = staff("lena.demo@example.org")
    _claim(case, lena)
    reason = "Die drei Lohnabrechnungen zeigen 2.300,00 €."
    actions.correct(lena, case.pk, "persons.0.incomes.0.amount", "2.300,00", reason, version=_version(case))


STORIES: dict[str, Callable[[Case], None]] = {
    "Erika Albers-Demo": _erika,
    "Yusuf Demir-Demo": _yusuf,
    "Halyna Kowal-Demo": _halyna,
    "Samuel Okafor-Demo": _samuel,
    "Marie Kötter-Demo": _marie,
    "Aylin Yıldız-Demo": _aylin,
    "Ingrid Wessels-Demo": _ingrid,
    "Wilhelm Tacke-Demo": _wilhelm,
}
