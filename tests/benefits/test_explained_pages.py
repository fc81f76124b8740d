"""The pages of the explanation, over a real decision on Wohngeld."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from kiepe.base.accounts.models import Account
from kiepe.base.catalogue import pack
from kiepe.cases.models import Case, CaseEvent
from kiepe.cases.verify import verify
from kiepe.entrances.commandline import demo

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The demo's cases: one letter that was posted, one notice in the portal."""
    settings.CASE_TYPES = ["kiepe.service.benefits.wohngeld.case_type.WOHNGELD"]
    settings.CHECKPOINTS = tmp_path / "checkpoints"
    settings.DEMO = True
    monkeypatch.undo()  # the whole city, not only its place
    assert pack.city().procedures
    demo.seed()


def browser(email: str) -> tuple[Client, str]:
    client, account = Client(), Account.objects.get(email=email)
    client.force_login(account)
    return client, f"/meine-vorgaenge/{Case.objects.get(account=account).number}"


def test_the_explanation_from_page_to_page(told: None) -> None:
    client, case = browser("marie.demo@example.org")
    url, titles = f"{case}/bescheid/erklaert/", []
    for _step in range(9):
        page = client.get(url)
        assert page.status_code == 200, url
        html = page.content.decode()
        titles += re.findall(r'<h1 class="ms-h1">([^<]*)</h1>', html)
        onward = re.findall(r'kern-btn--primary" href="([^"]*)"', html)
        if not onward:
            break
        url = onward[0]
    assert titles == [
        "Ihr Bescheid, einfach erklärt", "Wer zählt", "Ihr Einkommen", "Was wir abziehen",
        "Ihre Miete und die Grenze", "So entsteht der Betrag", "Von wann bis wann", "Was wäre, wenn …",
        "Wenn etwas nicht stimmt",
    ]  # fmt: skip
    assert "Rechtsbehelf" not in titles


def test_what_to_do_names_day_phone_and_the_notices_own_words(told: None) -> None:
    client, case = browser("marie.demo@example.org")
    html = client.get(f"{case}/bescheid/erklaert/wenn-etwas-nicht-stimmt/").content.decode()
    assert "innerhalb eines Monats" in html
    assert "Beispieltext" in html
    assert "Telefon" in html
    assert re.search(r"bis zum \d\d\.\d\d\.\d{4} dagegen wehren", html)


def test_what_if_computes_and_keeps_nothing(told: None) -> None:
    client, case = browser("marie.demo@example.org")
    url = f"{case}/bescheid/erklaert/was-waere-wenn/"
    form = client.get(url)
    assert form.headers["Cache-Control"].count("no-store")
    assert 'value="540,00"' in form.content.decode()
    before = CaseEvent.objects.count()
    answer = client.post(url, {"rent_total": "700", "p0i0": "1.540,00", "people": "same"})
    html = answer.content.decode()
    assert answer.status_code == 200
    assert "Ungefähr" in html
    assert "Unverbindlich" in html
    assert "§ 27 Abs. 1" in html
    assert answer.headers["Cache-Control"].count("no-store")
    bad = client.post(url, {"rent_total": "viel", "p0i0": "1.540,00", "people": "same"})
    assert bad.status_code == 422
    assert 'value="viel"' in bad.content.decode()
    assert 'value="1.540,00"' in bad.content.decode()
    assert CaseEvent.objects.count() == before
    assert "540" in client.get(url).content.decode()
    assert verify().findings == ()


def test_reading_the_explanation_in_the_portal_is_retrieving(told: None) -> None:
    client, case = browser("ingrid.demo@example.org")
    number = case.rpartition("/")[2]
    assert client.get(f"{case}/bescheid/erklaert/gibt-es-nicht/").status_code == 404
    assert client.get(f"{case}/bescheid/erklaert/").status_code == 200
    assert CaseEvent.objects.filter(case__number=number, verb="retrieved").count() == 1
    assert verify().findings == ()


def test_an_undecided_case_has_no_explanation(told: None) -> None:
    client, case = browser("erika.demo@example.org")
    for rest in ("", "haushalt/", "was-waere-wenn/", "wenn-etwas-nicht-stimmt/"):
        assert client.get(f"{case}/bescheid/erklaert/{rest}").status_code == 404
