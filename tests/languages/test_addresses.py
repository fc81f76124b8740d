"""The language stands in the address: every page in every language, the switch keeps the place, no cookie."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from kiepe.base.catalogue.pack import city
from kiepe.base.ui import languages

CODES = ("de", "de-simple", "en")


def public_paths() -> list[str]:
    with override("de"):
        pack = city()
        return [
            *(
                reverse(name)
                for name in ("portal:start", "catalogue:search", "catalogue:services", "catalogue:offices")
            ),
            reverse("catalogue:search") + "?q=Miete",
            *(reverse("catalogue:service", args=[one.slug]) for one in pack.services),
            *(reverse("catalogue:life_situation", args=[one.key]) for one in pack.life_situations),
            *(reverse("catalogue:page", args=[one.slug]) for one in pack.pages),
            reverse("benefits:check"),
        ]


PATHS = public_paths()


def page(path: str, **headers: str) -> str:
    response = Client().get(path, headers=headers)
    assert response.status_code == 200, path
    assert not response.cookies
    return response.content.decode()


@pytest.mark.parametrize("language", CODES)
@pytest.mark.parametrize("path", PATHS)
def test_every_public_page_in_every_language(path: str, language: str) -> None:
    here = languages.in_language(path, language)
    response = Client().get(here)
    html = response.content.decode()
    assert response.status_code == 200
    assert f'<html lang="{language}">' in html
    assert response.headers["Content-Language"] == language
    assert not response.cookies
    assert "Accept-Language" not in response.headers.get("Vary", "")
    assert response.headers["Cache-Control"].startswith("public")
    for other in CODES:  # the switch and hreflang lead to the same page
        there = languages.in_language(path, other)
        assert f'<link rel="alternate" hreflang="{other}" href="http://testserver{there}">' in html
        assert re.search(rf'(<a href|formaction)="{re.escape(there)}"[^>]* lang="{other}"', html), there
    own = {link for link in re.findall(r'<a [^>]*href="(/[^"]*)"(?! lang=)', html) if not link.startswith("/static")}
    switch = {languages.in_language(path, other) for other in CODES}
    lost = {link for link in own - switch if languages.split(link)[0] != language}
    assert lost == set()  # no link drops the reader's language


@pytest.mark.parametrize(
    ("path", "language", "there"),
    [
        ("/", "en", "/en/"),
        ("/en/suche/", "de", "/suche/"),
        ("/en/suche/", "de-simple", "/de-simple/suche/"),
        ("/arbeitsplatz/", "en", "/arbeitsplatz/"),  # staff's pages are German
        ("/english/", "en", "/en/english/"),  # a word that begins like a language is none
    ],
)
def test_the_same_page_in_another_language(path: str, language: str, there: str) -> None:
    assert languages.in_language(path, language) == there


def test_what_the_browser_prefers_is_offered_not_forced() -> None:
    assert page("/", **{"Accept-Language": "en"}) == page("/")
    assert 'data-offer="en" hidden' in page("/")


@pytest.mark.parametrize("path", ["/de/", "/fr/", "/en/gibt-es-nicht/", "/de-plain/"])
def test_no_page_by_a_language_that_is_none(path: str) -> None:
    assert Client().get(path).status_code == 404


def test_a_page_that_is_not_there_says_so_in_the_readers_language() -> None:
    response = Client().get("/en/gibt-es-nicht/")
    assert "This page does not exist" in response.content.decode()


def test_staff_pages_are_german() -> None:
    response = Client().get("/en/anmelden/mitarbeit/?weiter=/arbeitsplatz/")
    assert (response.status_code, response["Location"]) == (302, "/anmelden/mitarbeit/?weiter=/arbeitsplatz/")


def test_a_query_is_kept_by_the_switch() -> None:
    assert 'href="/suche/?q=Miete"' in page("/en/suche/?q=Miete")


def test_what_is_only_german_says_so_and_is_marked() -> None:
    html = page("/en/leistungen/personalausweis/")
    assert "This text is only available in German." in html
    assert '<h1 class="ms-h1" lang="de">Personalausweis</h1>' in html
    translated = page("/en/leistungen/wohngeld/")
    assert "only available in German" not in translated
    assert "A program translated this text." in translated
    assert "Apply for Wohngeld" in translated


def test_the_check_keeps_its_answers_through_the_switch() -> None:
    """On the check the switch is a button of its form: what was typed goes along to the other language."""
    html = page("/leistungen/wohngeld/pruefen/")
    assert re.search(r'<button type="submit" form="check" formaction="/en/leistungen/wohngeld/pruefen/"', html)
    typed = {"adults": "2", "children": "1", "tenure": "rent", "rent": "690", "heated": "yes", "income": "wage",
             "wage": "1800", "action": "language"}  # fmt: skip
    answer = Client().post("/en/leistungen/wohngeld/pruefen/", typed).content.decode()
    assert 'value="690"' in answer
    assert '<html lang="en">' in answer


def test_the_search_finds_german_and_english_words() -> None:
    for words in ("rent", "Miete", "Wohngeld", "housing benefit"):
        assert 'href="/en/leistungen/wohngeld/"' in page(f"/en/suche/?q={words}"), words


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["accounts:sign_in", "cases:mine", "cases:open"])
@pytest.mark.parametrize("language", CODES)
def test_pages_with_a_form(name: str, language: str) -> None:
    with override(language):
        path = reverse(name)
    response = Client().get(path)
    assert response.status_code == 200
    assert f'<html lang="{language}">' in response.content.decode()
