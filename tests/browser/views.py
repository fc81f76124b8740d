"""Every page of both ends and how a person comes to see it, error states included."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page

NOBODY, APPLICANT, MEMBER, STAFF = "nobody", "applicant", "member", "staff"
UNSURE = "zu-oft@example.org"  # asks for more codes than anybody needs


@dataclass
class Places:
    """What the run made: cookies of people, addresses of their things."""

    states: dict[str, Any]
    names: dict[str, str]
    questions: list[str]  # addresses of every page of questions of one application


Reach = Callable[[Page, dict[str, str]], None]


@dataclass(frozen=True, slots=True)
class View:
    """A page in one state. `says`: what tells that it is this one."""

    name: str
    who: str
    reach: Reach
    says: str = ""
    script: bool | None = None  # only with script


def at(address: str, who: str = NOBODY, says: str = "") -> View:
    """A page that its address alone shows."""

    def reach(page: Page, names: dict[str, str]) -> None:
        page.goto(address.format(**names))

    return View(address, who, reach, says)


def pressed(address: str, button: str, who: str, says: str, **typed: str) -> View:
    """What comes after a button in the page's main part, with some fields filled by their name."""

    def reach(page: Page, names: dict[str, str]) -> None:
        page.goto(address.format(**names))
        for name, value in typed.items():
            page.locator(f'main [name="{name}"]').first.fill(value)
        page.locator("main").get_by_role("button", name=re.compile(button)).first.click()

    return View(f"{address} [{button}]{' typed' if typed else ''}", who, reach, says)


def _suggestions(page: Page, names: dict[str, str]) -> None:
    page.goto("/")
    page.locator("#q").press_sequentially("miete")
    page.locator("#q-liste [role=option]").first.wait_for()


def _estimate(page: Page, names: dict[str, str]) -> None:
    page.goto("/leistungen/wohngeld/pruefen/")
    for name in {str(name) for name in page.locator("main input[name]").evaluate_all("es => es.map(e => e.name)")}:
        control = page.locator(f'main input[name="{name}"]:visible')
        if control.count() and control.first.get_attribute("type") == "radio":
            control.first.check()
        elif control.count() and control.first.get_attribute("type") not in {"checkbox", "hidden"}:
            control.first.fill("2" if name in {"people", "persons"} else "700")
    page.locator("main form button").first.click()


def _fresh(page: Page, names: dict[str, str]) -> None:
    page.goto("/antrag/wohngeld/")
    page.get_by_role("button", name=re.compile("beginnen")).click()
    page.get_by_role("button", name="Weiter", exact=True).click()


def _twice(page: Page, names: dict[str, str]) -> None:
    """The page of the name of a new application, stored in one window and then otherwise in a second."""
    page.goto("/antrag/wohngeld/")
    page.get_by_role("button", name=re.compile("beginnen")).click()
    found = re.match(r".*/antrag/wohngeld/[0-9a-f-]{36}/", page.url)
    assert found
    other = page.context.new_page()
    for window in (page, other):
        window.goto(f"{found.group()}you/applicant/")
    for window, name in ((other, "Luise"), (page, "Marie")):
        window.locator("#f-first_name").fill(name)
        window.locator("#f-last_name").fill("Beispiel")
        with window.expect_navigation():
            window.get_by_role("button", name="Weiter", exact=True).click()
    other.close()


def _too_often(page: Page, names: dict[str, str]) -> None:
    for _ in range(5):
        page.goto("/anmelden/")
        page.locator('[name="email"]').fill(UNSURE)
        page.get_by_role("button", name="Code schicken").click()
        if "zu viele Versuche" in page.locator("main").inner_text():
            return


def _preview(page: Page, names: dict[str, str]) -> None:
    page.goto(f"/arbeitsplatz/vorgaenge/{names['ready']}/entscheiden/")
    for box in page.locator('main input[name="confirmed"]').all():
        box.check()
    page.get_by_role("button", name="Bescheid ansehen").click()


def _nothing_at_the_desk(page: Page, names: dict[str, str]) -> None:
    page.goto("/arbeitsplatz/")
    page.locator("#dq").fill("Xyzzy")
    page.locator("#dq").press("Enter")
    page.wait_for_url("**/?stand=alle*")


