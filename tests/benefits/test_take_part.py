"""Who takes part in a case, read from the answers."""

from __future__ import annotations

from datetime import date

from pytest_django import Settings

from kiepe.cases.models import PartyRole, Scope
from kiepe.service.benefits.wohngeld.parties import parties
from tests.benefits.people import child, household, person


def test_the_applicant_comes_first_with_address_and_account() -> None:
    found = parties(household(person(1), child(2), email="erika@example.org", phone="0251 1234"))
    assert [one.role for one in found] == [PartyRole.APPLICANT, PartyRole.MEMBER]
    first = found[0]
    assert first.name == "Erika Beispiel"
    assert first.birth_date == date(1961, 3, 24)
    assert first.address == ("Beispielweg 5", "48143 Münster")
    assert first.salutation == "Guten Tag Erika Beispiel,"
    assert (first.email, first.phone, first.iban) == ("erika@example.org", "0251 1234", "DE89370400440532013000")
    assert found[1].item_id == "p2"
    assert (found[1].address, found[1].email, found[1].iban) == ((), "", "")


def test_letters_go_where_they_were_asked_to() -> None:
    answers = household(
        person(1), post_elsewhere=True, post_name="Toni Muster", post_street="Nebenweg 1", post_postcode="10115",
        post_town="Berlin",
    )  # fmt: skip
    assert parties(answers)[0].address == ("c/o Toni Muster", "Nebenweg 1", "10115 Berlin")


def test_a_helper_and_another_payee_take_part() -> None:
    answers = household(
        person(1),
        situation=["by_other"],
        helper_name="Anna Maria Muster",
        helper_role="proxy",
        payee="landlord",
        account_holder="Wohnbau Beispiel eG",
    )
    found = parties(answers)
    assert [one.role for one in found] == [PartyRole.APPLICANT, PartyRole.REPRESENTATIVE, PartyRole.PAYEE]
    assert (found[1].first_name, found[1].last_name) == ("Anna Maria", "Muster")
    assert found[2].organisation == "Wohnbau Beispiel eG"
    assert found[0].iban == ""  # the account is the landlord's
    assert found[2].iban == "DE89370400440532013000"
    assert found[2].consent == ""  # nobody asked
    assert found[2].evidence_key == "payee_consent"  # § 26 Abs. 1 Satz 2 WoGG: in writing


def test_a_payee_is_kept_with_the_consent() -> None:
    answers = household(person(1), payee="landlord", payee_agreed=True, account_holder="Wohnbau Beispiel eG")
    assert "§ 26 Abs. 1 Satz 2 WoGG" in parties(answers)[1].consent


ADDRESS = {"helper_street": "Nebenweg 1", "helper_postcode": "48143", "helper_town": "Münster"}


def test_a_guardian_comes_with_the_courts_scope_and_the_office_behind() -> None:
    answers = household(
        person(1), situation=["by_other"], helper_name="Ruth Muster", helper_role="guardian",
        guardian_scope=["offices", "post"], helper_organisation="Betreuungsverein Beispiel e. V.", **ADDRESS,
    )  # fmt: skip
    found = parties(answers)[1]
    assert (found.role, found.scope) == (PartyRole.GUARDIAN, (Scope.OFFICES, Scope.POST))
    assert (found.organisation, found.last_name) == ("Betreuungsverein Beispiel e. V.", "Muster")
    assert found.address == ("Nebenweg 1", "48143 Münster")
    assert found.evidence_key == "authority"


def test_parents_represent_only_children(settings: Settings) -> None:
    settings.KIEPE_TODAY = date(2026, 11, 20)
    young = household(
        person(1, birth_date="2008-11-21"), situation=["by_other"], helper_name="Eva Muster", helper_role="parent"
    )
    assert (parties(young)[1].role, parties(young)[1].evidence_key) == (PartyRole.PARENT, "")  # § 1629 BGB
    grown = household(
        person(1, birth_date="2008-11-20"), situation=["by_other"], helper_name="Eva Muster", helper_role="parent"
    )
    assert (parties(grown)[1].role, parties(grown)[1].evidence_key) == (PartyRole.REPRESENTATIVE, "authority")


def test_who_only_helps_is_no_representative() -> None:
    answers = household(person(1), situation=["assistant"], assistant_name="Kim Muster", assistant_may_talk=True)
    helper = parties(answers)[1]
    assert (helper.role, helper.scope, helper.address) == (PartyRole.HELPER, (Scope.TALK,), ())


def test_of_a_couple_both_may_act_and_count_once() -> None:
    pair = household(person(1), person(2, relation="partner"), situation=["couple"], couple_agreed=True)
    assert [one.role for one in parties(pair)] == [PartyRole.APPLICANT, PartyRole.MEMBER, PartyRole.PARTNER]
    assert parties(pair)[2].item_id == "p2"
    pair["couple_agreed"] = False
    assert PartyRole.PARTNER not in [one.role for one in parties(pair)]


def test_an_empty_application_still_has_an_applicant() -> None:
    assert [one.role for one in parties({})] == [PartyRole.APPLICANT]
