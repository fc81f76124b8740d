"""Every address × every role; and what must be true of each page that comes back."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import cast

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import resolve
from pytest_django.plugin import DjangoDbBlocker

from kiepe.base.kernel.middleware import HEADERS
from kiepe.base.ui.languages import GERMAN_ONLY, split
from kiepe.cases import types
from tests.every_page.markup import links, problems
from tests.every_page.spoken import not_spoken
from tests.every_page.table import NO_TOKEN, TABLE, Row, names
from tests.every_page.world import ROLES, World, made

pytestmark = pytest.mark.django_db
ROWS = [pytest.param(name, row, id=row.address) for name, rows in TABLE.items() for row in rows]
PUBLIC = {name for name, rows in TABLE.items() if any(row.public for row in rows)}
ALIKE = 15  # so many links to pages of one kind are followed: "correct this answer" is on every line of every case


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """Made once for this file, and gone after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield made()
        KEPT.clear()
        transaction.set_rollback(True)


@dataclass(frozen=True, slots=True)
class Answered:
    """What came back, and what it took."""

    answer: HttpResponse
    html: str  # empty where no whole page came back: a file, a fragment
    queries: int

    @property
    def status(self) -> int:
        return self.answer.status_code


KEPT: dict[tuple[str, ...], Answered] = {}  # the same call is made once for all tests of this file


def call(world: World, role: str, method: str, address: str) -> Answered:
    """One request of a role, posts sent empty. What it changed is undone."""
    key = (role, method, address)
    if key not in KEPT:
        answer, queries = fresh(world.client(role), method, address.format(**world.names))
        html = answer.content.decode() if answer.headers.get("Content-Type", "").startswith("text/html") else ""
        whole = html if "<!DOCTYPE html>" in html else ""
        KEPT[key] = Answered(answer, whole, queries)
    return KEPT[key]


def fresh(client: Client, method: str, address: str) -> tuple[HttpResponse, int]:
    """One request and how often it asked the database; what it changed is undone."""
    asked: list[str] = []

    def count(execute: Callable[..., object], sql: str, *rest: object) -> object:
        asked.append(sql)
        return execute(sql, *rest)

    empty = {"csrfmiddlewaretoken": "x"} if method == "POST" else None
    with transaction.atomic():
        with connection.execute_wrapper(count):
            answer = client.post(address, empty) if method == "POST" else client.get(address)
        transaction.set_rollback(True)
    return cast("HttpResponse", answer), len(asked)


def test_every_address_has_a_row() -> None:
    assert set(names()) == set(TABLE)


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize(("name", "row"), ROWS)
def test_who_gets_what(world: World, name: str, row: Row, method: str) -> None:
    expected = row.statuses(method)
    assert {role: call(world, role, method, row.address).status for role in ROLES} == expected


@pytest.mark.parametrize(("name", "row"), ROWS)
def test_nothing_is_posted_without_a_token(world: World, name: str, row: Row) -> None:
    for role in ("nobody", "owner", "caseworker"):
        answer, _queries = fresh(world.client(role, csrf=True), "POST", row.address.format(**world.names))
        assert (answer.status_code == 403) == (name not in NO_TOKEN), role


@pytest.mark.parametrize(("name", "row"), ROWS)
def test_pages_are_well_made(world: World, name: str, row: Row) -> None:
    for role in ROLES:
        for method in ("GET", "POST"):
            html = call(world, role, method, row.address).html
            assert not (problems(html) if html else []), f"{role} {method}"


@pytest.mark.parametrize(("name", "row"), ROWS)
def test_headers_and_caches(world: World, name: str, row: Row) -> None:
    for role in ROLES:
        answered = call(world, role, "GET", row.address)
        answer = answered.answer
        for header in HEADERS.keys() - {"Content-Security-Policy"}:
            assert answer.headers[header] == HEADERS[header]
        policy = answer.headers["Content-Security-Policy"]
        assert policy == HEADERS["Content-Security-Policy"] if answered.html else "default-src 'none'" in policy
        assert "unsafe" not in policy
        if row.public and role == "nobody":
            assert answer.headers["Cache-Control"] == "public, max-age=300"
            assert answered.queries == 0
            assert not answer.cookies
        elif answer.status_code == 200:
            assert answer.headers["Cache-Control"] == "no-store", role


@pytest.mark.parametrize(("name", "row"), ROWS)
def test_pages_ask_the_database_little(world: World, name: str, row: Row) -> None:
    for role, status in row.statuses("GET").items():
        if status != 200 or (row.public and role != "nobody"):
            continue
        assert call(world, role, "GET", row.address).queries <= row.queries, role


def test_the_drafts_open_every_page_of_the_form(world: World) -> None:
    flow = types.form("wohngeld")
    opened = {at.page.key for draft in world.drafts for at in flow.walk(draft.answers).pages}
    assert opened == {page.key for page in flow.form.pages}


def test_every_page_of_the_form_is_well_made(world: World) -> None:
    flow = types.form("wohngeld")
    for draft in world.drafts:
        for at in flow.walk(draft.answers).pages:
            address = f"/antrag/wohngeld/{draft.pk}/{at.address}/"
            answered = call(world, "owner", "GET", address)
            assert (address, answered.status, problems(answered.html)) == (address, 200, [])


