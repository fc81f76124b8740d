"""A member of the household and the office write to each other: in a thread of their own, which nobody else sees."""

from __future__ import annotations

import uuid

import pytest
from django.db import DatabaseError, connection, transaction
from django.http import Http404
from django.test import Client

from kiepe.base.documents.models import Scan, StoredFile
from kiepe.base.inbox.models import OutgoingMail
from kiepe.base.kernel.actor import Actor
from kiepe.base.kernel.refusal import Refused
from kiepe.cases import access, actions, members, queries
from kiepe.cases.models import Case, EvidenceItem, Message, PartyAccess
from kiepe.cases.verify import verify
from tests.cases.conftest import photo
from tests.cases.desk_client import at_desk, hidden, page_of
from tests.cases.members import ALI, MIA, Sent, sent

pytestmark = pytest.mark.django_db
SECRET, REPLY = "Mein Chef droht mir.", "Wir fragen ihn nicht."


@pytest.fixture
def home(db: None) -> Sent:
    return sent()


def test_a_message_each_way_with_a_photo(home: Sent, decider: Actor) -> None:
    page = home.ali.get(f"{home.base}mein-teil/nachrichten/").content.decode()
    assert "Wer den Antrag gestellt hat, sieht es nicht." in page
    form = {"text": SECRET, "files": photo("geheim.png"), "once": hidden(page, "once")}
    answer = home.ali.post(f"{home.base}mein-teil/nachrichten/", form, follow=True)
    assert "Ihre Nachricht ist angekommen." in answer.content.decode()
    written = Message.objects.get()
    assert (written.direction, written.of_member, written.author_name) == ("in", ALI, "Ali Öztürk")
    assert written.files.get().stored_file.name == "geheim.pdf"
    home.case.refresh_from_db()
    assert home.case.unread == 1
    desk = at_desk(decider)
    assert "1 neu" in desk.get(page_of(home.case, "nachrichten/")).content.decode()
    thread = desk.get(page_of(home.case, f"nachrichten/mit/{ALI}/")).content.decode()
    assert SECRET in thread
    assert "Das lesen nur Ali Öztürk und das Amt." in thread
    assert "Nachricht an Ali Öztürk" in thread
    form = {"text": REPLY, "once": hidden(thread, "once"), "shown": hidden(thread, "shown")}
    told = desk.post(page_of(home.case, f"nachrichten/mit/{ALI}/"), form, follow=True).content.decode()
    assert "Eine Mailadresse hat die Person nicht angegeben" in told
    home.case.refresh_from_db()
    assert home.case.unread == 0
    assert "Sie haben eine neue Nachricht." in home.ali.get(f"{home.base}mein-teil/").content.decode()
    assert REPLY in home.ali.get(f"{home.base}mein-teil/nachrichten/").content.decode()
    assert "neue Nachricht" not in home.ali.get(f"{home.base}mein-teil/").content.decode()
    assert verify().findings == ()


def test_the_desk_keeps_threads_apart(home: Sent, decider: Actor) -> None:
    home.write(SECRET, "")
    home.write("Und ich verdiene mehr.", "", MIA)
    mine = actions.send_message(home.applicant, home.case.pk, "Wann wird entschieden?")
    desk, words = at_desk(decider), {"": mine.text, ALI: SECRET, MIA: "Und ich verdiene mehr."}
    for item, own in words.items():
        shown = desk.get(page_of(home.case, f"nachrichten/mit/{item}/" if item else "nachrichten/")).content.decode()
        assert [text for text in words.values() if text in shown] == [own]
    ali = members.thread(decider, home.case, ALI)[-1].pk
    home.answer(decider, REPLY, answers=Message.objects.latest("pk").pk)  # beyond what is Ali's
    home.case.refresh_from_db()
    assert home.case.unread == 2  # only Ali's was answered
    assert Message.objects.get(pk=ali).read_at is not None
    desk.post(page_of(home.case, f"nachrichten/mit/{MIA}/gelesen/"), {"shown": str(mine.pk)})
    home.case.refresh_from_db()
    assert home.case.unread == 1
    actions.mark_read(decider, home.case.pk, Message.objects.latest("pk").pk)
    home.case.refresh_from_db()
    assert home.case.unread == 0
    told = [entry.sentence for entry in queries.events(decider, home.case)[:2]]
    assert told[0] == "Nachricht von der Stadt an Ali Öztürk"


