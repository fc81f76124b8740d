"""Applying in English: the switch in the middle keeps the place and what was typed; the case is kept in German."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils.translation import override
from pytest_django import Settings

from kiepe.base.forms import values
from kiepe.base.forms.models import Draft
from kiepe.cases import evidence
from kiepe.cases.types import case_type

pytestmark = pytest.mark.django_db
START = "/antrag/wohngeld/"


def begun(client: Client) -> str:
    """The address of a new draft, without language."""
    return client.post(START).headers["Location"]


def test_the_switch_in_the_middle_keeps_place_and_words(client: Client) -> None:
    base = begun(client)
    first = client.get(base).headers["Location"]
    html = client.get(first).content.decode()
    assert f'form="antrag" formaction="/en{first}"' in html
    response = client.post(
        f"/en{first}", {"application_kind": "renewal", "wohngeld_number": "WG 4711", "action": "language"}
    )
    assert response.headers["Location"] == f"/en{first}"
    html = client.get(f"/en{first}").content.decode()
    assert "What is it about?" in html
    assert "I get Wohngeld and would like to go on getting it" in html
    assert "WG 4711" in html
    assert "WG 4711" in client.get(f"/de-simple{first}").content.decode()


def test_a_page_with_nothing_typed_is_not_scolded_for_the_switch(client: Client) -> None:
    base = begun(client)
    first = client.get(base).headers["Location"]
    response = client.post(f"/en{first}", {"action": "language"})
    assert response.headers["Location"] == f"/en{first}"
    assert "data-errors" not in client.get(f"/en{first}").content.decode()
    assert Draft.objects.get().raw == {}


def test_every_redirect_keeps_the_language(client: Client) -> None:
    base = client.post(f"/en{START}").headers["Location"]
    assert base.startswith("/en/antrag/")
    first = client.get(base).headers["Location"]
    assert first.startswith("/en/antrag/")
    onward = client.post(first, {"application_kind": "first"}).headers["Location"]
    assert onward.startswith("/en/antrag/")
    wrong = client.post(first, {})
    assert wrong.status_code == 422
    assert "Please check one answer" in wrong.content.decode()
    by_script = client.post(first, {"application_kind": "first"}, headers={"X-Kiepe-Send": "1"})
    assert by_script.headers["X-Kiepe-Next"] == onward


@pytest.mark.parametrize(
    ("kept", "english"),
    [
        ("Rentenbescheid von Erika Öztürk, Deutsche Rente", "Pension letter of Erika Öztürk, Deutsche Rente"),
        ("Heimvertrag", "Care home contract"),
        ("Was immer die Sachbearbeitung schreibt", "Was immer die Sachbearbeitung schreibt"),  # free words stay
    ],
)
def test_a_title_that_the_case_keeps_in_german_is_said_in_english(kept: str, english: str) -> None:
    wohngeld = case_type("wohngeld")
    with override("en"):
        assert evidence.retold(wohngeld, kept) == english
    with override("de"):
        assert evidence.retold(wohngeld, kept) == kept


def test_every_rule_is_found_again() -> None:
    """Each title and explanation, filled with names, comes back in English with the same names."""
    wohngeld = case_type("wohngeld")
    names = {"first_name": "Ana", "last_name": "de la Cruz", "payer": "Bäckerei & Söhne", "recipient": "Jo",
             "deceased_name": "Kim"}  # fmt: skip
    for compiled in evidence.load(wohngeld.folder):
        rule = compiled.rule
        with override("en"):
            assert evidence.retold(wohngeld, rule.title.format_map(names)) == values.said(rule.title).format_map(names)


def test_what_is_stored_is_german(client: Client, settings: Settings) -> None:
    """An application sent in English lies on the German desk in German."""
    settings.CASE_TYPES = ["tests.cases.applying.PROBE"]
    from kiepe.cases.models import Answers, EvidenceItem
    from tests.cases.test_apply import Browser

    browser = Browser()
    browser.fill()
    response = browser.client.post(f"/en{browser.base}absenden/", {"declared": "1"})
    assert response.headers["Location"] == f"/en{browser.base}gesendet/"
    stored = [item.title for item in EvidenceItem.objects.all()]
    with override("de"):
        due = [one.title for one in evidence.needs(case_type("wohngeld"), Answers.objects.get().json)]
    assert stored == due
