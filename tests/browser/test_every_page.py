"""axe, 320 px, foreign hosts, cookies and weight, on every page of both ends.

Each view comes in one mode; with KIEPE_TEST_FULL=1 (script/test --full) in all.
"""

from __future__ import annotations

import os
import re

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.benefits.examples import TYPED
from tests.benefits.people import household, person
from tests.browser.applying import Applicant
from tests.browser.deciding import grant, sign_in
from tests.browser.looking import MODES, Mode, looking, state_of, sticking_out, too_wide, violations
from tests.browser.reading import await_notice
from tests.browser.views import APPLYING, AT_DESK, MINE, NOBODY, READING, SIGNING_IN, Places, View, at
from tests.processes import Kiepe

pytestmark = [pytest.mark.browser, pytest.mark.processes]
FULL = os.environ.get("KIEPE_TEST_FULL") == "1"
BUDGET = 150_000  # bytes that a first visit may transfer
ADDRESS = re.compile(r"/antrag/wohngeld/[0-9a-f-]{36}/")


@pytest.fixture(scope="module")
def places(browser: Browser, kiepe: Kiepe) -> Places:
    """A draft with every page answered, two cases of the same person, one of them decided."""
    with (
        looking(browser, kiepe, MODES[0]) as citizen,
        looking(browser, kiepe, MODES[0]) as member,
        looking(browser, kiepe, MODES[1]) as staff,
    ):
        names = _own_part(citizen, member) | _sent_part(citizen, member)
        Applicant(citizen, TYPED["bmwsb-2025-1"]).apply()
        names["granted"] = Applicant(citizen, {}).send()
        names["sent"] = _base(citizen)
        Applicant(citizen, TYPED["bmwsb-2025-1"]).apply()
        names["number"] = Applicant(citizen, {}).send()
        Applicant(citizen, TYPED["bmwsb-2025-4"]).apply()
        names["draft"] = _base(citizen)
        questions = _changeable(citizen)
        citizen.goto(f"/meine-vorgaenge/{names['number']}/")
        upload = citizen.locator(f'form[action^="/meine-vorgaenge/{names["number"]}/unterlagen/"]').first
        names["item"] = str(upload.get_attribute("action")).rstrip("/").rpartition("/")[2]
        sign_in(staff, "Ayşe Demo")
        names["taken"] = _taken_in(staff)
        names |= {
            "ready": _number(staff, "Yusuf Demir-Demo"),  # decided by no other test
            "waiting": _number(staff, "Petra Niehues-Demo"),
            "hinted": _number(staff, "Aylin Yıldız-Demo"),
        }
        grant(staff, names["granted"], reason="Alle Nachweise lagen bei der Vorsprache vor.")
        await_notice(citizen, names["granted"])
        states = {NOBODY: None}
        states |= {"applicant": state_of(citizen.context), "staff": state_of(staff.context)}
        states["member"] = state_of(member.context)
    return Places(states, names, questions)


def _own_part(citizen: Page, member: Page) -> dict[str, str]:
    """An application in which a member of the household was invited and has begun."""
    Applicant(citizen, household(person(1), person(2, relation="sibling"))).apply(until="incomes")
    invited = _base(citizen)
    link, _own = _opened_part(citizen, member)
    return {"invited": invited, "part": link.removesuffix("oeffnen/")}


def _sent_part(citizen: Page, member: Page) -> dict[str, str]:
    """An application that was sent, with a member who opened the own part and came back with number and code."""
    applicant = Applicant(citizen, household(person(1), person(2, relation="sibling")))
    applicant.apply(until="incomes")
    base = _base(citizen)
    _link, own = _opened_part(citizen, member)
    citizen.goto(base)
    applicant.go_on()
    number = applicant.send()
    member.goto("/meine-vorgaenge/oeffnen/")
    member.locator('[name="number"]').fill(number)
    member.locator('[name="code"]').fill(own)
    member.locator("main").get_by_role("button", name="Öffnen").click()
    member.wait_for_url("**/mein-teil/")
    return {"shared": number}


def _opened_part(citizen: Page, member: Page) -> tuple[str, str]:
    """Invite the second person of the application that is open; link and own code of that member, who came in."""
    citizen.goto(f"{_base(citizen)}einladen/p2/")
    citizen.get_by_role("button", name="Einladung erstellen").click()
    link, code = citizen.locator(".ki-link").inner_text(), citizen.locator(".kf-code").inner_text()
    member.goto(link)
    member.locator("#f-code").fill(code)
    member.get_by_role("button", name="Öffnen").click()
    member.wait_for_url("**/code/")
    return link, member.locator(".kf-code").inner_text()