def test_reading_one_thread_reads_no_other(home: Sent, decider: Actor) -> None:
    home.answer(decider, REPLY)
    actions.send_message(decider, home.case.pk, "Ihr Antrag wird geprüft.")
    last = Message.objects.latest("pk").pk
    assert actions.mark_read(home.applicant, home.case.pk, last) == 1
    assert members.unread(home.actor(), home.party()) == 1
    assert queries.unread_for(home.applicant, home.case) == 0
    assert actions.mark_read(home.actor(), home.case.pk, last, member=home.party()) == 1
    assert members.unread(home.actor(MIA), home.party(MIA)) == 0


def test_a_mail_without_content_to_the_member_alone(home: Sent, decider: Actor) -> None:
    bad = home.ali.post(f"{home.base}mein-teil/mailadresse/", {"email": "ali@"})
    assert bad.status_code == 422
    assert 'value="ali@"' in bad.content.decode()
    page = home.ali.post(f"{home.base}mein-teil/mailadresse/", {"email": " ali@example.org "}, follow=True)
    assert "Wir schreiben an ali@example.org" in page.content.decode()
    OutgoingMail.objects.all().delete()
    home.answer(decider, REPLY)
    (mail,) = OutgoingMail.objects.all()
    assert mail.recipient == "ali@example.org"
    assert home.case.number in mail.subject
    assert REPLY not in mail.text
    assert "Öztürk" not in mail.text + mail.subject
    item = EvidenceItem.objects.get(case=home.case, key="payslip", item_id=ALI)
    home.case.refresh_from_db()
    actions.return_evidence(decider, home.case.pk, item.pk, reason="Bitte noch einmal", version=home.case.version)
    assert OutgoingMail.objects.filter(recipient="ali@example.org").count() == 2
    for address in ("ali@example.org", "example.org"):  # nobody else is shown it
        assert address not in at_desk(decider).get(page_of(home.case, f"nachrichten/mit/{ALI}/")).content.decode()
    home.ali.post(f"{home.base}mein-teil/mailadresse/", {"email": ""})
    home.answer(decider, "Noch etwas")
    assert OutgoingMail.objects.filter(recipient="ali@example.org").count() == 2
    assert PartyAccess.objects.get(party=home.party()).email == ""


def test_who_gave_an_address_hears_the_number_when_it_is_sent() -> None:
    home = sent(email="ali@example.org")
    (mail,) = OutgoingMail.objects.filter(recipient="ali@example.org")
    assert home.case.number in mail.text
    assert "lohn" not in mail.text
    assert {one.recipient for one in OutgoingMail.objects.all()} == {"ali@example.org", "erika@example.org"}


