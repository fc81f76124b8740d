"""Coming back to a draft: link and code, number and code, account; what was typed when the session had ended."""

from __future__ import annotations

import logging
import re
from datetime import date, timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404
from django.test import Client
from PIL import Image
from pytest_django import Settings

from kiepe.base.accounts.models import Account
from kiepe.base.documents.models import StoredFile
from kiepe.base.forms import actions as drafts
from kiepe.base.forms import privacy
from kiepe.base.forms.models import Draft, DraftFile
from kiepe.base.inbox.models import OutgoingMail
from kiepe.base.kernel.actor import Actor, ActorKind
from kiepe.base.kernel.privacy import ACCOUNT
from kiepe.base.kernel.refusal import Refused
from kiepe.cases import access, actions
from kiepe.cases.models import Case, ResumeLink
from tests.cases.conftest import who_filled_in

pytestmark = pytest.mark.django_db
START, RESUME = "/antrag/wohngeld/", "/weitermachen/"
PERSON = {"first_name": "Erika", "last_name": "Beispiel", "birth_date": "27.3.61"}


@pytest.fixture(autouse=True)
def _probe(settings: Settings, example: None) -> None:
    settings.CASE_TYPES = ["tests.cases.applying.PROBE"]


class Device:
    """A browser that checks forms as real ones do."""

    def __init__(self) -> None:
        self.client = Client(enforce_csrf_checks=True)
        self.base = ""

    def begin(self) -> Device:
        self.base = self.client.post(START).headers["Location"]
        return self

    def draft(self) -> Draft:
        return Draft.objects.get(pk=self.base.rstrip("/").rsplit("/", 1)[-1])

    def page(self, path: str = "") -> str:
        answer = self.client.get(self.base + path)
        assert answer.status_code == 200, answer.status_code
        return answer.content.decode()

    def send(self, path: str, data: dict[str, object]) -> str:
        """Send a form from its own page; where it leads. What cannot be read is shown again at once."""
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.page(path))
        assert token
        answer = self.client.post(self.base + path, {"csrfmiddlewaretoken": token.group(1), **data})
        if answer.status_code == 422:
            return path
        assert answer.status_code == 302, answer.status_code
        return answer.headers["Location"].removeprefix(self.base)

    def code(self) -> tuple[str, str]:
        """Token and code as the page of pausing shows them."""
        page = self.page("pause/")
        link = re.search(r'class="kf-link" href="http://testserver/weitermachen/([^/]+)/"', page)
        code = re.search(r'kf-code">([^<]+)<', page)
        assert link
        assert code
        return link.group(1), code.group(1)


@pytest.fixture
def phone() -> Device:
    """Name and address are in, the e-mail could not be read, one photo is there."""
    device = Device().begin()
    device.send("name/applicant/", {**PERSON})
    device.send("contact/", {"email": "erika(at)web"})
    return device


def test_the_first_page_shows_the_code_and_the_later_ones_do_not() -> None:
    device = Device().begin()
    first = device.page("name/applicant/")
    shown = re.search(r"kf-code--s\">([^<]+)<", first)
    assert shown
    device.send("name/applicant/", {**PERSON})
    assert "kf-code" not in device.page("contact/")
    assert device.code()[1] == shown.group(1)


def test_link_and_code_open_everything_on_another_device(phone: Device) -> None:
    token, code = phone.code()
    assert re.fullmatch(r"[2-9a-hjkmnp-z]{5}-[2-9a-hjkmnp-z]{5}", code)
    assert str(phone.draft().pk) not in token
    other = Device()
    page = other.client.get(f"{RESUME}{token}/")
    assert page.status_code == 200
    assert not page.cookies
    assert "Erika" not in page.content.decode()
    answer = other.client.post(RESUME, {"link": token, "code": f" {code.upper()[:5]} {code[6:]} "})
    assert answer.headers["Location"] == f"{phone.base}weiter/"
    other.base = phone.base
    assert "Willkommen zurück" in other.page("weiter/")
    assert 'value="Erika"' in other.page("name/applicant/")
    assert 'value="erika(at)web"' in other.page("contact/")
    assert "data-errors" in other.page("contact/")


def test_the_whole_address_or_its_end_can_be_typed(phone: Device) -> None:
    token, code = phone.code()
    for typed in (f"http://testserver/weitermachen/{token}/", token.upper(), token.replace("-", "")):
        answer = Client().post(RESUME, {"link": typed, "code": code})
        assert answer.status_code == 302, typed


