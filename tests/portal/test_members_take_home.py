"""My data where several people take part: each gets what is theirs, and nothing of the others; what may go goes."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from kiepe.base.documents.models import StoredFile
from kiepe.base.forms import parts
from kiepe.base.forms.models import OwnPart
from kiepe.base.kernel.actor import Actor
from kiepe.cases import actions
from kiepe.cases.models import Case, PartyAccess
from kiepe.cases.verify import verify
from tests.cases.conftest import a_draft, hand_in_all, photo
from tests.cases.desk_client import at_desk
from tests.cases.members import ALI, MIA, Sent, pdf_words, read, sent, taken_home
from tests.cases.test_access import WITH_PROXY, applicant, made, party  # noqa: F401 - WITH_PROXY is named in settings
from tests.cases.test_members_attacked import decide_with_hints
from tests.cases.test_own_part import Household
from tests.portal.test_my_data import _keys

pytestmark = pytest.mark.django_db
URL = "/meine-daten/"
DOCUMENTED = Path(__file__).resolve().parents[2] / "docs" / "reference" / "my-data.md"
OTHERS = ("Erika", "Mia", "690", "700", "Beispielweg", "erika@example.org", "Mietvertrag", "lohn-p2", "Von Mia")


def of_others(words: str) -> list[str]:
    """What of the others stands there; an amount only where it is one, not three signs of an id or of a second."""
    return [one for one in OTHERS if re.search(rf"(?<!\w){one}(?!\w)" if one.isdigit() else re.escape(one), words)]


def test_what_is_of_others_is_seen() -> None:
    assert of_others("Erika zahlt 690.00 und 700 € Miete") == ["Erika", "690", "700"]
    assert of_others("a690b1c2-1111, 12:00:00.690123") == []


@pytest.fixture(autouse=True)
def today(settings: Settings) -> None:
    settings.KIEPE_TODAY = date(2026, 11, 20)


@pytest.fixture
def home(db: None, decider: Actor) -> Sent:
    """Decided: Ali wrote and was answered, one answer of his was corrected, and so was one of Erika's."""
    home = sent(email="ali@example.org")
    written = home.write("Reicht die vom Mai?", "frage.png")
    home.write("Von Mia", "", MIA)
    home.answer(decider, "Ja.", answers=written)
    at_desk(decider).get(f"/arbeitsplatz/vorgaenge/{home.case.number}/nachrichten/mit/{ALI}/")
    for answer, value, why in (("members.0.earns", "no", "nach Lohnzettel"), ("rent", "700,00", "nach Vertrag")):
        home.case.refresh_from_db()
        actions.correct(decider, home.case.pk, answer, value, why, version=home.case.version)
    hand_in_all(decider, home.case)
    decide_with_hints(decider, home.case)
    actions.issue(home.case.pk)
    home.case.refresh_from_db()
    return home


def test_the_member_takes_home_the_own_part_and_nothing_else(home: Sent) -> None:
    data, packed = taken_home(home.ali)
    assert (data["cases"], data["drafts"], data["own_parts"]) == ([], [], [])
    (own,) = data["taking_part"]
    assert (own["name"], own["role"], own["news_to"], own["shared"]) == (
        "Ali Öztürk",
        "member",
        "ali@example.org",
        False,
    )
    (answers,) = own["answers"]
    assert answers["answers"] == {"id": "p1", "name": "Ali Öztürk", "earns": True}
    assert [one["text"] for one in own["messages"]] == ["Reicht die vom Mai?", "Ja."]
    (paper,) = own["documents"]
    assert (paper["title"], paper["state"]) == ("Lohnabrechnung von Ali Öztürk", "received")
    files = [*paper["files"], *own["messages"][0]["files"]]
    assert [name.rpartition("-")[2] for name in files] == ["p1.pdf", "frage.pdf"]
    for name in files:
        assert packed.read(name).startswith(b"%PDF")
    assert own["corrections"] == [
        {"answer": "members.0.earns", "value": False, "reason": "nach Lohnzettel", "valid_from": None}
    ]
    assert (own["kept_until"], own["kept_by"]) == ("2036-12-31", "§ 84 Abs. 2 SGB X")
    assert own["decided_at"].startswith("2026-11-20")
    assert own["read_by_staff"] == 1
    assert "Beispielantrag" in own["purpose"]
    assert [entry["sentence"] for entry in own["history"]] == [
        "Nachricht an die Stadt mit einer Datei",
        "Nachricht von der Stadt",
    ]
    words = read(packed)
    assert of_others(words) == []
    assert not any(name.startswith(f"vorgaenge/{home.case.number}/alles") for name in packed.namelist())


def test_its_paper_says_all_of_it(home: Sent) -> None:
    words = pdf_words(home.ali.get(f"{home.base}mein-teil/alles.pdf").content)
    for said in (
        "Hat die Person Einkommen?",
        "Lohnabrechnung von Ali",
        "Reicht die vom Mai?",
        "nach Lohnzettel",
        "31.12.2036",
        "§ 84 Abs. 2 SGB X",
        "ali@example.org",
        "Nur Sie und die Behörde sehen Ihren Teil.",
    ):
        assert said in words, said
    assert of_others(words) == []


