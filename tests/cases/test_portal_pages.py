"""The citizen's pages: list, opening by code, status, upload, notice, withdrawing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from kiepe.base.accounts.models import Account
from kiepe.base.kernel.actor import Actor
from kiepe.cases import access, actions, queries, receipt
from kiepe.cases.models import AccessEntry, Case, EvidenceItem
from tests.cases.conftest import hand_in_all, photo

pytestmark = pytest.mark.django_db
Make = Callable[..., tuple[Actor, Case]]


@pytest.fixture
def opened(submitted: Make, client: Client) -> tuple[Client, Actor, Case]:
    """A browser that opened its case by number and code."""
    applicant, case = submitted(dog=False, members=[])
    answer = client.post("/meine-vorgaenge/oeffnen/", {"number": case.number.lower(), "code": access.code(case.draft)})
    assert answer.headers["Location"] == f"/meine-vorgaenge/{case.number}/"
    return client, applicant, case


def test_the_list_sets_no_cookie_for_a_stranger(client: Client) -> None:
    answer = client.get("/meine-vorgaenge/")
    assert answer.status_code == 200
    assert not answer.cookies


def test_a_wrong_code_is_refused_and_what_was_typed_stays(submitted: Make, client: Client) -> None:
    _applicant, case = submitted()
    answer = client.post("/meine-vorgaenge/oeffnen/", {"number": case.number, "code": "2222222222"})
    assert answer.status_code == 422
    assert case.number in answer.content.decode()
    assert "passen nicht zusammen" in answer.content.decode()


def test_guessing_codes_is_limited(submitted: Make, client: Client) -> None:
    _applicant, case = submitted()
    sent = {"number": case.number, "code": "2222222222"}
    codes = [client.post("/meine-vorgaenge/oeffnen/", sent).status_code for _ in range(11)]
    assert codes == [422] * 10 + [429]
    right = client.post("/meine-vorgaenge/oeffnen/", {**sent, "code": access.code(case.draft)})
    assert right.status_code == 429


def test_a_case_of_somebody_else_is_404(submitted: Make, client: Client, opened: tuple[Client, Actor, Case]) -> None:
    _other, case = submitted(last_name="Anders")
    item = EvidenceItem.objects.filter(case=case)[0]
    pages = ["", f"unterlagen/{item.pk}/", "bescheid/", "bescheid.pdf", "eingangsbestaetigung.pdf", "zuruecknehmen/"]
    for browser in (Client(), opened[0]):
        for page in pages:
            assert browser.get(f"/meine-vorgaenge/{case.number}/{page}").status_code == 404, page
        assert browser.post(f"/meine-vorgaenge/{case.number}/zuruecknehmen/").status_code == 404
    assert browser.get(f"/meine-vorgaenge/{opened[2].number}/unterlagen/{item.pk}/").status_code == 404


def test_staff_have_the_desk(submitted: Make, client: Client, decider: Actor) -> None:
    _applicant, case = submitted()
    client.force_login(Account.objects.get(email="ayse@example.org"))
    assert client.get(f"/meine-vorgaenge/{case.number}/").status_code == 404
    assert not AccessEntry.objects.exists()


def test_status_says_what_is_missing_and_why(opened: tuple[Client, Actor, Case]) -> None:
    client, _applicant, case = opened
    text = client.get(f"/meine-vorgaenge/{case.number}/").content.decode()
    assert "Eine Unterlage fehlt noch" in text
    assert "Mietvertrag" in text
    assert "§ 60 Abs. 1 SGB I" in text
    assert case.number in client.get("/meine-vorgaenge/").content.decode()


def test_uploading_settles_the_item(opened: tuple[Client, Actor, Case], settings: Settings) -> None:
    settings.KIEPE_TODAY = date(2026, 11, 20)
    client, _applicant, case = opened
    item = EvidenceItem.objects.get(case=case)
    url = f"/meine-vorgaenge/{case.number}/unterlagen/{item.pk}/"
    mixed = client.post(url, {"files": [photo(), SimpleUploadedFile("brief.docx", b"PK\x03\x04")]})
    assert mixed.status_code == 422
    assert "brief.docx" in mixed.content.decode()
    assert "Eine Datei ist angekommen" in mixed.content.decode()
    answer = client.post(url, {"files": [photo("a.png"), photo("b.png")]}, follow=True)
    text = answer.content.decode()
    assert "Danke, das ist angekommen:" in text
    assert "Ihr Antrag ist vollständig" in text
    assert "04.01.2027" in text
    file = queries.evidence(_applicant, case)[0].files.all()[0]
    shown = client.get(f"/meine-vorgaenge/{case.number}/datei/{file.stored_file_id}/")
    assert shown.content.startswith(b"%PDF")
    assert Client().get(f"/meine-vorgaenge/{case.number}/datei/{file.stored_file_id}/").status_code == 404


def test_uploading_nothing_is_said(opened: tuple[Client, Actor, Case]) -> None:
    client, _applicant, case = opened
    item = EvidenceItem.objects.get(case=case)
    answer = client.post(f"/meine-vorgaenge/{case.number}/unterlagen/{item.pk}/", {})
    assert answer.status_code == 422
    assert "Wählen Sie mindestens eine Datei aus" in answer.content.decode()
    bad = [SimpleUploadedFile(name, b"PK\x03\x04") for name in ("eins.docx", "zwei.docx")]
    text = client.post(f"/meine-vorgaenge/{case.number}/unterlagen/{item.pk}/", {"files": bad}).content.decode()
    assert "eins.docx: " in text
    assert "zwei.docx: " in text


def test_the_notice_shows_when_it_is_issued(opened: tuple[Client, Actor, Case], decider: Actor) -> None:
    client, applicant, case = opened
    hand_in_all(applicant, case)
    digest = queries.proposal(decider, case).digest
    actions.decide(decider, case.pk, "grant", "", set(), digest, version=case.version)
    assert client.get(f"/meine-vorgaenge/{case.number}/bescheid/").status_code == 404
    assert "Bescheid wird gerade erstellt" in client.get(f"/meine-vorgaenge/{case.number}/").content.decode()
    actions.issue(case.pk)
    assert "Ihr Bescheid ist da" in client.get(f"/meine-vorgaenge/{case.number}/").content.decode()
    assert (
        f"<h1>Bescheid {case.number}</h1>" in client.get(f"/meine-vorgaenge/{case.number}/bescheid/").content.decode()
    )
    pdf = client.get(f"/meine-vorgaenge/{case.number}/bescheid.pdf")
    assert pdf.content.startswith(b"%PDF")
    assert pdf.headers["Cache-Control"] == "no-store"


def test_confirmation_comes_as_soon_as_the_job_made_it(opened: tuple[Client, Actor, Case]) -> None:
    client, _applicant, case = opened
    url = f"/meine-vorgaenge/{case.number}/eingangsbestaetigung.pdf"
    assert client.get(url).status_code == 409
    assert receipt.make(case.pk) is True
    assert receipt.make(case.pk) is False
    assert client.get(url).content.startswith(b"%PDF")


def test_withdrawing_asks_first(opened: tuple[Client, Actor, Case]) -> None:
    client, _applicant, case = opened
    url = f"/meine-vorgaenge/{case.number}/zuruecknehmen/"
    assert "Ja, Antrag zurücknehmen" in client.get(url).content.decode()
    case.refresh_from_db()
    assert case.state == "received"
    assert "zurückgenommen" in client.post(url, follow=True).content.decode()
    assert client.post(url).status_code == 409


def test_closing_on_a_shared_device(opened: tuple[Client, Actor, Case]) -> None:
    client, _applicant, case = opened
    client.post("/meine-vorgaenge/schliessen/")
    assert client.get(f"/meine-vorgaenge/{case.number}/").status_code == 404


def test_a_decision_without_papers_does_not_call_them_complete(
    opened: tuple[Client, Actor, Case], decider: Actor
) -> None:
    client, _applicant, case = opened
    prepared = queries.proposal(decider, case)
    reason = "Die Miete ist aus dem Vorjahr bekannt."
    actions.decide(decider, case.pk, "grant", reason, set(prepared.hints), prepared.digest, version=case.version)
    actions.issue(case.pk)
    page = client.get(f"/meine-vorgaenge/{case.number}/").content.decode()
    assert "Unterlagen vollständig" not in page
    assert "Prüfung und Entscheidung" in page