def test_an_unknown_link_and_a_wrong_code_look_the_same(phone: Device) -> None:
    token, _code = phone.code()
    unknown = access.token(uuid4())
    pages = []
    for handle in (token, unknown):
        answer = Client().post(f"{RESUME}{handle}/", {"link": handle, "code": "2222222222"})
        assert answer.status_code == 422
        pages.append(answer.content.decode().replace(handle, "…"))
    assert pages[0] == pages[1]
    for draft in (phone.draft().pk, uuid4()):
        path = f"{START}{draft}/contact/"
        sent = {"link": str(draft), "path": path, "code": "2222222222"}
        pages.append(Client().post(RESUME, sent).content.decode().replace(str(draft), "…"))
    assert pages[2] == pages[3]
    gone = [Client().get(f"{START}{draft}/contact/") for draft in (phone.draft().pk, uuid4())]
    assert [answer.status_code for answer in gone] == [404, 404]
    assert len({re.sub(r"[0-9a-f-]{36}", "…", answer.content.decode()) for answer in gone}) == 1


def test_a_draft_whose_day_has_come_looks_the_same(phone: Device, settings: Settings) -> None:
    token, code = phone.code()
    settings.KIEPE_TODAY = phone.draft().delete_on
    assert Client().post(RESUME, {"link": token, "code": code}).status_code == 422


def test_guessing_is_limited_for_known_and_unknown_links_alike(phone: Device) -> None:
    token, code = phone.code()
    for handle in (token, access.token(uuid4())):
        statuses = [
            Client(REMOTE_ADDR=f"192.0.2.{n}").post(RESUME, {"link": handle, "code": "2222222222"}).status_code
            for n in range(12)
        ]
        assert statuses == [422] * 10 + [429] * 2
    # and the right code does not help any more in this hour, from wherever
    assert Client(REMOTE_ADDR="198.51.100.7").post(RESUME, {"link": token, "code": code}).status_code == 429


def test_spelling_a_link_otherwise_gives_no_further_attempts(phone: Device) -> None:
    token, _code = phone.code()
    spellings = [token, token.upper(), token.replace("-", ""), f"x/{token}/"] * 3
    statuses = [
        Client(REMOTE_ADDR=f"192.0.2.{n}").post(RESUME, {"link": one, "code": "2222222222"}).status_code
        for n, one in enumerate(spellings)
    ]
    assert statuses == [422] * 10 + [429] * 2


def test_trying_out_links_from_one_address_is_limited() -> None:
    client = Client()
    statuses = [
        client.post(RESUME, {"link": access.token(uuid4()), "code": "2222222222"}).status_code for _ in range(32)
    ]
    assert statuses == [422] * 30 + [429] * 2


def test_a_right_code_is_never_used_up(phone: Device) -> None:
    token, code = phone.code()
    assert {Client().post(RESUME, {"link": token, "code": code}).status_code for _ in range(35)} == {302}


def test_trying_out_numbers_ends_in_429_and_leaves_no_trace_of_a_person(caplog: pytest.LogCaptureFixture) -> None:
    client = Client()
    with caplog.at_level(logging.DEBUG):
        statuses = [client.get(f"/meine-vorgaenge/WG-2026-{n:06d}/").status_code for n in range(42)]
    assert statuses == [404] * 40 + [429] * 2
    assert "127.0.0.1" not in caplog.text


def test_logs_hold_ids_and_no_link_no_code_no_name(phone: Device, caplog: pytest.LogCaptureFixture) -> None:
    from kiepe.base.kernel.logs import WithoutSecrets

    token, code = phone.code()
    with caplog.at_level(logging.DEBUG):
        Client().post(f"{RESUME}{token}/", {"link": token, "code": "2222222222"})
        Client().post(RESUME, {"link": token, "code": code})
        Client().get(f"{phone.base}contact/")
    lines = []
    for record in caplog.records:
        if not record.name.startswith("django.db"):
            WithoutSecrets().filter(record)
            lines.append(record.getMessage())
    assert any("/weitermachen/…" in line for line in lines)  # Django's own line about the refusal is told without it
    assert any(str(phone.draft().pk) in line for line in lines)
    for secret in (token, code, "2222222222", "Beispiel", "erika", "127.0.0.1"):
        assert not any(secret in line for line in lines), secret