def test_an_address_that_is_none_is_asked_for_again_with_the_rest(db: None) -> None:
    home = sent().home.__class__()
    part = home.open()
    home.fill(part)
    answer = home.member.post(home.at(part, "fertig/"), {"shared": "1", "email": "ali at example"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'value="ali at example"' in page
    assert 'name="shared" value="1" checked' in page
    part.refresh_from_db()
    assert (part.done_at, part.email) == (None, "")


def test_the_office_asks_a_member_for_a_paper_of_theirs(home: Sent, decider: Actor) -> None:
    PartyAccess.objects.filter(party=home.party()).update(email="ali@example.org")
    item = EvidenceItem.objects.get(case=home.case, key="payslip", item_id=ALI)
    both = [item.pk, EvidenceItem.objects.get(case=home.case, key="rental_contract").pk]
    OutgoingMail.objects.all().delete()
    for ids, words in ([item.pk], "Wegen Ihres Chefs: die vom Mai genügt."), (both, "Und bitte den Mietvertrag."):
        home.case.refresh_from_db()
        day = home.case.received_on.replace(year=home.case.received_on.year + 1)
        actions.request_evidence(decider, home.case.pk, ids, words=words, due=day, version=home.case.version)
    own = home.ali.get(f"{home.base}mein-teil/").content.decode()
    assert "Wegen Ihres Chefs" in own
    assert "Und bitte den Mietvertrag." not in own  # it speaks of others' papers too
    assert f"{day:%d.%m.%Y}" in own
    status = home.erika.get(home.base).content.decode()
    assert "Wegen Ihres Chefs" not in status
    assert "Und bitte den Mietvertrag." in status
    assert OutgoingMail.objects.filter(recipient="ali@example.org").count() == 2
    assert verify().findings == ()


def test_what_the_member_lets_the_applicant_read_is_marked_as_theirs(decider: Actor) -> None:
    home = sent(shared="1")
    page = home.ali.get(f"{home.base}mein-teil/nachrichten/").content.decode()
    assert "Das gilt auch für diese Nachrichten." in page
    home.write(SECRET)
    home.answer(decider, REPLY)
    home.write("Nur für das Amt", item=MIA)
    shown = home.erika.get(f"{home.base}nachrichten/").content.decode()
    assert "<b>Ali Öztürk</b>" in shown
    assert SECRET in shown
    assert "an Ali Öztürk" in shown
    assert "Nur für das Amt" not in shown
    assert Message.objects.get(text=REPLY).read_at is None  # it is Ali's to read
    file = Message.objects.get(text=SECRET).files.get().stored_file_id
    assert home.erika.get(f"{home.base}datei/{file}/").status_code == 200
    desk = at_desk(decider).get(page_of(home.case, f"nachrichten/mit/{ALI}/")).content.decode()
    assert "hat erlaubt, dass die antragstellende Person diese Nachrichten mitliest" in desk


def test_a_virus_in_a_members_file_is_told_to_the_member(home: Sent, decider: Actor) -> None:
    PartyAccess.objects.filter(party=home.party()).update(email="ali@example.org")
    written = home.write(SECRET)
    file = Message.objects.get(pk=written).files.get().stored_file
    StoredFile.objects.filter(pk=file.pk).update(scan=Scan.FOUND)
    OutgoingMail.objects.all().delete()
    actions.block_file(file.pk)
    assert [one.recipient for one in OutgoingMail.objects.all()] == ["ali@example.org"]
    assert "Virus" in home.ali.get(f"{home.base}mein-teil/").content.decode()
    assert "Virus" not in home.erika.get(home.base).content.decode()
    assert home.ali.get(f"{home.base}mein-teil/datei/{file.pk}/").status_code != 200


def test_a_form_sent_twice_is_one_message_and_its_mark_opens_no_other_thread(home: Sent) -> None:
    mark = uuid.uuid4()
    for _time in range(2):
        actions.send_message(home.actor(), home.case.pk, SECRET, once=mark, member=home.party())
    assert Message.objects.count() == 1
    with pytest.raises(Http404):
        actions.send_message(home.actor(MIA), home.case.pk, "x", once=mark, member=home.party())


def test_twenty_an_hour_take_nothing_from_the_others(home: Sent) -> None:
    for number in range(20):
        home.write(f"Nachricht {number}", "")
    with pytest.raises(Refused) as refused:
        home.write("noch eine", "")
    assert refused.value.status == 429
    home.write("Ich bin Mia", "", MIA)
    actions.send_message(home.applicant, home.case.pk, "Und ich habe angefangen.")


@pytest.mark.parametrize("text", ["", "x" * 5001])
def test_what_cannot_be_sent_stays_in_the_form(home: Sent, text: str) -> None:
    answer = home.ali.post(f"{home.base}mein-teil/nachrichten/", {"text": text})
    assert answer.status_code == 422
    assert text in answer.content.decode()
    assert not Message.objects.exists()


def test_words_survive_the_end_of_the_session(home: Sent) -> None:
    address = f"{home.base}mein-teil/nachrichten/"
    late = Client(enforce_csrf_checks=True)
    asked = late.post(address, {"text": SECRET}, headers={"Sec-Fetch-Site": "same-origin"})
    assert asked.status_code == 403
    page = asked.content.decode()
    assert SECRET in page
    assert "Mit Konto anmelden</span></button>" not in page  # a member comes by code
    again = Client()
    carried = {"number": home.case.number, "path": address, "w-text": SECRET}
    assert again.post("/meine-vorgaenge/oeffnen/", {**carried, "code": home.code()}).headers["Location"] == address
    assert SECRET in again.get(address).content.decode()
    assert not Message.objects.exists()  # it waits for the click
    erika = Client()  # with the applicant's code they do not come along
    other = erika.post("/meine-vorgaenge/oeffnen/", {**carried, "code": access.code(home.case.draft)})
    assert other.headers["Location"] == home.base
    assert SECRET not in erika.get(f"{home.base}nachrichten/").content.decode()


def test_one_device_for_the_whole_household(home: Sent) -> None:
    device = home.by_code(ALI)
    device.post("/meine-vorgaenge/oeffnen/", {"number": home.case.number, "code": home.code(MIA)})
    assert "Der Teil von Mia Öztürk" in device.get(f"{home.base}mein-teil/").content.decode()
    device.post("/meine-vorgaenge/oeffnen/", {"number": home.case.number, "code": access.code(home.case.draft)})
    assert device.get(f"{home.base}mein-teil/").status_code == 404  # Erika's code closed it
    device = home.by_code(ALI)
    assert "Der Teil von" not in device.get("/meine-vorgaenge/").content.decode()
    assert "Ihr eigener Teil im Antrag" in device.get("/meine-vorgaenge/").content.decode()
    device.post("/meine-vorgaenge/schliessen/")
    assert device.get(f"{home.base}mein-teil/").status_code == 404
    assert home.case.number not in device.get("/meine-vorgaenge/").content.decode()


def test_the_record_says_that_the_member_acted_also_beside_the_applicant(home: Sent, decider: Actor) -> None:
    both = Actor(home.actor().kind, cases=frozenset({home.case.pk}), parties=home.actor().parties)
    actions.send_message(both, home.case.pk, "Ich bin Erika")
    assert queries.events(decider, home.case)[0].who == "Antragstellende Person"
    actions.send_message(both, home.case.pk, "Ich bin Ali", member=home.party())
    assert queries.events(decider, home.case)[0].who == "Ali Öztürk (Mitglied des Haushalts)"
    assert [entry.who for entry in members.events(home.actor(), home.party())][:1] == ["Sie"]


def test_the_database_keeps_with_whom_it_was_spoken(home: Sent) -> None:
    home.write(SECRET, "")
    for statement in ("UPDATE cases_message SET of_member = ''", "DELETE FROM cases_message"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    with connection.cursor() as cursor:  # the control: past the trigger it would be noticed
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE cases_message SET of_member = ''")
        cursor.execute("SET LOCAL session_replication_role = origin")
    assert any("eine Nachricht" in found for found in verify().findings)


def test_erasing_the_case_takes_the_thread_along(home: Sent) -> None:
    home.write(SECRET)
    actions.withdraw(home.applicant, home.case.pk)
    home.write("Nach der Rücknahme", "")
    actions.erase(home.case.pk, norm="§ 84 Abs. 2 SGB X")
    assert not Message.objects.exists()
    assert not StoredFile.objects.filter(purpose="message").exists()
    assert home.ali.get(f"{home.base}mein-teil/").status_code == 404
    assert Case.objects.get(pk=home.case.pk).erased_at is not None
    assert verify().findings == ()
