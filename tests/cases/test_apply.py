"""Applying, page by page, with Django's client: no script, cookies and forms only."""

from __future__ import annotations

import re
from collections.abc import Mapping
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from pytest_django import Settings

from kiepe.base.documents.models import StoredFile
from kiepe.base.forms.models import Draft
from kiepe.cases.models import Case

START = "/antrag/wohngeld/"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _probe(settings: Settings, example: None) -> None:
    settings.CASE_TYPES = ["tests.cases.applying.PROBE"]


class Browser:
    """A client that knows its draft."""

    def __init__(self) -> None:
        self.client = Client()
        response = self.client.post(START)
        self.base = response.headers["Location"]

    def draft(self) -> Draft:
        return Draft.objects.get(pk=self.base.rstrip("/").rsplit("/", 1)[-1])

    def get(self, path: str = "", status: int = 200) -> str:
        response = self.client.get(self.base + path)
        assert response.status_code == status, response.headers.get("Location")
        return response.content.decode()

    def post(self, path: str, data: Mapping[str, Any] | None = None, status: int = 302) -> str:
        """Where it leads, below the draft's address; the page where it leads nowhere."""
        response = self.client.post(self.base + path, data or {})
        assert response.status_code == status
        return response.headers["Location"].removeprefix(self.base) if status == 302 else response.content.decode()

    def fill(self) -> None:
        """Everything up to the documents: Erika, alone, without work, rents."""
        person = {"first_name": "Erika", "last_name": "Beispiel", "birth_date": "27.3.61"}
        assert self.post("name/applicant/", person) == "contact/"
        assert self.post("contact/", {"email": "erika@example.org"}) == "household/"
        assert self.post("household/") == "work/applicant/"
        assert self.post("work/applicant/", {"works": "no"}) == "household/"
        assert self.post("household/") == "rent/"
        assert self.post("rent/", {"housing": "rent", "rent_total": "690", "heating": "no"}) == "account/"
        assert self.post("account/", {"payee": "me"}) == "unterlagen/"


@pytest.fixture
def browser() -> Browser:
    return Browser()


def photo(name: str = "foto.png", size: tuple[int, int] = (40, 30)) -> SimpleUploadedFile:
    data = BytesIO()
    Image.new("RGB", size, "white").save(data, "PNG")
    return SimpleUploadedFile(name, data.getvalue(), "image/png")


def test_reading_the_start_sets_no_cookie() -> None:
    response = Client().get(START)
    assert response.status_code == 200
    assert response.cookies == {}
    text = response.content.decode()
    assert "etwa 10 Minuten" in text
    assert "/seite/datenschutz-wohngeld/" in text
    assert "csrfmiddlewaretoken" not in text


def test_beginning_sets_the_one_cookie_and_leads_to_the_first_page() -> None:
    client = Client()
    response = client.post(START)
    assert set(response.cookies) == {"kiepe"}
    assert client.get(response.headers["Location"]).headers["Location"].endswith("/name/applicant/")
    again = client.get(START).content.decode()
    assert "Sie haben schon angefangen" in again


