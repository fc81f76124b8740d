"""The switch of the language on pages with typing: everything stays there, nothing is sent, refused or decided."""

from __future__ import annotations

import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.core import mail
from django.test import Client
from pytest_django import Settings

from kiepe.base.accounts.models import Account
from kiepe.base.forms.models import Draft
from kiepe.base.kernel.actor import Actor
from kiepe.cases import access
from kiepe.cases.models import Case, CaseEvent, ChangeReport, Message, PartyAccess
from tests.cases.conftest import a_draft, photo
from tests.cases.test_access import made, party
from tests.cases.test_own_part import Household
from tests.cases.test_resume import Device

pytestmark = pytest.mark.django_db
Make = Callable[..., tuple[Actor, Case]]
LANGUAGES = ("en", "de-simple")
SWITCH = {"action": "language"}
TYPED = "Mein Vermieter schreibt „bald“"


def buttons(page: str) -> list[tuple[str, str]]:
    """Form and address of each button of the switch."""
    return re.findall(r'<button type="submit" form="([^"]+)" formaction="([^"]+)" formnovalidate name="action"', page)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("where", "form", "typed"),
    [
        ("nachrichten/", "nachricht", {"text": TYPED}),
        ("aenderung/", "aenderung", {"kind": "rent", "since": "1.12.2026", "text": TYPED}),
        ("zuruecknehmen/", "ruecknahme", {"reason": TYPED}),
    ],
)
def test_what_is_written_about_a_case_goes_along(
    submitted: Make, client: Client, language: str, where: str, form: str, typed: dict[str, str]
) -> None:
    _applicant, case = submitted()
    client.post("/meine-vorgaenge/oeffnen/", {"number": case.number, "code": access.code(case.draft)})
    path = f"/meine-vorgaenge/{case.number}/{where}"
    assert (form, f"/{language}{path}") in buttons(client.get(path).content.decode())
    before = CaseEvent.objects.filter(case=case).count()
    answer = client.post(f"/{language}{path}", {**typed, **SWITCH})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert f'<html lang="{language}"' in page
    assert TYPED in page
    assert "data-errors" not in page
    assert (Message.objects.count(), ChangeReport.objects.count()) == (0, 0)
    assert CaseEvent.objects.filter(case=case).count() == before
    assert (form, path) in buttons(page)  # and back


def test_a_chosen_file_is_asked_for_again(submitted: Make, client: Client) -> None:
    _applicant, case = submitted()
    client.post("/meine-vorgaenge/oeffnen/", {"number": case.number, "code": access.code(case.draft)})
    path = f"/meine-vorgaenge/{case.number}/nachrichten/"
    page = client.post(path, {"text": TYPED, "files": [photo()], **SWITCH}).content.decode()
    assert "Wählen Sie diese bitte noch einmal aus." in page
    assert not Message.objects.exists()


@pytest.mark.parametrize("path", ["/meine-vorgaenge/oeffnen/", "/weitermachen/"])
def test_a_code_that_was_typed_stays_and_is_not_tried(client: Client, path: str) -> None:
    page = client.get(path).content.decode()
    form = {"/meine-vorgaenge/oeffnen/": "oeffnen", "/weitermachen/": "weitermachen"}[path]
    assert (form, f"/en{path}") in buttons(page)
    for _often in range(12):  # more than the limit of wrong attempts
        answer = client.post(f"/en{path}", {"number": "WG-2026-000001", "link": "aaa", "code": "k7m2p-9xq4d", **SWITCH})
        assert answer.status_code == 200
    assert 'value="k7m2p-9xq4d"' in answer.content.decode()


def test_the_session_ends_and_the_language_changes_before_the_code(settings: Settings) -> None:
    """Sent without a session, switched on the page that asks for the code, opened in English: stored, in English."""
    settings.CASE_TYPES = ["tests.cases.applying.PROBE"]
    device = Device().begin()
    token, code = device.code()
    device.client.cookies.clear()
    typed = {"first_name": "Erika", "last_name": "Beispiel", "birth_date": "27.3.61"}
    page = Client().post(f"{device.base}name/applicant/", typed).content.decode()
    assert ("weitermachen", "/en/weitermachen/") in buttons(page)
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
    assert hidden["t-last_name"] == "Beispiel"
    browser = Client()
    english = browser.post("/en/weitermachen/", {**hidden, "code": "k7m", **SWITCH}).content.decode()
    assert dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', english)) == hidden
    answer = browser.post("/en/weitermachen/", {**hidden, "code": code}, headers={"Sec-Fetch-Site": "same-origin"})
    assert answer.headers["Location"].startswith(f"/en{device.base}")
    draft = Draft.objects.get()
    assert "Beispiel" in str(draft.answers) + str(draft.raw)
    assert token


