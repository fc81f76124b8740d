"""A member of the household fills in the own part: sees it alone, and the applicant sees only that it is done."""

from __future__ import annotations

import io
import re
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404
from django.test import Client
from PIL import Image

from kiepe.base.documents.models import StoredFile
from kiepe.base.forms import actions as drafts
from kiepe.base.forms import parts
from kiepe.base.forms import privacy as drafts_privacy
from kiepe.base.forms.models import Draft, OwnPart
from kiepe.base.kernel.actor import Actor, ActorKind
from kiepe.base.kernel.refusal import Refused
from kiepe.cases import actions, facts, privacy, receipt, verify
from kiepe.cases.models import Case, EvidenceItem, Party, PartyAccess
from tests.cases.conftest import a_draft, photo
from tests.cases.desk_client import at_desk

pytestmark = pytest.mark.django_db
TWO = [{"id": "p1", "name": "Ali Öztürk", "earns": True}, {"id": "p2", "name": "Mia Öztürk", "earns": True}]


class Household:
    """An applicant with a draft, and a member with an own browser."""

    def __init__(self) -> None:
        self.draft = a_draft(members=[dict(one) for one in TWO])
        pages = ["person", "members", "member/p1", "member/p2", "home"]
        Draft.objects.filter(pk=self.draft.pk).update(done=pages)
        self.applicant = Client()
        session = self.applicant.session
        session["drafts"] = [str(self.draft.pk)]
        session.save()
        self.base = f"/antrag/wohngeld/{self.draft.pk}/"
        self.member = Client()

    def invite(self, item: str = "p1") -> OwnPart:
        assert self.applicant.post(f"{self.base}einladen/{item}/").status_code == 302
        return OwnPart.objects.get(draft=self.draft, item_id=item)

    def open(self) -> OwnPart:
        part = self.invite()
        answer = self.member.post(self.at(part, "oeffnen/"), {"code": parts.invitation_code(part)})
        assert answer.status_code == 302
        part.refresh_from_db()
        return part

    def at(self, part: OwnPart, rest: str = "") -> str:
        return f"/antrag/wohngeld/mein-teil/{part.pk}/{rest}"

    def fill(self, part: OwnPart, name: str = "Ali Öztürk-Neu") -> None:
        answer = self.member.post(self.at(part, "seite/member/p1/"), {"name": name, "earns": "yes"})
        assert answer.status_code == 302

    def finish(self, part: OwnPart, **data: str) -> None:
        assert self.member.post(self.at(part, "fertig/"), data).status_code == 302

    def upload(self, part: OwnPart) -> None:
        answer = self.member.post(self.at(part, "unterlagen/"), {"datei-payslip-p1": photo("lohn.png")})
        assert answer.status_code == 302

    def send(self) -> Case:
        answer = self.applicant.post(f"{self.base}absenden/", {"declared": "1"})
        assert answer.headers["Location"].endswith("gesendet/"), answer.headers["Location"]
        return Case.objects.get(draft=self.draft.pk)


@pytest.fixture
def home(db: None) -> Household:
    return Household()


def test_the_invitation_names_link_and_code(home: Household) -> None:
    part = home.invite()
    page = home.applicant.get(f"{home.base}einladen/p1/").content.decode()
    assert home.at(part, "oeffnen/") in page
    assert parts.invitation_code(part) in page
    assert parts.own_code(part) not in page


def test_the_members_pages_show_nothing_of_the_others(home: Household) -> None:
    part = home.open()
    pages = ["code/", "seite/member/p1/", "unterlagen/", "pruefen/", "danke/"]
    html = "".join(home.member.get(home.at(part, page)).content.decode() for page in pages)
    assert "Ali Öztürk" in html
    for others in ("Erika", "Mia", "Beispielweg", "690", "erika@example.org"):
        assert others not in html
    for forbidden in ("seite/member/p2/", "seite/members/p1/", "seite/person/p1/"):
        assert home.member.get(home.at(part, forbidden)).status_code == 404
    for page in ("", "person/", "member/p1/", "home/", "pruefen/", "formular.pdf"):
        assert home.member.get(home.base + page).status_code == 404


def test_the_applicant_no_longer_sees_or_asks_the_members_pages(home: Household) -> None:
    part = home.open()
    home.fill(part)
    home.upload(part)
    assert home.applicant.get(f"{home.base}member/p1/").status_code == 302  # it is not asked here any more
    html = "".join(
        home.applicant.get(home.base + page).content.decode() for page in ("members/", "pruefen/", "unterlagen/")
    )
    assert "Öztürk-Neu" not in html
    assert "lohn" not in html
    assert "Füllt den eigenen Teil gerade selbst aus." in html
    home.finish(part)
    assert "Hat den eigenen Teil ausgefüllt" in home.applicant.get(f"{home.base}members/").content.decode()
    file = home.draft.files.get().stored_file_id
    assert home.applicant.get(f"{home.base}datei/{file}/").status_code == 404
    assert home.member.get(home.at(part, f"datei/{file}/")).status_code == 200


