"""Who takes part in a case, read from the answers."""

from __future__ import annotations

from datetime import date

from kiepe.cases.models import PartyRole
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


def test_an_empty_application_still_has_an_applicant() -> None:
    assert [one.role for one in parties({})] == [PartyRole.APPLICANT]