def test_another_site_cannot_send_a_code(phone: Device) -> None:
    token, code = phone.code()
    headers = {"Sec-Fetch-Site": "cross-site"}
    assert Client().post(RESUME, {"link": token, "code": code}, headers=headers).status_code == 403


def test_a_new_link_ends_the_old_one(phone: Device) -> None:
    old = phone.code()
    page = phone.page("pause/")
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert token
    phone.client.post(f"{phone.base}neuer-code/", {"csrfmiddlewaretoken": token.group(1)})
    fresh = phone.code()
    assert set(old).isdisjoint(fresh)
    assert Client().post(RESUME, {"link": old[0], "code": old[1]}).status_code == 422
    assert Client().post(RESUME, {"link": fresh[0], "code": old[1]}).status_code == 422
    assert Client().post(RESUME, {"link": fresh[0], "code": fresh[1]}).status_code == 302
    # the case that comes of it opens with the code that holds now
    actor = who_filled_in(phone.draft())
    phone.send("contact/", {"email": "erika@example.org"})
    made = actions.keep_date(actor, phone.draft())
    assert made.code == fresh[1]
    assert access.opened(made.case.number, fresh[1]).case.pk == made.case.pk
    with pytest.raises(Refused):
        actions.renew_way(actor, phone.draft().pk)


def test_nothing_is_kept_in_clear(phone: Device) -> None:
    token, code = phone.code()
    row = ResumeLink.objects.get()
    for kept in (row.token_hash, row.code_hash):
        assert access.plain(token) not in kept
        assert access.plain(code) not in kept
        assert len(kept) == 64


def test_verbs_want_the_holder(phone: Device, stranger: Actor) -> None:
    for verb in (actions.way_back, actions.renew_way):
        with pytest.raises(Http404):
            verb(stranger, phone.draft().pk)
    with pytest.raises(Http404):
        actions.mail_link(stranger, phone.draft().pk, "x@example.org", "https://x.example/")


def test_the_link_goes_by_mail_without_code_and_content(phone: Device) -> None:
    page = phone.page("pause/")
    csrf = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert csrf
    token, code = phone.code()
    to = f"{phone.base}link-mailen/"
    bad = phone.client.post(to, {"csrfmiddlewaretoken": csrf.group(1), "email": "erika"})
    assert bad.status_code == 422
    assert 'value="erika"' in bad.content.decode()
    for _again in range(2):
        phone.client.post(to, {"csrfmiddlewaretoken": csrf.group(1), "email": "Erika@example.org"})
    sent = OutgoingMail.objects.get()
    assert f"http://testserver/weitermachen/{token}/" in sent.text
    for said in (code, access.plain(code), "Beispiel", "Wohngeld", "Probe"):
        assert said not in sent.subject + sent.text
    statuses = [
        phone.client.post(to, {"csrfmiddlewaretoken": csrf.group(1), "email": f"a{n}@example.org"}).status_code
        for n in range(5)
    ]
    assert statuses[-1] == 429


def test_coming_back_prolongs_and_the_page_says_until_when(phone: Device, settings: Settings) -> None:
    token, code = phone.code()
    settings.KIEPE_TODAY = date.today() + timedelta(days=20)  # noqa: DTZ011 - any day will do
    Client().post(RESUME, {"link": token, "code": code})
    day = settings.KIEPE_TODAY + timedelta(days=30)
    assert phone.draft().delete_on == day
    assert f"{day:%d.%m.%Y}" in phone.page("contact/")


# -------------------------------------------------------------------- account


def _sign_in(client: Client, email: str = "erika@beispiel.example") -> None:
    def token(path: str) -> str:
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', client.get(path).content.decode())
        assert found
        return found.group(1)

    client.post("/anmelden/", {"csrfmiddlewaretoken": token("/anmelden/"), "email": email})
    code = re.search(r"\b\d{6}\b", str(mail.outbox[-1].body))
    assert code
    answer = client.post(
        "/anmelden/code/", {"csrfmiddlewaretoken": token("/anmelden/code/"), "code": code.group()}, follow=True
    )
    assert answer.status_code == 200


def test_signing_in_gives_the_drafts_of_this_browser_to_the_account(phone: Device) -> None:
    _sign_in(phone.client)
    assert phone.draft().account == Account.objects.get()
    other = Device()
    _sign_in(other.client)
    listed = other.client.get("/meine-vorgaenge/").content.decode()
    assert f"{phone.base}weiter/" in listed
    assert f"{phone.draft().last_day:%d.%m.%Y}" in listed
    other.base = phone.base
    assert 'value="Erika"' in other.page("name/applicant/")


