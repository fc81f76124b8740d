"""The applicant corrects what was sent: a new version; what is settled stays, what is new is asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.http import Http404
from django.test import Client

from kiepe.base.accounts.middleware import DRAFTS
from kiepe.base.forms import actions as drafts
from kiepe.base.forms.models import Draft
from kiepe.base.kernel.actor import Actor, ActorKind
from kiepe.base.kernel.refusal import Refused
from kiepe.cases import access, actions, queries, versions
from kiepe.cases.models import Answers, Case, CorrectionDraft, EvidenceItem
from kiepe.cases.verify import verify
from tests.cases.conftest import a_draft, hand_in_all, photo, who_filled_in

pytestmark = pytest.mark.django_db
Make = Callable[..., tuple[Actor, Case]]
ALI = {"id": "p1", "name": "Ali Öztürk", "earns": True}
EVA = {"id": "p2", "name": "Eva Öztürk", "earns": True}


def corrected(applicant: Actor, case: Case, **changed: Any) -> actions.Corrected:
    """Begin, answer differently, send."""
    draft = actions.begin_correction(applicant, case.pk)
    Draft.objects.filter(pk=draft.pk).update(answers={**draft.answers, **changed})
    made = actions.correct_answers(who(applicant, draft), draft)
    case.refresh_from_db()
    return made


def who(applicant: Actor, draft: Draft) -> Actor:
    return Actor(applicant.kind, cases=applicant.cases, drafts=who_filled_in(draft).drafts)


def states(case: Case) -> dict[str, str]:
    return {f"{one.key} {one.item_id}".strip(): one.state for one in EvidenceItem.objects.filter(case=case)}


def test_a_new_version_beside_the_old(submitted: Make, decider: Actor) -> None:
    applicant, case = submitted()
    made = corrected(applicant, case, rent="750.00", last_name="Öztürk-Bach", email="")
    assert made.count == 3
    first, second = Answers.objects.filter(case=case).order_by("version")
    assert (first.json["rent"], second.json["rent"]) == ("690.00", "750.00")
    assert case.applicant == "Erika Öztürk-Bach"
    assert queries.proposal(decider, case).proposal.amount == 75
    (version,) = queries.versions(decider, case)
    told = {one.label: (one.before, one.after) for one in version.differences}
    assert told["Miete im Monat"] == ("690,00\u00a0€", "750,00\u00a0€")
    assert told["Mailadresse"] == ("erika@example.org", "")
    assert queries.events(applicant, case)[0].sentence == "Angaben berichtigt: 3 Antworten anders"
    assert verify().findings == ()


def test_documents_follow_and_settled_ones_stay(submitted: Make, decider: Actor) -> None:
    applicant, case = submitted()
    hand_in_all(applicant, case)
    assert case.state == "ready"
    rental = EvidenceItem.objects.get(case=case, key="rental_contract")
    actions.accept_evidence(decider, case.pk, rental.pk, version=case.version)
    corrected(applicant, case, dog=False, members=[ALI, EVA])
    assert states(case) == {
        "rental_contract": "accepted",
        "dog_licence": "received",  # handed in: it stays, though nobody needs it now
        "payslip p1": "received",
        "payslip p2": "missing",
    }
    assert (case.state, case.due_on) == ("received", None)
    assert "Lohnabrechnung von Eva Öztürk" in queries.events(applicant, case)[0].sentence
    corrected(applicant, case, members=[ALI])
    assert states(case)["payslip p2"] == "waived"
    assert case.state == "ready"
    corrected(applicant, case, members=[ALI, EVA])
    assert states(case)["payslip p2"] == "missing"
    assert verify().findings == ()


def test_what_a_caseworker_waived_stays_waived(submitted: Make, decider: Actor) -> None:
    applicant, case = submitted()
    dog = EvidenceItem.objects.get(case=case, key="dog_licence")
    actions.waive_evidence(decider, case.pk, dog.pk, reason="Liegt uns vor", version=case.version)
    corrected(applicant, case, rent="700.00")
    assert states(case)["dog_licence"] == "waived"


def test_files_of_the_correction_come_along(submitted: Make) -> None:
    applicant, case = submitted(members=[])
    draft = actions.begin_correction(applicant, case.pk)
    actor = who(applicant, draft)
    Draft.objects.filter(pk=draft.pk).update(answers={**draft.answers, "members": [ALI]})
    drafts.attach(actor, draft.pk, "payslip", "p1", photo())
    actions.correct_answers(actor, draft)
    assert states(case)["payslip p1"] == "received"
    assert verify().findings == ()


def test_a_caseworkers_correction_follows_its_person(submitted: Make, decider: Actor) -> None:
    applicant, case = submitted(members=[ALI, EVA])
    for path in ("members.0.name", "members.1.name"):
        case.refresh_from_db()
        actions.correct(decider, case.pk, path, "Anders", "Ausweis", version=case.version)
    corrected(applicant, case, members=[EVA])
    (kept,) = queries.corrections(decider, case)
    assert kept.answer == "members.0.name"
    assert queries.answers(decider, case)["members"] == [EVA]
    assert verify().findings == ()


def test_nothing_changed_is_said_and_leaves_no_version(submitted: Make) -> None:
    applicant, case = submitted()
    with pytest.raises(Refused, match="nichts geändert"):
        corrected(applicant, case)
    assert Answers.objects.filter(case=case).count() == 1


def test_an_open_question_is_refused(submitted: Make) -> None:
    applicant, case = submitted()
    with pytest.raises(Refused, match="fehlen noch Angaben"):
        corrected(applicant, case, members=[{"id": "p9"}])


def test_sent_twice_is_one_version(submitted: Make, decider: Actor) -> None:
    applicant, case = submitted(dog=False, members=[])
    draft = actions.begin_correction(applicant, case.pk)
    Draft.objects.filter(pk=draft.pk).update(answers={**draft.answers, "rent": "750.00"})
    for _ in range(2):
        assert actions.correct_answers(who(applicant, draft), draft).case == case
    assert Answers.objects.filter(case=case).count() == 2
    actions.withdraw(applicant, case.pk)
    assert actions.correct_answers(who(applicant, draft), draft).case == case  # a late second click


def test_begun_twice_is_one_draft_and_it_may_be_thrown_away(submitted: Make) -> None:
    applicant, case = submitted()
    assert actions.begin_correction(applicant, case.pk) == actions.begin_correction(applicant, case.pk)
    actions.discard_correction(applicant, case.pk)
    assert not CorrectionDraft.objects.exists()
    assert Draft.objects.filter(submitted_at=None).count() == 0
    assert Answers.objects.filter(case=case).count() == 1


def test_not_after_the_decision_and_not_by_others(
    submitted: Make, decider: Actor, stranger: Actor, outsider: Actor
) -> None:
    applicant, case = submitted(dog=False, members=[])
    draft = actions.begin_correction(applicant, case.pk)
    for actor in (decider, stranger, outsider):
        with pytest.raises(Http404):
            actions.begin_correction(actor, case.pk)
        with pytest.raises(Http404):
            actions.correct_answers(actor, draft)
    hand_in_all(applicant, case)
    prepared = queries.proposal(decider, case)
    actions.decide(decider, case.pk, "grant", "", set(), prepared.digest, version=case.version)
    Draft.objects.filter(pk=draft.pk).update(answers={**draft.answers, "rent": "750.00"})
    with pytest.raises(Refused, match="entschieden"):
        actions.correct_answers(who(applicant, draft), draft)
    with pytest.raises(Refused, match="entschieden"):
        actions.begin_correction(applicant, case.pk)


def test_the_caseworker_sees_that_it_changed(submitted: Make, decider: Actor) -> None:
    applicant, case = submitted(dog=False, members=[])
    hand_in_all(applicant, case)
    prepared, seen = queries.proposal(decider, case), case.version
    corrected(applicant, case, rent="750.00")
    with pytest.raises(Refused, match="geändert"):
        actions.decide(decider, case.pk, "grant", "", set(), prepared.digest, version=seen)


def test_erasing_takes_versions_and_drafts_with_it(submitted: Make) -> None:
    applicant, case = submitted()
    corrected(applicant, case, rent="750.00")
    actions.begin_correction(applicant, case.pk)
    actions.withdraw(applicant, case.pk)
    actions.erase(case.pk, norm="§ 84 Abs. 2 SGB X")
    assert not Answers.objects.filter(case=case).exists()
    assert not CorrectionDraft.objects.exists()
    assert verify().findings == ()


@pytest.mark.parametrize(
    ("path", "place"),
    [("rent", "rent"), ("members.1.name", "members.0.name"), ("members.0.name", None), ("members.5.name", None)],
)
def test_a_place_is_found_by_ids(path: str, place: str | None) -> None:
    before = {"rent": "1.00", "members": [ALI, EVA]}
    assert versions.same_place(before, {"rent": "2.00", "members": [EVA]}, path) == place


# ---- with a day that was kept


def test_an_application_that_is_not_whole_is_completed_not_corrected(example: None) -> None:
    draft = a_draft()
    Draft.objects.filter(pk=draft.pk).update(done=["person"])
    case = actions.keep_date(who_filled_in(draft), draft).case
    holding = Actor(ActorKind.CITIZEN, cases=frozenset({case.pk}))
    with pytest.raises(Refused, match="noch nicht ganz ausgefüllt"):
        actions.begin_correction(holding, case.pk)
    actions.submit(who_filled_in(draft), draft)
    assert queries.versions(holding, case) == []  # the rest is no correction
    corrected(holding, case, rent="750.00")
    (version,) = queries.versions(holding, case)
    assert (version.number, [one.after for one in version.differences]) == (3, ["750,00\u00a0€"])
    assert queries.contact_counts(holding, case) == (0, 1)
    assert verify().findings == ()


def test_a_correction_is_no_application(submitted: Make) -> None:
    applicant, case = submitted()
    draft = actions.begin_correction(applicant, case.pk)
    for verb in (actions.keep_date, actions.submit):
        with pytest.raises(Http404):
            verb(who(applicant, draft), draft)
    assert Case.objects.count() == 1


def test_the_code_of_the_case_opens_its_correction_again(submitted: Make) -> None:
    applicant, case = submitted()
    draft = actions.begin_correction(applicant, case.pk)
    code = access.code(case.draft)
    assert actions.resume(str(draft.pk), code) == draft
    assert actions.way_back(who(applicant, draft), draft.pk).code == access.shown(code)
    with pytest.raises(Refused):
        actions.resume(str(draft.pk), access.code(draft.pk))
    with pytest.raises(Refused, match="Code bleibt gleich"):
        actions.renew_way(who(applicant, draft), draft.pk)


# ---- with kind questions


def test_what_was_confirmed_is_not_asked_again_and_is_no_change(example: None) -> None:
    draft = a_draft(rent="6000.00")
    said = {"name": "high_rent", "values": ['"6000.00"'], "reason": "Ein ganzes Haus"}
    Draft.objects.filter(pk=draft.pk).update(answers={**draft.answers, "confirmed": [said]})
    case = actions.submit(who_filled_in(draft), draft).case
    holding = Actor(ActorKind.CITIZEN, cases=frozenset({case.pk}))
    assert actions.begin_correction(holding, case.pk).answers["confirmed"] == [said]
    with pytest.raises(Refused, match="nichts geändert"):
        corrected(holding, case)
    corrected(holding, case, last_name="Bach")
    kept = Answers.objects.get(case=case, version=2).json["doubts"][0]
    assert (kept["stands"], kept["reason"]) == (True, "Ein ganzes Haus")
    assert verify().findings == ()


def test_answering_a_kind_question_is_a_version(example: None) -> None:
    draft = a_draft(rent="6000.00")
    case = actions.submit(who_filled_in(draft), draft).case
    holding = Actor(ActorKind.CITIZEN, cases=frozenset({case.pk}))
    corrected(holding, case, confirmed=[{"name": "high_rent", "values": ['"6000.00"'], "reason": ""}])
    assert queries.events(holding, case)[0].sentence == "Angaben bestätigt"


def test_a_correction_is_asked_while_it_is_typed(example: None) -> None:
    draft = a_draft(rent="6000.00")
    said = {"name": "high_rent", "values": ['"6000.00"'], "reason": "Ein ganzes Haus"}
    Draft.objects.filter(pk=draft.pk).update(answers={**draft.answers, "confirmed": [said]})
    case = actions.submit(who_filled_in(draft), draft).case
    begun = actions.begin_correction(Actor(ActorKind.CITIZEN, cases=frozenset({case.pk})), case.pk)
    client = Client()
    session = client.session
    session[DRAFTS] = [str(begun.pk)]
    session.save()

    def asked(rent: str) -> list[tuple[str, bool]]:
        typed = {"rent": rent, "dog": "no", "action": "told"}
        found = client.post(f"/antrag/wohngeld/{begun.pk}/home/", typed).json()["ask"]
        return [(one["field"], "checked>" in one["html"]) for one in found]

    assert asked("7000") == [("rent", False)]
    assert asked("6000") == [("rent", True)]  # said before it was sent the first time
    assert asked("700") == []
    assert Draft.objects.get(pk=begun.pk).answers == begun.answers