@pytest.mark.parametrize(
    "headers", [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://evil.example"}]
)
def test_another_site_cannot_begin(headers: dict[str, str]) -> None:
    response = Client().post(START, headers=headers)
    assert response.status_code == 403
    assert response.cookies == {}
    assert not Draft.objects.exists()


def test_our_own_page_can_begin() -> None:
    headers = {"Sec-Fetch-Site": "same-origin", "Origin": "http://testserver"}
    assert Client().post(START, headers=headers).status_code == 302
    assert Client().post(START, headers={"Origin": "http://testserver"}).status_code == 302


def test_every_other_post_needs_its_token() -> None:
    client = Client(enforce_csrf_checks=True)
    base = client.post(START).headers["Location"]
    assert client.post(f"{base}contact/", {"email": ""}).status_code == 403


def test_somebody_elses_draft_does_not_exist(browser: Browser) -> None:
    other = Browser()
    for path in ("", "contact/", "household/", "unterlagen/", "pruefen/", "gesendet/", "pause/", "loeschen/"):
        assert other.client.get(browser.base + path).status_code == 404
        assert Client().get(browser.base + path).status_code == 404
    for path in ("contact/", "household/", "unterlagen/", "absenden/", "loeschen/"):
        assert other.client.post(browser.base + path, {"email": ""}).status_code == 404
    assert browser.draft().done == []


@pytest.mark.parametrize("path", ["nowhere/", "name/", "contact/p1/", "name/p99/", "job/applicant/p1/", "job/p1/"])
def test_pages_that_are_not_there(browser: Browser, path: str) -> None:
    response = browser.client.get(browser.base + path)
    assert response.status_code in {302, 404}
    if response.status_code == 302:
        assert response.headers["Location"] == f"{browser.base}name/applicant/"


def test_errors_show_what_was_typed_and_say_what_to_write(browser: Browser) -> None:
    typed = {"first_name": 'Eri"ka <b>', "last_name": "", "birth_date": "31.2.61"}
    answer = browser.post("name/applicant/", typed, status=422)
    for page in (answer, browser.get("name/applicant/")):  # also when somebody comes back to it later
        assert "<title>Fehler: " in page
        assert 'value="Eri&quot;ka &lt;b&gt;"' in page
        assert 'value="31.2.61"' in page
        assert page.count("data-errors") == 1
        assert 'href="#f-birth_date"' in page
        assert re.search(r'id="f-birth_date"[^>]*aria-describedby="f-birth_date-hilfe f-birth_date-fehler', page)
        assert "Den 31. Februar gibt es in diesem Jahr nicht." in page


def test_what_was_understood_is_told_on_the_page_after(browser: Browser) -> None:
    browser.fill()
    assert "27. März 1961" in browser.get("contact/")
    assert "690,00\u00a0€" in browser.get("account/")
    assert "Wir lesen das so: 690,00\u00a0€" in browser.get("rent/")


def test_the_script_may_ask_what_is_understood_and_nothing_is_stored(browser: Browser) -> None:
    browser.fill()
    before = browser.draft()
    typed = {"housing": "rent", "rent_total": "1250,- €", "heating": "no", "action": "told"}
    response = browser.client.post(f"{browser.base}rent/", typed)
    assert response.json()["told"]["rent_total"] == "1.250,00\u00a0€"
    assert (browser.draft().answers, browser.draft().changed_at) == (before.answers, before.changed_at)
    typed["rent_total"] = "1,250"
    told = browser.client.post(f"{browser.base}rent/", typed).json()
    assert (told["told"]["rent_total"], told["ask"]) == ("", [])


def test_autocomplete_is_for_the_person_who_types(browser: Browser) -> None:
    assert 'autocomplete="given-name"' in browser.get("name/applicant/")
    browser.fill()
    added = browser.post("household/", {"action": "add"})
    assert added == "member/p2/"
    assert 'autocomplete="given-name"' not in browser.get(added)


def test_lists_add_once_change_and_ask_before_removing(browser: Browser) -> None:
    browser.fill()
    assert browser.post("household/", {"action": "add"}) == "member/p2/"
    assert browser.post("household/", {"action": "add"}) == "member/p2/"
    assert 'name="remove" value="p2"' in browser.get("household/")  # still empty: goes without a question
    person = {"first_name": "Tim", "last_name": "Beispiel", "birth_date": "3.4.2017"}
    assert browser.post("member/p2/", person) == "work/p2/"
    assert "Hat Tim eine Arbeit?" in browser.get("work/p2/")
    assert browser.post("work/p2/", {"works": "yes"}) == "jobs/p2/"
    assert browser.post("jobs/p2/") == "jobs/p2/?fehlt=ja"
    assert "mindestens 1" in browser.get("jobs/p2/?fehlt=ja")
    assert browser.post("jobs/p2/", {"action": "add"}) == "job/p2/p1/"
    assert browser.post("job/p2/p1/", {"employer": "Kiosk", "gross_month": "1.250,- €"}) == "jobs/p2/"
    assert browser.post("jobs/p2/") == "household/"
    page = browser.get("household/")
    assert "?entfernen=p2" in page
    assert 'name="remove" value="p2"' not in page
    asks = browser.client.get(f"{browser.base}household/?entfernen=p2").content.decode()
    assert "Tim Beispiel entfernen?" in asks
    assert "applicant" not in re.findall(r'name="remove" value="(\w+)"', asks)
    assert len(browser.draft().answers["persons"]) == 2
    assert browser.post("household/", {"remove": "p2"}) == "household/"
    assert browser.post("household/", {"remove": "applicant"}) == "household/"
    assert [one["id"] for one in browser.draft().answers["persons"]] == ["applicant"]
    assert browser.client.get(f"{browser.base}job/p2/p1/").status_code == 302
    gone = browser.client.post(f"{browser.base}job/p2/p1/", {"employer": "X"})
    assert gone.status_code == 409
    assert "anderen Fenster" in gone.content.decode()


def test_a_change_leads_back_to_the_check_page_past_what_is_new(browser: Browser) -> None:
    browser.fill()
    data = {"housing": "rent", "rent_total": "700", "heating": "no", "weiter": "pruefen"}
    assert browser.post("rent/", data) == "pruefen/"
    assert browser.post("rent/", {"housing": "own", "weiter": "pruefen"}) == "more/?weiter=pruefen"
    page = browser.get("pruefen/")
    assert "Ein paar Fragen sind noch offen" in page
    assert "Antrag absenden</span>" not in page
    assert browser.post("more/", {"country": "DE", "weiter": "pruefen"}) == "pruefen/"
    page = browser.post("rent/", {"housing": "rent", "rent_total": "x", "weiter": "pruefen"}, status=422)
    assert '<input type="hidden" name="weiter" value="pruefen">' in page


def test_pausing_keeps_the_page_as_it_is(browser: Browser) -> None:
    typed = {"first_name": "Erika", "birth_date": "weiß nicht", "action": "pause"}
    assert browser.post("name/applicant/", typed) == "pause/"
    assert browser.draft().last_day.strftime("%d.%m.%Y") in browser.get("pause/")
    assert 'value="weiß nicht"' in browser.get("name/applicant/")


def test_enter_goes_on_and_does_not_pause(browser: Browser) -> None:
    """A browser presses the first button of the form, wherever in the page it stands (HTML, implicit submission)."""
    browser.fill()
    for path in ("name/applicant/", "household/", "unterlagen/"):
        page = browser.get(path)
        buttons = re.findall(r"<button[^>]*type=\"submit\"[^>]*>", page)
        assert 'form="antrag"' in buttons[0]
        assert "name=" not in buttons[0]
        assert any('value="pause"' in button for button in buttons[1:])


def test_documents_can_wait_and_each_refusal_stands_beside_its_block(browser: Browser) -> None:
    browser.fill()
    page = browser.get("unterlagen/")
    assert "Mietvertrag" in page
    assert "später nachreichen" in page
    bad = SimpleUploadedFile("brief.pdf", b"kein pdf", "application/pdf")
    data = {"datei-rental_contract": [bad, photo()], "action": "upload"}
    assert browser.post("unterlagen/", data) == "unterlagen/"
    page = browser.get("unterlagen/")
    assert 'id="datei-rental_contract-fehler-1"' in page
    assert "brief.pdf: " in page
    kept = StoredFile.objects.get()
    assert kept.name in page
    shown = browser.client.get(f"{browser.base}datei/{kept.pk}/")
    assert shown.status_code == 200
    assert Browser().client.get(f"{browser.base}datei/{kept.pk}/").status_code == 404
    more = {"datei-rental_contract": photo(size=(60, 20)), "action": "upload"}
    assert browser.post("unterlagen/", more) == "unterlagen/"
    assert "data-errors" not in browser.get("unterlagen/")
    assert StoredFile.objects.count() == 2
    assert browser.post("unterlagen/", {"remove": str(kept.pk)}) == "unterlagen/#datei-rental_contract-block"
    assert StoredFile.objects.count() == 1
    assert browser.post("unterlagen/", {"remove": "unsinn"}, status=404)
    assert browser.post("unterlagen/") == "pruefen/"


def test_no_documents_no_page(browser: Browser) -> None:
    browser.fill()
    browser.post("rent/", {"housing": "other"})
    assert browser.post("account/", {"payee": "me"}) == "pruefen/"
    assert browser.client.get(f"{browser.base}unterlagen/").headers["Location"] == f"{browser.base}pruefen/"


def test_the_check_page_shows_everything_and_what_is_missing_kindly(browser: Browser) -> None:
    browser.fill()
    page = browser.get("pruefen/")
    for shown in ("Erika", "27.03.1961", "690,00", "Reichen Sie später nach", "Sie können trotzdem absenden"):
        assert shown in page
    soft = page[page.index("Das ist noch leer") :]
    assert "IBAN" in soft
    assert "Telefon<" not in soft[: soft.index("</ul>")]
    assert page.count("<h1") == 1


def test_submit_wants_the_declaration_and_happens_once(browser: Browser) -> None:
    browser.fill()
    browser.post("unterlagen/", {"datei-rental_contract": photo()})
    assert browser.post("absenden/") == "pruefen/?fehlt=ja"
    assert "Bestätigen Sie bitte" in browser.get("pruefen/?fehlt=ja")
    assert not Case.objects.exists()
    assert browser.post("absenden/", {"declared": "1"}) == "gesendet/"
    assert browser.post("absenden/", {"declared": "1"}) == "gesendet/"
    case = Case.objects.get()
    page = browser.get("gesendet/")
    assert case.number in page
    code = re.search(r'kf-code">([^<]+)<', page)
    assert code is not None
    assert re.fullmatch(r"[a-z0-9]{5}-[a-z0-9]{5}", code.group(1))
    for path in ("", "contact/", "unterlagen/", "pruefen/", "pause/"):
        assert browser.client.get(browser.base + path).headers["Location"] == f"{browser.base}gesendet/"
    assert browser.client.get(f"/meine-vorgaenge/{case.number}/").status_code == 200
    assert Client().get(f"/meine-vorgaenge/{case.number}/").status_code == 404


def test_submit_with_open_pages_leads_to_the_check_page(browser: Browser) -> None:
    browser.post("contact/", {"email": ""})
    assert browser.post("absenden/", {"declared": "1"}) == "pruefen/"
    assert not Case.objects.exists()
    assert browser.client.get(f"{browser.base}gesendet/").headers["Location"] == f"{browser.base}pruefen/"


def test_done_delete_everything_clears_the_device(browser: Browser) -> None:
    browser.fill()
    browser.post("unterlagen/", {"datei-rental_contract": photo()})
    assert "Alles löschen?" in browser.get("loeschen/")
    assert Draft.objects.count() == 1
    response = browser.client.post(f"{browser.base}loeschen/")
    assert response.headers["Location"] == f"{START}?geloescht=ja"
    assert response.cookies["kiepe"].value == ""
    assert not Draft.objects.exists()
    assert not StoredFile.objects.exists()
    assert "Alles gelöscht" in browser.client.get(response.headers["Location"]).content.decode()


def test_after_sending_the_case_stays(browser: Browser) -> None:
    browser.fill()
    browser.post("unterlagen/", {"datei-rental_contract": photo()})
    browser.post("absenden/", {"declared": "1"})
    browser.client.post(f"{browser.base}loeschen/")
    assert Case.objects.count() == 1
    assert StoredFile.objects.filter(name__startswith="foto").count() == 1
    assert not Draft.objects.exists()


def test_pages_have_one_heading_labels_and_no_duplicate_ids(browser: Browser) -> None:
    browser.fill()
    browser.post("rent/", {"housing": "own"})
    for path in ("name/applicant/", "contact/", "household/", "rent/", "more/", "account/", "pruefen/", "pause/"):
        page = browser.get(path)
        assert page.count("<h1") == 1
        ids = re.findall(r'\sid="([^"]+)"', page)
        assert len(ids) == len(set(ids)), path
        for field in re.findall(r'<(?:input|select|textarea)[^>]*\sid="(f-[^"]+)"', page):
            assert f'for="{field}"' in page


def test_services_without_an_application() -> None:
    assert Client().get("/antrag/personalausweis/").status_code == 404
    assert Client().get("/antrag/gibt-es-nicht/").status_code == 404