def test_a_draft_of_another_account_stays_where_it_is(phone: Device, stranger: Actor) -> None:
    Draft.objects.update(account=stranger.account)
    _sign_in(phone.client)
    assert phone.draft().account_id == stranger.account


def test_staff_who_sign_in_get_no_drafts(phone: Device, decider: Actor) -> None:
    phone.client.force_login(Account.objects.get(email="ayse@example.org"))
    assert phone.draft().account_id is None
    assert phone.client.get(f"{phone.base}contact/").status_code == 404


def test_a_person_gets_and_erases_the_drafts(phone: Device) -> None:
    _sign_in(phone.client)
    person = Actor(ActorKind.CITIZEN, account=Account.objects.get().pk)
    drafts.lack(person, phone.draft().pk, "rental_contract", "", "lost", "Beim Umzug verloren")
    (said,) = privacy.ROOM.export(person).data
    assert "Erika" in str(said)
    assert "erika(at)web" in str(said)
    assert "Beim Umzug verloren" in str(said)
    privacy.ROOM.erase(person, frozenset({ACCOUNT}))
    assert not Draft.objects.exists()
    assert not ResumeLink.objects.exists()


# ------------------------------------------------- what was typed when the session had ended


def _hidden(page: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page))


@pytest.mark.parametrize("how", ["row deleted", "cookie deleted"])
def test_what_was_typed_survives_the_end_of_the_session(phone: Device, how: str) -> None:
    _token, code = phone.code()
    csrf = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', phone.page("contact/"))
    assert csrf
    if how == "row deleted":
        Session.objects.all().delete()
    else:
        phone.client.cookies.clear()
    typed = {"csrfmiddlewaretoken": csrf.group(1), "email": "erika@example.org", "phone": '0251 "12<34'}
    answer = phone.client.post(f"{phone.base}contact/", typed)
    assert answer.status_code == 403
    page = answer.content.decode()
    assert "Ihre Sitzung ist zu Ende" in page
    assert "erika@example.org" in page
    assert csrf.group(1) not in page
    carried = {**_hidden(page), "t-phone": '0251 "12<34'}
    assert carried["t-email"] == "erika@example.org"
    wrong = phone.client.post(RESUME, {**carried, "code": "2222222222"})
    assert wrong.status_code == 422
    assert _hidden(wrong.content.decode())["t-email"] == "erika@example.org"
    assert phone.draft().answers.get("email") is None
    done = phone.client.post(RESUME, {**carried, "code": code})
    assert done.headers["Location"] == f"{phone.base}contact/"  # the phone number cannot be read: nothing is lost
    again = phone.page("contact/")
    assert 'value="erika@example.org"' in again
    assert "0251 &quot;12&lt;34" in again
    assert "data-errors" in again


def test_the_flow_goes_on_where_it_would_have_gone(phone: Device) -> None:
    _token, code = phone.code()
    sent = {"link": str(phone.draft().pk), "path": f"{phone.base}contact/", "code": code, "sent": "1"}
    sent["t-email"] = "e@example.org"
    assert Client().post(RESUME, sent).headers["Location"] == f"{phone.base}household/"
    assert phone.draft().answers["email"] == "e@example.org"
    assert Client().post(RESUME, {**sent, "t-action": "pause"}).headers["Location"] == f"{phone.base}pause/"
    answer = Client().post(RESUME, {**sent, "path": f"{phone.base}household/"})
    assert answer.headers["Location"] == f"{phone.base}work/applicant/"
    answer = Client().post(RESUME, {**sent, "path": f"{phone.base}household/", "t-action": "add"})
    assert answer.headers["Location"] == f"{phone.base}household/"
    for path in ("unterlagen/", "pruefen/", "pause/", "tag-sichern/"):
        answer = Client().post(RESUME, {**sent, "path": phone.base + path})
        assert answer.headers["Location"] == phone.base + path
    for path, leads in {"loeschen/": "weiter/", "absenden/": "pruefen/", "neuer-code/": "pause/"}.items():
        answer = Client().post(RESUME, {**sent, "path": phone.base + path})
        assert answer.headers["Location"] == phone.base + leads  # nothing is done by coming back
    for path in ("https://evil.example/", "//evil.example/", "/anmelden/", f"{START}{uuid4()}/contact/", "\x00"):
        answer = Client().post(RESUME, {**sent, "path": path})
        assert answer.headers["Location"] == f"{phone.base}weiter/"


