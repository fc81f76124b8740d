"""What helps while typing, in a browser: how a value was read, the sketch of the paper, a kind question, a bad input.

Each with and without script, light and dark; axe finds nothing. With script the question comes before the page is sent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect
from tests.benefits.examples import TYPED
from tests.browser.applying import Applicant
from tests.browser.keys import Keys
from tests.browser.looking import MODES, Mode, looking, state_of, too_wide, violations
from tests.processes import Kiepe

pytestmark = [pytest.mark.browser, pytest.mark.processes]
TWO_MODES = [
    mode
    for mode in MODES
    if (mode.size, mode.scheme, mode.script) in {("phone", "dark", True), ("phone", "light", False)}
]


@pytest.fixture(params=TWO_MODES, ids=str)
def mode(request: pytest.FixtureRequest) -> Mode:
    found: Mode = request.param
    return found


@pytest.fixture
def page(browser: Browser, kiepe: Kiepe, mode: Mode) -> Iterator[Page]:
    with looking(browser, kiepe, mode) as found:
        yield found


def forward(page: Page) -> None:
    page.locator("main").get_by_role("button", name="Weiter", exact=True).click()


def nothing_wrong(page: Page) -> None:
    assert violations(page) == []
    assert not too_wide(page)


def test_rent_and_account(page: Page, mode: Mode) -> None:
    Applicant(page, TYPED["bmwsb-2025-1"]).apply(until="rent")

    page.locator("#f-rent_total").fill("1,250")
    forward(page)
    expect(page.locator("#f-rent_total-fehler")).to_contain_text("Meinen Sie 1.250 Euro oder 1,25 Euro?")
    expect(page.locator("#f-rent_total")).to_have_value("1,250")
    nothing_wrong(page)

    page.locator("#f-rent_total").fill("1250,- €")
    page.locator("#f-landlord").fill("Wohnbau")
    if mode.script:
        expect(page.locator("#f-rent_total-gelesen")).to_have_text("Wir lesen das so: 1.250,00\u00a0€")
    page.locator(".kw-picture summary").first.click()
    picture = page.locator(".kw-picture img").first
    expect(picture).to_be_visible()
    assert picture.evaluate("e => e.decode().then(() => e.naturalWidth)") == 320
    page.get_by_label("Heizung", exact=True).check()
    page.locator("#f-heating").fill("1400")
    forward(page)

    doubt = page.get_by_role("group", name="Kann das sein?").first
    expect(doubt).to_contain_text("Die Miete ist nicht höher als das")
    nothing_wrong(page)
    if mode.script:
        assert page.evaluate("document.activeElement.hasAttribute('data-doubts')")
    doubt.get_by_label("Ja, das stimmt so").check()
    forward(page)

    expect(page.locator(".kw-heard")).to_contain_text("1.250,00\u00a0€")
    agreed = page.get_by_role("group", name="Sind Sie damit einverstanden?")
    expect(page.get_by_label("Ich", exact=True)).to_be_checked()
    expect(agreed).to_be_hidden()  # it is asked of whoever lets the money go to others (§ 26 Abs. 1 Satz 2 WoGG)
    page.get_by_label("Wer meine Miete bekommt").check()
    expect(agreed).to_be_visible()
    page.get_by_label("Ich", exact=True).check()
    expect(agreed).to_be_hidden()
    page.locator("#f-account_holder").fill("Erika Beispiel")
    page.locator("#f-iban").fill("DE06 4005 0150 0001 2345 76")
    forward(page)
    expect(page.locator("#f-iban-fehler")).to_contain_text("wohl zwei Ziffern vertauscht")
    page.locator("#f-iban").fill("de06 4005-0150 0001 2345 67")
    if mode.script:
        page.locator("#f-account_holder").focus()
        expect(page.locator("#f-iban-gelesen")).to_contain_text("Sparkasse Münsterland Ost")
    forward(page)
    expect(page.locator(".kw-heard")).to_contain_text("Sparkasse Münsterland Ost")
    forward(page)
    expect(page.locator("main")).to_contain_text("Sie haben gesagt: Ja, das stimmt so.")
    nothing_wrong(page)


# ---------------------------------------------------------------------------------------------- before it is sent

QUESTION = "Die Miete ist nicht höher als das"
ON_PHONE = Mode("phone", "light", script=True)


@dataclass(frozen=True)
class AtRent:
    """Somebody who came to the page of the rent and has not sent it: cookies and address."""

    state: Any
    address: str


@pytest.fixture(scope="module")
def at_rent(browser: Browser, kiepe: Kiepe) -> AtRent:
    with looking(browser, kiepe, ON_PHONE) as page:
        Applicant(page, TYPED["bmwsb-2025-1"]).apply(until="rent")
        return AtRent(state_of(page.context), page.url)


@contextmanager
def on(browser: Browser, kiepe: Kiepe, at_rent: AtRent, mode: Mode = ON_PHONE) -> Iterator[Page]:
    """The page of the rent as it was reached. Whoever uses this sends nothing: others come to the same page."""
    with looking(browser, kiepe, mode, at_rent.state) as page:
        page.goto(at_rent.address)
        yield page


def question(page: Page) -> Locator:
    return page.locator("#zweifel-parts_over_rent")


def tick(page: Page) -> Locator:
    return question(page).get_by_label("Ja, das stimmt so")


def too_much_heating(page: Page, euro: str = "600") -> None:
    """Type a rent of 500 euro, and that so much of it is for heating; go on to the next question."""
    page.locator("#f-rent_total").fill("500")
    page.get_by_label("Heizung", exact=True).check()
    page.locator("#f-heating").fill(euro)
    page.locator("#f-heating").press("Tab")


# every text that the place from which a screen reader reads ever holds
HEAR = """() => {
  window.heard = [];
  const from = document.querySelector('[data-asks]');
  const hear = () => { if (from.textContent) window.heard.push(from.textContent); };
  new MutationObserver(hear).observe(from, { childList: true, characterData: true, subtree: true });
}"""
AT_REST = """async e => {
  for (let before = null, now; before !== (now = e.getBoundingClientRect().top); before = now) {
    await new Promise(done => setTimeout(done, 200));
  }
  return e.getBoundingClientRect().top;
}"""  # where an element is once the page has stopped scrolling


@pytest.mark.parametrize("mode", [one for one in MODES if one.script], ids=str)
def test_asked_where_it_is_typed(browser: Browser, kiepe: Kiepe, at_rent: AtRent, mode: Mode) -> None:
    held: list[Route] = []
    with on(browser, kiepe, at_rent, mode) as page:
        page.evaluate(HEAR)
        too_much_heating(page, "60")
        expect(page.locator("#f-heating-gelesen")).to_have_text("Wir lesen das so: 60,00\u00a0€")
        page.route(at_rent.address, lambda route: held.append(route))
        page.locator("#f-heating").fill("600")
        landlord = page.locator("#f-landlord")
        with page.expect_request(at_rent.address):
            landlord.focus()
        before = landlord.evaluate(AT_REST)
        held.pop().continue_()
        page.unroute(at_rent.address)
        expect(question(page)).to_contain_text(QUESTION)
        expect(page.locator('[data-field="heating"] > .kw-doubt')).to_have_count(1)
        expect(page.locator("#f-heating-gelesen")).to_have_text("Wir lesen das so: 600,00\u00a0€")
        expect(landlord).to_be_focused()
        assert landlord.evaluate(AT_REST) == pytest.approx(before, abs=2), "what somebody is at stays where it is"
        landlord.fill("Wohnbau")
        with page.expect_response(at_rent.address):
            landlord.blur()
        (heard,) = page.evaluate("window.heard")
        assert heard.startswith("Kann das sein? Die Miete ist nicht höher als das")
        nothing_wrong(page)
        expect(page.locator("[data-asks]")).to_be_empty()


def test_answered_there_it_is_not_asked_again(browser: Browser, kiepe: Kiepe) -> None:
    with looking(browser, kiepe, ON_PHONE) as page:
        Applicant(page, TYPED["bmwsb-2025-1"]).apply(until="rent")
        too_much_heating(page)
        tick(page).check()
        question(page).get_by_label("Möchten Sie etwas dazu sagen?").fill("Sozialmiete")
        page.locator("#f-rent_total").fill("1,250")  # what cannot be read takes nothing away that was said
        page.locator("#f-rent_total").press("Tab")
        expect(question(page)).to_have_count(0)
        page.locator("#f-rent_total").fill("500")
        page.locator("#f-rent_total").press("Tab")
        expect(tick(page)).to_be_checked()
        with page.expect_navigation(url=re.compile("/payment/")):
            forward(page)
        page.go_back()
        expect(tick(page)).to_be_checked()
        expect(question(page).locator("input[type=text]")).to_have_value("Sozialmiete")
        expect(page.locator("[data-doubts]")).to_have_count(0)


def test_seen_and_left_open_it_does_not_hold_up(browser: Browser, kiepe: Kiepe) -> None:
    with looking(browser, kiepe, ON_PHONE) as page:
        Applicant(page, TYPED["bmwsb-2025-1"]).apply(until="rent")
        too_much_heating(page)
        expect(question(page)).to_be_visible()
        with page.expect_navigation(url=re.compile("/payment/")):
            forward(page)


def test_pressing_on_at_once_the_page_asks_when_it_was_sent(browser: Browser, kiepe: Kiepe) -> None:
    """Nothing moves under a finger: what comes while 'Weiter' is pressed waits."""
    with looking(browser, kiepe, ON_PHONE) as page:
        Applicant(page, TYPED["bmwsb-2025-1"]).apply(until="rent")
        page.locator("#f-rent_total").fill("500")
        page.get_by_label("Heizung", exact=True).check()
        page.locator("#f-heating").fill("600")
        button = page.locator("main").get_by_role("button", name="Weiter", exact=True)
        button.scroll_into_view_if_needed()
        place = button.bounding_box()
        assert place is not None
        page.mouse.move(place["x"] + 20, place["y"] + 20)
        with page.expect_response(page.url):
            page.mouse.down()
        page.wait_for_timeout(200)  # long enough for anything that would come
        expect(question(page)).to_have_count(0)
        with page.expect_navigation():
            page.mouse.up()
        expect(page.locator("[data-doubts]")).to_contain_text(QUESTION)


def test_mended_it_goes_and_what_was_said_is_kept(browser: Browser, kiepe: Kiepe, at_rent: AtRent) -> None:
    with on(browser, kiepe, at_rent) as page:
        too_much_heating(page)
        tick(page).check()
        reason = question(page).locator("input[type=text]")
        reason.fill("Sozialmiete")
        too_much_heating(page, "60")
        expect(question(page)).to_have_count(0)
        too_much_heating(page, "600")
        expect(tick(page)).to_be_checked()
        expect(reason).to_have_value("Sozialmiete")
        too_much_heating(page, "700")  # that 600 is so was said, of 700 nothing
        expect(tick(page)).not_to_be_checked()
        expect(reason).to_have_value("Sozialmiete")
        page.get_by_label("Eine Garage").check()
        page.locator("#f-garage").fill("50")
        page.locator("#f-garage").press("Tab")
        expect(page.locator('[data-field="garage"] > .kw-doubt')).to_have_count(1)
        expect(page.locator(".kw-doubt")).to_have_count(1)


def test_with_the_keyboard_alone(browser: Browser, kiepe: Kiepe, at_rent: AtRent) -> None:
    with on(browser, kiepe, at_rent, Mode("desk", "light", script=True)) as page:
        keys = Keys(page)
        keys.skip()
        keys.to(name="^rent_total$")
        page.keyboard.type("500")
        keys.to(name="^rent_contains$", value="^heating$")
        page.keyboard.press("Space")
        keys.to(name="^heating$")
        page.keyboard.type("600")
        after = keys.tab()
        expect(question(page)).to_be_visible()
        assert keys.focused()["id"] == after["id"]  # the focus is not taken
        keys.to(name="^stimmt-parts_over_rent$")
        page.keyboard.press("Space")
        keys.to(name="^grund-parts_over_rent$")
        page.keyboard.type("Sozialmiete")
        keys.to(back=True, name="^rent_total$")
        page.keyboard.press("Control+A")
        page.keyboard.type("550")
        keys.tab()
        expect(tick(page)).not_to_be_checked()
        keys.to(back=True, name="^rent_total$")
        page.keyboard.press("Control+A")
        page.keyboard.type("690")
        keys.tab()
        expect(question(page)).to_have_count(0)
        assert keys.focused()["id"]


def test_nothing_goes_away_from_under_whoever_types_in_it(browser: Browser, kiepe: Kiepe, at_rent: AtRent) -> None:
    with on(browser, kiepe, at_rent) as page:
        too_much_heating(page)
        reason = question(page).locator("input[type=text]")
        expect(reason).to_be_visible()
        page.locator("#f-heating").fill("60")
        with page.expect_response(at_rent.address):
            reason.focus()
        page.keyboard.type("Sozialmiete")
        expect(reason).to_be_focused()
        expect(reason).to_have_value("Sozialmiete")
        reason.press("Tab")
        expect(question(page)).to_have_count(0)


def test_a_late_answer_does_not_win_and_a_lost_one_is_silent(browser: Browser, kiepe: Kiepe, at_rent: AtRent) -> None:
    held: list[Route] = []
    with on(browser, kiepe, at_rent) as page:
        too_much_heating(page)
        expect(question(page)).to_be_visible()

        def hold(route: Route) -> None:
            if "\r\n\r\n700\r\n" in (route.request.post_data or ""):
                held.append(route)
            else:
                route.continue_()

        page.route(at_rent.address, hold)
        too_much_heating(page, "700")
        too_much_heating(page, "60")
        expect(question(page)).to_have_count(0)
        assert held
        for route in held:
            route.continue_()
        page.wait_for_timeout(300)
        expect(question(page)).to_have_count(0)

        page.unroute(at_rent.address)
        page.route(at_rent.address, lambda route: route.fulfill(status=404, body="<p>weg</p>"))
        with page.expect_response(at_rent.address):
            too_much_heating(page, "600")
        expect(question(page)).to_have_count(0)
        page.unroute(at_rent.address)
        too_much_heating(page, "601")
        expect(question(page)).to_be_visible()


def test_mending_takes_the_note_above_the_page_with_it(browser: Browser, kiepe: Kiepe) -> None:
    with looking(browser, kiepe, ON_PHONE) as page:
        Applicant(page, TYPED["bmwsb-2025-1"]).apply(until="rent")
        page.locator("#f-rent_total").fill("500")
        page.get_by_label("Heizung", exact=True).check()
        page.locator("#f-heating").fill("600")
        with page.expect_navigation():
            page.locator("#f-heating").press("Enter")
        expect(page.locator("[data-doubts]")).to_contain_text(QUESTION)
        too_much_heating(page, "60")
        expect(question(page)).to_have_count(0)
        expect(page.locator("[data-doubts]")).to_have_count(0)


def test_without_connection_what_was_said_goes_out_with_the_page(browser: Browser, kiepe: Kiepe) -> None:
    context = browser.new_context(base_url=kiepe.address)  # not watched: requests fail on purpose
    page = context.new_page()
    Applicant(page, TYPED["bmwsb-2025-1"]).apply(until="rent")
    too_much_heating(page)
    tick(page).check()
    question(page).locator("input[type=text]").fill("Sozialmiete")
    page.route(page.url, lambda route: route.abort() if "x-kiepe-send" in route.request.headers else route.continue_())
    forward(page)
    broken = page.get_by_role("status").filter(has_text="keine Verbindung")
    expect(broken).to_be_visible()
    page.reload()
    expect(broken).to_be_visible()
    page.locator("#f-landlord").fill("Wohnbau")
    page.locator("#f-landlord").press("Tab")
    expect(question(page).locator("input[type=text]")).to_have_value("Sozialmiete")
    expect(page.locator("[data-answered]")).to_have_count(0)  # it stands in the box, and is not sent twice
    tick(page).check()
    forward(page)
    expect(broken).to_be_visible()
    page.unroute(page.url)
    with page.expect_navigation(url=re.compile("/payment/")):
        page.reload()
    page.go_back()
    expect(tick(page)).to_be_checked()
    expect(question(page).locator("input[type=text]")).to_have_value("Sozialmiete")
    context.close()


def test_without_script_it_is_asked_when_it_was_sent(browser: Browser, kiepe: Kiepe, at_rent: AtRent) -> None:
    with on(browser, kiepe, at_rent, Mode("phone", "light", script=False)) as page:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.method))
        too_much_heating(page)
        page.locator("#f-landlord").fill("Wohnbau")
        expect(question(page)).to_have_count(0)
        assert "POST" not in asked
