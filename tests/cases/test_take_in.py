"""Staff take an application in for a person: the same questions, marked as such, the person's code on paper."""

from __future__ import annotations

import io
import re
import uuid
from datetime import date
from typing import Any

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from kiepe.base.forms.models import Draft, Intake, PaperForm
from kiepe.base.kernel.actor import Actor
from kiepe.cases import access, actions, verify
from kiepe.cases.models import Case, EvidenceItem
from kiepe.cases.queries import events
from kiepe.cases.transitions import Verb
from tests.cases.conftest import ANSWERS, a_draft, photo, who_filled_in
from tests.cases.desk_client import at_desk
from tests.documents.pdf_standards import lacks

pytestmark = pytest.mark.django_db
NEW = "/arbeitsplatz/antrag-aufnehmen/"
DAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def _day(settings: Settings) -> None:
    settings.KIEPE_TODAY = DAY


def typed(**changed: Any) -> dict[str, Any]:
    return {
        "once": str(uuid.uuid4()),
        "action": "questions",
        "service": "wohngeld",
        "channel": "counter",
        "day": "20.11.2026",
        "note": "",
        "paper": "",
        "first_name": "Erika",
        "last_name": "Öztürk",
        "street": "Beispielweg 3",
        "postcode": "48143",
        "town": "Münster",
        **changed,
    }


UNNAMED = dict.fromkeys(("first_name", "last_name", "street", "postcode", "town"), "")


def begun(client: Client, **changed: Any) -> Draft:
    answer = client.post(NEW, typed(**changed))
    assert answer.status_code == 302, answer.content.decode()
    return Draft.objects.get(pk=answer.headers["Location"].rstrip("/").rsplit("/", 1)[-1])


def fill(draft: Draft) -> None:
    pages = ["person", "members", "member/p1", "home"]
    Draft.objects.filter(pk=draft.pk).update(answers=ANSWERS, done=pages)


def send(client: Client, draft: Draft) -> Case:
    fill(draft)
    answer = client.post(f"/antrag/wohngeld/{draft.pk}/absenden/", {"declared": "1"})
    assert answer.headers["Location"] == f"{NEW}{draft.pk}/"
    return Case.objects.get(draft=draft.pk)


def test_the_same_pages_in_the_staffs_name(decider: Actor) -> None:
    client = at_desk(decider)
    draft = begun(client)
    page = client.get(f"/antrag/wohngeld/{draft.pk}/person/").content.decode()
    assert "Ayşe Demir nimmt diesen Antrag auf." in page
    assert "vor Ort" in page
    answers = {"first_name": "Erika", "last_name": "Öztürk", "street": "Beispielweg 3", "place": "48143 Münster"}
    saved = client.post(f"/antrag/wohngeld/{draft.pk}/person/", answers)
    assert saved.status_code == 302
    draft.refresh_from_db()
    assert draft.answers["first_name"] == "Erika"
    assert draft.account is None  # it is the person's, not the clerk's


def test_the_day_counts_at_once_and_the_questions_complete_the_same_case(decider: Actor) -> None:
    client = at_desk(decider)
    draft = begun(client, channel="phone", day="16.11.2026", note="Anruf bei 115 am 16.11.")
    first = Case.objects.get(draft=draft.pk)
    assert (first.whole, first.channel, first.received_on) == (False, "phone", date(2026, 11, 16))
    case = send(client, draft)
    assert (case.pk, case.whole, case.received_on, case.account) == (first.pk, True, date(2026, 11, 16), None)
    last, begin = events(decider, case)[0], events(decider, case)[-1]
    assert (last.who, begin.who) == ("Ayşe Demir", "Ayşe Demir")
    assert "am Telefon" in begin.sentence
    assert "16.11.2026" in begin.sentence
    assert "Anruf bei 115" in begin.note
    assert "am Telefon" in client.get(f"/arbeitsplatz/vorgaenge/{case.number}/").content.decode()
    assert verify.verify().findings == ()


def test_who_goes_on_later_keeps_day_and_number(decider: Actor, outsider: Actor) -> None:
    answer = at_desk(outsider).post(NEW, typed(action="wish", channel="forwarded", day="16.11.2026"))
    assert answer.status_code == 302
    case = Case.objects.get()
    assert not Intake.objects.exists()
    assert at_desk(outsider).post(NEW, typed(action="questions")).status_code == 404  # not their unit's questions
    assert Case.objects.get() == case
    assert at_desk(outsider).get(f"/antrag/wohngeld/{case.draft}/person/").status_code == 404


def test_a_way_changed_behind_the_record_is_found(decider: Actor) -> None:
    case = send(at_desk(decider), begun(at_desk(decider)))
    Case.objects.filter(pk=case.pk).update(channel="online")
    assert any("Weg" in sentence for sentence in verify.verify().findings)