def test_the_law_keeps_it_and_the_page_says_until_when(home: Sent) -> None:
    page = home.ali.get(URL).content.decode()
    assert f"{home.case.number}, dort stehen Sie als: Mitglied des Haushalts" in page
    assert "31.12.2036" in page
    assert "Das können Sie jetzt löschen" not in page
    own = home.ali.get(f"{home.base}mein-teil/").content.decode()
    assert "Wir löschen ihn nach dem 31.12.2036." in own
    assert "Vorher löschen können wir Ihren Teil nicht" in own
    answer = home.ali.post(f"{URL}loeschen/", {"what": f"{home.case.number}-{ALI}", "sure": "ja"})
    assert answer.status_code == 422
    assert Case.objects.get(pk=home.case.pk).erased_at is None


def test_while_the_case_runs_it_says_for_how_long_after_it() -> None:
    home = sent()
    assert "Danach bleibt er 10 Jahre" in home.ali.get(f"{home.base}mein-teil/").content.decode()
    assert "Danach bleibt er 10 Jahre" in home.ali.get(URL).content.decode()


def test_what_the_law_keeps_no_longer_goes(home: Sent, settings: Settings) -> None:
    settings.KIEPE_TODAY = date(2037, 1, 1)
    client = home.by_code()
    assert "Die Frist ist vorbei." in client.get(URL).content.decode()
    assert home.erika.post(f"{URL}loeschen/", {"what": f"{home.case.number}-{MIA}", "sure": "ja"}).status_code == 422
    client.post(f"{URL}loeschen/", {"what": f"{home.case.number}-{ALI}", "sure": "ja"})
    assert Case.objects.get(pk=home.case.pk).erased_at is not None
    assert not PartyAccess.objects.exists()
    assert verify().findings == ()


def test_every_key_is_documented(home: Sent) -> None:
    documented = set(re.findall(r"`([a-z_]+)`", DOCUMENTED.read_text(encoding="utf-8")))
    begun = Household()
    part = begun.open()
    begun.fill(part)
    begun.upload(part)
    keys = _keys(taken_home(home.ali)[0]) | _keys(taken_home(begun.member)[0])
    assert {"news_to", "seen_by", "asked_back", "taking_part", "own_parts"} <= keys
    assert keys <= documented, keys - documented


# ---- before it is sent


@pytest.fixture
def begun(db: None) -> tuple[Household, OwnPart]:
    home = Household()
    part = home.open()
    home.fill(part)
    home.upload(part)
    lack = {"wie-datei-payslip-p1": "later"}
    home.member.post(home.at(part, "unterlagen/"), lack)
    home.finish(part, email="ali@example.org")
    part.refresh_from_db()
    return home, part


def test_before_sending_the_member_takes_home_the_own_part(begun: tuple[Household, OwnPart]) -> None:
    home, part = begun
    data, packed = taken_home(home.member)
    assert data["taking_part"] == []
    (own,) = data["own_parts"]
    assert own["answers"] == {"id": "p1", "name": "Ali Öztürk-Neu", "earns": True}
    assert own["news_to"] == "ali@example.org"
    assert own["delete_on"] == "2026-12-20"
    assert packed.read(own["documents"][0]["file"]).startswith(b"%PDF")
    words = pdf_words(packed.read(f"eigener-teil/{part.pk}/angaben.pdf"))
    assert "Ali Öztürk-Neu" in words
    assert "20.12.2026" in words
    assert of_others(read(packed)) == []
    theirs, archive = taken_home(home.applicant)
    assert (theirs["own_parts"], theirs["taking_part"]) == ([], [])
    for secret in ("lohn", "Öztürk-Neu", "ali@example.org"):
        assert secret not in read(archive)


@pytest.mark.parametrize("way", ["the page of the part", "my data"])
def test_the_member_deletes_the_own_part(begun: tuple[Household, OwnPart], way: str) -> None:
    home, part = begun
    if way == "my data":
        page = home.member.get(f"{URL}loeschen/").content.decode()
        assert "Ihr eigener Teil, noch nicht abgeschickt" in page
        assert "20.12.2026" in page
        assert "Wirklich löschen?" in home.member.post(f"{URL}loeschen/", {"what": str(part.pk)}).content.decode()
        home.member.post(f"{URL}loeschen/", {"what": str(part.pk), "sure": "ja"})
    else:
        asked = home.member.get(home.at(part, "loeschen/")).content.decode()
        assert "Es bleibt, was die Person über Sie gesagt hat, die den Antrag stellt" in asked
        assert "20.12.2026" in asked
        told = home.member.post(home.at(part, "loeschen/"), follow=True).content.decode()
        assert "Ihre Angaben sind gelöscht" in told
    part.refresh_from_db()
    assert (part.answers, part.raw, part.done, part.done_at, part.shared, part.email) == (
        {"id": "p1", "name": "Ali Öztürk"},  # as Erika had named him
        {},
        [],
        None,
        False,
        "",
    )
    assert not home.draft.files.exists()
    assert not StoredFile.objects.filter(name="lohn.pdf").exists()
    assert "Füllt den eigenen Teil gerade selbst aus." in home.applicant.get(f"{home.base}members/").content.decode()
    case = home.send()  # it holds nobody up, and the office asks
    assert case.answers.get().json["members"][0] == {"id": "p1", "name": "Ali Öztürk"}
    assert case.evidence.filter(key="own_part", item_id="p1").exists()
    assert verify().findings == ()