def test_a_page_that_is_not_asked_now_keeps_it_for_later(phone: Device) -> None:
    _token, code = phone.code()
    sent = {"link": str(phone.draft().pk), "path": f"{phone.base}member/p9/", "code": code, "sent": "1"}
    sent["t-first_name"] = "Tim"
    answer = Client().post(RESUME, sent)
    assert answer.status_code == 302
    assert phone.draft().raw["member/p9"] == {"first_name": ["Tim"]}


def test_without_code_by_signing_in(phone: Device) -> None:
    _sign_in(phone.client)
    other = Device()
    other.base = phone.base
    answer = other.client.post(f"{phone.base}contact/", {"email": "neu@example.org"})
    assert answer.status_code == 403
    carried = _hidden(answer.content.decode())
    leads = other.client.post(RESUME, {**carried, "action": "sign_in"})
    assert leads.headers["Location"] == "/anmelden/"
    _sign_in(other.client)
    assert phone.draft().answers["email"] == "neu@example.org"
    assert "kept" not in other.client.session


def test_signing_in_as_somebody_else_stores_nothing(phone: Device) -> None:
    other = Device()
    sent = {"path": f"{phone.base}contact/", "sent": "1", "t-email": "fremd@example.org", "action": "sign_in"}
    other.client.post(RESUME, sent)
    _sign_in_to_404(other.client)
    assert "fremd@example.org" not in str(phone.draft().answers) + str(phone.draft().raw)


def _sign_in_to_404(client: Client) -> None:
    with pytest.raises(AssertionError):
        _sign_in(client, "nina@beispiel.example")


def test_without_code_and_account_one_begins_anew_with_what_was_typed() -> None:
    lost = Device().begin()
    Session.objects.all().delete()
    answer = lost.client.post(f"{lost.base}name/applicant/", {**PERSON})
    carried = _hidden(answer.content.decode())
    begun = lost.client.post(RESUME, {**carried, "action": "anew"})
    assert begun.status_code == 302
    fresh = Draft.objects.exclude(pk=lost.draft().pk).get()
    assert fresh.answers["persons"][0]["last_name"] == "Beispiel"
    lost.base = f"{START}{fresh.pk}/"
    assert 'value="Erika"' in lost.page("name/applicant/")


def test_files_that_were_lost_are_named(phone: Device) -> None:
    data = BytesIO()
    Image.new("RGB", (10, 10)).save(data, "PNG")
    Session.objects.all().delete()
    upload = SimpleUploadedFile("foto.png", data.getvalue(), "image/png")
    page = phone.client.post(f"{phone.base}unterlagen/", {"datei-rental_contract": upload}).content.decode()
    assert "Dateien konnten wir nicht behalten" in page
    assert not StoredFile.objects.exists()


def test_a_token_that_is_too_old_asks_to_save_again_and_saves(phone: Device) -> None:
    answer = phone.client.post(f"{phone.base}contact/", {"email": "neu@example.org"})
    assert answer.status_code == 403
    page = answer.content.decode()
    assert "Bitte noch einmal speichern" in page
    done = phone.client.post(f"{phone.base}contact/", _hidden(page))
    assert done.status_code == 302
    assert phone.draft().answers["email"] == "neu@example.org"


def test_another_sites_form_is_not_offered_again(phone: Device) -> None:
    headers = {"Sec-Fetch-Site": "cross-site"}
    answer = phone.client.post(f"{phone.base}contact/", {"email": "evil@example.org"}, headers=headers)
    assert answer.status_code == 403
    assert "evil@example.org" not in answer.content.decode()


def test_more_than_a_page_holds_is_not_carried(phone: Device) -> None:
    Session.objects.all().delete()
    answer = phone.client.post(f"{phone.base}contact/", {"email": "x" * 200_000})
    assert answer.status_code == 403
    assert "x" * 1000 not in answer.content.decode()


def test_the_script_is_told_where_to_go(phone: Device) -> None:
    csrf = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', phone.page("contact/"))
    assert csrf
    answer = phone.client.post(
        f"{phone.base}contact/",
        {"csrfmiddlewaretoken": csrf.group(1), "email": "e@example.org"},
        headers={"X-Kiepe-Send": "1"},
    )
    assert answer.status_code == 204
    assert answer.headers["X-Kiepe-Next"] == f"{phone.base}household/"


