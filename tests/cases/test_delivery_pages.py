"""Pages of delivery: consent, the notice in the portal, the outgoing post, arrival; who may open which."""

from __future__ import annotations

import io
from datetime import date

import pikepdf
import pytest
from django.test import Client
from pytest_django import Settings

from kiepe.base.accounts.models import Account
from kiepe.base.documents.seal import chosen
from kiepe.base.kernel.actor import Actor
from kiepe.cases import access, actions, consent_text
from kiepe.cases.models import AccessEntry, Case, Delivery, PortalConsent
from tests.cases.conftest import apply_as
from tests.cases.desk_client import at_desk

pytestmark = pytest.mark.django_db
POST = "/arbeitsplatz/postausgang/"
FRIDAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def _on_a_friday(settings: Settings) -> None:
    settings.KIEPE_TODAY = FRIDAY


def only(case: Case) -> Delivery:
    return case.deliveries.get()


def signed_in(owner: Actor) -> Client:
    client = Client()
    client.force_login(Account.objects.get(pk=owner.account or 0))
    return client


def by_code(case: Case) -> Client:
    client = Client()
    client.post("/meine-vorgaenge/oeffnen/", {"number": case.number, "code": access.code(case.draft)})
    return client


def text(client: Client, url: str, status: int = 200) -> str:
    answer = client.get(url)
    assert answer.status_code == status
    return answer.content.decode()


def test_consenting_needs_the_tick_and_the_account(owner: Actor) -> None:
    case = apply_as(owner)
    url, client = f"/meine-vorgaenge/{case.number}/zustellung/", signed_in(owner)
    page = text(client, url)
    for words in consent_text.paragraphs():
        assert words in page
    assert "kein qualifiziertes elektronisches Siegel" in page
    unticked = client.post(url, {"version": consent_text.VERSION})
    assert unticked.status_code == 422
    assert "Setzen Sie den Haken" in unticked.content.decode()
    code = by_code(case)
    assert "Mit Konto anmelden" in text(code, url)
    assert code.post(url, {"version": consent_text.VERSION, "agreed": "1"}).status_code == 403
    assert not PortalConsent.objects.exists()
    client.post(url, {"version": consent_text.VERSION, "agreed": "1"})
    assert "Sie haben am" in text(client, url)
    client.post(url, {"step": "revoke"})
    assert PortalConsent.objects.get().revoked_at is not None
    assert "Ja, ich bin einverstanden." in text(client, url)


def test_the_letter_is_the_notice_and_the_page_a_copy(by_post: Case, owner: Actor, decider: Actor) -> None:
    client = signed_in(owner)
    for rest in ("", "bescheid/"):
        page = text(client, f"/meine-vorgaenge/{by_post.number}/{rest}")
        assert "Ihr Bescheid ist der Brief mit der Post." in page
        assert "Abschrift" in page
        assert "läuft keine Frist" in page
    actions.mark_posted(decider, by_post.pk, only(by_post).pk, FRIDAY)
    page = text(by_code(by_post), f"/meine-vorgaenge/{by_post.number}/bescheid/")
    assert "Am 24.11.2026 gilt er als bekannt gegeben" in page
    assert "bis zum 24.12.2026" in page


def test_in_the_portal_only_the_account_reads(in_portal: Case, owner: Actor) -> None:
    code, number = by_code(in_portal), in_portal.number
    assert "Nummer und Zugangscode genügen nicht" in text(code, f"/meine-vorgaenge/{number}/")
    for rest in ("bescheid/", "bescheid.pdf"):
        assert "melden Sie sich an" in text(code, f"/meine-vorgaenge/{number}/{rest}", 403)
    assert only(in_portal).retrieved_at is None
    client = signed_in(owner)
    pdf = client.get(f"/meine-vorgaenge/{number}/bescheid.pdf").content
    seal = chosen.seal()
    assert seal is not None
    assert seal.read(pdf) is not None
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert "Vorführ-Siegel" in str(document.docinfo.Title)
    assert only(in_portal).retrieved_at is not None
    page = text(client, f"/meine-vorgaenge/{number}/bescheid/")
    assert "Ihr Bescheid ist das PDF hier im Serviceportal." in page
    assert "kein qualifiziertes elektronisches Siegel" in page