def test_a_page_half_typed_comes_back_without_an_error(settings: Settings) -> None:
    settings.CASE_TYPES = ["tests.cases.applying.PROBE"]
    device = Device().begin()
    hidden = dict(re.findall(r'name="(csrfmiddlewaretoken)" value="([^"]*)"', device.page("name/applicant/")))
    half = {"first_name": "Erika", "birth_date": "31.2.1961", **hidden}
    answer = device.client.post(f"/en{device.base}name/applicant/", {**half, **SWITCH})
    assert answer.headers["Location"] == f"/en{device.base}name/applicant/"
    page = device.client.get(answer.headers["Location"]).content.decode()
    assert 'value="31.2.1961"' in page
    assert "data-errors" not in page
    refused = device.client.post(f"/en{device.base}name/applicant/", half)
    assert refused.status_code == 422
    assert "data-errors" in refused.content.decode()
    script = {"X-Kiepe-Send": "1"}
    sent = device.client.post(f"/en{device.base}name/applicant/", {**half, **SWITCH}, headers=script)
    assert (sent.status_code, sent.headers["X-Kiepe-Next"]) == (204, f"/en{device.base}name/applicant/")


def test_the_mail_address_for_the_link_stays_and_no_mail_goes_out(settings: Settings) -> None:
    settings.CASE_TYPES = ["tests.cases.applying.PROBE"]
    device = Device().begin()
    page = device.page("pause/")
    assert ("mail-link", f"/en{device.base}pause/") in buttons(page)
    hidden = dict(re.findall(r'name="(csrfmiddlewaretoken)" value="([^"]*)"', page))
    answer = device.client.post(f"/en{device.base}pause/", {**hidden, "email": "erika@beispiel", **SWITCH})
    assert answer.status_code == 200
    assert 'value="erika@beispiel"' in answer.content.decode()
    assert mail.outbox == []


def test_a_code_that_is_shown_once_goes_along(settings: Settings, client: Client) -> None:
    settings.CASE_TYPES = ["tests.cases.test_access.WITH_PROXY"]
    case = made()
    client.post("/meine-vorgaenge/oeffnen/", {"number": case.number, "code": access.code(case.draft)})
    path = f"/meine-vorgaenge/{case.number}/zugaenge/"
    page = client.post(
        path, {"party": party(case).pk, "action": "grant"}, headers={"Referer": f"http://testserver{path}"}
    )
    code = re.search(r'kf-code">([^<]+)<', page.content.decode())
    assert code
    kept = PartyAccess.objects.get().code_hash
    english = client.post(f"/en{path}", {"code": code.group(1), **SWITCH}).content.decode()
    assert f'kf-code">{code.group(1)}<' in english
    assert PartyAccess.objects.get().code_hash == kept


def test_a_member_types_a_code_and_changes_the_language() -> None:
    household = Household()
    part = household.invite()
    path = household.at(part, "oeffnen/")
    assert ("teil", f"/en{path}") in buttons(household.member.get(path).content.decode())
    answer = household.member.post(f"/en{path}", {"code": "k7m2p", **SWITCH})
    assert answer.status_code == 200
    assert 'value="k7m2p"' in answer.content.decode()


def test_what_is_to_be_deleted_stays_ticked_and_there(client: Client) -> None:
    account = Account.objects.create(kind="citizen", email="erika@konto.example", name="Erika")
    client.force_login(account)
    draft = a_draft()
    Draft.objects.filter(pk=draft.pk).update(account_id=account.pk)
    path = "/meine-daten/loeschen/"
    ticked = re.search(r'name="what" value="([^"]+)"', client.get(path).content.decode())
    assert ticked
    one = {"what": ticked.group(1)}
    page = client.post(f"/en{path}", {**one, **SWITCH}).content.decode()
    assert re.search(f'name="what" value="{one["what"]}" checked', page)
    sure = client.post(path, one).content.decode()
    assert 'name="asked"' in sure
    again = client.post(f"/en{path}", {**one, "asked": "ja", **SWITCH}).content.decode()
    assert 'name="sure"' in again
    assert Draft.objects.filter(pk=draft.pk).exists()


def test_what_waits_for_the_sign_in_is_found_in_the_other_language(submitted: Make) -> None:
    """Typed in German, the session gone, opened in English: the text stands on the English page."""
    _applicant, case = submitted()
    path = f"/meine-vorgaenge/{case.number}/nachrichten/"
    browser, mark = Client(), str(uuid4())
    page = browser.post(path, {"text": TYPED, "once": mark}).content.decode()
    assert ("oeffnen", "/en/meine-vorgaenge/oeffnen/") in buttons(page)
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
    code = {"number": case.number, "code": access.code(case.draft)}
    answer = browser.post("/en/meine-vorgaenge/oeffnen/", {**hidden, **code})
    assert answer.headers["Location"] == f"/en{path}"
    assert TYPED in browser.get(f"/en{path}").content.decode()


def test_the_first_button_of_the_form_is_not_the_switch(client: Client) -> None:
    """Enter in a field presses the form's first button."""
    page = client.get("/meine-vorgaenge/oeffnen/").content.decode()
    first = re.search(r'<button[^>]*form="oeffnen"[^>]*>', page)
    assert first
    assert "formaction" not in first.group(0)
