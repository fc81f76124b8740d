"""After sending, page by page: messages both ways, a reported change, a correction, papers; other people 404."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import date

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from kiepe.base.kernel.actor import Actor
from kiepe.cases import access, actions, queries
from kiepe.cases.models import Answers, Case, ChangeReport, Message
from tests.cases.conftest import hand_in_all, photo
from tests.cases.desk_client import at_desk, hidden, page_of
from tests.documents.pdf_standards import lacks

pytestmark = pytest.mark.django_db
Make = Callable[..., tuple[Actor, Case]]
Opened = tuple[Client, Actor, Case]


@pytest.fixture(autouse=True)
def today(settings: Settings) -> None:
    settings.KIEPE_TODAY = date(2026, 11, 20)


@pytest.fixture
def opened(submitted: Make, client: Client) -> Opened:
    """A browser that opened its case by number and code."""
    applicant, case = submitted(dog=False, members=[])
    client.post("/meine-vorgaenge/oeffnen/", {"number": case.number, "code": access.code(case.draft)})
    return client, applicant, case


def at(case: Case, rest: str = "") -> str:
    return f"/meine-vorgaenge/{case.number}/{rest}"


def said(pdf: bytes) -> str:
    """The words of a PDF."""
    return " ".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(io.BytesIO(pdf)))


def test_a_message_goes_out_and_an_answer_comes_back(opened: Opened, decider: Actor) -> None:
    client, _applicant, case = opened
    mark = hidden(client.get(at(case, "nachrichten/")).content.decode(), "once")
    sent = {"text": "Reicht ein Foto?", "once": mark, "files": [photo(), photo("zwei.png")]}
    html = client.post(at(case, "nachrichten/"), sent, follow=True).content.decode()
    assert "Ihre Nachricht ist angekommen" in html
    assert html.count("Reicht ein Foto?") == 1
    desk = at_desk(decider)
    assert "Neue Nachricht" in desk.get("/arbeitsplatz/?stand=nachrichten").content.decode()
    queue = desk.get("/arbeitsplatz/").content.decode()
    assert "Nachricht beantworten" in queue
    page = desk.get(page_of(case, "nachrichten/")).content.decode()
    assert "Nachrichten (1, 1 neu)" in page
    file = re.search(r"/datei/([0-9a-f-]{36})/", page)
    assert file is not None
    assert desk.get(page_of(case, f"datei/{file.group(1)}/")).content.startswith(b"%PDF")
    reply = {"text": "Ja, gern.", "once": hidden(page, "once"), "shown": hidden(page, "shown")}
    answered = desk.post(page_of(case, "nachrichten/"), reply, follow=True).content.decode()
    assert "Nachrichten (2)" in answered
    assert "noch nicht geöffnet" in answered
    assert "Nachricht beantworten" not in desk.get("/arbeitsplatz/").content.decode()
    assert "Sie haben eine neue Nachricht" in client.get(at(case)).content.decode()
    thread = client.get(at(case, "nachrichten/")).content.decode()
    assert "Ja, gern." in thread
    assert "Ayşe" not in thread
    assert "neue Nachricht" not in client.get(at(case)).content.decode()
    assert "im Portal geöffnet am" in desk.get(page_of(case, "nachrichten/")).content.decode()


def test_looking_at_the_desk_leaves_it_new_and_a_click_settles_it(opened: Opened, decider: Actor) -> None:
    client, applicant, case = opened
    actions.send_message(applicant, case.pk, "Danke für alles!")
    desk = at_desk(decider)
    page = desk.get(page_of(case, "nachrichten/")).content.decode()
    assert Case.objects.get(pk=case.pk).unread == 1
    desk.post(page_of(case, "nachrichten/gelesen/"), {"shown": hidden(page, "shown")})
    assert Case.objects.get(pk=case.pk).unread == 0
    assert "gelesen am" in client.get(at(case, "nachrichten/")).content.decode()


def test_what_was_typed_stays_with_a_bad_file(opened: Opened, decider: Actor) -> None:
    client, applicant, case = opened
    bad = SimpleUploadedFile("brief.docx", b"PK\x03\x04")
    answer = client.post(at(case, "nachrichten/"), {"text": "Mein langer Text", "files": [bad]})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "Mein langer Text</textarea>" in html
    assert "brief.docx" in html
    actions.send_message(applicant, case.pk, "Hallo")
    again = at_desk(decider).post(page_of(case, "nachrichten/"), {"text": "Antwort", "files": [bad]})
    assert again.status_code == 422
    assert "Antwort</textarea>" in again.content.decode()
    changed = client.post(at(case, "aenderung/"), {"kind": "moved", "since": "31.2.2026", "text": "Umzug", "once": "x"})
    html = changed.content.decode()
    assert changed.status_code == 422
    assert "Umzug</textarea>" in html
    assert 'value="31.2.2026"' in html
    assert 'value="moved" checked' in html


def test_a_change_is_told_dealt_with_and_confirmed(opened: Opened, decider: Actor) -> None:
    client, applicant, case = opened
    hand_in_all(applicant, case)
    digest = queries.proposal(decider, case).digest
    actions.decide(decider, case.pk, "grant", "", set(), digest, version=case.version)
    actions.issue(case.pk)
    told = {"kind": "income", "since": "1.12.26", "text": "Neue Arbeit, 2.100 € brutto", "files": [photo()]}
    html = client.post(at(case, "aenderung/"), told, follow=True).content.decode()
    assert "Ihre Mitteilung ist angekommen" in html
    assert "Unser Einkommen ändert sich" in html
    report = ChangeReport.objects.get()
    assert (report.since, report.decided) == (date(2026, 12, 1), True)
    link = re.search(rf"{at(case)}bestaetigung/\d+\.pdf", html)
    assert link is not None
    pdf = client.get(link.group()).content
    assert lacks(pdf) == set()
    for words in (case.number, "Neue Arbeit, 2.100 € brutto", "01.12.2026", "§ 60 Abs. 1 Satz 1 Nr. 2 SGB I"):
        assert words in said(pdf)
    desk = at_desk(decider)
    assert "Mitgeteilte Änderung prüfen" in desk.get("/arbeitsplatz/?stand=aenderungen").content.decode()
    page = desk.get(page_of(case, "aenderungen/")).content.decode()
    assert "§ 60 Abs. 1 Satz 1 Nr. 2 SGB I" in page
    target, version = page_of(case, f"aenderungen/{report.pk}/"), hidden(page, "version")
    assert desk.post(target, {"version": version, "answer": ""}).status_code == 422
    assert (
        "bearbeitet"
        in desk.post(target, {"version": version, "answer": "Wir rechnen neu."}, follow=True).content.decode()
    )
    assert "Wir rechnen neu." in client.get(at(case)).content.decode()
    assert case.number not in desk.get("/arbeitsplatz/?stand=aenderungen").content.decode()


def test_a_correction_from_page_to_desk(opened: Opened, decider: Actor) -> None:
    client, _applicant, case = opened
    assert "nicht schlimm" in client.get(at(case, "berichtigen/")).content.decode()
    check = client.post(at(case, "berichtigen/"))
    draft = check.headers["Location"].removesuffix("pruefen/")
    nothing = client.post(f"{draft}absenden/", {"declared": "1"}, follow=True).content.decode()
    assert "noch nichts geändert" in nothing
    client.post(f"{draft}home/?weiter=pruefen", {"rent": "750", "dog": "yes"})
    html = client.get(f"{draft}pruefen/").content.decode()
    assert "Das haben Sie geändert" in html
    assert "<del>690,00\u00a0€</del>" in html
    assert "Berichtigung absenden" in html
    assert "Hundesteuerbescheid" in client.get(f"{draft}unterlagen/").content.decode()
    assert "Mietvertrag" not in client.get(f"{draft}unterlagen/").content.decode()  # the case asks for it already
    status = client.get(at(case)).content.decode()
    assert "Sie haben eine Berichtigung begonnen" in status
    assert draft not in client.get("/meine-vorgaenge/").content.decode()
    assert draft not in client.get("/antrag/wohngeld/").content.decode()
    answer = client.post(f"{draft}absenden/", {"declared": "1"}, follow=True)
    html = answer.content.decode()
    assert answer.redirect_chain[-1][0] == at(case, "?getan=berichtigt")
    assert "Hundesteuerbescheid" in html
    assert client.post(f"{draft}absenden/", {"declared": "1"}).status_code == 302  # a second click
    assert client.get(f"{draft}gesendet/").headers["Location"] == at(case)
    assert Answers.objects.filter(case=case).count() == 2
    link = re.search(rf"{at(case)}bestaetigung/\d+\.pdf", html)
    assert link is not None
    assert "750,00" in said(client.get(link.group()).content)
    desk = at_desk(decider)
    overview = desk.get(page_of(case)).content.decode()
    assert "wurden 2 Angaben berichtigt" in overview
    page = desk.get(page_of(case, "aenderungen/")).content.decode()
    assert "Fassung 2" in page
    assert "<ins>750,00\u00a0€</ins>" in page


def test_a_correction_can_be_thrown_away(opened: Opened) -> None:
    client, _applicant, case = opened
    draft = client.post(at(case, "berichtigen/")).headers["Location"].removesuffix("pruefen/")
    html = client.post(at(case, "berichtigen/verwerfen/"), follow=True).content.decode()
    assert "Ihr Antrag bleibt, wie er war" in html
    assert client.get(f"{draft}pruefen/").status_code == 404


def test_withdrawing_says_what_it_means_and_is_confirmed(opened: Opened) -> None:
    client, _applicant, case = opened
    html = client.get(at(case, "zuruecknehmen/")).content.decode()
    for words in ("20.11.2026", "geht verloren", "Rückgängig machen lässt sich das nicht", "Angaben berichtigen"):
        assert words in html
    html = client.post(at(case, "zuruecknehmen/"), {"reason": "Wir ziehen weg"}, follow=True).content.decode()
    link = re.search(rf"{at(case)}bestaetigung/\d+\.pdf", html)
    assert link is not None
    pdf = said(client.get(link.group()).content)
    assert "Bestätigung der Rücknahme" in pdf
    assert "Wir ziehen weg" in pdf
    assert "berichtigen/" not in html
    assert "nichts mehr zu berichtigen" in client.get(at(case, "berichtigen/")).content.decode()
    assert client.post(at(case, "berichtigen/")).status_code == 409


def test_everything_is_in_one_pdf_and_nothing_of_the_office(opened: Opened, decider: Actor) -> None:
    client, applicant, case = opened
    actions.send_message(applicant, case.pk, "Reicht ein Foto?", [photo("mein foto.png")])
    actions.send_message(decider, case.pk, "Ja, gern.")
    actions.report_change(applicant, case.pk, actions.Change("rent", None, "Die Miete steigt."))
    case.refresh_from_db()
    actions.claim(decider, case.pk, version=case.version)
    hand_in_all(applicant, case)
    pdf = client.get(at(case, "alles.pdf"))
    assert pdf.headers["Cache-Control"] == "no-store"
    assert lacks(pdf.content) == set()
    words = said(pdf.content)
    for expected in (case.number, "690,00", "Reicht ein Foto?", "mein foto.pdf", "Ja, gern.", "Die Miete steigt.",
                     "Mietvertrag", "Antrag eingegangen", "Was bisher geschah"):  # fmt: skip
        assert expected in words
    assert "Ayşe" not in words
    assert "übernommen" not in words
    digest = queries.proposal(decider, case).digest
    case.refresh_from_db()
    actions.decide(decider, case.pk, "grant", "", set(), digest, version=case.version)
    assert "Bewilligt." not in said(client.get(at(case, "alles.pdf")).content)  # not before the notice is out
    actions.issue(case.pk)
    assert "Bewilligt." in said(client.get(at(case, "alles.pdf")).content)


PAGES = ["nachrichten/", "aenderung/", "berichtigen/", "berichtigen/verwerfen/", "bestaetigung/1.pdf", "alles.pdf"]


@pytest.mark.parametrize("page", PAGES)
def test_for_everyone_else_it_does_not_exist(
    opened: Opened, submitted: Make, decider: Actor, stranger: Actor, page: str
) -> None:
    own, _applicant, case = opened
    _other, another = submitted(last_name="Anders")
    for client, target in ((Client(), case), (at_desk(stranger), case), (at_desk(decider), case), (own, another)):
        if page != "berichtigen/verwerfen/":
            assert client.get(at(target, page)).status_code == 404
        if not page.endswith(".pdf"):
            assert client.post(at(target, page), {"text": "Hallo", "kind": "other"}).status_code == 404
    assert not Message.objects.exists()
    assert not ChangeReport.objects.exists()


def test_a_confirmation_is_of_ones_own_events_only(opened: Opened) -> None:
    client, _applicant, case = opened
    assert client.get(at(case, "bestaetigung/1.pdf")).status_code == 404  # received: that has its own
    assert client.get(at(case, "bestaetigung/99.pdf")).status_code == 404


DESK = ["nachrichten/", "aenderungen/"]


@pytest.mark.parametrize("page", DESK)
def test_the_desk_pages_are_the_units(
    submitted: Make, outsider: Actor, stranger: Actor, auditor: Actor, page: str
) -> None:
    applicant, case = submitted()
    actions.send_message(applicant, case.pk, "Hallo")
    report = actions.report_change(applicant, case.pk, actions.Change("other", None, "Etwas"))
    for actor in (outsider, stranger):
        assert at_desk(actor).get(page_of(case, page)).status_code == 404
    html = at_desk(auditor).get(page_of(case, page)).content.decode()
    assert '<form action="/arbeitsplatz/vorgaenge/' not in html
    for target in ("nachrichten/", "nachrichten/gelesen/", f"aenderungen/{report.pk}/"):
        for actor in (auditor, outsider, stranger):
            sent = {"text": "x", "answer": "x", "version": "9", "shown": "9999"}
            assert at_desk(actor).post(page_of(case, target), sent).status_code == 404
    case.refresh_from_db()
    assert (case.unread, case.open_changes) == (1, 1)


def test_the_status_page_says_who_when_and_how(opened: Opened) -> None:
    client, _applicant, case = opened
    html = client.get(at(case)).content.decode()
    for words in ("Das können Sie jetzt tun", "innerhalb von 42 Tagen", "Hilfe am Telefon 115", "Mo–Fr, 8–18 Uhr",
                  "Nennen Sie die Nummer", "Wer sich kümmert"):  # fmt: skip
        assert words in html
