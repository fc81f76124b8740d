"""Bad inputs on the real pages of the real Wohngeld form: each gets its sentence, and nothing typed is lost.

The table (bad_inputs.tsv): the page, the field, what was typed (a JSON text; an object where two fields quarrel), and
the sentence as people read it, written out by hand. Invented people.
"""

from __future__ import annotations

import csv
import html
import json
import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from kiepe.base.accounts.middleware import DRAFTS
from kiepe.base.forms.models import Draft
from kiepe.base.forms.texts import NUL_SHOWN
from tests.benefits.people import child, household, income, person
from tests.every_page.drafts import ALL_OF_A_PERSON, RARE_DWELLING
from tests.every_page.spoken import not_spoken

TABLE = Path(__file__).with_name("bad_inputs.tsv")
MOST = 200  # what the issue asks for at least
pytestmark = pytest.mark.django_db

# What else stands on the page, as people write it; good, so that it must be stored.
BESIDE: dict[str, dict[str, Any]] = {
    "application": {"application_kind": "renewal", "wohngeld_number": "WG 77", "current_until": "11/2026"},
    "deceased": {"deceased_name": "Max Beispiel", "deceased_on": "3.4.26", "deceased_lived_here": "yes"},
    "refused": {"refused_from": "1.10.26", "refused_known": "5. Oktober 2026"},
    "you/applicant": {
        "first_name": "Zoë-Łucja", "last_name": "D’Ávila Şahin", "birth_name": "Ørsted", "birth_date": "3. April 1987",
        "birth_place": "Kraków", "sex": "female", "nationality": "german", "activity": "retired",
    },
    "person/p2": {
        "first_name": "Nguyễn", "last_name": "Beispiel", "birth_date": "3.4.87", "birth_place": "Hà Nội", "sex": "male",
        "relation": "spouse", "nationality": "other", "activity": "other",
    },
    "contact": {
        "street": "Straße des 17. Juni 5 a", "postcode": "D-48143", "town": "Münster", "email": "Erika@beispiel.de",
        "phone": "0251 / 492-0", "centre_of_life": "yes", "post_elsewhere": "no",
    },
    "health/applicant": {"disability_degree": "80", "care": "nein"},
    "insured_years/applicant": {"insured_basis": "months", "insured_months": "400"},
    "maintenance_paid/applicant/p1": {
        "recipient": "Mia Muster", "recipient_kind": "4", "paid_month": "200,-", "titled": "yes",
        "titled_month": "210 €",
    },
    "income/applicant/p1": {
        "kind": "lohn", "payer": "Bäckerei & Söhne", "frequency": "monthly", "amount": "1.300,50 €",
    },
    "income_more/applicant/p1": {"bonus_year": "1.200", "surcharge_month": "50", "expenses_year": "1 400,00"},
    "income_more/applicant/p2": {"received_on": "1.5.26", "for_period": "no"},
    "outlook": {
        "change_expected": "yes", "change_expected_from": "2/2027", "change_expected_words": "Neuer Job 👍",
        "much_saved": "yes", "savings": "61.000",
    },
    "dwelling": {
        "tenure": "tenant", "living_area": "58,5 m²", "living_since": "April 2019", "dwelling_applies": ["business"],
    },
    "rent": {
        "rent_total": "1250,- €", "rent_contains": ["heating", "hot_water", "energy", "garage", "parking", "services"],
        "heating": "90", "hot_water": "20", "energy": "10", "garage": "40", "parking": "15", "services": "5",
        "landlord": "Wohnbau Beispiel eG",
    },
    "third_party": {"third_party_month": "35"},
    "business": {"business_basis": "area", "business_area": "12,5"},
    "sublet": {"sublet_basis": "amount", "sublet_share": "100", "sublet_fee": "120"},
    "co_resident/p1": {"name": "Kim Muster", "fee_month": "0"},
    "relief": {"subsidy_month": "50", "sponsor_month": "20"},
    "burden_parts": {
        "interest_year": "2.400", "repayment_year": "3000,00", "property_tax_year": "300", "administration_year": "240",
        "burden_rare": ["ground_rent"], "ground_rent_year": "100",
    },
    "payment": {"payee": "applicant", "account_holder": "Zoë D’Ávila", "iban": "de89 3704-0044 0532 0130 00"},
}  # fmt: skip


def rows() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


FIRST = list({(row["page"], row["field"]): row for row in reversed(rows())}.values())  # one row a field


def test_the_table_is_long_enough_and_has_no_row_twice() -> None:
    found = [(row["page"], row["field"], row["typed"]) for row in rows()]
    assert len(set(found)) == len(found) >= MOST
    assert len({row["field"] for row in rows()}) >= 40
    assert len({row["sentence"] for row in rows()}) >= 60


