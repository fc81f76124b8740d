"""Correcting an answer and setting the period. The example's law: a tenth of the rent of 690,00 €."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kiepe.base.kernel.actor import Actor
from kiepe.cases.models import Answers, Case, CorrectedValue
from tests.cases.desk_client import at_desk, page_of

Submitted = Callable[..., tuple[Actor, Case]]


def sent(case: Case, **changed: str) -> dict[str, str]:
    case.refresh_from_db()
    usual = {"version": str(case.version), "answer": "rent", "value": "500,00", "reason": "Laut Mietvertrag"}
    return {**usual, **changed}


def test_a_correction_is_computed_at_once_and_can_be_taken_back(submitted: Submitted, decider: Actor) -> None:
    _, case = submitted()
    client = at_desk(decider)
    assert "69\u00a0€" in client.get(page_of(case)).content.decode()
    done = client.post(page_of(case, "berichtigen/"), sent(case))
    html = client.get(done.headers["Location"]).content.decode()
    assert "50\u00a0€" in html
    assert "690,00\u00a0€ → <b>500,00\u00a0€</b>" in html
    assert "Laut Mietvertrag" in html
    assert Answers.objects.get(case=case).json["rent"] == "690.00"  # what the person said stays
    correction = CorrectedValue.objects.get(case=case)
    client.post(page_of(case, f"berichtigen/{correction.pk}/zuruecknehmen/"), sent(case))
    assert "69\u00a0€" in client.get(page_of(case)).content.decode()


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"value": "fünfhundert"}, "value"),
        ({"value": ""}, "value"),
        ({"reason": " "}, "reason"),
        ({"valid_from": "32.13.2026"}, "valid_from"),
    ],
)
def test_what_cannot_be_used_is_said_and_kept(
    submitted: Submitted, decider: Actor, changed: dict[str, str], field: str
) -> None:
    _, case = submitted()
    answer = at_desk(decider).post(page_of(case, "berichtigen/"), sent(case, **changed))
    html = answer.content.decode()
    assert answer.status_code == 422
    assert f'href="#f-{field}"' in html
    assert changed.get("value", "500,00") in html
    assert changed.get("reason", "Laut Mietvertrag") in html
    assert not CorrectedValue.objects.exists()


def test_the_form_offers_the_notation_of_the_question(submitted: Submitted, decider: Actor) -> None:
    _, case = submitted()
    client = at_desk(decider)
    money = client.get(page_of(case, "berichtigen/?angabe=rent")).content.decode()
    assert 'name="value" value="690,00"' in money
    yesno = client.get(page_of(case, "berichtigen/?angabe=members.0.earns")).content.decode()
    assert '<option value="yes" selected>Ja</option>' in yesno
    done = client.post(page_of(case, "berichtigen/"), sent(case, answer="dog", value="no"))
    assert done.status_code == 302
    assert CorrectedValue.objects.get(case=case).value is False


@pytest.mark.parametrize("answer", ["", "nothing", "members", "members.0.id"])
def test_only_questions_of_the_form_can_be_corrected(submitted: Submitted, decider: Actor, answer: str) -> None:
    _, case = submitted()
    client = at_desk(decider)
    assert client.get(page_of(case, "berichtigen/"), {"angabe": answer}).status_code == 404
    assert client.post(page_of(case, "berichtigen/"), sent(case, answer=answer)).status_code == 404


def test_a_correction_may_hold_from_a_day_on(submitted: Submitted, decider: Actor) -> None:
    _, case = submitted()
    client = at_desk(decider)
    client.post(page_of(case, "berichtigen/"), sent(case, valid_from="1. März 2027"))
    assert "ab 01.03.2027" in client.get(page_of(case)).content.decode()


def test_the_period_is_set_with_a_reason(submitted: Submitted, decider: Actor) -> None:
    _, case = submitted()
    client, target = at_desk(decider), page_of(case, "zeitraum/")
    typed = {"version": case.version, "start": "01.12.2026", "end": "31.05.2027", "reason": ""}
    bare = client.post(target, typed)
    assert bare.status_code == 422
    assert 'value="31.05.2027"' in bare.content.decode()
    assert client.post(target, {**typed, "reason": "Umzug im Juni"}).status_code == 302
    assert "01.12.2026 bis 31.05.2027 (6 Monate)" in client.get(page_of(case)).content.decode()


def test_a_period_that_ends_before_it_starts_is_refused(submitted: Submitted, decider: Actor) -> None:
    _, case = submitted()
    typed = {"version": case.version, "start": "01.12.2026", "end": "30.11.2026", "reason": "Umzug"}
    answer = at_desk(decider).post(page_of(case, "zeitraum/"), typed)
    assert answer.status_code == 422
    assert 'href="#f-end"' in answer.content.decode()


def test_what_the_applicant_was_asked_back_stands_beside_the_value(submitted: Submitted, decider: Actor) -> None:
    _, case = submitted(rent="9000.00", confirmed=SAID)
    html = at_desk(decider).get(page_of(case, "antrag/")).content.decode()
    row = html.partition("9.000,00")[2].partition("</tr>")[0]
    assert "Nachgefragt:" in row
    assert "„Ist das die Miete für ein Jahr?“" in row
    assert "Antwort: Ja, das stimmt so." in row
    assert "„Villa &amp; Park“" in row
    assert html.count("Nachgefragt:") == 1


def test_what_was_said_of_another_amount_counts_no_more(submitted: Submitted, decider: Actor) -> None:
    _, case = submitted(rent="9500.00", confirmed=SAID)
    html = at_desk(decider).get(page_of(case, "antrag/")).content.decode()
    assert "Noch ohne Antwort." in html
    assert "Villa" not in html


SAID = [{"name": "high_rent", "values": ['"9000.00"'], "reason": "Villa & Park"}]