def test_the_person_gets_number_and_code_on_paper(decider: Actor) -> None:
    client = at_desk(decider)
    case = send(client, begun(client))
    page = client.get(f"{NEW}{case.draft}/").content.decode()
    code = access.shown(access.code_of(case.draft))
    assert case.number in page
    assert code in page
    slip = client.get(f"/arbeitsplatz/antrag-aufnehmen/{case.draft}/zugang.pdf").content
    assert lacks(slip) == set()
    assert {case.number, code} <= set(text_of(slip).split())
    person = Client()
    opened = person.post("/meine-vorgaenge/oeffnen/", {"number": case.number, "code": code})
    status = person.get(opened.headers["Location"]).content.decode()
    assert "vor Ort" in status


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(io.BytesIO(pdf))
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def test_what_was_said_is_read_back_to_be_signed(decider: Actor) -> None:
    client = at_desk(decider)
    draft = begun(client)
    fill(draft)
    paper = client.get(f"/arbeitsplatz/antrag-aufnehmen/{draft.pk}/zum-unterschreiben.pdf").content
    assert lacks(paper) == set()
    text = text_of(paper)
    assert all(words in text for words in ("Erika", "690,00", "Unterschrift", "Ayşe Demir"))


def test_the_scan_goes_into_the_file_and_calls_for_nothing(decider: Actor) -> None:
    client = at_desk(decider)
    case = send(client, begun(client, channel="paper", scan=photo("antrag.png")))
    scan = EvidenceItem.objects.get(case=case, key="paper_application")
    assert (scan.state, scan.files.count(), scan.files.get().by_staff) == ("accepted", 1, True)
    assert verify.verify().findings == ()


def test_a_scan_that_cannot_be_read_begins_nothing(decider: Actor) -> None:
    broken = SimpleUploadedFile("antrag.pdf", b"MZ\x90\x00", content_type="application/pdf")
    answer = at_desk(decider).post(NEW, typed(channel="paper", note="Stempel", scan=broken))
    assert answer.status_code == 422
    assert "antrag.pdf" in answer.content.decode()
    assert ">Stempel</textarea>" in answer.content.decode()  # nothing typed is lost
    assert not Draft.objects.exists()
    assert not Case.objects.exists()


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"day": "21.11.2026", "note": "Stempel"}, "Zukunft"),
        ({"day": "1.2.2020", "note": "Stempel"}, "mehr als vier Jahre"),
        ({"day": "16.11.2026"}, "woran Sie den Tag sehen"),
        ({"day": "gestern"}, "Tag, Monat und Jahr"),
        ({"channel": "online"}, "wie die Person sich gemeldet hat"),
        ({"last_name": ""}, "Familiennamen"),
        ({"service": "elterngeld"}, "Wählen Sie die Leistung"),
        ({"paper": "12345"}, "eine Ziffer falsch"),
    ],
)
def test_bad_input_gets_its_sentence(decider: Actor, changed: dict[str, str], sentence: str) -> None:
    answer = at_desk(decider).post(NEW, typed(**changed))
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Draft.objects.exists()


def test_it_belongs_to_who_began_it_until_a_colleague_takes_over(decider: Actor, colleague: Actor) -> None:
    draft = begun(at_desk(decider))
    other = at_desk(colleague)
    assert other.get(f"/antrag/wohngeld/{draft.pk}/person/").status_code == 404
    assert "bei Ayşe Demir" in other.get(NEW).content.decode()
    assert other.post(f"/arbeitsplatz/antrag-aufnehmen/{draft.pk}/uebernehmen/").status_code == 302
    assert other.get(f"/antrag/wohngeld/{draft.pk}/person/").status_code == 200
    assert at_desk(decider).get(f"/antrag/wohngeld/{draft.pk}/person/").status_code == 404
    assert [hand for hand, _at in Intake.objects.get(draft=draft).hands] == [decider.account, colleague.account]


def test_for_everyone_else_it_does_not_exist(decider: Actor, outsider: Actor, auditor: Actor, stranger: Actor) -> None:
    draft = begun(at_desk(decider))
    pages = [
        f"/antrag/wohngeld/{draft.pk}/person/",
        f"/arbeitsplatz/antrag-aufnehmen/{draft.pk}/zum-unterschreiben.pdf",
        f"/arbeitsplatz/antrag-aufnehmen/{draft.pk}/",
    ]
    for actor in (outsider, auditor, stranger):
        assert {at_desk(actor).get(page).status_code for page in pages} == {404}
        take_over = f"/arbeitsplatz/antrag-aufnehmen/{draft.pk}/uebernehmen/"
        assert at_desk(actor).post(take_over).status_code == 404
    assert Client().get(NEW).status_code == 302
    assert at_desk(stranger).get(NEW).status_code == 404
    assert "Erika" not in at_desk(outsider).get(NEW).content.decode()


def test_deleting_one_signs_nobody_out(decider: Actor) -> None:
    client = at_desk(decider)
    draft = begun(client)
    assert client.post(f"/antrag/wohngeld/{draft.pk}/loeschen/").headers["Location"] == NEW
    assert not Draft.objects.filter(pk=draft.pk).exists()
    assert client.get(NEW).status_code == 200