def test_the_invitation_opens_once_then_only_the_members_own_code(home: Household) -> None:
    part = home.open()
    second = Client()
    assert second.post(home.at(part, "oeffnen/"), {"code": parts.invitation_code(part)}).status_code == 422
    assert second.get(home.at(part, "seite/member/p1/")).status_code == 404
    assert home.applicant.get(home.at(part, "seite/member/p1/")).status_code == 404
    own = parts.own_code(part)
    assert second.post(home.at(part, "oeffnen/"), {"code": f" {own.upper()} "}).status_code == 302
    assert second.get(home.at(part, "seite/member/p1/")).status_code == 200


def test_guessing_is_told_nothing_and_limited(home: Household) -> None:
    part, client = home.invite(), Client()
    there = client.post(home.at(part, "oeffnen/"), {"code": "2345678923"})
    nowhere = client.post(f"/antrag/wohngeld/mein-teil/{uuid4()}/oeffnen/", {"code": "2345678923"})
    strip = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
    assert there.status_code == nowhere.status_code == 422
    assert strip.sub("", there.content.decode()) == strip.sub("", nowhere.content.decode())
    statuses = [client.post(home.at(part, "oeffnen/"), {"code": "2345678923"}).status_code for _try in range(10)]
    assert statuses[-1] == 429


def test_only_ones_own_people_can_be_invited(home: Household, stranger: Actor) -> None:
    assert home.applicant.post(f"{home.base}einladen/p9/").status_code == 404
    assert at_desk(stranger).post(f"{home.base}einladen/p1/").status_code == 404


def test_an_invitation_can_be_taken_back_until_it_is_opened(home: Household) -> None:
    home.invite()
    home.applicant.post(f"{home.base}einladen/p1/", {"take_back": "1"})
    assert not OwnPart.objects.exists()
    home.open()
    assert home.applicant.post(f"{home.base}einladen/p1/", {"take_back": "1"}).status_code == 409
    assert OwnPart.objects.exists()


def test_who_is_removed_takes_the_part_along(home: Household) -> None:
    home.invite()
    home.applicant.post(f"{home.base}members/", {"remove": "p1"})
    assert not OwnPart.objects.exists()


def sent(home: Household, **data: str) -> tuple[OwnPart, Case]:
    part = home.open()
    home.fill(part)
    home.upload(part)
    home.finish(part, **data)
    return part, home.send()


def test_what_the_member_said_counts_and_stays_hidden_from_the_applicant(home: Household, decider: Actor) -> None:
    part, case = sent(home)
    members: Any = facts.answers(case)["members"]
    assert members[0]["name"] == "Ali Öztürk-Neu"
    assert members[1]["name"] == "Mia Öztürk"
    assert "Öztürk-Neu" in at_desk(decider).get(f"/arbeitsplatz/vorgaenge/{case.number}/antrag/").content.decode()
    assert "earns" not in str(facts.answers_for_applicant(case)["members"][0])  # type: ignore[index]  # a list of items
    confirmation = str(receipt.content(case)["sections"])
    assert "Hat die Person Einkommen" in confirmation  # Mia's, whom the applicant spoke for
    assert confirmation.count("Hat die Person Einkommen") == 1
    status = home.applicant.get(f"/meine-vorgaenge/{case.number}/").content.decode()
    payslip = EvidenceItem.objects.get(case=case, key="payslip", item_id="p1")
    file = payslip.files.get().stored_file_id
    assert str(file) not in status
    assert "Nur sie und die Behörde sehen sie" in status
    assert home.applicant.get(f"/meine-vorgaenge/{case.number}/datei/{file}/").status_code == 404
    upload = home.applicant.post(f"/meine-vorgaenge/{case.number}/unterlagen/{payslip.pk}/", {"files": photo()})
    assert upload.status_code == 404
    assert verify.verify().findings == ()
    assert not OwnPart.objects.get(pk=part.pk).shared


def test_who_lets_the_applicant_read_it_is_read(home: Household) -> None:
    _part, case = sent(home, shared="1")
    assert not Party.objects.filter(case=case, own_part=True).exists()
    assert str(receipt.content(case)["sections"]).count("Hat die Person Einkommen") == 2