@pytest.mark.parametrize("role", ROLES)
def test_every_link_leads_somewhere_well_made(world: World, role: str) -> None:
    """From what a role can open, link by link; nothing on the way is missing, broken or badly made."""
    rows = [row for rows in TABLE.values() for row in rows]
    starts = [row.address.format(**world.names) for row in rows if row.statuses("GET")[role] == 200]
    queue, found = deque(starts), set(starts)
    met: Counter[str] = Counter()
    while queue:
        address = queue.popleft()
        answered = call(world, role, "GET", address)
        assert answered.status in {200, 302}, address
        assert (address, problems(answered.html) if answered.html else []) == (address, [])
        for link in sorted(links(answered.html) - found):
            found.add(link)
            language, path = split(link)  # the switch: the same page is looked at in each language further down
            page = "" if link.startswith("/static/") else resolve(path.partition("?")[0]).view_name
            if language != "de":
                continue
            met[page] += 1
            if (
                page and met[page] <= ALIKE and (role == "nobody" or page not in PUBLIC)
            ):  # public ones are read as nobody
                queue.append(link)


LANGUAGES = ("en", "de-simple")
CITIZENS = [one for one in ROWS if not one.id.startswith(GERMAN_ONLY)]  # type: ignore[union-attr]  # each has its address


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("name", "row"), CITIZENS)
def test_every_page_in_every_language(world: World, name: str, row: Row, language: str) -> None:
    """The same answer as in German, in the reader's language, for one who knows nothing and one whose case it is."""
    address = f"/{language}{row.address}"
    for role in ("nobody", "owner"):
        for method in ("GET", "POST"):
            answered = call(world, role, method, address)
            assert answered.status == row.statuses(method)[role], f"{role} {method}"
            if answered.html:
                assert f'<html lang="{language}">' in answered.html
                assert problems(answered.html) == []
                assert not_spoken(answered.html, language) == [], f"{role} {method}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_of_the_form_in_every_language(world: World, language: str) -> None:
    flow = types.form("wohngeld")
    for draft in world.drafts:
        for at in flow.walk(draft.answers).pages:
            address = f"/{language}/antrag/wohngeld/{draft.pk}/{at.address}/"
            answered = call(world, "owner", "GET", address)
            assert (address, answered.status, not_spoken(answered.html, language)) == (address, 200, [])


BAD_ENGLISH = {
    "untranslated: Meine Vorgänge": "<html lang=en><h1>Meine Vorgänge</h1></html>",
    "untranslated: Please: Es fehlen noch Angaben. Thanks": "<html lang=en><p>Please: Es fehlen noch Angaben. Thanks"
    "</p></html>",
    "untranslated: Suchen": "<html lang=en><button aria-label=Suchen>S</button></html>",
    "German: Der Hund ist nicht im Haus.": "<html lang=en><p>Der Hund ist nicht im Haus.</p></html>",
    "leaves the language: /suche/": "<html lang=en><a href=/suche/>Search</a></html>",
}


@pytest.mark.parametrize("sentence", BAD_ENGLISH)
def test_german_left_in_an_english_page_is_found(sentence: str) -> None:
    assert not_spoken(BAD_ENGLISH[sentence], "en") == [sentence]


def test_what_is_marked_as_german_may_stand_in_an_english_page() -> None:
    marked = "<html lang=en><div lang=de><p>Der Hund ist nicht im Haus.</p></div><a href=/en/suche/>Search</a></html>"
    assert not_spoken(marked, "en") == []


BAD = {
    "no language": "<!DOCTYPE html><html><head><title>A</title></head><body><h1>A</h1></body></html>",
    "no title of its own: ' – Kiepe'": "<html lang='de'><title> – Kiepe</title><h1>A</h1></html>",
    "2 h1": "<html lang='de'><title>A</title><h1>A</h1><h1>B</h1></html>",
    "h3 'B' follows h1": "<html lang='de'><title>A</title><h1>A</h1><h3>B</h3></html>",
    "an empty h2": "<html lang='de'><title>A</title><h1>A</h1><h2> </h2></html>",
    "id 'x' 2 times": "<html lang='de'><title>A</title><h1>A</h1><p id=x></p><p id=x></p></html>",
    "input aria-describedby='y' leads nowhere": "<html lang='de'><title>A</title><h1>A</h1>"
    "<label>B <input name=b aria-describedby=y></label></html>",
    "link to '#z' leads nowhere": "<html lang='de'><title>A</title><h1>A</h1><a href='#z'>Z</a></html>",
    "input 'b' without a label": "<html lang='de'><title>A</title><h1>A</h1><label>B</label><input name=b></html>",
    "inline script or style": "<html lang='de'><title>A</title><h1>A</h1><script>alert(1)</script></html>",
    "p with style": "<html lang='de'><title>A</title><h1>A</h1><p style='color:red'>B</p></html>",
    "button with onclick": "<html lang='de'><title>A</title><h1>A</h1><button onclick='x()'>B</button></html>",
    "img loads https://elsewhere.example/a.png": "<html lang='de'><title>A</title><h1>A</h1>"
    "<img src='https://elsewhere.example/a.png' alt=''></html>",
    "script loads //elsewhere.example/a.js": "<html lang='de'><title>A</title><h1>A</h1>"
    "<script src='//elsewhere.example/a.js'></script></html>",
}


@pytest.mark.parametrize("sentence", BAD)
def test_a_badly_made_page_is_found(sentence: str) -> None:
    assert problems(BAD[sentence]) == [sentence]