def _something_again(page: Page, names: dict[str, str]) -> None:
    """The words of the search stay in the session: empty them for who comes after."""
    page.goto("/arbeitsplatz/")
    page.locator("#dq").fill("")
    page.locator("#dq").press("Enter")


CASE, DESK = "/meine-vorgaenge/{number}/", "/arbeitsplatz/vorgaenge/{ready}/"
OWN = "/meine-vorgaenge/{shared}/mein-teil/"  # what a member sees of a case
READING = [  # what nobody needs a cookie for
    at("/"),
    at("/suche/?q=miete", says="Wohngeld"),
    at("/suche/?q=xyzzy"),
    at("/leistungen/"),
    at("/leistungen/wohngeld/"),
    at("/leistungen/wohngeld/pruefen/"),
    pressed("/leistungen/wohngeld/pruefen/", "", NOBODY, "Bitte"),
    View("an estimate", NOBODY, _estimate),
    at("/lebenslagen/wohnen/"),
    at("/vor-ort/"),
    at("/seite/impressum/"),
    at("/seite/datenschutz-wohngeld/"),
    at("/seite/barrierefreiheit/"),
    at("/antrag/wohngeld/", says="Jetzt beginnen"),
    at("/meine-vorgaenge/"),
    at("/meine-daten/", says="Mit Konto anmelden"),
    at("/gibt-es-nicht/", says="Diese Seite gibt es nicht"),
    View("suggestions of the search", NOBODY, _suggestions, script=True),
]
SIGNING_IN = [
    at("/anmelden/"),
    pressed("/anmelden/", "Code schicken", NOBODY, "Geben Sie Ihre Mailadresse ein"),
    pressed("/anmelden/", "Code schicken", NOBODY, "Code eingeben", email="neu@example.org"),
    View("too many codes", NOBODY, _too_often, "zu viele Versuche"),
    at("/anmelden/mitarbeit/"),
    pressed("/anmelden/mitarbeit/", "^Anmelden$", NOBODY, "Geben Sie Ihr Passwort ein"),
    pressed("/anmelden/mitarbeit/", "^Anmelden$", NOBODY, "passen nicht", email="wer@example.org", password="falsch"),
    at("/weitermachen/", says="Geben Sie den Code ein"),
    pressed("/weitermachen/", "^Weitermachen$", NOBODY, "", link="22222-22222-22222", code="2222222222"),
    at("{draft}household/", says="Diese Seite gehört zu einem Antrag"),  # of somebody else
    at("/meine-vorgaenge/oeffnen/"),
    pressed("/meine-vorgaenge/oeffnen/", "öffnen|Öffnen", NOBODY, "", number="WG-1999-000001", code="2222222222"),
]
APPLYING = [
    View("the first page with nothing answered", APPLICANT, _fresh, "Bitte"),
    at("{draft}household/?entfernen=p2", APPLICANT, "entfernen?"),
    at("{draft}unterlagen/", APPLICANT),
    at("{draft}pruefen/", APPLICANT, "Antrag absenden"),
    at("{draft}pruefen/?fehlt=ja", APPLICANT, "Bestätigen Sie bitte"),
    at("{draft}pause/", APPLICANT),
    pressed("{draft}pause/", "Link schicken", APPLICANT, "Geben Sie eine Mailadresse ein", email="erika"),
    at("{draft}weiter/", APPLICANT, "Willkommen zurück"),
    at("{draft}tag-sichern/", APPLICANT, "Antrag jetzt absenden"),
    View("one page in two windows", APPLICANT, _twice, "schon etwas anderes gespeichert"),
    at("{draft}loeschen/", APPLICANT),
    at("{draft}einladen/p2/", APPLICANT, "Einladung erstellen"),
    at("{invited}einladen/p2/", APPLICANT, "hat angefangen"),
    at("{invited}household/", APPLICANT, "Füllt den eigenen Teil gerade selbst aus"),
    at("{part}code/", MEMBER, "Ihr eigener Code"),
    at("{part}seite/person/p2/", MEMBER),
    at("{part}seite/incomes/p2/", MEMBER),
    at("{part}unterlagen/", MEMBER),
    at("{part}pruefen/", MEMBER, "Prüfen Sie Ihren Teil"),
    at("{part}danke/", MEMBER),
    at("{part}loeschen/", MEMBER, "Ihre Angaben löschen?"),
    at("{part}oeffnen/", NOBODY, "Ihren Teil des Antrags ausfüllen"),
    pressed("{part}oeffnen/", "Öffnen", NOBODY, "Dieser Code passt nicht", code="2222222222"),
    at("{sent}gesendet/", APPLICANT, "angekommen"),
    at("/antrag/wohngeld/", APPLICANT, "Neu beginnen"),
]
MINE = [
    at("/meine-vorgaenge/", APPLICANT, "WG-"),
    at(CASE, APPLICANT),
    at("/meine-vorgaenge/{granted}/", APPLICANT, "Bescheid"),
    at("/meine-vorgaenge/{granted}/bescheid/", APPLICANT),
    *(
        at(f"/meine-vorgaenge/{{granted}}/bescheid/erklaert/{page}", APPLICANT)
        for page in (
            "",
            "haushalt/",
            "einkommen/",
            "abzuege/",
            "miete/",
            "betrag/",
            "zeitraum/",
            "was-waere-wenn/",
            "wenn-etwas-nicht-stimmt/",
        )
    ),
    pressed("/meine-vorgaenge/{granted}/bescheid/erklaert/was-waere-wenn/", "Ausrechnen", APPLICANT, "Müssen oder"),
    pressed(
        "/meine-vorgaenge/{granted}/bescheid/erklaert/was-waere-wenn/",
        "Ausrechnen",
        APPLICANT,
        "prüfen Sie",
        rent_total="viel",
    ),
    at(f"{CASE}zustellung/", APPLICANT),
    at("/meine-vorgaenge/{granted}/zustellung/", APPLICANT, "nicht mehr möglich"),
    at(f"{CASE}unterlagen/{{item}}/", APPLICANT),
    pressed(f"{CASE}unterlagen/{{item}}/", "Hochladen", APPLICANT, "Wählen Sie mindestens eine Datei"),
    at(f"{CASE}zuruecknehmen/", APPLICANT),
    at(f"{CASE}nachrichten/", APPLICANT, "Nachricht schreiben"),
    pressed(f"{CASE}nachrichten/", "Nachricht absenden", APPLICANT, "Schreiben Sie Ihre Nachricht"),
    pressed(f"{CASE}nachrichten/", "Nachricht absenden", APPLICANT, "ist angekommen", text="Reicht ein Foto?"),
    at(f"{CASE}aenderung/", APPLICANT),
    pressed(f"{CASE}aenderung/", "Änderung absenden", APPLICANT, "Wählen Sie aus"),
    at(f"{CASE}berichtigen/", APPLICANT),
    pressed(f"{CASE}berichtigen/", "Antrag öffnen|fortsetzen", APPLICANT, "Berichtigung absenden"),
    at("/meine-vorgaenge/{granted}/berichtigen/", APPLICANT, "schon entschieden"),
    at("/meine-daten/", APPLICANT, "Das behalten wir nach dem Gesetz"),
    at("/meine-daten/loeschen/", APPLICANT),
    pressed("/meine-daten/loeschen/", "Weiter", APPLICANT, "Wählen Sie aus"),
    at(f"{CASE}zugaenge/", APPLICANT, "handelt niemand für Sie"),
    at(OWN, MEMBER, "Was mit Ihren Angaben geschieht"),
    at("/meine-vorgaenge/", MEMBER, "Ihr eigener Teil im Antrag einer anderen Person"),
    at("/meine-daten/", MEMBER, "dort stehen Sie als"),
    at(f"{OWN}nachrichten/", MEMBER, "Nur Sie und die Behörde lesen das."),
    pressed(f"{OWN}nachrichten/", "Nachricht absenden", MEMBER, "Schreiben Sie Ihre Nachricht"),
    pressed(f"{OWN}nachrichten/", "Nachricht absenden", MEMBER, "ist angekommen", text="Reicht ein Foto?"),
    at(f"{OWN}mailadresse/", MEMBER, "Leer lassen"),
    pressed(f"{OWN}mailadresse/", "Speichern", MEMBER, "fehlt das Zeichen @", email="max"),
    pressed(f"{OWN}mailadresse/", "Speichern", MEMBER, "Wir schicken Ihnen keine Mails", email=""),
]
AT_DESK = [
    at("/arbeitsplatz/", STAFF),
    at("/arbeitsplatz/?stand=alle&wer=ich&sort=-eingang", STAFF),
    View("a search that finds nothing", STAFF, _nothing_at_the_desk, "keinen Vorgang"),
    View("the queue again", STAFF, _something_again),
    at(DESK, STAFF),
    at(f"{DESK}antrag/", STAFF),
    at(f"{DESK}verlauf/", STAFF),
    at(f"{DESK}nachrichten/", STAFF),
    pressed(f"{DESK}nachrichten/", "Nachricht absenden", STAFF, "Schreiben Sie Ihre Nachricht"),
    at("/arbeitsplatz/vorgaenge/{hinted}/nachrichten/", STAFF, "neu"),
    at("/arbeitsplatz/vorgaenge/{shared}/nachrichten/", STAFF, "eigener Teil"),
    at("/arbeitsplatz/vorgaenge/{shared}/nachrichten/mit/p2/", STAFF, "Das lesen nur"),
    pressed("/arbeitsplatz/vorgaenge/{shared}/nachrichten/mit/p2/", "Nachricht absenden", STAFF, "Schreiben Sie Ihre"),
    at("/arbeitsplatz/?stand=nachrichten", STAFF, "Neue Nachricht"),
    at("/arbeitsplatz/?stand=aenderungen", STAFF, "Änderung mitgeteilt"),
    at(f"{DESK}aenderungen/", STAFF),
    at(f"{DESK}unterlagen/", STAFF),
    at("/arbeitsplatz/vorgaenge/{waiting}/unterlagen/", STAFF),
    pressed("/arbeitsplatz/vorgaenge/{waiting}/unterlagen/", "Nachricht ansehen", STAFF, "So liest die Person"),
    pressed(
        "/arbeitsplatz/vorgaenge/{waiting}/unterlagen/", "Nachricht ansehen", STAFF, "Geben Sie Tag", due="gestern"
    ),
    at(f"{DESK}berichtigen/?angabe=rent_total", STAFF),
    pressed(f"{DESK}berichtigen/?angabe=rent_total", "", STAFF, "", value="viel"),
    at(f"{DESK}zeitraum/", STAFF),
    pressed(f"{DESK}zeitraum/", "", STAFF, "", start="morgen"),
    at(f"{DESK}entscheiden/", STAFF),
    pressed("/arbeitsplatz/vorgaenge/{hinted}/entscheiden/", "Bescheid ansehen", STAFF, ""),
    View("the notice before it is issued", STAFF, _preview),
    at("/arbeitsplatz/vorgaenge/{granted}/", STAFF, "Entschieden"),
    at("/arbeitsplatz/vorgaenge/{granted}/bescheid/", STAFF),
    at("/arbeitsplatz/antrag-aufnehmen/", STAFF),
    pressed("/arbeitsplatz/antrag-aufnehmen/", "Nur aufnehmen", STAFF, "Tragen Sie den Familiennamen ein"),
    at("/arbeitsplatz/antrag-aufnehmen/", STAFF, "Aufgenommen und noch nicht abgeschickt"),
    at("/arbeitsplatz/antrag-aufnehmen/{taken}/", STAFF, "Das geben Sie der Person"),
    at("/antrag/wohngeld/{taken}/you/applicant/", STAFF, "nimmt diesen Antrag auf"),
    at("/antrag/wohngeld/{taken}/loeschen/", STAFF),
    at(f"{DESK}beteiligte/", STAFF, "bekommt Briefe und Bescheid"),
    at("/arbeitsplatz/postausgang/", STAFF, "Zu versenden"),
    pressed("/arbeitsplatz/postausgang/", "aufgegeben", STAFF, "Geben Sie Tag", day="gestern"),
    at("/arbeitsplatz/vorgaenge/WG-1999-000001/", STAFF, "Diese Seite gibt es nicht"),
    pressed("/antrag/wohngeld/", "beginnen", STAFF, "als Mitarbeiterin"),
]
