"""The demo: made by the real verbs, once, and everyone in it says that they are invented."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pytest_django import Settings

from kiepe.base.accounts.models import Account
from kiepe.base.kernel.actor import Role
from kiepe.cases import queries
from kiepe.cases.models import Case, Decision, Delivery, EvidenceItem, Party
from kiepe.cases.verify import verify
from kiepe.entrances.commandline import demo
from kiepe.entrances.commandline.demo_people import households


@pytest.fixture
def real_case_types(settings: Settings, tmp_path: Path) -> None:
    settings.CASE_TYPES = ["kiepe.service.benefits.wohngeld.case_type.WOHNGELD"]
    settings.CHECKPOINTS = tmp_path / "checkpoints"
    settings.DEMO = True


@pytest.mark.django_db
def test_it_tells_every_case_once(real_case_types: None) -> None:
    demo.seed()
    demo.seed()
    assert Case.objects.count() == len(households()) == 11
    assert Account.objects.filter(is_demo=True).count() == 9
    states = set(Case.objects.values_list("state", flat=True))
    assert states == {"received", "waiting", "ready", "issued"}
    marked = re.compile(r"\bDemo\b")
    for name in [*Case.objects.values_list("applicant", flat=True), *Account.objects.values_list("name", flat=True)]:
        assert marked.search(name), name
    assert all(marked.search(party.name) for party in Party.objects.all())
    assert all(decision.notice.pdf is not None for decision in Decision.objects.all())
    sent = {(one.case.applicant, one.way, one.posted_on is not None) for one in Delivery.objects.select_related("case")}
    assert sent == {
        ("Marie Kötter-Demo", "post", True),
        ("Wilhelm Tacke-Demo", "post", False),
        ("Ingrid Wessels-Demo", "portal", False),
    }
    assert EvidenceItem.objects.filter(files__isnull=False).exists()
    assert all(not account.has_usable_password() for account in Account.objects.filter(kind="staff"))
    assert verify().findings == ()


@pytest.mark.django_db
def test_the_other_unit_sees_nothing_of_it(real_case_types: None) -> None:
    demo.seed()
    jan, ruth = demo.staff("jan.demo@example.org"), demo.staff("ruth.demo@example.org")
    assert not queries.visible(jan).exists()
    assert queries.visible(ruth).count() == 11
    assert not ruth.has(Role.CASEWORKER, Role.LEAD)


def test_it_is_for_a_demo_only(settings: Settings) -> None:
    settings.DEMO = False
    with pytest.raises(RuntimeError):
        demo.seed()
