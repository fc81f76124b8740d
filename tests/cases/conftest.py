"""People with roles, and a draft that they can submit."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from pytest_django import Settings

from kiepe.base.accounts.models import Account, AccountKind
from kiepe.base.forms.models import Draft
from kiepe.base.kernel import clock
from kiepe.base.kernel.actor import Actor, ActorKind, Role
from kiepe.cases import actions, consent_text, queries
from kiepe.cases.models import Case, EvidenceItem, PortalConsent

ANSWERS: dict[str, Any] = {
    "first_name": "Erika",
    "last_name": "Öztürk",
    "street": "Beispielweg 3",
    "place": "48143 Münster",
    "email": "erika@example.org",
    "members": [{"id": "p1", "name": "Ali Öztürk", "earns": True}],
    "rent": "690.00",
    "dog": True,
}


@pytest.fixture(autouse=True)
def example(settings: Settings, tmp_path: Path) -> None:
    settings.CASE_TYPES = ["tests.cases.example.EXAMPLE"]
    settings.CHECKPOINTS = tmp_path / "checkpoints"


def staff(email: str, name: str, unit: str, *roles: Role) -> Actor:
    account = Account.objects.create(
        kind=AccountKind.STAFF, email=email, name=name, unit=unit, roles=[role.value for role in roles]
    )
    return Actor(ActorKind.STAFF, account=account.pk, label=name, unit=unit, roles=frozenset(roles))


@pytest.fixture
def decider(db: None) -> Actor:
    """Decides the unit's cases."""
    return staff("ayse@example.org", "Ayşe Demir", "wohngeld", Role.CASEWORKER)


@pytest.fixture
def colleague(db: None) -> Actor:
    """Decides in the same unit."""
    return staff("lena@example.org", "Lena Brandt", "wohngeld", Role.CASEWORKER)


@pytest.fixture
def outsider(db: None) -> Actor:
    """Works for the city, in another unit: must see nothing."""
    return staff("otto@example.org", "Otto Fremd", "buergerbuero", Role.CASEWORKER, Role.LEAD)


@pytest.fixture
def auditor(db: None) -> Actor:
    """Reads the record, decides nothing."""
    return staff("rita@example.org", "Rita Prüfer", "revision", Role.AUDITOR)


@pytest.fixture
def stranger(db: None) -> Actor:
    """Another citizen with an account."""
    account = Account.objects.create(kind=AccountKind.CITIZEN, email="nina@example.org", name="Nina Nachbar")
    return Actor(ActorKind.CITIZEN, account=account.pk, label="Nina Nachbar")


def a_draft(**changed: Any) -> Draft:
    return Draft.objects.create(form="wohngeld", form_version=3, answers={**ANSWERS, **changed})


def who_filled_in(draft: Draft) -> Actor:
    return Actor(ActorKind.CITIZEN, drafts=frozenset({str(draft.pk)}))


@pytest.fixture
def submitted(db: None) -> Callable[..., tuple[Actor, Case]]:
    """A case from a draft; with who applied, as seen after opening it."""

    def make(**changed: Any) -> tuple[Actor, Case]:
        draft = a_draft(**changed)
        case = actions.submit(who_filled_in(draft), draft).case
        return Actor(ActorKind.CITIZEN, cases=frozenset({case.pk})), case

    return make


def photo(name: str = "foto.png", colour: str = "white") -> SimpleUploadedFile:
    """A picture as a phone would send it."""
    data = io.BytesIO()
    Image.new("RGB", (60, 80), colour).save(data, "PNG")
    return SimpleUploadedFile(name, data.getvalue(), content_type="image/png")


def hand_in_all(applicant: Actor, case: Case) -> None:
    """Upload something for every document that is missing."""
    for item in EvidenceItem.objects.filter(case=case).order_by("position"):
        if not item.settled:
            actions.attach(applicant, case.pk, item.pk, [photo()])
    case.refresh_from_db()


@pytest.fixture
def owner(db: None) -> Actor:
    """Applies with an account."""
    account = Account.objects.create(kind=AccountKind.CITIZEN, email="erika@konto.example", name="Erika Öztürk")
    return Actor(ActorKind.CITIZEN, account=account.pk, label="Erika Öztürk")


def apply_as(owner: Actor) -> Case:
    """A complete application of an account."""
    draft = a_draft(dog=False, members=[])
    draft.account_id = owner.account
    draft.save()
    case = actions.submit(owner, draft).case
    hand_in_all(owner, case)
    return case


def decide(decider: Actor, case: Case) -> None:
    case.refresh_from_db()
    digest = queries.proposal(decider, case).digest
    actions.decide(decider, case.pk, "grant", "", set(), digest, version=case.version)


def agree(owner: Actor, case: Case) -> PortalConsent:
    return actions.consent_to_portal(owner, case.pk, version=consent_text.VERSION)


@pytest.fixture
def in_portal(owner: Actor, decider: Actor) -> Case:
    """A notice that was issued into the portal today; its mail has left."""
    case = apply_as(owner)
    agree(owner, case)
    decide(decider, case)
    assert actions.issue(case.pk) is True
    actions.note_notified(case.pk, clock.now())
    case.refresh_from_db()
    return case


@pytest.fixture
def by_post(owner: Actor, decider: Actor) -> Case:
    """A notice that waits in the outgoing post."""
    case = apply_as(owner)
    decide(decider, case)
    actions.issue(case.pk)
    case.refresh_from_db()
    return case
