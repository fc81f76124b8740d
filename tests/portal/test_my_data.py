"""My data: everything is handed out as documented, what may go goes, what the law keeps is named with its day."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from django.db import connection
from django.test import Client
from pytest_django import Settings

from kiepe.base.accounts.models import Account
from kiepe.base.documents.models import StoredFile
from kiepe.base.forms import actions as drafts
from kiepe.base.forms.models import Draft
from kiepe.base.inbox.models import OutgoingMail
from kiepe.base.kernel import grants, privacy
from kiepe.base.kernel.actor import Actor
from kiepe.cases import access, actions, queries
from kiepe.cases.models import Case
from kiepe.cases.record import APPEND_ONLY_TABLES, ERASABLE_TABLES
from kiepe.cases.verify import verify
from tests.cases.conftest import ANSWERS, a_draft, hand_in_all, photo
from tests.cases.desk_client import at_desk

pytestmark = pytest.mark.django_db
Make = Callable[..., tuple[Actor, Case]]
URL = "/meine-daten/"
DOCUMENTED = Path(__file__).resolve().parents[2] / "docs" / "reference" / "my-data.md"


@pytest.fixture(autouse=True)
def today(settings: Settings) -> None:
    settings.KIEPE_TODAY = date(2026, 11, 20)


@pytest.fixture
def own(stranger: Actor, decider: Actor) -> tuple[Actor, Case]:
    """An account with a decided case that has everything, a draft with a file, and a mail."""
    case = actions.submit(stranger, _with_account(stranger)).case
    actions.send_message(stranger, case.pk, "Reicht ein Foto?", [photo("frage.png")])
    actions.send_message(decider, case.pk, "Ja.")
    actions.report_change(stranger, case.pk, actions.Change("rent", None, "Die Miete steigt."), [photo("miete.png")])
    item = case.evidence.get(key="payslip")
    case.refresh_from_db()
    actions.request_evidence(decider, case.pk, [item.pk], words="Bitte", due=date(2026, 12, 4), version=case.version)
    case.refresh_from_db()
    actions.correct(decider, case.pk, "rent", "700,00", "Laut Vertrag", version=case.version)
    hand_in_all(stranger, case)
    prepared = queries.proposal(decider, case)
    actions.decide(decider, case.pk, "grant", "", set(prepared.hints), prepared.digest, version=case.version)
    actions.issue(case.pk)
    begun = _with_account(stranger)
    drafts.attach(stranger, begun.pk, "rental_contract", "", photo("entwurf.png"))
    OutgoingMail.objects.create(once="hallo", recipient="nina@example.org", subject="Hallo", text="Neues")
    case.refresh_from_db()
    return stranger, case


def _with_account(person: Actor) -> Draft:
    draft = a_draft()
    Draft.objects.filter(pk=draft.pk).update(account=person.account)
    draft.refresh_from_db()
    return draft


def archive(client: Client) -> zipfile.ZipFile:
    answer = client.post(f"{URL}herunterladen/")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert 'filename="meine-daten-2026-11-20.zip"' in answer.headers["Content-Disposition"]
    return zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]  # a FileResponse


def said(packed: zipfile.ZipFile) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(packed.read("meine-daten.json"))
    return found


def test_the_archive_holds_everything_and_every_path_leads_to_a_file(own: tuple[Actor, Case]) -> None:
    person, case = own
    packed = archive(at_desk(person))
    data = said(packed)
    assert data["schema"] == "kiepe my-data 1"
    assert data["account"]["email"] == "nina@example.org"
    assert [mail["subject"] for mail in data["mails"]] == ["Hallo"]
    (kept,) = data["cases"]
    assert kept["answers"][0]["answers"] == ANSWERS
    assert [one["text"] for one in kept["messages"]] == ["Reicht ein Foto?", "Ja."]
    assert kept["changes"][0]["text"] == "Die Miete steigt."
    assert kept["corrections"][0]["reason"] == "Laut Vertrag"
    assert kept["notice"]["title"] == f"Bescheid {case.number}"
    assert kept["kept_until"] == "2036-12-31"
    (draft,) = data["drafts"]
    assert draft["answers"] == ANSWERS
    named = set(re.findall(r'"((?:vorgaenge|entwuerfe)/[^"]+)"', json.dumps(data, ensure_ascii=False)))
    names = set(packed.namelist())
    assert named <= names
    # three documents, one file with the message, one with the report, one with the draft
    assert len(named) == 6
    for name in named | {
        f"vorgaenge/{case.number}/alles.pdf",
        f"entwuerfe/{draft['id']}/angaben.pdf",
        "meine-daten.pdf",
    }:
        assert packed.read(name).startswith(b"%PDF"), name
    overview = pypdfium2.PdfDocument(packed.read("meine-daten.pdf"))
    words = " ".join(page.get_textpage().get_text_bounded() for page in overview)
    assert case.number in words
    assert "31.12.2036" in words
    assert "§ 84 Abs. 2 SGB X" in words


def _keys(value: object) -> set[str]:
    """Every key of ours; answers and the notice have keys of their own."""
    if isinstance(value, list):
        return set().union(*(_keys(one) for one in value)) if value else set()
    if not isinstance(value, dict):
        return set()
    own = {key: inner for key, inner in value.items() if key not in {"answers", "notice", "typed"}}
    inner = _keys(value["answers"]) if isinstance(value.get("answers"), list) else set()
    return set(value) | inner | set().union(*(_keys(one) for one in own.values()))


def test_every_key_is_documented(own: tuple[Actor, Case]) -> None:
    person, _case = own
    documented = set(re.findall(r"`([a-z_]+)`", DOCUMENTED.read_text(encoding="utf-8")))
    keys = _keys(said(archive(at_desk(person))))
    assert len(keys) > 40
    assert keys <= documented, keys - documented
    assert not {"made_up"} <= documented  # the control: an unknown key would be noticed


def test_nothing_of_other_people_is_in_it(own: tuple[Actor, Case], submitted: Make) -> None:
    person, _case = own
    _other, another = submitted(last_name="Geheim")
    packed = archive(at_desk(person))
    assert another.number not in packed.read("meine-daten.json").decode()
    assert not any(another.number in name for name in packed.namelist())


def test_who_opened_a_case_by_code_gets_that_case(submitted: Make, client: Client) -> None:
    _applicant, case = submitted()
    client.post("/meine-vorgaenge/oeffnen/", {"number": case.number, "code": access.code(case.draft)})
    html = client.get(URL).content.decode()
    assert case.number in html
    assert "Solange der Vorgang läuft" in html
    data = said(archive(client))
    assert data["account"] == {}
    assert [one["number"] for one in data["cases"]] == [case.number]


def test_a_stranger_and_staff_have_nothing_here(client: Client, decider: Actor) -> None:
    answer = client.get(URL)
    assert answer.status_code == 200
    assert not answer.cookies
    assert "Mit Konto anmelden" in answer.content.decode()
    for browser in (client, at_desk(decider)):
        assert browser.post(f"{URL}herunterladen/").status_code == 404
        assert browser.post(f"{URL}loeschen/", {"what": "account", "sure": "ja"}).status_code == 302
    assert Account.objects.filter(pk=decider.account or 0).exists()


def test_deleting_names_what_stays_asks_and_does_it(own: tuple[Actor, Case]) -> None:
    person, case = own
    client = at_desk(person)
    draft = Draft.objects.get(submitted_at=None)
    html = client.get(URL).content.decode()
    for words in (case.number, "31.12.2036", "§ 84 Abs. 2 SGB X", "Ihr Konto", "20.12.2026"):
        assert words in html
    nothing = client.post(f"{URL}loeschen/", {})
    assert nothing.status_code == 422
    assert "Wählen Sie aus" in nothing.content.decode()
    sure = client.post(f"{URL}loeschen/", {"what": str(draft.pk)}).content.decode()
    assert "Wirklich löschen?" in sure
    assert Draft.objects.filter(pk=draft.pk).exists()
    client.post(f"{URL}loeschen/", {"what": [str(draft.pk), case.number], "sure": "ja"})
    assert not Draft.objects.filter(pk=draft.pk).exists()
    assert not StoredFile.objects.filter(name="entwurf.pdf").exists()
    assert Case.objects.get(pk=case.pk).erased_at is None  # not yet
    assert Account.objects.filter(pk=person.account or 0).exists()


def test_a_draft_of_somebody_else_is_not_deleted(own: tuple[Actor, Case]) -> None:
    person, _case = own
    other = a_draft()
    answer = at_desk(person).post(f"{URL}loeschen/", {"what": str(other.pk), "sure": "ja"})
    assert answer.status_code == 422
    assert Draft.objects.filter(pk=other.pk).exists()


def test_the_account_goes_and_the_case_stays_with_an_event(own: tuple[Actor, Case], decider: Actor) -> None:
    person, case = own
    client = at_desk(person)
    client.post(f"{URL}loeschen/", {"what": "account", "sure": "ja"})
    assert not Account.objects.filter(pk=person.account or 0).exists()
    assert not Draft.objects.filter(submitted_at=None).exists()
    assert not OutgoingMail.objects.filter(recipient="nina@example.org").exists()
    case.refresh_from_db()
    assert (case.account, case.erased_at) == (None, None)
    assert queries.events(decider, case)[0].sentence == "Konto gelöscht; der Vorgang bleibt"
    assert verify().findings == ()
    assert client.get(f"/meine-vorgaenge/{case.number}/").status_code == 404
    client.post("/meine-vorgaenge/oeffnen/", {"number": case.number, "code": access.code(case.draft)})
    assert "Reicht ein Foto?" in client.get(f"/meine-vorgaenge/{case.number}/nachrichten/").content.decode()


@pytest.mark.django_db(transaction=True)
def test_the_web_role_can_do_it(own: tuple[Actor, Case]) -> None:
    """The role that serves pages owns no table and may not touch the record's rows, not even in passing."""
    person, case = own
    grants.ensure_role("kiepe_probe", "x")
    grants.apply("kiepe_probe", APPEND_ONLY_TABLES, ERASABLE_TABLES)
    try:
        with connection.cursor() as cursor:
            cursor.execute("SET ROLE kiepe_probe")
        at_desk(person).post(f"{URL}loeschen/", {"what": "account", "sure": "ja"})
    finally:
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")
            cursor.execute("DROP OWNED BY kiepe_probe")
            cursor.execute("DROP ROLE kiepe_probe")
    assert not Account.objects.filter(pk=person.account or 0).exists()
    assert Case.objects.get(pk=case.pk).account is None


def test_start_up_names_a_room_that_does_not_fit(settings: Settings) -> None:
    assert privacy.check() == []
    settings.PRIVACY = ["kiepe.nowhere.ROOM", "kiepe.cases.privacy.Share"]
    assert [found.id for found in privacy.check()] == ["kernel.E001", "kernel.E002"]


def test_ten_archives_an_hour(own: tuple[Actor, Case], monkeypatch: pytest.MonkeyPatch) -> None:
    from kiepe.entrances.portal import my_data

    monkeypatch.setattr(my_data, "MOST", 1)
    client = at_desk(own[0])
    archive(client)
    assert client.post(f"{URL}herunterladen/").status_code == 429