# -------------------------------------------------------------------- the day, on the pages


def test_the_day_at_stake_stands_where_it_matters(phone: Device) -> None:
    words = f"Heute zählt: {date.today():%d.%m.%Y}."  # noqa: DTZ011 - the tests' case type says today
    assert words in Client().get(START).content.decode()
    assert "tag-sichern" not in phone.page("contact/")  # the e-mail could not be read yet
    phone.send("contact/", {"email": "erika@example.org"})
    for path in ("household/", "pause/", "weiter/"):
        assert words in phone.page(path), path
        assert f"{phone.base}tag-sichern/" in phone.page(path), path


def test_keeping_the_day_and_going_on(phone: Device) -> None:
    assert phone.client.get(f"{phone.base}tag-sichern/").status_code == 302  # not yet
    phone.send("contact/", {"email": "erika@example.org"})
    offer = phone.page("tag-sichern/")
    assert "Erika" in offer
    assert phone.send("tag-sichern/", {}) == "tag-gesichert/"
    case = Case.objects.get()
    kept = phone.page("tag-gesichert/")
    assert case.number in kept
    code = re.search(r'kf-code">([^<]+)<', kept)
    assert code
    assert phone.code()[1] == code.group(1)  # one code for everything
    assert phone.client.get(f"{phone.base}tag-sichern/").status_code == 302
    assert case.number in phone.page("pause/")
    # on another device: number and code, "Angaben ergänzen"
    other = Client()
    other.post("/meine-vorgaenge/oeffnen/", {"number": case.number, "code": code.group(1)})
    status = other.get(f"/meine-vorgaenge/{case.number}/").content.decode()
    assert "Ihr Antrag ist da, und der Tag zählt" in status
    assert "Angaben ergänzen" in other.get("/meine-vorgaenge/").content.decode()
    answer = other.post(f"/meine-vorgaenge/{case.number}/weiter/")
    assert answer.headers["Location"] == f"{phone.base}weiter/"
    for path, typed in {
        "household/": {},
        "work/applicant/": {"works": "no"},
        "rent/": {"housing": "other"},
        "account/": {"payee": "me"},
    }.items():
        other.post(phone.base + path, typed)
    other.post(f"{phone.base}household/")
    assert "Angaben absenden" in other.get(f"{phone.base}pruefen/").content.decode()
    done = other.post(f"{phone.base}absenden/", {"declared": "1"}, follow=True).content.decode()
    assert "Ihre Angaben sind angekommen" in done
    case.refresh_from_db()
    assert case.whole
    assert Case.objects.count() == 1
    assert other.post(f"/meine-vorgaenge/{case.number}/weiter/").status_code == 409


def test_somebody_else_cannot_go_on_with_it(phone: Device) -> None:
    phone.send("contact/", {"email": "erika@example.org"})
    phone.send("tag-sichern/", {})
    number = Case.objects.get().number
    assert Client().post(f"/meine-vorgaenge/{number}/weiter/").status_code == 404
    for path in ("tag-sichern/", "tag-gesichert/", "weiter/"):
        assert Client().get(phone.base + path).status_code == 404


def test_deleting_says_what_stays_and_clears_the_browser(phone: Device) -> None:
    phone.send("contact/", {"email": "erika@example.org"})
    phone.send("tag-sichern/", {})
    case = Case.objects.get()
    assert case.number in phone.page("loeschen/")
    csrf = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', phone.page("loeschen/"))
    assert csrf
    answer = phone.client.post(f"{phone.base}loeschen/", {"csrfmiddlewaretoken": csrf.group(1)})
    assert answer.headers["Clear-Site-Data"] == '"storage"'
    assert answer.cookies["kiepe"].value == ""
    after = phone.client.get(answer.headers["Location"]).content.decode()
    assert "Alles gelöscht" in after
    assert "bleibt bei uns" in after
    assert case.number not in after
    assert not Draft.objects.exists()
    assert not DraftFile.objects.exists()
    assert Case.objects.count() == 1


def test_only_this_device_forgets(phone: Device) -> None:
    token, code = phone.code()
    csrf = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', phone.page("loeschen/"))
    assert csrf
    answer = phone.client.post(f"{phone.base}loeschen/", {"csrfmiddlewaretoken": csrf.group(1), "action": "forget"})
    assert answer.cookies["kiepe"].value == ""
    assert phone.client.get(f"{phone.base}contact/").status_code == 404
    assert Client().post(RESUME, {"link": token, "code": code}).status_code == 302


