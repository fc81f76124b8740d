"""Documents at the desk: looked at beside the answers, judged, asked for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail

from kiepe.base.kernel import clock
from kiepe.base.kernel.actor import Actor
from kiepe.cases.models import Case, EvidenceItem, EvidenceRequest, EvidenceState
from tests.cases.conftest import hand_in_all
from tests.cases.desk_client import at_desk, page_of

Submitted = Callable[..., tuple[Actor, Case]]


@pytest.fixture
def case(submitted: Submitted) -> Case:
    """Three documents are needed; the rental contract is there."""
    applicant, case = submitted()
    hand_in_all(applicant, case)
    return case


def item_of(case: Case, key: str) -> EvidenceItem:
    return EvidenceItem.objects.get(case=case, key=key)


def in_weeks(weeks: int) -> str:
    return f"{clock.today() + timedelta(weeks=weeks):%d.%m.%Y}"


def test_pages_are_pictures_with_words_beside_the_answers(case: Case, decider: Actor) -> None:
    dog = item_of(case, "dog_licence")
    html = at_desk(decider).get(page_of(case, f"unterlagen/{dog.pk}/")).content.decode()
    assert 'alt="Seite 1 von 1, aus foto.pdf"' in html
    assert 'loading="lazy"' in html
    beside = html.split("Dazu im Antrag")[1].split("</dl>")[0]
    assert "Haben Sie einen Hund?" in beside
    assert "Miete im Monat" not in beside  # another document proves it


def test_accepting_shows_the_next_one(case: Case, decider: Actor) -> None:
    dog, client = item_of(case, "dog_licence"), at_desk(decider)
    answer = client.post(page_of(case, f"unterlagen/{dog.pk}/pruefen/"), {"version": case.version, "step": "accept"})
    assert answer.status_code == 302
    assert item_of(case, "dog_licence").state == EvidenceState.ACCEPTED
    assert "Der Nachweis ist anerkannt." in client.get(answer.headers["Location"]).content.decode()


@pytest.mark.parametrize("step", ["return", "waive"])
def test_sending_back_needs_a_reason(case: Case, decider: Actor, step: str) -> None:
    dog, client = item_of(case, "dog_licence"), at_desk(decider)
    target, sent = page_of(case, f"unterlagen/{dog.pk}/pruefen/"), {"version": case.version, "step": step}
    bare = client.post(target, {**sent, "reason": "  "})
    assert bare.status_code == 422
    assert 'href="#f-reason"' in bare.content.decode()
    assert item_of(case, "dog_licence").state == EvidenceState.RECEIVED
    assert client.post(target, {**sent, "reason": "Das Jahr fehlt."}).status_code == 302
    assert item_of(case, "dog_licence").reason == "Das Jahr fehlt."


def test_a_page_that_is_too_old_changes_nothing(case: Case, decider: Actor) -> None:
    dog = item_of(case, "dog_licence")
    sent = {"version": case.version - 1, "step": "return", "reason": "Unleserlich, bitte neu."}
    answer = at_desk(decider).post(page_of(case, f"unterlagen/{dog.pk}/pruefen/"), sent)
    assert answer.status_code == 409
    assert "Unleserlich, bitte neu." in answer.content.decode()
    assert item_of(case, "dog_licence").state == EvidenceState.RECEIVED


def test_everything_is_asked_for_in_one_message_after_a_look(submitted: Submitted, decider: Actor) -> None:
    _, case = submitted()
    client, ids = at_desk(decider), list(EvidenceItem.objects.filter(case=case).values_list("pk", flat=True))
    sent = {
        "version": case.version,
        "evidence": ids,
        "words": "Ein Foto genügt.",
        "due": in_weeks(3),
        "extra": "Meldebestätigung",
    }
    html = client.post(page_of(case, "nachfordern/"), {**sent, "step": "preview"}).content.decode()
    for words in ("Mietvertrag", "Hundesteuerbescheid", "Lohnabrechnung von Ali Öztürk", "Meldebestätigung"):
        assert words in html
    assert "Ein Foto genügt." in html
    assert in_weeks(3) in html
    assert not EvidenceRequest.objects.exists()
    assert client.post(page_of(case, "nachfordern/"), {**sent, "step": "send"}).status_code == 302
    request = EvidenceRequest.objects.get(case=case)
    assert request.items.count() == len(ids) + 1
    assert Case.objects.get(pk=case.pk).state == "waiting"
    assert mail.outbox == []  # the mail waits for its job; nothing of the matter leaves with the page


@pytest.mark.parametrize(
    ("changed", "field"),
    [({"due": "gestern"}, "due"), ({"due": "01.01.2020"}, "due"), ({"due": ""}, "due"), ({"evidence": []}, "evidence")],
)
def test_an_incomplete_message_is_refused_and_kept(
    submitted: Submitted, decider: Actor, changed: dict[str, object], field: str
) -> None:
    _, case = submitted()
    ids = list(EvidenceItem.objects.filter(case=case).values_list("pk", flat=True))
    sent = {"version": case.version, "evidence": ids, "words": "Meine Worte", "due": in_weeks(2), "step": "send"}
    answer = at_desk(decider).post(page_of(case, "nachfordern/"), {**sent, **changed})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert f'href="#f-{field}"' in html
    assert "Meine Worte" in html
    assert not EvidenceRequest.objects.exists()