def test_the_export_of_the_applicants_data_leaves_the_members_out(home: Household, stranger: Actor) -> None:
    _part, case = sent(home)
    Case.objects.filter(pk=case.pk).update(account=stranger.account)
    said = str(privacy.ROOM.export(stranger).data)
    assert "Erika" in said
    assert "lohn" not in said
    assert said.count("'earns'") == 1  # Mia's


def another() -> SimpleUploadedFile:
    """Another picture: the same one twice is laid to a document once."""
    data = io.BytesIO()
    Image.new("RGB", (60, 80), "black").save(data, "PNG")
    return SimpleUploadedFile("mehr.png", data.getvalue(), content_type="image/png")


def test_with_the_number_the_own_code_opens_the_own_papers_only(home: Household) -> None:
    part, case = sent(home)
    late = Client()
    answer = late.post("/meine-vorgaenge/oeffnen/", {"number": case.number, "code": parts.own_code(part)})
    assert answer.headers["Location"] == f"/meine-vorgaenge/{case.number}/mein-teil/"
    page = late.get(answer.headers["Location"]).content.decode()
    assert "Lohnabrechnung von Ali" in page
    assert "Mietvertrag" not in page
    assert "Erika" not in page
    assert "Mia" not in page
    for rest in ("", "eingangsbestaetigung.pdf", "bescheid/", "zugaenge/", "zuruecknehmen/"):
        assert late.get(f"/meine-vorgaenge/{case.number}/{rest}").status_code == 404
    own = EvidenceItem.objects.get(case=case, key="payslip", item_id="p1")
    others = EvidenceItem.objects.get(case=case, key="payslip", item_id="p2")
    base = f"/meine-vorgaenge/{case.number}/mein-teil/unterlagen/"
    assert late.post(f"{base}{own.pk}/", {"files": another()}).status_code == 302
    assert late.post(f"{base}{others.pk}/", {"files": photo()}).status_code == 404
    assert own.files.count() == 2
    assert home.member.get(f"/meine-vorgaenge/{case.number}/mein-teil/").status_code == 404  # the code was not given
    assert verify.verify().findings == ()


def test_an_unfinished_part_holds_nobody_up_and_is_asked_for(home: Household) -> None:
    part = home.open()
    case = home.send()
    wanted = EvidenceItem.objects.get(case=case, key="own_part")
    assert (wanted.item_id, wanted.state) == ("p1", "missing")
    assert home.member.get(home.at(part, "seite/member/p1/")).status_code == 302
    assert case.number in home.member.get(home.at(part, "danke/")).content.decode()
    with pytest.raises(Refused):
        parts.finish(Actor(ActorKind.CITIZEN, parts=frozenset({str(part.pk)})), part.pk, shared=False)


def test_erasing_the_case_takes_the_ways_in_along(home: Household) -> None:
    _part, case = sent(home)
    applicant = Actor(kind=ActorKind.CITIZEN, cases=frozenset({case.pk}))
    actions.withdraw(applicant, case.pk)
    actions.erase(case.pk, norm="§ 84 SGB X")
    assert not PartyAccess.objects.filter(case=case).exists()
    assert verify.verify().findings == ()


def test_bad_papers_get_their_sentence(home: Household) -> None:
    part = home.open()
    bad = SimpleUploadedFile("lohn.pdf", b"MZ\x90\x00")
    answer = home.member.post(home.at(part, "unterlagen/"), {"datei-payslip-p1": bad}, follow=True)
    assert answer.redirect_chain == [(home.at(part, "unterlagen/"), 302)]
    assert "lohn.pdf" in answer.content.decode()
    assert not home.draft.files.exists()


def test_a_member_orders_turns_removes_and_lacks_as_the_applicant_does(home: Household) -> None:
    part = home.open()
    there, address = home.at(part, "unterlagen/"), "datei-payslip-p1"
    assert home.member.post(there, {address: [photo("eins.png"), another()]}).status_code == 302
    one, two = home.draft.files.order_by("position")
    home.member.post(there, {"later": str(one.stored_file_id)})
    home.member.post(there, {"right": str(one.stored_file_id)})
    assert [file.pk for file in home.draft.files.order_by("position")] == [two.pk, one.pk]
    one.stored_file.refresh_from_db()
    assert one.stored_file.turn == 90
    assert home.member.get(home.at(part, f"datei/{one.stored_file_id}/bild/")).status_code == 200
    for file in (one, two):
        home.member.post(there, {"remove": str(file.stored_file_id)})
    assert not home.draft.files.exists()
    lack = {f"wie-{address}": "lack", f"grund-{address}": "danger", f"worte-{address}": "mein Chef droht"}
    assert home.member.post(there, lack).headers["Location"].endswith("pruefen/")
    page = home.member.get(home.at(part, "pruefen/")).content.decode()
    assert "mein Chef droht" in page
    assert "mein Chef droht" not in home.applicant.get(f"{home.base}pruefen/").content.decode()


