"""Deciding at the desk. The example's law: a tenth of the rent, nothing below 100 euro, a hint for dogs."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kiepe.base.kernel.actor import Actor
from kiepe.cases.models import Case, Decision
from tests.cases.conftest import hand_in_all
from tests.cases.desk_client import at_desk, hidden, hint_keys, page_of

Submitted = Callable[..., tuple[Actor, Case]]


@pytest.fixture
def complete(submitted: Submitted) -> Callable[..., Case]:
    """A case with all documents."""

    def make(**changed: object) -> Case:
        applicant, case = submitted(**changed)
        hand_in_all(applicant, case)
        return case

    return make


def form_of(actor: Actor, case: Case, page: str = "entscheiden/") -> dict[str, object]:
    """What the form would send, with every hint ticked."""
    html = at_desk(actor).get(page_of(case, page)).content.decode()
    return {
        "version": hidden(html, "version"),
        "proposal_digest": hidden(html, "proposal_digest"),
        "confirmed": hint_keys(html),
        "kind": "grant",
        "reasons": "",
    }


def test_the_overview_prepares_and_a_person_decides(complete: Callable[..., Case], decider: Actor) -> None:
    case, client = complete(), at_desk(decider)
    html = client.get(page_of(case)).content.decode()
    assert "69\u00a0€" in html  # a tenth of 690,00 €
    assert "Vom System berechnet. Sie entscheiden." in html
    sent = form_of(decider, case, "")
    preview = client.post(page_of(case, "entscheiden/"), {**sent, "step": "preview"})
    assert f"Bescheid {case.number}" in preview.content.decode()
    assert not Decision.objects.exists()
    shown = preview.content.decode()
    again = {
        "version": hidden(shown, "version"),
        "proposal_digest": hidden(shown, "proposal_digest"),
        "kind": hidden(shown, "kind"),
        "confirmed": sent["confirmed"],
        "reasons": hidden(shown, "reasons"),
    }
    done = client.post(page_of(case, "entscheiden/"), {**again, "step": "issue"})
    assert done.headers["Location"] == page_of(case, "?getan=entschieden")
    decision = Decision.objects.get(case=case)
    assert (decision.kind, decision.periods[0]["amount"]) == ("grant", 69)
    assert decision.decided_by_id == decider.account


def test_a_hint_that_nobody_looked_at_stops_it(complete: Callable[..., Case], decider: Actor) -> None:
    case = complete()
    sent = {**form_of(decider, case), "confirmed": [], "reasons": "Mein langer Text."}
    for step in ("preview", "issue"):
        answer = at_desk(decider).post(page_of(case, "entscheiden/"), {**sent, "step": step})
        assert answer.status_code == 422
        assert "Mein langer Text." in answer.content.decode()
    assert not Decision.objects.exists()


@pytest.mark.parametrize("kind", ["reject", "other"])
def test_another_decision_needs_reasons(complete: Callable[..., Case], decider: Actor, kind: str) -> None:
    case = complete()
    sent = {**form_of(decider, case), "kind": kind, "step": "issue"}
    answer = at_desk(decider).post(page_of(case, "entscheiden/"), sent)
    assert answer.status_code == 422
    assert 'href="#f-reasons"' in answer.content.decode()
    assert not Decision.objects.exists()


def test_a_rejection_keeps_its_reasons(complete: Callable[..., Case], decider: Actor) -> None:
    case = complete()
    sent = {**form_of(decider, case), "kind": "reject", "reasons": "Kein Wohnsitz in der Stadt.", "step": "issue"}
    assert at_desk(decider).post(page_of(case, "entscheiden/"), sent).status_code == 302
    assert Decision.objects.get(case=case).reasons == "Kein Wohnsitz in der Stadt."


def test_own_periods_are_decided_as_typed(complete: Callable[..., Case], decider: Actor) -> None:
    case = complete()
    lines = {
        "start_1": "1.11.2026", "end_1": "28.2.2027", "amount_1": "40", "because_1": "Einkommen bis Februar",
        "start_2": "01.03.2027", "end_2": "31.10.2027", "amount_2": "55 €", "because_2": "Einkommen ab März",
    }  # fmt: skip
    sent = {**form_of(decider, case), "kind": "other", "reasons": "Das Einkommen steigt.", **lines}
    preview = at_desk(decider).post(page_of(case, "entscheiden/"), {**sent, "step": "preview"})
    assert "01.03.2027 bis 31.10.2027" in preview.content.decode()
    assert at_desk(decider).post(page_of(case, "entscheiden/"), {**sent, "step": "issue"}).status_code == 302
    periods = [(one["start"], one["end"], one["amount"]) for one in Decision.objects.get(case=case).periods]
    assert periods == [("2026-11-01", "2027-02-28", 40), ("2027-03-01", "2027-10-31", 55)]


@pytest.mark.parametrize("amount", ["viel", "10,50", "", "-5"])
def test_an_amount_that_is_none_is_refused_and_kept(complete: Callable[..., Case], decider: Actor, amount: str) -> None:
    case = complete()
    line = {"start_1": "01.11.2026", "end_1": "31.10.2027", "amount_1": amount, "because_1": "Weil eben"}
    sent = {**form_of(decider, case), "kind": "other", "reasons": "Darum.", **line, "step": "preview"}
    answer = at_desk(decider).post(page_of(case, "entscheiden/"), sent)
    assert answer.status_code == 422
    assert "Weil eben" in answer.content.decode()


def test_what_changed_meanwhile_is_not_decided(complete: Callable[..., Case], decider: Actor, colleague: Actor) -> None:
    case = complete()
    sent = {**form_of(decider, case), "reasons": "Bleibt stehen.", "step": "issue"}
    version = {"version": case.version, "answer": "rent", "value": "500", "reason": "Mietvertrag"}
    assert at_desk(colleague).post(page_of(case, "berichtigen/"), version).status_code == 302
    answer = at_desk(decider).post(page_of(case, "entscheiden/"), sent)
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Bleibt stehen." in html
    assert "50\u00a0€" in html  # the new computation stands beside it
    assert not Decision.objects.exists()


def test_two_who_decide_make_one_decision(complete: Callable[..., Case], decider: Actor, colleague: Actor) -> None:
    case = complete()
    first, second = form_of(decider, case), form_of(colleague, case)
    assert at_desk(decider).post(page_of(case, "entscheiden/"), {**first, "step": "issue"}).status_code == 302
    answer = at_desk(colleague).post(page_of(case, "entscheiden/"), {**second, "step": "issue"})
    assert answer.status_code == 409
    assert "Ayşe Demir" in answer.content.decode()
    assert Decision.objects.filter(case=case).count() == 1


def test_the_letter_can_be_seen_before(complete: Callable[..., Case], decider: Actor) -> None:
    case = complete()
    answer = at_desk(decider).post(page_of(case, "entscheiden/"), {**form_of(decider, case), "step": "pdf"})
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    assert not Decision.objects.exists()


def test_a_proposed_rejection_offers_no_grant(submitted: Submitted, decider: Actor) -> None:
    _, case = submitted()
    client = at_desk(decider)
    sent = {"version": case.version, "answer": "rent", "value": "0", "reason": "Wohnt umsonst"}
    assert client.post(page_of(case, "berichtigen/"), sent).status_code == 302
    html = client.get(page_of(case)).content.decode()
    assert "Vorschlag: Ablehnung" in html
    assert "Bewilligen und Bescheid ansehen" not in html
