"""A message, a report or a reason outlives its session: deleted, cookie gone, case closed in another tab."""

from __future__ import annotations

import html as entities
import re
from collections.abc import Callable

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from kiepe.base.kernel.actor import Actor
from kiepe.cases import access
from kiepe.cases.models import Case, ChangeReport, Message
from tests.cases.conftest import photo
from tests.cases.desk_client import at_desk

pytestmark = pytest.mark.django_db
Make = Callable[..., tuple[Actor, Case]]
OPEN = "/meine-vorgaenge/oeffnen/"
SAID = "Mein Vermieter hat <geschrieben>: „Bitte warten.“"


@pytest.fixture
def case(submitted: Make) -> Case:
    return submitted()[1]


def page(client: Client, path: str) -> dict[str, str]:
    """The hidden fields of a page, its token first."""
    return hidden(client.get(path).content.decode())


def hidden(page: str) -> dict[str, str]:
    pairs = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
    return {name: entities.unescape(value) for name, value in pairs}


def opened(case: Case) -> Client:
    client = Client(enforce_csrf_checks=True)
    code = {"number": case.number, "code": access.code(case.draft)}
    assert client.post(OPEN, {**page(client, OPEN), **code}).status_code == 302
    return client


def end(client: Client, how: str) -> None:
    if how == "row deleted":
        Session.objects.all().delete()
    else:
        client.cookies.clear()


@pytest.mark.parametrize("how", ["row deleted", "cookie deleted"])
@pytest.mark.parametrize(
    ("where", "typed"),
    [
        ("nachrichten/", {"text": SAID}),
        ("aenderung/", {"kind": "rent", "since": "1.12.2026", "text": SAID}),
        ("zuruecknehmen/", {"reason": SAID}),
    ],
)
def test_it_is_there_again_after_number_and_code(case: Case, where: str, typed: dict[str, str], how: str) -> None:
    client, path = opened(case), f"/meine-vorgaenge/{case.number}/{where}"
    form = page(client, path)
    end(client, how)
    asked = client.post(path, {**form, **typed})
    assert asked.status_code == 403
    html = asked.content.decode()
    assert "Was Sie geschrieben haben, ist noch da." in html
    assert SAID not in html  # escaped
    wrong = client.post(OPEN, {**hidden(html), "number": case.number, "code": "22222-22222"})
    assert wrong.status_code == 422
    again = client.post(
        OPEN, {**hidden(wrong.content.decode()), "number": case.number, "code": access.code(case.draft)}
    )
    assert again.headers["Location"] == path
    html = client.get(path).content.decode()
    assert "Ihr Text ist noch da." in html
    assert "Mein Vermieter hat &lt;geschrieben&gt;: „Bitte warten.“" in html
    if "kind" in typed:
        assert 'value="rent" checked' in html
        assert 'value="1.12.2026"' in html
    sent = client.post(path, {**hidden(html), **typed})
    assert sent.status_code == 302
    assert "Ihr Text ist noch da." not in client.get(path).content.decode()


def test_sent_again_after_it_had_arrived_is_one_message(case: Case) -> None:
    client, path = opened(case), f"/meine-vorgaenge/{case.number}/nachrichten/"
    form = page(client, path)
    client.post(path, {**form, "text": SAID})
    end(client, "row deleted")
    asked = client.post(path, {**form, "text": SAID}).content.decode()
    client.post(OPEN, {**hidden(asked), "number": case.number, "code": access.code(case.draft)})
    client.post(path, {**page(client, path), "text": SAID})
    assert Message.objects.count() == 1


def test_closed_in_another_tab_it_is_asked_for_too_and_files_are_named(case: Case) -> None:
    client, path = opened(case), f"/meine-vorgaenge/{case.number}/nachrichten/"
    form = page(client, path)
    client.post("/meine-vorgaenge/schliessen/", form)
    asked = client.post(path, {**form, "text": SAID, "files": photo()})
    assert asked.status_code == 404
    assert "Dateien wählen Sie dann bitte noch einmal aus." in asked.content.decode()


def test_signing_in_leads_back_to_the_words(case: Case, stranger: Actor) -> None:
    Case.objects.filter(pk=case.pk).update(account=stranger.account)
    path = f"/meine-vorgaenge/{case.number}/aenderung/"
    client = at_desk(stranger, checks=True)
    form = page(client, path)
    Session.objects.all().delete()
    asked = client.post(path, {**form, "kind": "bank", "text": SAID})
    onward = client.post(OPEN, {**hidden(asked.content.decode()), "action": "sign_in"})
    assert onward.headers["Location"] == "/anmelden/"
    session = client.session
    assert session["sign_in_onward"] == path
    assert session["kept_words"]["typed"]["text"] == SAID


def test_a_session_that_is_still_good_gets_the_words_at_once(case: Case) -> None:
    client, path = opened(case), f"/meine-vorgaenge/{case.number}/aenderung/"
    answer = client.post(path, {"csrfmiddlewaretoken": "x" * 64, "text": SAID})
    assert answer.headers["Location"] == path
    assert "&lt;geschrieben&gt;" in client.get(path).content.decode()
    assert not ChangeReport.objects.exists()


def test_another_site_gets_nothing_done_and_nothing_kept(case: Case) -> None:
    client, path = opened(case), f"/meine-vorgaenge/{case.number}/nachrichten/"
    answer = client.post(path, {"text": "Spam"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert "Spam" not in answer.content.decode()
    assert "Spam" not in client.get(path).content.decode()


def test_whether_there_is_such_a_case_is_not_told(case: Case) -> None:
    stranger = Client(enforce_csrf_checks=True)
    there, nowhere = (
        stranger.post(f"/meine-vorgaenge/{number}/nachrichten/", {"text": "Hallo"})
        for number in (case.number, "WG-1999-000001")
    )
    assert there.status_code == nowhere.status_code == 403
    plain = re.compile(r"WG-\d+-\d+|value=\"[^\"]*\"")
    assert plain.sub("", there.content.decode()) == plain.sub("", nowhere.content.decode())


def test_a_reason_that_is_too_long_is_refused_and_stays(case: Case) -> None:
    client, path = opened(case), f"/meine-vorgaenge/{case.number}/zuruecknehmen/"
    answer = client.post(path, {**page(client, path), "reason": "x" * 5001})
    assert answer.status_code == 422
    assert "x" * 5001 in answer.content.decode()
    case.refresh_from_db()
    assert case.state == "received"