def test_the_applicant_reaches_none_of_the_members_papers(home: Household) -> None:
    part = home.open()
    home.upload(part)
    file = home.draft.files.get()
    for verb in ("later", "right", "remove"):
        home.applicant.post(f"{home.base}unterlagen/", {verb: str(file.stored_file_id)})
    kept = home.draft.files.select_related("stored_file").get()
    assert (kept.pk, kept.stored_file.turn) == (file.pk, 0)
    assert home.applicant.get(f"{home.base}datei/{file.stored_file_id}/bild/").status_code == 404
    applicant = Actor(ActorKind.CITIZEN, drafts=frozenset({str(home.draft.pk)}))
    with pytest.raises(Http404):
        drafts.lack(applicant, home.draft.pk, "payslip", "p1", "lost", "")
    with pytest.raises(Http404):
        drafts.attach(applicant, home.draft.pk, "payslip", "p1", another())


def test_the_export_of_a_draft_leaves_the_members_papers_out(home: Household, stranger: Actor) -> None:
    part = home.open()
    home.upload(part)
    home.applicant.post(f"{home.base}unterlagen/", {"datei-rental_contract": photo("miete.png")})
    Draft.objects.filter(pk=home.draft.pk).update(account=stranger.account)
    said = str(drafts_privacy.ROOM.export(stranger).data)
    assert "miete" in said
    assert "lohn" not in said


def test_the_member_reaches_none_of_the_applicants_papers(home: Household) -> None:
    part = home.open()
    home.applicant.post(f"{home.base}unterlagen/", {"datei-rental_contract": photo()})
    file = home.draft.files.get().stored_file_id
    for verb in ("later", "right", "remove"):
        assert home.member.post(home.at(part, "unterlagen/"), {verb: str(file)}).status_code == 404
    assert home.draft.files.exists()


def test_who_is_removed_takes_their_papers_along(home: Household) -> None:
    part = home.open()
    home.upload(part)
    stored = home.draft.files.get().stored_file_id
    home.applicant.post(f"{home.base}members/", {"remove": "p1"})
    assert not home.draft.files.exists()
    assert not StoredFile.objects.filter(pk=stored).exists()


def test_a_paper_that_is_not_needed_any_more_stays_the_members(home: Household) -> None:
    part = home.open()
    home.upload(part)
    home.member.post(home.at(part, "seite/member/p1/"), {"name": "Ali Öztürk", "earns": "no"})
    home.finish(part)
    case = home.send()
    other = EvidenceItem.objects.get(case=case, key="other")
    assert other.item_id == "p1"
    file = other.files.get().stored_file_id
    assert home.applicant.get(f"/meine-vorgaenge/{case.number}/datei/{file}/").status_code == 404
    assert verify.verify().findings == ()


def test_why_a_member_has_no_paper_is_not_told_to_the_applicant(
    home: Household, decider: Actor, stranger: Actor
) -> None:
    part = home.open()
    home.fill(part)
    home.finish(part)
    case = home.send()
    home.member.post("/meine-vorgaenge/oeffnen/", {"number": case.number, "code": parts.own_code(part)})
    item = EvidenceItem.objects.get(case=case, key="payslip", item_id="p1")
    page = f"/meine-vorgaenge/{case.number}/mein-teil/unterlagen/{item.pk}/fehlt/"
    said = {f"grund-{item.pk}": "danger", f"worte-{item.pk}": "mein Chef droht"}
    assert home.member.post(page, said).status_code == 302
    assert "mein Chef droht" in home.member.get(f"/meine-vorgaenge/{case.number}/mein-teil/").content.decode()
    desk = at_desk(decider)
    assert "mein Chef droht" in desk.get(f"/arbeitsplatz/vorgaenge/{case.number}/verlauf/").content.decode()
    status = home.applicant.get(f"/meine-vorgaenge/{case.number}/").content.decode()
    assert "Chef" not in status
    assert "gefährlich" not in status
    for rest in ("", "fehlt/"):
        address = f"/meine-vorgaenge/{case.number}/unterlagen/{item.pk}/{rest}"
        assert home.applicant.get(address).status_code == 404
    Case.objects.filter(pk=case.pk).update(account=stranger.account)
    assert "Chef" not in str(privacy.ROOM.export(stranger).data)
    assert verify.verify().findings == ()