class Shown(HTMLParser):
    """What stands in the fields of a page: texts by name, what is chosen by name."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: dict[str, str] = {}
        self.chosen: dict[str, set[str]] = {}
        self._area = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = dict(attrs)
        name = has.get("name") or ""
        if tag == "input" and has.get("type") in {"radio", "checkbox"}:
            self.chosen.setdefault(name, set()).update({has.get("value") or ""} if "checked" in has else ())
        elif tag == "input":
            self.texts[name] = has.get("value") or ""
        elif tag == "textarea":
            self._area = name
            self.texts[name] = ""

    def handle_endtag(self, tag: str) -> None:
        self._area = "" if tag == "textarea" else self._area

    def handle_data(self, data: str) -> None:
        if self._area:
            self.texts[self._area] += data


@pytest.fixture(autouse=True)
def _day(settings: Settings) -> None:
    settings.KIEPE_TODAY = date(2026, 11, 20)


def answers(page: str) -> dict[str, Any]:
    """A household that is asked this page."""
    bonus = income("lohn", "900.00", frequency="once")
    whole = household(
        person(1, income("lohn", "2100.00"), bonus, **ALL_OF_A_PERSON),
        person(2, relation="spouse"),
        child(3),
        situation=["death", "refused"],
        dwelling_applies=RARE_DWELLING,
        co_residents_basis="persons",
        co_residents=[{"id": "p1"}],
    )
    return {**whole, "tenure": "owner", "burden_basis": "parts"} if page == "burden_parts" else whole


@pytest.fixture
def client() -> Client:
    return Client()


def drafted(client: Client, page: str) -> Draft:
    draft = Draft.objects.create(form="wohngeld", form_version=1, answers=answers(page))
    session = client.session
    session[DRAFTS] = [str(draft.pk)]
    session.save()
    client.cookies["kiepe"] = session.session_key or ""
    return draft


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row['page']}-{row['field']}-{row['typed'][:30]}")
def test_a_bad_input_gets_its_sentence_and_nothing_is_lost(row: dict[str, str], client: Client) -> None:
    typed = json.loads(row["typed"])
    bad = typed if isinstance(typed, dict) else {row["field"]: typed}
    sent = {**BESIDE[row["page"]], **bad}
    draft = drafted(client, row["page"])
    address = f"/antrag/wohngeld/{draft.pk}/{row['page']}/"

    response = client.post(address, sent)

    assert response.status_code == 422
    pages = [response.content.decode()]
    if row in FIRST:  # and when somebody comes back to it
        pages.append(client.get(address).content.decode())
    sentence = row["sentence"].replace("\\u00a0", "\u00a0")
    for page in pages:
        error = re.search(rf'id="f-{row["field"]}-fehler">.*?</p>', page, re.DOTALL)
        assert error is not None, "no sentence beside the field"
        assert (
            html.unescape(re.sub(r"<svg.*?</svg>|<[^>]+>", "", error.group().partition(">")[2])).strip()
            == f"Fehler: {sentence}"
        )
        assert f'<a href="#f-{row["field"]}">' in page, "not in the summary"
        _stands_again(Shown(page), sent, bad)
    _is_stored(draft, row["page"], sent, bad)


def _stands_again(shown: Shown, sent: dict[str, Any], bad: dict[str, str]) -> None:
    for name, value in sent.items():
        if name in shown.texts:
            assert shown.texts[name].strip("\n") == value.replace("\x00", NUL_SHOWN), name
        elif name not in bad:  # a choice that does not exist cannot stand in the page
            assert shown.chosen[name] == set([value] if isinstance(value, str) else value), name


def _is_stored(draft: Draft, page: str, sent: dict[str, Any], bad: dict[str, str]) -> None:
    """What could be read is stored, what could not is kept as it was typed, and no other page is touched."""
    draft.refresh_from_db()
    kept = draft.raw[page]
    for name, value in sent.items():
        if value != "":
            assert kept[name] == ([value.replace("\x00", NUL_SHOWN)] if isinstance(value, str) else value)
    before, after = answers(page), draft.answers
    own = page.partition("/")[0]
    for key in ("street", "iban", "rent_total", "living_area"):
        if key not in sent:
            assert after[key] == before[key], f"{own} changed {key}"


SENTENCES = list({row["sentence"]: row for row in rows()}.values())  # one row a sentence


@pytest.mark.parametrize("row", SENTENCES, ids=lambda row: f"{row['page']}-{row['field']}-{row['typed'][:30]}")
def test_the_sentence_comes_in_the_readers_language(row: dict[str, str], client: Client) -> None:
    typed = json.loads(row["typed"])
    sent = {**BESIDE[row["page"]], **(typed if isinstance(typed, dict) else {row["field"]: typed})}
    draft = drafted(client, row["page"])
    for language in ("en", "de-simple"):
        response = client.post(f"/{language}/antrag/wohngeld/{draft.pk}/{row['page']}/", sent)
        assert response.status_code == 422
        page = response.content.decode()
        error = re.search(rf'id="f-{row["field"]}-fehler">.*?</p>', page, re.DOTALL)
        assert error is not None
        html_of_error = f'<html lang="{language}"><body>{error.group()}</body></html>'
        assert not_spoken(html_of_error, language) == []
        if language == "en":
            assert row["sentence"] not in html.unescape(page)
        _stands_again(Shown(page), sent, typed if isinstance(typed, dict) else {row["field"]: typed})
