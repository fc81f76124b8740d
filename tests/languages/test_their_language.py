"""A case knows the language it was sent in: mails and receipt follow it, what it keeps is German all the same."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pikepdf
import pytest
from django.test import Client
from django.utils.translation import override
from pytest_django import Settings

from kiepe.base.documents import queries
from kiepe.base.inbox.models import OutgoingMail
from kiepe.base.kernel.actor import Actor, ActorKind
from kiepe.cases import access, actions, consent_text, mail, receipt
from kiepe.cases.models import Case, CaseEvent, EvidenceItem, PortalConsent
from kiepe.config import languages
from tests.cases.conftest import a_draft, agree, apply_as, owner, who_filled_in

__all__ = ["owner"]  # a fixture
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _example(settings: Settings) -> None:
    settings.CASE_TYPES = ["tests.cases.example.EXAMPLE"]


def sent_in(language: str) -> tuple[Actor, Case]:
    draft = a_draft()
    actor = who_filled_in(draft)
    with override(language):
        case = actions.submit(actor, draft).case
    return Actor(ActorKind.CITIZEN, cases=frozenset({case.pk})), case


def opened(case: Case, language: str) -> tuple[Client, str]:
    client = Client()
    client.post("/meine-vorgaenge/oeffnen/", {"number": case.number, "code": access.code(case.draft)})
    return client, f"/{language}/meine-vorgaenge/{case.number}/"


@pytest.mark.parametrize(("language", "greeting"), [("de", "Guten Tag"), ("en", "Hello"), ("de-simple", "Guten Tag")])
def test_mails_are_in_the_language_of_the_application(language: str, greeting: str) -> None:
    """Also the one that a German desk sets off."""
    _actor, case = sent_in(language)
    with override("de"):
        mail.news(case, CaseEvent.objects.filter(case=case).latest("seq"))
    assert case.language == language
    bodies = list(OutgoingMail.objects.order_by("pk").values_list("text", flat=True))
    assert len(bodies) == 2
    assert all(body.startswith(greeting) and case.number in body for body in bodies)
    assert "Öztürk" not in "".join(bodies)  # still without content
    if language == "en":
        assert "My cases" in bodies[0]


def test_the_confirmation_of_receipt_is_in_the_language_of_the_application() -> None:
    _actor, case = sent_in("en")
    with override("en"):
        said = receipt.content(case)
    assert "Confirmation of receipt" in str(said["title"])
    assert "Eingangsbestätigung" in str(said["title"])  # the word that other offices know
    with override("de"):
        assert receipt.make(case.pk)
    case.refresh_from_db()
    assert case.receipt is not None
    with pikepdf.open(io.BytesIO(queries.content(case.receipt))) as pdf:
        assert str(pdf.Root.Lang).startswith("en")


def test_what_a_case_keeps_is_the_same_in_every_language() -> None:
    kept = []
    for language in ("de", "en"):
        _actor, case = sent_in(language)
        items = list(EvidenceItem.objects.filter(case=case).order_by("position").values_list("title", "hint"))
        kept.append((items, list(case.parties.order_by("position").values_list("salutation", flat=True))))
    assert kept[0] == kept[1]


def test_why_something_is_not_there_is_kept_in_german_and_told_in_english() -> None:
    actor, case = sent_in("en")
    item = case.evidence.order_by("position")[0]
    with override("en"):
        actions.explain_lack(actor, case.pk, item.pk, why="lost", words="")
    event = CaseEvent.objects.filter(case=case).latest("seq")
    assert event.content.json["reason"].startswith("Ich habe das nicht, weil ich es verloren habe")
    client, url = opened(case, "en")
    assert "I do not have this because I have lost it." in client.get(url).content.decode()


def test_the_consent_names_the_language_of_the_words_that_were_read(owner: Actor) -> None:
    case = apply_as(owner)
    with override("en"):
        assert "I agree" in consent_text.paragraphs()[0]
        actions.consent_to_portal(owner, case.pk, version=consent_text.version())
    assert PortalConsent.objects.get(case=case).version == "2026-1 en"
    actions.revoke_consent(owner, case.pk)
    agree(owner, case)
    assert PortalConsent.objects.filter(case=case).latest("pk").version == "2026-1"


def test_erasing_forgets_the_language() -> None:
    actor, case = sent_in("en")
    actions.withdraw(actor, case.pk)
    actions.erase(case.pk, norm="§ 84 Abs. 2 SGB X")
    case.refresh_from_db()
    assert case.language == "de"


def test_the_switch_keeps_why_something_is_not_there() -> None:
    _actor, case = sent_in("de")
    item = case.evidence.order_by("position")[0]
    client, url = opened(case, "en")
    path = f"{url}unterlagen/{item.pk}/fehlt/"
    assert f'form="fehlt" formaction="{path.removeprefix("/en")}"' in client.get(path).content.decode()
    typed = {f"grund-{item.pk}": "lost", f"worte-{item.pk}": "Beim Umzug.", "action": "language"}
    answer = client.post(path, typed)
    html = answer.content.decode()
    assert answer.status_code == 200
    assert "Beim Umzug." in html
    assert '<option value="lost" selected>' in html
    assert "data-errors" not in html
    item.refresh_from_db()
    assert item.lack == ""  # nothing was sent


@pytest.mark.parametrize(
    ("path", "typed"),
    [("/en/anmelden/", {"email": "erika@"}), ("/en/meine-vorgaenge/oeffnen/", {"number": "WG-2026", "code": "AB C"})],
)
def test_the_switch_keeps_what_is_half_typed(path: str, typed: dict[str, str]) -> None:
    answer = Client().post(path, {**typed, "action": "language"})
    html = answer.content.decode()
    assert answer.status_code == 200
    assert all(f'value="{value}"' in html for value in typed.values())
    assert "data-errors" not in html


@pytest.mark.parametrize("path", ["/anmelden/", "/meine-vorgaenge/oeffnen/", "/leistungen/wohngeld/pruefen/"])
def test_enter_sends_the_form_and_does_not_switch(path: str) -> None:
    """A browser presses the first button of the form, wherever in the page it stands (HTML, implicit submission)."""
    html = Client().get(path).content.decode()
    buttons = re.findall(r'<button[^>]* form="[a-z-]+"[^>]*>', html)
    assert len(buttons) == 1 + 2  # itself, and two other languages
    assert "name=" not in buttons[0]
    assert all('value="language"' in button for button in buttons[1:])


def test_the_switch_on_a_refusal_leads_back_to_the_page_it_came_from() -> None:
    """An address that only takes a POST has no page in another language."""
    before = "http://testserver/meine-vorgaenge/"
    answer = Client(enforce_csrf_checks=True).post("/meine-vorgaenge/schliessen/", headers={"Referer": before})
    assert answer.status_code == 403
    assert 'href="/en/meine-vorgaenge/"' in answer.content.decode()


def test_a_new_language_needs_files_only(tmp_path: Path) -> None:
    for folder in ("en", "uk", "ar", "de_Simple"):
        (tmp_path / "locale" / folder / "LC_MESSAGES").mkdir(parents=True)
        (tmp_path / "locale" / folder / "LC_MESSAGES" / "django.mo").touch()
    found = languages.found(tmp_path / "locale")
    assert [code for code, _name in found] == ["de", "de-simple", "ar", "en", "uk"]
    assert dict(found)["uk"] == "Українська"
    (tmp_path / "city.toml").write_text('languages = ["de", "uk"]', encoding="utf-8")
    assert [code for code, _name in languages.offered(tmp_path / "locale", tmp_path)] == ["de", "uk"]
    (tmp_path / "city.toml").write_text("languages = [", encoding="utf-8")  # the check of the pack names the line
    assert len(languages.offered(tmp_path / "locale", tmp_path)) == 5