def test_the_desk_still_reads_a_notice_of_the_portal(in_portal: Case, decider: Actor) -> None:
    page = text(at_desk(decider), f"/arbeitsplatz/vorgaenge/{in_portal.number}/bescheid/")
    assert "Abruf im Serviceportal" in page
    assert "Noch nicht abgerufen" in page
    assert "24.12.2026" in page


def test_the_outgoing_post_prints_and_marks(by_post: Case, decider: Actor) -> None:
    client, letter = at_desk(decider), only(by_post)
    assert by_post.number in text(client, POST)
    pdf = client.post(POST, {"step": "print", "letters": [letter.pk]})
    assert pdf.headers["Content-Type"] == "application/pdf"
    with pikepdf.open(io.BytesIO(pdf.content)) as document:
        assert len(document.pages) == 2  # one page and a blank back, so that the next begins on a front
    assert AccessEntry.objects.filter(case=by_post, what="print letter").count() == 1
    assert client.post(POST, {"step": "posted", "day": "20.11.2026"}).status_code == 422
    bad = client.post(POST, {"step": "posted", "letters": [letter.pk], "day": "gestern"})
    assert bad.status_code == 422
    assert "zum Beispiel 01.03.2026" in bad.content.decode()
    assert 'value="gestern"' in bad.content.decode()
    done = client.post(POST, {"step": "posted", "letters": [letter.pk], "day": "20.11.2026"}, follow=True)
    assert "1 Brief ist als aufgegeben vermerkt" in done.content.decode()
    assert "Es wartet kein Brief" in done.content.decode()
    assert "24.11.2026" in done.content.decode()
    assert only(by_post).posted_on == FRIDAY


def test_who_may_open_the_outgoing_post(
    by_post: Case,
    owner: Actor,
    outsider: Actor,
    auditor: Actor,
) -> None:
    assert Client().get(POST).status_code == 302
    assert signed_in(owner).get(POST).status_code == 404
    assert at_desk(auditor).get(POST).status_code == 404
    other = at_desk(outsider)
    assert by_post.number not in text(other, POST)
    assert other.post(POST, {"step": "print", "letters": [only(by_post).pk]}).status_code == 422
    assert only(by_post).posted_on is None


def test_noting_an_arrival(by_post: Case, decider: Actor, outsider: Actor, settings: Settings) -> None:
    letter = only(by_post)
    url = f"/arbeitsplatz/vorgaenge/{by_post.number}/bescheid/zugang/{letter.pk}/"
    client = at_desk(decider)
    assert client.get(url).status_code == 404  # nothing was posted yet
    actions.mark_posted(decider, by_post.pk, letter.pk, FRIDAY)
    settings.KIEPE_TODAY = date(2026, 12, 1)
    assert client.get(url).status_code == 200
    assert at_desk(outsider).get(url).status_code == 404
    version = Case.objects.get(pk=by_post.pk).version
    missing = client.post(url, {"version": version, "reason": "Anruf"})
    assert missing.status_code == 422
    assert "Anruf" in missing.content.decode()
    old = client.post(url, {"version": version - 1, "arrived": "27.11.2026", "reason": "Anruf"})
    assert old.status_code == 409
    done = client.post(url, {"version": version, "arrived": "27.11.2026", "reason": "Anruf"}, follow=True)
    assert "28.12.2026" in done.content.decode()
    day = client.post(url, {"step": "posted", "day": "21.11.2026", "reason": ""})
    assert day.status_code == 422


def test_reading_sets_no_cookie_and_strangers_see_nothing(in_portal: Case, stranger: Actor) -> None:
    for rest in ("zustellung/", "bescheid/erklaert/", "bescheid/erklaert/was-waere-wenn/"):
        answer = Client().get(f"/meine-vorgaenge/{in_portal.number}/{rest}")
        assert answer.status_code == 404
        assert not answer.cookies
        assert signed_in(stranger).get(f"/meine-vorgaenge/{in_portal.number}/{rest}").status_code == 404
