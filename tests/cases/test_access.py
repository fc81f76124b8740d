"""Who acts for or with the applicant: own codes, letters to whom the law says, organisations as applicants."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest
from django.http import Http404
from django.test import Client
from pytest_django import Settings

from kiepe.base.accounts.models import Account
from kiepe.base.kernel.actor import Actor, ActorKind
from kiepe.base.kernel.refusal import Refused
from kiepe.cases import access, actions, queries, verify
from kiepe.cases.models import Case, EvidenceItem, NoticeDocument, Party, PartyAccess, PartyRole, Scope
from kiepe.cases.parties import PartyData
from kiepe.cases.transitions import Verb
from kiepe.cases.wording import address_lines, addressee
from tests.cases.conftest import a_draft, hand_in_all, who_filled_in
from tests.cases.desk_client import at_desk
from tests.cases.example import EXAMPLE, parties

pytestmark = pytest.mark.django_db
PROXY = PartyData(
    PartyRole.REPRESENTATIVE,
    first_name="Kim",
    last_name="Muster",
    address=("Nebenweg 1", "48143 Münster"),
    scope=(Scope.ALL,),
    evidence_key="rental_contract",  # stands for the power of attorney here
)


def represented(answers: Mapping[str, object]) -> list[PartyData]:
    return [*parties(answers), PROXY]


WITH_PROXY = replace(EXAMPLE, parties=represented)


@pytest.fixture
def case(settings: Settings) -> Case:
    settings.CASE_TYPES = ["tests.cases.test_access.WITH_PROXY"]
    return made()


def made() -> Case:
    draft = a_draft()
    return actions.submit(who_filled_in(draft), draft).case


def applicant(case: Case) -> Actor:
    return Actor(ActorKind.CITIZEN, cases=frozenset({case.pk}))


def party(case: Case, role: PartyRole = PartyRole.REPRESENTATIVE) -> Party:
    return Party.objects.get(case=case, role=role)


def came_in(case: Case) -> Actor:
    """The representative, with the code from the applicant."""
    actions.grant_access(applicant(case), case.pk, party(case).pk)
    return Actor(ActorKind.CITIZEN, parties=frozenset({party(case).pk}))


def test_the_own_code_shows_the_case_as_the_applicant_sees_it(case: Case) -> None:
    code = actions.grant_access(applicant(case), case.pk, party(case).pk)
    browser = Client()
    answer = browser.post("/meine-vorgaenge/oeffnen/", {"number": case.number, "code": code})
    assert answer.headers["Location"] == f"/meine-vorgaenge/{case.number}/"
    page = browser.get(answer.headers["Location"]).content.decode()
    assert "Mietvertrag" in page
    assert "zugaenge/" not in page  # only the applicant gives and ends codes
    assert browser.get(f"/meine-vorgaenge/{case.number}/zugaenge/").status_code == 404
    assert access.opened(case.number, code).party is not None  # it is not the case's own code
    assert verify.verify().findings == ()


def test_the_code_is_kept_as_a_digest_and_shown_once(case: Case) -> None:
    browser = Client()
    session = browser.session
    session["cases"] = [case.pk]
    session.save()
    page = browser.post(f"/meine-vorgaenge/{case.number}/zugaenge/", {"party": str(party(case).pk), "action": "grant"})
    kept = PartyAccess.objects.get()
    assert "Der neue Code" in page.content.decode()
    assert kept.code_hash not in page.content.decode()
    assert len(kept.code_hash) == 64
    assert "Der neue Code" not in browser.get(f"/meine-vorgaenge/{case.number}/zugaenge/").content.decode()


def test_ending_it_ends_it_now(case: Case) -> None:
    actor = came_in(case)
    assert queries.case_for(actor, case.number) == case
    actions.revoke_access(applicant(case), case.pk, party(case).pk)
    with pytest.raises(Http404):
        queries.case_for(actor, case.number)
    actions.revoke_access(applicant(case), case.pk, party(case).pk)  # once more is harmless
    assert [entry.verb for entry in queries.events(applicant(case), case)].count(Verb.ACCESS_REVOKED) == 1


def test_a_new_code_ends_the_old_one(case: Case) -> None:
    first = actions.grant_access(applicant(case), case.pk, party(case).pk)
    second = actions.grant_access(applicant(case), case.pk, party(case).pk)
    with pytest.raises(Refused):
        access.opened(case.number, first)
    assert access.opened(case.number, second).party == party(case)


def test_the_history_says_who_acted(case: Case, decider: Actor) -> None:
    actor = came_in(case)
    actions.withdraw(actor, case.pk)
    assert queries.events(decider, case)[0].who == "Kim Muster (Vertretung mit Vollmacht)"
    assert queries.events(applicant(case), case)[0].who == "Kim Muster (Vertretung mit Vollmacht)"


def test_who_signs_in_keeps_the_way_in_by_the_account(case: Case, stranger: Actor) -> None:
    code = actions.grant_access(applicant(case), case.pk, party(case).pk)
    browser = at_desk(stranger)
    assert browser.get(f"/meine-vorgaenge/{case.number}/").status_code == 404
    browser.post("/meine-vorgaenge/oeffnen/", {"number": case.number, "code": code})
    another_device = Client()
    another_device.force_login(Account.objects.get(pk=stranger.account or 0))
    assert another_device.get(f"/meine-vorgaenge/{case.number}/").status_code == 200


def test_nobody_else_gives_codes(case: Case, stranger: Actor, outsider: Actor, auditor: Actor) -> None:
    for actor in (stranger, outsider, auditor, came_in(case)):
        with pytest.raises(Http404):
            actions.grant_access(actor, case.pk, party(case).pk)
    with pytest.raises(Http404):  # who lives there does not act by that
        actions.grant_access(applicant(case), case.pk, party(case, PartyRole.MEMBER).pk)


def test_staff_give_a_code_only_with_proof(case: Case, decider: Actor) -> None:
    with pytest.raises(Refused, match="nicht nachgewiesen"):
        actions.grant_access(decider, case.pk, party(case).pk)
    EvidenceItem.objects.filter(case=case, key="rental_contract").update(state="accepted")
    assert actions.grant_access(decider, case.pk, party(case).pk)


def recipient(case: Case) -> tuple[str, ...]:
    return address_lines(case, addressee(case))


def test_letters_go_to_the_representative_once_the_power_is_proven(case: Case) -> None:
    # § 13 Abs. 3 Satz 1, § 37 Abs. 1 Satz 2 SGB X; without proof to the applicant
    assert recipient(case)[0] == "Erika Öztürk"
    EvidenceItem.objects.filter(case=case, key="rental_contract").update(state="accepted")
    assert recipient(case) == ("Kim Muster", "für Erika Öztürk", "Nebenweg 1", "48143 Münster")


@pytest.mark.parametrize(
    ("scope", "letters"),
    [(["post"], True), (["offices"], True), (["all"], True), (["money"], False), (["home"], False)],
)
def test_a_guardian_gets_letters_where_the_order_covers_it(case: Case, scope: list[str], letters: bool) -> None:
    Party.objects.filter(pk=party(case).pk).update(role=PartyRole.GUARDIAN, scope=scope)
    EvidenceItem.objects.filter(case=case, key="rental_contract").update(state="accepted")
    assert (recipient(case)[0] == "Kim Muster") is letters


def test_a_helper_gets_neither_letters_nor_a_code(case: Case) -> None:
    Party.objects.filter(pk=party(case).pk).update(role=PartyRole.HELPER, evidence_key="")
    assert recipient(case)[0] == "Erika Öztürk"
    with pytest.raises(Http404):
        actions.grant_access(applicant(case), case.pk, party(case, PartyRole.HELPER).pk)


def test_the_desk_shows_role_scope_proof_and_where_letters_go(case: Case, decider: Actor, auditor: Actor) -> None:
    page = at_desk(decider).get(f"/arbeitsplatz/vorgaenge/{case.number}/beteiligte/").content.decode()
    assert "Vertretung mit Vollmacht" in page
    assert "alles, was den Antrag betrifft" in page
    assert "noch nicht anerkannt" in page
    refused = at_desk(decider).post(
        f"/arbeitsplatz/vorgaenge/{case.number}/beteiligte/", {"party": str(party(case).pk)}
    )
    assert refused.status_code == 409
    read_only = at_desk(auditor).get(f"/arbeitsplatz/vorgaenge/{case.number}/beteiligte/").content.decode()
    assert 'name="party"' not in read_only


def test_a_changed_power_is_found(case: Case) -> None:
    assert verify.verify().findings == ()
    Party.objects.filter(pk=party(case).pk).update(evidence_key="")
    assert any("Beteiligter" in sentence for sentence in verify.verify().findings)


# ----------------------------------------------------------------------------------------------------- organisations


def club(answers: Mapping[str, object]) -> list[PartyData]:
    return [
        PartyData(
            PartyRole.APPLICANT,
            organisation=str(answers.get("last_name", "")),
            legal_form="eingetragener Verein",
            register_entry="Amtsgericht Münster, VR 1234",
            represented_by=("Erika Öztürk (Vorstand)",),
            address=("Beispielweg 3", "48143 Münster"),
        ),
        PROXY,
    ]


CLUB = replace(EXAMPLE, parties=club)


@pytest.fixture
def of_a_club(settings: Settings) -> Case:
    settings.CASE_TYPES = ["tests.cases.test_access.CLUB"]
    draft = a_draft(last_name="Ruderclub Beispiel e. V.", members=[])
    return actions.submit(who_filled_in(draft), draft).case


def test_an_organisation_applies_through_people(of_a_club: Case, decider: Actor) -> None:
    assert of_a_club.applicant == "Ruderclub Beispiel e. V."
    assert of_a_club.applicant_sort.startswith("ruderclub")
    lines = recipient(of_a_club)
    assert lines[:2] == ("Ruderclub Beispiel e. V.", "Erika Öztürk (Vorstand)")
    page = at_desk(decider).get(f"/arbeitsplatz/vorgaenge/{of_a_club.number}/beteiligte/").content.decode()
    assert all(words in page for words in ("eingetragener Verein", "VR 1234", "vertreten durch Erika Öztürk"))
    assert verify.verify().findings == ()
    Party.objects.filter(case=of_a_club).update(represented_by=["Nina Nachbar"])
    assert verify.verify().findings


def test_its_notice_is_addressed_to_it(of_a_club: Case, decider: Actor) -> None:
    hand_in_all(applicant(of_a_club), of_a_club)
    prepared = queries.proposal(decider, of_a_club)
    actions.decide(
        decider, of_a_club.pk, "grant", "", set(prepared.hints), prepared.digest, version=of_a_club.version
    )  # the power of Kim Muster is not accepted yet: § 13 Abs. 3, § 37 Abs. 1 SGB X
    letter = NoticeDocument.objects.get(decision__case=of_a_club).notice["letter"]
    assert letter["address"] == [
        "Ruderclub Beispiel e. V.", "Erika Öztürk (Vorstand)", "Beispielweg 3", "48143 Münster",
    ]  # fmt: skip


def test_who_acts_for_it_opens_the_case_with_a_code_of_their_own(of_a_club: Case, decider: Actor) -> None:
    secretary = came_in(of_a_club)
    assert queries.case_for(secretary, of_a_club.number) == of_a_club
    actions.withdraw(secretary, of_a_club.pk)
    assert queries.events(decider, of_a_club)[0].who == "Kim Muster (Vertretung mit Vollmacht)"
    shown = at_desk(decider).get(f"/arbeitsplatz/vorgaenge/{of_a_club.number}/").content.decode()
    assert "Ruderclub Beispiel e. V." in shown
