"""What the form asks: short for most, everything for whom it concerns, in words that everybody understands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from kiepe.base.forms import flow
from tests.benefits.conftest import WOHNGELD
from tests.benefits.people import child, household, income, pensioner, person

BUILT_IN = 2  # documents and check page
MOST_PAGES = 15  # issue 2: a single pensioner meets at most 15 pages


def pages(form: flow.Flow, answers: dict[str, Any]) -> set[str]:
    return {at.page.key for at in form.pages(answers)}


def screens(form: flow.Flow, answers: dict[str, Any]) -> int:
    """How many screens somebody meets who goes on from page to page; coming back to a list counts again."""
    at: flow.PageAt | None = form.pages(answers)[0]
    done: set[str] = set()
    count = 0
    while at is not None:
        count += 1
        assert count < 200
        done.add(at.address)
        at = form.next(at, answers, done)
    return count


def test_a_single_pensioner_meets_at_most_15_pages(form: flow.Flow) -> None:
    answers = pensioner(rent_contains=["heating"], heating_unknown=True)
    assert form.missing(answers) == []
    assert screens(form, answers) + BUILT_IN <= MOST_PAGES


def test_a_family_meets_more_so_the_count_can_fail(form: flow.Flow) -> None:
    answers = household(person(1, income("lohn", "1000.00")), child(2), child(3), child(4))
    assert screens(form, answers) + BUILT_IN > MOST_PAGES


NEVER_FOR_A_PENSIONER = {
    "by_other", "assistant", "couple", "deceased", "refused", "person", "residence", "child", "benefits", "training",
    "health", "insured_years", "maintenance", "income_more", "burden", "burden_parts", "rental_value", "care_home",
    "business", "sublet", "co_residents", "relief", "third_party",
}  # fmt: skip


def test_rare_branches_stay_shut(form: flow.Flow) -> None:
    assert pages(form, pensioner()) & NEVER_FOR_A_PENSIONER == set()


@pytest.mark.parametrize(
    ("answers", "page"),
    [
        (pensioner(situation=["by_other"]), "by_other"),
        (pensioner(situation=["assistant"]), "assistant"),
        (pensioner(situation=["couple"]), "couple"),
        (pensioner(situation=["death"]), "deceased"),
        (pensioner(situation=["refused"]), "refused"),
        (household(person(1), person(2, relation="spouse")), "person"),
        (household(person(1, nationality="other")), "residence"),
        (household(person(1), child(2)), "child"),
        (household(person(1, applies=["benefits"])), "benefits"),
        (household(person(1, applies=["training"])), "training"),
        (household(person(1, applies=["disability"])), "health"),
        (household(person(1, applies=["long_insured"])), "insured_years"),
        (household(person(1, applies=["maintenance"])), "maintenance"),
        (household(person(1, income("lohn", "1.00"))), "income_more"),
        (household(person(1, income("rente", "1.00", frequency="once"))), "income_more"),
        (pensioner(tenure="owner"), "burden"),
        (pensioner(tenure="owner", burden_basis="parts"), "burden_parts"),
        (pensioner(tenure="own_house"), "rental_value"),
        (pensioner(tenure="home"), "care_home"),
        (pensioner(dwelling_applies=["business"]), "business"),
        (pensioner(dwelling_applies=["sublet"]), "sublet"),
        (pensioner(dwelling_applies=["co_residents"], co_residents_basis="persons"), "co_residents"),
        (pensioner(dwelling_applies=["sponsor"]), "relief"),
        (pensioner(dwelling_applies=["third_party"]), "third_party"),
    ],
)
def test_each_branch_opens_by_its_answer(answers: dict[str, Any], page: str, form: flow.Flow) -> None:
    assert page in pages(form, answers)


def test_who_owns_is_not_asked_for_rent(form: flow.Flow) -> None:
    assert "rent" in pages(form, pensioner())
    assert "rent" not in pages(form, pensioner(tenure="owner"))


def test_every_particular_of_section_33_is_asked_of_everybody(form: flow.Flow) -> None:
    # § 33 Abs. 3 Satz 1 Nr. 1, 2 and 6 and § 35 Abs. 1 Nr. 4 and 5 WoGG
    wanted = {"first_name", "last_name", "birth_name", "birth_date", "birth_place", "sex", "activity"}
    for key in ("you", "person"):
        assert wanted <= {one.key for one in form.by_key[key].fields}
    assert all(norm in form.by_key["you"].note for norm in ("§ 23", "§ 33", "§§ 34"))


# ----------------------------------------------------------------------------------------------- plain language

LIX_MOST = 40  # Björnsson's readability index: 40 and below is easy to medium
WORD = re.compile(r"[\wÄÖÜäöüß-]+")
NOT_WORDS = re.compile(r"\(§[^)]*\)|\{\w+\}")  # a norm in brackets and a name that is filled in


def lix(text: str) -> float:
    """Words per sentence plus the share of words of more than six letters, in per cent."""
    text = NOT_WORDS.sub("", text)
    words = WORD.findall(text)
    sentences = max(1, len(re.findall(r"[.!?:](?:\s|$)", text)))
    return len(words) / sentences + 100 * sum(len(word) > 6 for word in words) / len(words)


def texts(form_text: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Each question with its hint, and each page's own words, as one text that is read in one go."""
    for page in form_text["pages"]:
        whole = [f"{page['title']}."]
        whole += [str(page.get(key, "")) for key in ("intro", "why", "note")]
        yield page["key"], " ".join(whole)
        for field in page.get("fields", ()):
            parts = [field["label"], field.get("hint", ""), field.get("where", "")]
            yield f"{page['key']}.{field['key']}", " ".join(f"{one}." if one[-1:].isalnum() else one for one in parts)