def test_why_a_members_paper_went_back_is_not_told_to_the_applicant(home: Household, decider: Actor) -> None:
    part, case = sent(home)
    item = EvidenceItem.objects.get(case=case, key="payslip", item_id="p1")
    case.refresh_from_db()
    reason = "Es fehlt die Seite mit dem Lohn vom Mai."
    actions.return_evidence(decider, case.pk, item.pk, reason=reason, version=case.version)
    assert reason not in home.applicant.get(f"/meine-vorgaenge/{case.number}/").content.decode()
    home.member.post("/meine-vorgaenge/oeffnen/", {"number": case.number, "code": parts.own_code(part)})
    assert reason in home.member.get(f"/meine-vorgaenge/{case.number}/mein-teil/").content.decode()


def test_what_was_typed_when_the_session_had_ended_is_stored_after_the_code(home: Household) -> None:
    part, late = home.open(), Client(enforce_csrf_checks=True)
    page = home.at(part, "seite/member/p1/")
    asked = late.post(page, {"name": "Ali Öztürk-Neu", "earns": "no"}, headers={"Sec-Fetch-Site": "same-origin"})
    assert asked.status_code == 403  # the token went with the session
    text = asked.content.decode()
    assert "Ihre Sitzung ist zu Ende" in text
    assert "Ali Öztürk-Neu" in text
    assert home.at(part, "oeffnen/") in text
    carried = {"path": page, "sent": "1", "t-name": "Ali Öztürk-Neu", "t-earns": "no"}
    wrong = late.post(home.at(part, "oeffnen/"), {**carried, "code": "2345678923"})
    assert wrong.status_code == 422
    assert 'name="t-name" value="Ali Öztürk-Neu"' in wrong.content.decode()
    answer = late.post(home.at(part, "oeffnen/"), {**carried, "code": parts.own_code(part)})
    assert answer.status_code == 302
    part.refresh_from_db()
    assert part.answers == {"id": "p1", "name": "Ali Öztürk-Neu", "earns": False}


def test_words_on_a_paper_survive_the_end_of_the_session(home: Household) -> None:
    part, late = home.open(), Client()
    page, address = home.at(part, "unterlagen/"), "datei-payslip-p1"
    said = {f"wie-{address}": "lack", f"grund-{address}": "lost", f"worte-{address}": "beim Umzug"}
    asked = late.post(page, said)
    assert asked.status_code == 404
    assert "beim Umzug" in asked.content.decode()
    carried = {"path": page, "sent": "1", **{f"t-{name}": value for name, value in said.items()}}
    late.post(home.at(part, "oeffnen/"), {**carried, "code": parts.own_code(part)})
    assert home.draft.lacks.get().words == "beim Umzug"


def test_a_part_that_never_was_asks_for_a_code_like_any_other(home: Household) -> None:
    part, client = home.open(), Client()
    strip = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
    there = client.get(home.at(part, "seite/member/p1/"))
    nowhere = client.get(f"/antrag/wohngeld/mein-teil/{uuid4()}/seite/member/p1/")
    assert there.status_code == nowhere.status_code == 404
    assert strip.sub("", there.content.decode()) == strip.sub("", nowhere.content.decode())
    foreign = {"Sec-Fetch-Site": "cross-site"}
    assert client.post(home.at(part, "oeffnen/"), {"code": parts.own_code(part)}, headers=foreign).status_code == 403


def test_two_windows_of_a_member_do_not_undo_each_other(home: Household) -> None:
    part = home.open()
    page = home.at(part, "seite/member/p1/")
    marks = [re.search(r'name="_window" value="([^"]+)"', home.member.get(page).content.decode()) for _one in range(2)]
    first, second = (found.group(1) for found in marks if found is not None)
    home.member.post(page, {"name": "Ali Eins", "earns": "yes", "_window": first})
    home.member.post(page, {"name": "Ali Zwei", "earns": "yes", "_window": second})
    part.refresh_from_db()
    assert part.answers["name"] == "Ali Eins"
    shown = home.member.get(page).content.decode()
    assert 'value="Ali Zwei"' in shown  # typed, and told that the other is stored
    assert "Ali Eins" in shown


def test_pages_go_out_by_script_too(home: Household) -> None:
    part = home.open()
    page = home.at(part, "seite/member/p1/")
    answer = home.member.post(page, {"name": "Ali", "earns": "yes"}, headers={"X-Kiepe-Send": "1"})
    assert (answer.status_code, answer.headers["X-Kiepe-Next"]) == (204, home.at(part, "unterlagen/"))