def test_two_tabs_do_not_undo_each_other(phone: Device) -> None:
    first, second = Device(), Device()
    for tab in (first, second):
        tab.client, tab.base = phone.client, phone.base
    page_of_first = phone.page("contact/")
    second.send("name/applicant/", {**PERSON, "first_name": "Erika Anna"})
    csrf = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page_of_first)
    assert csrf
    sent = {"csrfmiddlewaretoken": csrf.group(1), "email": "e@example.org"}
    assert phone.client.post(f"{phone.base}contact/", sent).status_code == 302
    answers = phone.draft().answers
    assert (answers["email"], answers["persons"][0]["first_name"]) == ("e@example.org", "Erika Anna")


def _window(page: str) -> str:
    found = re.search(r'name="_window" value="([^"]+)"', page)
    assert found
    return found.group(1)


def test_the_same_page_in_two_tabs_asks_before_it_overwrites(phone: Device) -> None:
    first, second = _window(phone.page("contact/")), _window(phone.page("contact/"))
    assert first != second
    phone.send("contact/", {"_window": first, "email": "erste@example.org", "phone": "0251 4920"})
    leads = phone.send("contact/", {"_window": second, "email": "zweite@example.org", "phone": "0251 4920"})
    assert leads == "contact/"
    assert phone.draft().answers["email"] == "erste@example.org"
    page = phone.page("contact/")
    assert 'value="zweite@example.org"' in page
    told = re.search(r"Hier ist schon etwas anderes gespeichert.*?</dl>", page, re.DOTALL)
    assert told
    assert "erste@example.org" in told.group()
    assert "0251" not in told.group()  # both say the same
    assert "contact/" not in phone.draft().done
    done = phone.send("contact/", {"_window": _window(page), "email": "zweite@example.org", "phone": "0251 4920"})
    assert done == "household/"
    assert phone.draft().answers["email"] == "zweite@example.org"
    assert "etwas anderes gespeichert" not in phone.page("contact/")


def test_what_the_other_tab_left_empty_or_filled_alike_is_no_clash(phone: Device) -> None:
    first, second, third = (_window(phone.page("contact/")) for _tab in range(3))
    phone.send("contact/", {"_window": first, "email": "e@example.org"})
    assert phone.send("contact/", {"_window": second, "email": "e@example.org"}) == "household/"
    assert phone.send("contact/", {"_window": third, "email": ""}) == "contact/"  # would take an answer away
    assert phone.draft().answers["email"] == "e@example.org"


def test_the_same_tab_may_change_its_mind_after_going_back(phone: Device) -> None:
    window = _window(phone.page("contact/"))
    for email in ("erste@example.org", "zweite@example.org"):
        assert phone.send("contact/", {"_window": window, "email": email}) == "household/"
        assert phone.draft().answers["email"] == email


def test_words_on_a_document_survive_the_end_of_the_session(phone: Device) -> None:
    _token, code = phone.code()
    phone.send("rent/", {"housing": "rent", "rent_total": "500"})
    names = [key.removeprefix("wie-") for key in re.findall(r'name="(wie-[^"]+)"', phone.page("unterlagen/"))]
    assert names
    Session.objects.all().delete()
    said = {f"wie-{names[0]}": "lack", f"grund-{names[0]}": "lost", f"worte-{names[0]}": "Beim Umzug verloren"}
    page = phone.client.post(f"{phone.base}unterlagen/", said).content.decode()
    assert "Beim Umzug verloren" in page
    assert "nehmen wir mit" not in page  # a new application has no documents yet
    done = phone.client.post(RESUME, {**_hidden(page), "code": code})
    assert done.headers["Location"] == f"{phone.base}unterlagen/"
    lack = phone.draft().lacks.get()
    assert (lack.why, lack.words) == ("lost", "Beim Umzug verloren")


def test_forms_actions_of_the_room(phone: Device, stranger: Actor) -> None:
    account = stranger.account or 0
    draft = str(phone.draft().pk)
    assert drafts.attach_to_account(account, [draft]) == 1
    assert drafts.attach_to_account(account, [draft]) == 0
    assert drafts.attach_to_account(account, []) == 0
    assert Actor(ActorKind.CITIZEN, account=account).account == phone.draft().account_id