def test_staff_do_not_apply_by_the_citizens_door(decider: Actor) -> None:
    assert at_desk(decider).post("/antrag/wohngeld/").status_code == 409
    assert not Draft.objects.exists()


# --------------------------------------------------------------------------------------------------- forms on paper


def number_on(pdf: bytes) -> str:
    found = re.search(r"\b\d{4} \d{4} \d{2}\b", text_of(pdf))
    assert found is not None
    return found.group()


def test_a_blank_is_public_and_sets_no_cookie(client: Client) -> None:
    answer = client.get("/antrag/wohngeld/formular.pdf")
    assert answer.status_code == 200
    assert not answer.cookies
    assert lacks(answer.content) == set()
    assert PaperForm.objects.get().number == number_on(answer.content).replace(" ", "")
    again = client.get("/antrag/wohngeld/formular.pdf").content
    assert number_on(again) != number_on(answer.content)


def test_a_script_gets_no_endless_numbers(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kiepe.cases.views.paper.COPIES", 1)
    assert client.get("/antrag/wohngeld/formular.pdf").status_code == 200
    assert client.get("/antrag/wohngeld/formular.pdf").status_code == 429
    assert PaperForm.objects.count() == 1


def test_a_returned_blank_is_recognised_by_its_number(client: Client, decider: Actor) -> None:
    number = number_on(client.get("/antrag/wohngeld/formular.pdf").content)
    draft = begun(at_desk(decider), channel="paper", paper=number)
    paper = PaperForm.objects.get()
    assert (paper.draft_id, paper.returned_at is not None) == (draft.pk, True)


def printed(client: Client, **changed: Any) -> tuple[Draft, str]:
    """A draft begun online, and the number of the form printed from it."""
    draft = a_draft()
    Draft.objects.filter(pk=draft.pk).update(done=["person"], **changed)
    session = client.session
    session["drafts"] = [str(draft.pk)]
    session.save()
    paper = client.get(f"/antrag/wohngeld/{draft.pk}/formular.pdf").content
    assert "Erika" in text_of(paper)
    return draft, number_on(paper)


def test_a_form_printed_from_a_draft_goes_on_where_it_was(client: Client, decider: Actor) -> None:
    draft, number = printed(client)
    desk = at_desk(decider)
    assert begun(desk, channel="paper", paper=number, **UNNAMED).pk == draft.pk  # its name is in it
    assert Case.objects.get(draft=draft.pk).applicant == "Erika Öztürk"
    assert "Öztürk" in desk.get(f"/antrag/wohngeld/{draft.pk}/person/").content.decode()
    case = send(desk, draft)
    assert case.channel == "paper"
    again = desk.post(NEW, typed(channel="paper", paper=number))
    assert again.status_code == 409
    assert "schon abgeschickt" in again.content.decode()
    person = client.get(f"/antrag/wohngeld/{draft.pk}/gesendet/").content.decode()  # who began it online sees it too
    assert case.number in person


def test_a_form_printed_before_the_name_was_given_needs_one(client: Client, decider: Actor) -> None:
    draft, number = printed(client)
    Draft.objects.filter(pk=draft.pk).update(done=[])
    answer = at_desk(decider).post(NEW, typed(channel="paper", paper=number, **UNNAMED))
    assert answer.status_code == 422
    assert "Familiennamen" in answer.content.decode()
    assert not Case.objects.exists()


def test_paper_of_an_application_whose_day_was_kept_joins_it(client: Client, decider: Actor) -> None:
    draft, number = printed(client)
    case = actions.keep_date(who_filled_in(draft), draft).case
    assert case.received_on == DAY
    desk = at_desk(decider)
    sent = typed(channel="paper", paper=number, day="17.11.2026", note="Stempel der Bürgerbüros", **UNNAMED)
    assert desk.post(NEW, sent).status_code == 302
    assert desk.post(NEW, sent).status_code == 302  # a double click
    case.refresh_from_db()
    assert (case.received_on, case.channel) == (date(2026, 11, 17), "online")  # the paper was there before
    assert [entry.verb for entry in events(decider, case)] == [Verb.TAKEN_IN, Verb.BEGUN]
    assert "17.11.2026" in events(decider, case)[0].sentence
    assert verify.verify().findings == ()
    assert send(desk, draft).pk == case.pk
    assert verify.verify().findings == ()


def test_nobody_prints_another_persons_draft(client: Client, stranger: Actor) -> None:
    draft = a_draft()
    assert client.get(f"/antrag/wohngeld/{draft.pk}/formular.pdf").status_code == 404
    assert at_desk(stranger).get(f"/antrag/wohngeld/{draft.pk}/formular.pdf").status_code == 404
    assert who_filled_in(draft).drafts == {str(draft.pk)}
