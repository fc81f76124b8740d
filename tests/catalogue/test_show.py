"""Reading pages: no cookie, no session, no database (these tests may not touch one), kept by caches."""

from __future__ import annotations

from html.parser import HTMLParser
from types import ModuleType

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path
from pytest_django.fixtures import Settings

from kiepe.base.accounts.models import Account
from kiepe.base.catalogue import pack
from kiepe.config import urls as real_urls

ADDRESSES = [
    "/",
    "/leistungen/",
    "/vor-ort/",
    "/suche/",
    "/suche/?q=miete",
    "/suche/?q=xyzzy",
    *(f"/leistungen/{service.slug}/" for service in pack.city().services),
    *(f"/lebenslagen/{situation.key}/" for situation in pack.city().life_situations),
    *(f"/seite/{page.slug}/" for page in pack.city().pages),
]


class Outline(HTMLParser):
    """Headings, ids and own links of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.levels: list[int] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self.levels.append(int(tag[1]))
        if name := given.get("id"):
            self.ids.append(name)
        if tag == "a" and (target := given.get("href")):
            self.links.append(target)


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_reader_gets_a_page_that_caches_may_keep(client: Client, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 200
    assert not response.cookies
    assert response.headers["Cache-Control"] == "public, max-age=300"
    assert "Cookie" in response.headers["Vary"]
    outline = Outline(response.content.decode())
    assert outline.levels.count(1) == 1
    assert all(after - before <= 1 for before, after in zip(outline.levels, outline.levels[1:], strict=False))
    assert len(outline.ids) == len(set(outline.ids))


@pytest.mark.django_db  # a printed form gets its number from the database
def test_no_link_of_a_reading_page_leads_nowhere(client: Client) -> None:
    anchors = {address: Outline(client.get(address).content.decode()) for address in ADDRESSES}
    own = {link for outline in anchors.values() for link in outline.links if link.startswith("/")}
    for link in own - {"/anmelden/", "/meine-vorgaenge/"}:  # other rooms' pages
        address, _, anchor = link.partition("#")
        assert client.get(address).status_code == 200, link
        assert not anchor or anchor in anchors[address].ids, link
    for address, outline in anchors.items():
        for link in outline.links:
            assert not link.startswith("#") or link[1:] in outline.ids, f"{address}: {link}"


@pytest.mark.parametrize("address", ["/leistungen/gibt-es-nicht/", "/lebenslagen/mond/", "/seite/nirgends/"])
def test_what_does_not_exist_is_404(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_without_a_hit_the_page_helps(client: Client) -> None:
    html = client.get("/suche/?q=xyzzy").content.decode()
    assert "Dazu haben wir nichts gefunden" in html
    assert 'href="tel:115"' in html
    assert "/lebenslagen/wohnen/" in html


def test_what_was_typed_is_shown_and_harmless(client: Client) -> None:
    html = client.get("/suche/", {"q": '"><script>alert(1)</script>'}).content.decode()
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)" in html


def test_suggestions_are_options_with_a_target(client: Client) -> None:
    """The protocol of static/ui/app.js: role=option with an id, data-href, grouped under headings."""
    html = client.get("/suche/vorschlaege/", {"q": "wohn"}).content.decode()
    assert html.count('role="option"') >= 3
    assert 'data-href="/leistungen/wohngeld/"' in html
    assert "<mark>Wohn</mark>geld" in html
    assert html.index("Leistungen") < html.index("Häufige Fragen")
    assert "<html" not in html


def test_no_suggestion_is_an_empty_list(client: Client) -> None:
    assert client.get("/suche/vorschlaege/", {"q": "xyzzy"}).content.strip() == b""


def test_fees_and_analogue_ways_stand_on_the_page(client: Client) -> None:
    html = client.get("/leistungen/personalausweis/").content.decode()
    assert "46,00\u00a0€" in html
    assert "27,60\u00a0€" in html
    assert 'href="tel:115"' in html


def test_a_service_of_others_says_whose_it_is(client: Client) -> None:
    html = client.get("/leistungen/kinderzuschlag/").content.decode()
    assert "Familienkasse der Bundesagentur für Arbeit" in html
    assert "nicht die Stadt" in html


def _elsewhere(_: HttpRequest, **__: str) -> HttpResponse:
    return HttpResponse()


def _rooms_above() -> ModuleType:
    """URL patterns with the rooms that offer an application and a quick check."""
    module = ModuleType("rooms_above")
    cases = (
        [path("antrag/<slug:service>/", _elsewhere, name="apply_start"), path("m/", _elsewhere, name="mine")],
        "cases",
    )
    benefits = ([path("leistungen/wohngeld/pruefen/", _elsewhere, name="check")], "benefits")
    module.__dict__["urlpatterns"] = [path("", include(cases)), path("", include(benefits)), *real_urls.urlpatterns]
    return module


def test_application_and_quick_check_are_offered_where_they_exist(client: Client, settings: Settings) -> None:
    settings.ROOT_URLCONF = _rooms_above()
    html = client.get("/leistungen/wohngeld/").content.decode()
    assert 'href="/antrag/wohngeld/"' in html
    assert 'href="/leistungen/wohngeld/pruefen/"' in html
    assert "Lieber nicht online?" in html
    other = client.get("/leistungen/elterngeld/").content.decode()
    assert "/antrag/" not in other
    assert "/pruefen/" not in other


@pytest.mark.django_db
def test_who_is_signed_in_gets_a_page_that_no_cache_keeps(client: Client) -> None:
    account = Account.objects.create(kind="citizen", name="Erika Beispiel", email="erika@beispiel.example")
    client.force_login(account)
    response = client.get("/")
    assert response.headers["Cache-Control"] == "no-store"
    assert "Anmelden</span>" not in response.content.decode()