def _taken_in(staff: Page) -> str:
    """An application that staff take in, at its first questions; the id of its draft."""
    staff.goto("/arbeitsplatz/antrag-aufnehmen/")
    typed = {"first_name": "Paul", "last_name": "Schalter", "street": "Weg 1", "postcode": "48143", "town": "Münster"}
    for name, value in typed.items():
        staff.locator(f"#f-{name}").fill(value)
    staff.get_by_role("button", name="Aufnehmen und Fragen beginnen").click()
    return _base(staff).split("/")[3]


def _base(page: Page) -> str:
    found = ADDRESS.search(page.url)
    assert found, page.url
    return found.group()


def _changeable(page: Page) -> list[str]:
    """The pages that the check page leads back to."""
    links = page.locator('main a[href*="weiter=pruefen"]').evaluate_all("es => es.map(e => e.getAttribute('href'))")
    return sorted({str(link).partition("?")[0] for link in links})


def _number(page: Page, name: str) -> str:
    page.goto("/arbeitsplatz/?stand=alle")
    link = page.get_by_role("link", name=re.compile(name)).first.get_attribute("href")
    assert link
    return link.rstrip("/").rpartition("/")[2]


def _wanted(views: list[View], mode: Mode) -> list[View]:
    """The views of this mode: all in a full run, else every eighth."""
    able = [view for view in views if mode.script or not view.script]
    return able if FULL else [view for view in able if MODES[views.index(view) % len(MODES)] == mode]


@pytest.mark.parametrize("mode", MODES, ids=str)
def test_every_view_is_accessible(places: Places, browser: Browser, kiepe: Kiepe, mode: Mode) -> None:
    questions = [at(address, "applicant") for address in places.questions]
    views = [*READING, *SIGNING_IN, *APPLYING, *questions, *MINE, *AT_DESK]
    found: list[str] = []
    for who, state in places.states.items():
        with looking(browser, kiepe, mode, state) as page:
            for view in _wanted([one for one in views if one.who == who], mode):
                view.reach(page, places.names)
                expect(page.locator("body"), view.name).to_contain_text(view.says)
                found += [f"{view.name}: {one}" for one in violations(page)]
                found += [f"{view.name}, outside of its card: {one}" for one in sticking_out(page)]
                found += [f"{view.name} at 320 px: {one}" for one in too_wide(page)]
    assert not found, "\n".join(found)


def test_reading_sets_no_cookie(browser: Browser, kiepe: Kiepe) -> None:
    with looking(browser, kiepe, MODES[0]) as page:
        for view in READING:
            view.reach(page, {})
            assert page.context.cookies() == [], view.name
            stored = page.evaluate("[localStorage.length, sessionStorage.length]")
            assert stored == [0, 0], view.name


@pytest.mark.parametrize("address", ["/", "/leistungen/wohngeld/"])
def test_a_first_visit_is_light(browser: Browser, kiepe: Kiepe, address: str) -> None:
    with looking(browser, kiepe, MODES[0]) as page:
        devtools = page.context.new_cdp_session(page)
        devtools.send("Network.enable")
        transferred: list[float] = []
        devtools.on("Network.loadingFinished", lambda event: transferred.append(event["encodedDataLength"]))
        page.goto(address, wait_until="networkidle")
        print(f"first visit to {address}: {sum(transferred):,.0f} bytes in {len(transferred)} answers")
        assert len(transferred) > 5
        assert sum(transferred) < BUDGET


def test_a_bad_page_is_found(browser: Browser, kiepe: Kiepe) -> None:
    """The checks themselves see what they are there for, with script and without."""
    for mode in (MODES[0], MODES[-1]):
        with looking(browser, kiepe, mode) as page:
            page.set_content(
                "<!DOCTYPE html><title>A</title><main><h1>A</h1><input><div style='width:500px'>A</div></main>"
            )
            assert any(one.startswith("label") for one in violations(page))
            assert any(one.startswith("html-has-lang") for one in violations(page))
            assert too_wide(page)
            page.set_content(
                "<div class=ms-card style='width:90px'><table><tr><td><p style='width:300px'>A</table></div>"
            )
            assert sticking_out(page)


@pytest.mark.parametrize("bad", ["foreign", "console"])
def test_a_foreign_request_or_an_error_is_found(browser: Browser, kiepe: Kiepe, bad: str) -> None:
    script = "fetch('https://elsewhere.example/').catch(() => 0)" if bad == "foreign" else "console.error('broken')"
    with pytest.raises(AssertionError):
        _run(browser, kiepe, script)


def _run(browser: Browser, kiepe: Kiepe, script: str) -> None:
    with looking(browser, kiepe, MODES[0]) as page:
        page.goto("about:blank")
        page.evaluate(script)
        page.wait_for_timeout(200)
