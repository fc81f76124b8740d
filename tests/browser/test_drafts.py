"""No connection, the back button, a shared device; and how the pages of coming back and keeping the day look."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from tests.benefits.examples import TYPED
from tests.browser.applying import Applicant
from tests.browser.conftest import PATIENCE
from tests.browser.deciding import sign_in
from tests.processes import Kiepe

pytestmark = [pytest.mark.browser, pytest.mark.processes]
STORY = TYPED["bmwsb-2025-1"]
PHOTO, OTHER_PHOTO = (
    Path(__file__).resolve().parents[2] / f"src/kiepe/base/ui/static/ui/icon-{size}.png" for size in (192, 512)
)
KEPT = "() => Object.keys(sessionStorage).filter(key => key.startsWith('kiepe:'))"


def begin(page: Page) -> str:
    """The first page of questions; the draft's address."""
    page.goto("/antrag/wohngeld/")
    page.get_by_role("button", name=re.compile("beginnen", re.IGNORECASE)).first.click()
    found = re.search(r"/antrag/wohngeld/[0-9a-f-]{36}/", page.url)
    assert found
    return found.group()


def forward(page: Page) -> None:
    page.locator("main").get_by_role("button", name="Weiter", exact=True).click()


def to_name(page: Page) -> str:
    base = begin(page)
    page.locator('[name="application_kind"][value="first"]').check()
    with page.expect_navigation():
        forward(page)
    expect(page).to_have_url(re.compile("/you/applicant/"))
    return base


def test_without_connection_what_was_typed_stays_and_goes_out_by_itself(lenient: Page) -> None:
    phone = lenient
    to_name(phone)
    phone.locator("#f-first_name").fill("Erika")
    phone.locator("#f-last_name").fill("Öztürk")
    phone.context.set_offline(True)
    forward(phone)
    said = phone.get_by_role("status").filter(has_text="keine Verbindung")
    expect(said).to_be_visible()
    expect(phone.locator("#f-last_name")).to_have_value("Öztürk")
    assert len(phone.evaluate(KEPT)) == 1
    phone.context.set_offline(False)
    phone.wait_for_url(re.compile("/about_you/"))
    assert phone.evaluate(KEPT) == []
    phone.go_back()
    expect(phone.locator("#f-last_name")).to_have_value("Öztürk")


@pytest.fixture
def lenient(browser: Browser, kiepe: Kiepe) -> Iterator[Page]:
    """A phone whose failed requests are the point."""
    size: Any = {"width": 390, "height": 844}
    context = browser.new_context(viewport=size, base_url=kiepe.address)
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