def test_lix_knows_hard_words() -> None:
    hard = "Berücksichtigungsfähige Unterkunftskosten bemessen sich entsprechend höchstrichterlicher Rechtsprechung."
    assert lix(hard) > LIX_MOST
    assert lix("Wie viel zahlen Sie im Monat für die Miete?") < LIX_MOST


@pytest.mark.parametrize("name", ["form.yaml", "check.yaml"])
def test_every_why_where_hint_and_intro_is_easy_to_read_by_itself(name: str) -> None:
    form_text = yaml.safe_load((WOHNGELD / name).read_text(encoding="utf-8"))
    hard = {}
    for page in form_text["pages"]:
        for holder, place in [(page, page["key"]), *((one, one["key"]) for one in page.get("fields", ()))]:
            for key in ("why", "where", "hint", "note", "intro"):
                text = str(holder.get(key, ""))
                if len(WORD.findall(text)) > FEW_WORDS and lix(text) > LIX_MOST:
                    hard[f"{page['key']}.{place}.{key}"] = round(lix(text))
    assert hard == {}


FEW_WORDS = 7  # below that one long word ('Schwerbehinderten-Ausweis') makes the index jump

# ---------------------------------------------------------------------------------------------- why, and where it is

NEEDS_A_PAPER = {"money", "decimal", "integer", "date", "month", "iban", "text"}


def unexplained(form_text: dict[str, Any]) -> list[str]:
    """Questions without a reason, or whose answer stands on a paper that is not named."""
    found = []
    for page in form_text["pages"]:
        for field in page.get("fields", ()):
            name = f"{page['key']}.{field['key']}"
            if not (page.get("why") or field.get("why")):
                found.append(f"{name}: why")
            by_heart = field.get("known") or field.get("letters") == "name"
            if field["type"] in NEEDS_A_PAPER and not by_heart and not field.get("where"):
                found.append(f"{name}: where")
    return found


def test_every_question_says_why_and_where_it_is_found(form_text: dict[str, Any]) -> None:
    assert unexplained(form_text) == []


def test_a_question_without_why_or_where_is_found() -> None:
    page = {"key": "rent", "fields": [{"key": "total", "type": "money"}, {"key": "pet", "type": "yesno"}]}
    assert unexplained({"pages": [page]}) == ["rent.total: why", "rent.total: where", "rent.pet: why"]


def test_most_papers_have_a_picture(form_text: dict[str, Any]) -> None:
    named = [field for page in form_text["pages"] for field in page.get("fields", ()) if field.get("where")]
    assert sum("picture" in field for field in named) / len(named) > 0.7


@pytest.mark.parametrize("name", ["form.yaml", "check.yaml"])
def test_every_question_is_easy_to_read(name: str) -> None:
    form_text = yaml.safe_load((WOHNGELD / name).read_text(encoding="utf-8"))
    # One or two words ('Nachname', 'Postleitzahl') are a name, not a sentence that could be easy or hard.
    hard = {
        key: round(lix(text)) for key, text in texts(form_text) if len(WORD.findall(text)) > 3 and lix(text) > LIX_MOST
    }
    assert hard == {}