def test_it_can_be_filled_in_again_with_the_same_code(begun: tuple[Household, OwnPart]) -> None:
    home, part = begun
    home.member.post(home.at(part, "loeschen/"))
    late = Client()
    assert late.post(home.at(part, "oeffnen/"), {"code": parts.invitation_code(part)}).status_code == 422
    assert late.post(home.at(part, "oeffnen/"), {"code": parts.own_code(part)}).status_code == 302
    home.fill(part, "Ali Wieder")
    home.finish(part)
    case = home.send()
    assert case.answers.get().json["members"][0]["name"] == "Ali Wieder"


def test_nobody_else_deletes_it(begun: tuple[Household, OwnPart], stranger: Actor) -> None:
    home, part = begun
    for client in (home.applicant, at_desk(stranger), Client()):
        assert client.post(home.at(part, "loeschen/")).status_code == 404
        client.post(f"{URL}loeschen/", {"what": str(part.pk), "sure": "ja"})
        part.refresh_from_db()
        assert part.answers["name"] == "Ali Öztürk-Neu"
    assert home.draft.files.exists()


def test_after_sending_it_is_too_late_and_the_page_says_so(begun: tuple[Household, OwnPart]) -> None:
    home, part = begun
    case = home.send()
    assert home.member.post(home.at(part, "loeschen/")).headers["Location"] == home.at(part, "danke/")
    done = home.member.get(home.at(part, "danke/")).content.decode()
    assert "Löschen können Sie Ihre Angaben jetzt nicht mehr" in done
    page = home.member.get(URL).content.decode()  # the code for the case was not given yet
    assert case.number in page
    assert "Öffnen Sie Ihren Teil mit der Nummer und Ihrem eigenen Code." in page
    assert case.answers.get().json["members"][0]["name"] == "Ali Öztürk-Neu"


def test_deleting_all_of_an_application_takes_the_parts_along(begun: tuple[Household, OwnPart]) -> None:
    home, _part = begun
    home.applicant.post(f"{URL}loeschen/", {"what": str(home.draft.pk), "sure": "ja"})
    assert not OwnPart.objects.exists()
    assert not StoredFile.objects.filter(name="lohn.pdf").exists()


def test_ten_archives_an_hour_are_counted_for_each_browser(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    from kiepe.entrances.portal import my_data

    monkeypatch.setattr(my_data, "MOST", 1)
    for _browser in range(2):
        client, draft = Client(), a_draft()
        session = client.session
        session["drafts"] = [str(draft.pk)]
        session.save()
        taken_home(client)
    assert client.post(f"{URL}herunterladen/").status_code == 429


# ---- who acts for the applicant


def test_a_representative_takes_home_what_is_kept_of_them(settings: Settings, db: None, stranger: Actor) -> None:
    settings.CASE_TYPES = ["tests.cases.test_access.WITH_PROXY"]
    case = made()
    code = actions.grant_access(applicant(case), case.pk, party(case).pk)
    client = at_desk(stranger)
    client.post("/meine-vorgaenge/oeffnen/", {"number": case.number, "code": code})
    assert PartyAccess.objects.get().account_id == stranger.account
    data, packed = taken_home(client)
    assert data["cases"] == []
    (own,) = data["taking_part"]
    assert (own["name"], own["role"], own["scope"]) == ("Kim Muster", "representative", ["all"])
    assert "Erika" not in read(packed)
    client.post(f"{URL}loeschen/", {"what": "account", "sure": "ja"})
    assert PartyAccess.objects.get().account is None
    again = Client().post("/meine-vorgaenge/oeffnen/", {"number": case.number, "code": code})
    assert again.status_code == 302
    assert verify().findings == ()


def test_who_writes_for_the_applicant_is_named(settings: Settings, db: None, decider: Actor) -> None:
    settings.CASE_TYPES = ["tests.cases.test_access.WITH_PROXY"]
    case = made()
    code = actions.grant_access(applicant(case), case.pk, party(case).pk)
    client, address = Client(), f"/meine-vorgaenge/{case.number}/nachrichten/"
    client.post("/meine-vorgaenge/oeffnen/", {"number": case.number, "code": code})
    client.post(address, {"text": "Ich vertrete Frau Öztürk.", "files": photo()})
    actions.send_message(applicant(case), case.pk, "Und ich bin es selbst.")
    message = case.messages.get(text__startswith="Ich vertrete")
    assert (message.author_name, message.party) == ("Kim Muster", party(case))
    theirs = client.get(address).content.decode()
    assert theirs.count("<b>Sie</b>") == 1
    assert "<b>Erika Öztürk</b>" in theirs
    assert "Kim Muster" in at_desk(decider).get(f"/arbeitsplatz/vorgaenge/{case.number}/nachrichten/").content.decode()