def test_a_tab_that_was_reloaded_fills_itself_and_sends(lenient: Page) -> None:
    to_name(lenient)
    posts = re.compile("/you/applicant/")
    lenient.route(posts, lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    lenient.locator("#f-first_name").fill("Erika")
    lenient.locator("#f-last_name").fill("Öztürk")
    lenient.locator('[name="sex"][value="diverse"]').check()
    forward(lenient)
    expect(lenient.get_by_role("status").filter(has_text="keine Verbindung")).to_be_visible()
    lenient.reload()
    expect(lenient.locator("#f-last_name")).to_have_value("Öztürk")
    expect(lenient.locator('[name="sex"][value="diverse"]')).to_be_checked()
    lenient.unroute(posts)
    lenient.reload()
    lenient.wait_for_url(re.compile("/about_you/"))
    assert lenient.evaluate(KEPT) == []


def test_a_server_in_trouble_is_tried_again(lenient: Page) -> None:
    to_name(lenient)
    lenient.route(
        re.compile("/you/applicant/"),
        lambda route: route.fulfill(status=502) if route.request.method == "POST" else route.continue_(),
    )
    lenient.locator("#f-first_name").fill("Erika")
    lenient.locator("#f-last_name").fill("Öztürk")
    forward(lenient)
    expect(lenient.get_by_role("status").filter(has_text="keine Verbindung")).to_be_visible()
    expect(lenient.locator("#f-first_name")).to_have_value("Erika")


def test_done_delete_everything_leaves_nothing_in_the_browser(lenient: Page) -> None:
    base = to_name(lenient)
    lenient.context.set_offline(True)
    lenient.locator("#f-first_name").fill("Erika")
    forward(lenient)
    expect(lenient.get_by_role("status").filter(has_text="keine Verbindung")).to_be_visible()
    assert len(lenient.evaluate(KEPT)) == 1
    lenient.route(re.compile("/you/applicant/"), lambda route: route.abort())  # it is never sent
    lenient.context.set_offline(False)
    lenient.goto(f"{base}loeschen/")
    lenient.get_by_role("button", name="Ja, alles löschen").click()
    expect(lenient.get_by_role("status").filter(has_text="Alles gelöscht")).to_be_visible()
    assert lenient.evaluate("() => sessionStorage.length") == 0
    assert lenient.context.cookies() == []
    lenient.go_back()
    lenient.reload()
    assert "Erika" not in lenient.content()


def test_two_tabs_and_the_back_button(phone: Page) -> None:
    base = to_name(phone)
    other = phone.context.new_page()
    other.goto(f"{base}contact/")
    other.locator("#f-street").fill("Beispielweg 5")
    other.locator("#f-postcode").fill("48143")
    other.locator("#f-town").fill("Münster")
    with other.expect_navigation():
        forward(other)
    phone.locator("#f-first_name").fill("Erika")
    phone.locator("#f-last_name").fill("Öztürk")
    with phone.expect_navigation():
        forward(phone)
    other.goto(f"{base}contact/")
    expect(other.locator("#f-street")).to_have_value("Beispielweg 5")
    phone.go_back()
    expect(phone.locator("#f-first_name")).to_have_value("Erika")


def test_the_same_page_in_two_tabs_asks_before_it_overwrites(phone: Page) -> None:
    base = to_name(phone)
    other = phone.context.new_page()
    other.goto(phone.url)
    for page, name in ((phone, "Erika"), (other, "Maria")):
        page.locator("#f-first_name").fill(name)
        page.locator("#f-last_name").fill("Öztürk")
        with page.expect_navigation():
            forward(page)
    expect(other.get_by_text("Hier ist schon etwas anderes gespeichert.")).to_be_visible()
    expect(other.locator(".ms-note .kf-summary")).to_contain_text("Erika")
    expect(other.locator("#f-first_name")).to_have_value("Maria")
    phone.goto(f"{base}pruefen/")
    expect(phone.locator("main")).to_contain_text("Erika")
    with other.expect_navigation():
        forward(other)
    expect(other).to_have_url(re.compile("/about_you/"))
    phone.reload()
    expect(phone.locator("main")).to_contain_text("Maria")


def test_going_back_and_sending_again_is_no_second_tab(phone: Page) -> None:
    to_name(phone)
    for name in ("Erika", "Maria"):
        phone.locator("#f-first_name").fill(name)
        phone.locator("#f-last_name").fill("Öztürk")
        with phone.expect_navigation():
            forward(phone)
        expect(phone).to_have_url(re.compile("/about_you/"))
        phone.go_back()
    expect(phone.locator("#f-first_name")).to_have_value("Maria")


def test_photographs_stay_chosen_without_connection_and_go_out_by_themselves(lenient: Page) -> None:
    Applicant(lenient, STORY).apply(until="unterlagen")
    picks = lenient.locator("#antrag input[type=file]")
    lenient.locator(".kd-how").nth(1).get_by_label("Ich habe das nicht", exact=True).check()
    lenient.locator(".kd-how textarea").nth(1).fill("Verloren.")
    picks.first.set_input_files([PHOTO, OTHER_PHOTO])
    lenient.context.set_offline(True)
    lenient.get_by_role("button", name=re.compile("^Hochladen")).first.click()
    expect(lenient.get_by_role("status").filter(has_text="keine Verbindung")).to_be_visible()
    assert picks.first.evaluate("e => e.files.length") == 2
    lenient.context.set_offline(False)
    expect(lenient.locator(".kd-sheets li")).to_have_count(2)
    expect(lenient.locator(".kd-how textarea").first).to_have_value("Verloren.")
    assert lenient.evaluate(KEPT) == []


def test_words_on_a_document_outlive_a_reload_without_connection(lenient: Page) -> None:
    Applicant(lenient, STORY).apply(until="unterlagen")
    lenient.route(
        re.compile("/unterlagen/"),
        lambda route: route.abort() if route.request.method == "POST" else route.continue_(),
    )
    lenient.locator(".kd-how").first.get_by_label("Ich habe das nicht", exact=True).check()
    lenient.locator(".kd-how textarea").first.fill("Verloren.")
    lenient.locator("#antrag input[type=file]").nth(1).set_input_files(PHOTO)
    forward(lenient)
    expect(lenient.get_by_role("status").filter(has_text="keine Verbindung")).to_be_visible()
    lenient.reload()
    expect(lenient.get_by_role("status").filter(has_text="wählen Sie bitte noch einmal aus")).to_be_visible()
    expect(lenient.locator(".kd-how textarea").first).to_have_value("Verloren.")


def _whole(page: Page, name: str) -> None:
    """Fits 390 and 320 px, light and dark, and axe finds nothing."""
    for width in (390, 320):
        page.set_viewport_size({"width": width, "height": 844})
        wide = page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{name} at {width} px"
    page.set_viewport_size({"width": 390, "height": 844})
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.wait_for_function("() => document.getAnimations().every(one => one.playState !== 'running')")
        found = Axe().run(page).response["violations"]
        assert found == [], f"{name}, {scheme}: {[(one['id'], one['nodes'][0]['html'][:200]) for one in found]}"
    page.emulate_media(color_scheme="light")
    assert page.locator("h1").count() == 1


def test_the_pages_of_keeping_the_day_and_coming_back_fit_everybody(lenient: Page, screens: Any) -> None:
    page = lenient

    def look(name: str) -> None:
        _whole(page, name)
        page.screenshot(path=screens / f"drafts-{name}.png", full_page=True)

    page.goto("/antrag/wohngeld/")
    expect(page.locator("main")).to_contain_text("Wenn Sie heute absenden, zählt der November 2026. Ab 1. Dezember")
    look("start")
    applicant = Applicant(page, STORY)
    base = begin(page)
    look("code")
    applicant.apply(until="household")
    base = re.sub(r"household/$", "", page.url)
    look("offer")
    page.get_by_role("link", name="Heute absenden, Rest später").click()
    look("keep")
    page.goto(f"{base}pause/")
    code = page.locator(".kf-code").inner_text()
    look("pause")
    page.locator("#f-email").fill("erika")
    page.get_by_role("button", name="Link schicken").click()
    expect(page.locator("[data-errors]")).to_be_focused()
    look("pause-error")
    page.goto(f"{base}weiter/")
    look("back")
    page.goto(f"{base}tag-sichern/")
    with page.expect_navigation():
        page.get_by_role("button", name="Antrag jetzt absenden").click()
    look("kept")
    assert page.locator(".kf-code").inner_text() == code
    page.goto(f"{base}loeschen/")
    look("discard")
    page.goto(f"{base}contact/")
    page.context.clear_cookies()
    page.locator("#f-street").fill("Neuer Weg 7")
    with page.expect_navigation():
        forward(page)
    expect(page.locator("main")).to_contain_text("Neuer Weg 7")
    look("ended")
    page.locator("#f-code").fill("2222222222")
    page.get_by_role("button", name="Weitermachen", exact=True).click()
    expect(page.locator("[data-errors]")).to_be_focused()
    look("ended-wrong")
    page.goto("/weitermachen/")
    look("resume")
    page.goto("/meine-vorgaenge/")
    look("mine")


def test_taking_in_at_the_desk_fits_everybody(desk: Page, screens: Any) -> None:
    sign_in(desk, "Ayşe Demo")
    desk.get_by_role("link", name="Antrag aufnehmen").click()
    _desk_whole(desk, "take-in")
    desk.get_by_role("button", name="Nur aufnehmen, Rest später").click()
    expect(desk.locator("[data-errors]")).to_be_focused()
    _desk_whole(desk, "take-in-error")
    for name, value in {
        "last_name": "Beispiel-Demo",
        "street": "Weg 1",
        "town": "Münster",
        "day": "30.10.2026",
    }.items():
        desk.locator(f"#f-{name}").fill(value)
    desk.get_by_label("Notiz für die Akte").fill("Brief vom 30. Oktober")  # another day than today wants to be told
    desk.get_by_role("button", name="Nur aufnehmen, Rest später").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("Der Antrag ist aufgenommen")
    _desk_whole(desk, "taken-in")
    desk.screenshot(path=screens / "drafts-taken-in.png", full_page=True)
    desk.get_by_role("link", name="Zum Vorgang").click()
    expect(desk.locator("main")).to_contain_text("Antrag wahrt die Frist, Angaben folgen")
    _desk_whole(desk, "case")
    desk.screenshot(path=screens / "drafts-case.png", full_page=True)
    desk.goto("/arbeitsplatz/?stand=angaben")
    _desk_whole(desk, "queue")
    desk.screenshot(path=screens / "drafts-queue.png", full_page=True)


def _desk_whole(page: Page, name: str) -> None:
    found = Axe().run(page).response["violations"]
    assert found == [], f"{name}: {[(one['id'], one['nodes'][0]['html'][:200]) for one in found]}"
