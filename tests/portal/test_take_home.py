"""My data with what the photographs and the delivery keep: order, turn, reasons, consent, the notice in the portal."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date
from typing import Any

import pypdfium2
import pytest
from django.test import Client
from pytest_django import Settings

from kiepe.base.documents.models import Scan, StoredFile
from kiepe.base.forms import actions as drafts
from kiepe.base.forms.models import Draft
from kiepe.base.inbox.models import OutgoingMail
from kiepe.base.kernel import clock
from kiepe.base.kernel.actor import Actor
from kiepe.cases import access, actions, consent_text, delivery, portal_watch, queries
from kiepe.cases.models import Case, EvidenceItem
from kiepe.cases.verify import verify
from tests.cases.conftest import a_draft, agree, apply_as, decide, photo
from tests.cases.desk_client import at_desk

pytestmark = pytest.mark.django_db
URL = "/meine-daten/"


@pytest.fixture(autouse=True)
def today(settings: Settings) -> None:
    settings.KIEPE_TODAY = date(2026, 11, 20)


def taken_home(client: Client) -> tuple[dict[str, Any], zipfile.ZipFile]:
    answer = client.post(f"{URL}herunterladen/")
    packed = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]  # a FileResponse
    return json.loads(packed.read("meine-daten.json")), packed


def delete_account(person: Actor) -> None:
    answer = at_desk(person).post(f"{URL}loeschen/", {"what": "account", "sure": "ja"})
    assert answer.status_code == 302


def by_code(case: Case) -> Client:
    client = Client()
    client.post("/meine-vorgaenge/oeffnen/", {"number": case.number, "code": access.code(case.draft)})
    return client


@pytest.fixture
def lying(owner: Actor, decider: Actor) -> Case:
    """A notice that lies in the portal; the mail about it still waits."""
    case = apply_as(owner)
    agree(owner, case)
    decide(decider, case)
    actions.issue(case.pk)
    case.refresh_from_db()
    return case


def test_photographs_come_in_their_order_and_turned(owner: Actor) -> None:
    draft = a_draft()
    Draft.objects.filter(pk=draft.pk).update(account=owner.account)
    first, second = (
        drafts.attach(owner, draft.pk, "rental_contract", "", photo(name, colour))
        for name, colour in (("eins.png", "white"), ("zwei.png", "red"))
    )
    drafts.move(owner, draft.pk, second.stored_file_id, -1)
    drafts.turn(owner, draft.pk, first.stored_file_id, 90)
    drafts.lack(owner, draft.pk, "id_card", "applicant", "lost", "Beim Umzug.")
    data, packed = taken_home(at_desk(owner))
    (begun,) = data["drafts"]
    paths = [one["file"] for one in begun["documents"]]
    assert [path.rpartition("-")[2] for path in paths] == ["zwei.pdf", "eins.pdf"]
    assert begun["not_there"] == [{"key": "id_card", "item": "applicant", "because": "lost", "why": "Beim Umzug."}]
    upright, turned = (pypdfium2.PdfDocument(packed.read(path))[0].get_size() for path in paths)
    assert upright[0] < upright[1]
    assert turned[0] > turned[1]


def test_a_file_with_a_virus_is_named_and_left_out(owner: Actor) -> None:
    case = apply_as(owner)
    item = EvidenceItem.objects.filter(case=case, key="rental_contract").get()
    file = item.files.get().stored_file
    StoredFile.objects.filter(pk=file.pk).update(scan=Scan.FOUND)
    data, packed = taken_home(at_desk(owner))
    (one,) = (one for one in data["cases"][0]["documents"] if one["title"] == item.title)
    assert (one["locked"], one["files"]) == (["foto.pdf"], [])
    assert not any(str(file.pk) in name for name in packed.namelist())


def test_consent_delivery_and_sealed_notice_are_in_it_and_taking_it_home_is_retrieving(
    lying: Case, owner: Actor
) -> None:
    data, packed = taken_home(at_desk(owner))
    (kept,) = data["cases"]
    (sent,) = kept["deliveries"]
    assert (sent["way"], sent["because"]) == ("portal", "consent")
    assert packed.read(sent["files"][0]).startswith(b"%PDF")
    assert kept["consents"][0]["version"] == consent_text.VERSION
    assert lying.deliveries.get().retrieved_at is not None
    words = " ".join(
        page.get_textpage().get_text_bounded()
        for page in pypdfium2.PdfDocument(packed.read(f"vorgaenge/{lying.number}/alles.pdf"))
    )
    assert "Ihr Bescheid ist das PDF hier im Serviceportal." in words
    assert "Eingewilligt in den Abruf im Serviceportal" in words
    assert verify().findings == ()


def test_number_and_code_do_not_take_home_what_only_the_account_may_retrieve(lying: Case) -> None:
    data, packed = taken_home(by_code(lying))
    (kept,) = data["cases"]
    assert (kept["notice"], kept["deliveries"][0]["files"]) == (None, [])
    assert not any("escheid" in name for name in packed.namelist())
    assert lying.deliveries.get().retrieved_at is None


def test_without_its_account_an_unread_notice_comes_as_a_letter(lying: Case, owner: Actor) -> None:
    delete_account(owner)
    lying.refresh_from_db()
    assert delivery.consent(lying) is None
    letter = delivery.letter_waiting(lying)
    assert letter is not None
    assert letter.because == "revoked"
    # The mail never left, and nobody may count days from it.
    assert not OutgoingMail.objects.filter(once=delivery.mail_of(lying.deliveries.get(way="portal"))).exists()
    list(portal_watch.follow())
    assert lying.deliveries.get(way="portal").notified_at is None
    assert verify().findings == ()
    assert by_code(lying).get(f"/meine-vorgaenge/{lying.number}/bescheid/").status_code == 200


def test_a_retrieved_notice_does_not_come_again(lying: Case, owner: Actor) -> None:
    actions.note_notified(lying.pk, clock.now())
    taken_home(at_desk(owner))
    delete_account(owner)
    assert not lying.deliveries.filter(way="post").exists()


def test_deleting_our_mails_leaves_one_that_still_waits(lying: Case, owner: Actor) -> None:
    once = delivery.mail_of(lying.deliveries.get())
    OutgoingMail.objects.create(once="alt", recipient="erika@konto.example", text="Hallo", sent_at=clock.now())
    at_desk(owner).post(f"{URL}loeschen/", {"what": "mails", "sure": "ja"})
    assert OutgoingMail.objects.get(once="alt").text == ""
    waiting = OutgoingMail.objects.get(once=once)
    assert (waiting.sent_at, waiting.recipient) == (None, "erika@konto.example")


def test_a_withdrawn_case_with_a_consent_lets_the_account_go(owner: Actor) -> None:
    case = apply_as(owner)
    agree(owner, case)
    actions.withdraw(owner, case.pk)
    delete_account(owner)
    case.refresh_from_db()
    assert (case.account, delivery.consent(case)) == (None, None)
    assert verify().findings == ()


def test_a_virus_in_a_file_of_a_message_is_told(owner: Actor) -> None:
    case = apply_as(owner)
    message = actions.send_message(owner, case.pk, "Siehe Anhang", [photo("anhang.png")])
    file = message.files.get().stored_file
    StoredFile.objects.filter(pk=file.pk).update(scan=Scan.FOUND)
    actions.block_file(file.pk)
    case.refresh_from_db()
    assert case.state == "ready"  # a message is no document that was asked for
    newest = queries.events(owner, case)[0]
    assert newest.sentence == "Datei gesperrt, in der ein Virus gefunden wurde: Datei zu einer Nachricht"
    html = at_desk(owner).get(f"/meine-vorgaenge/{case.number}/nachrichten/").content.decode()
    assert "Virus gefunden, gesperrt" in html


def test_each_draft_says_what_it_is(owner: Actor) -> None:
    case = apply_as(owner)
    actions.begin_correction(owner, case.pk)
    Draft.objects.filter(pk=a_draft().pk).update(account=owner.account)
    html = at_desk(owner).get(f"{URL}loeschen/").content.decode()
    assert f"Berichtigung zu {case.number}. Begonnen am" in html
    assert "Beispielantrag. Begonnen am" in html
