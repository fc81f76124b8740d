"""Signing in: citizens by code, staff by password, demo people only in a demo on loopback."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.test import Client, override_settings

from kiepe.base.accounts import actions
from kiepe.base.accounts.models import Account, SignInCode

pytestmark = pytest.mark.django_db


@pytest.fixture
def lena() -> Account:
    return actions.make_staff("Lena@Stadt.example", "Lena Demo", "wohngeld", ["caseworker"], "ein langes Passwort")


def _code() -> str:
    found = re.search(r"\b\d{6}\b", str(mail.outbox[-1].body))
    assert found
    return found.group()


def test_a_citizen_signs_in_with_the_code_from_the_mail(client: Client) -> None:
    client.post("/anmelden/", {"email": "Erika@Beispiel.example"})
    answer = client.post("/anmelden/code/", {"code": f" {_code()[:3]} {_code()[3:]} "})
    assert answer.status_code == 302
    assert Account.objects.get().email == "erika@beispiel.example"
    assert not SignInCode.objects.exists()


def test_a_wrong_code_says_what_to_do_and_counts(client: Client) -> None:
    client.post("/anmelden/", {"email": "erika@beispiel.example"})
    right = _code()
    wrong = "000000" if right != "000000" else "111111"
    for _ in range(actions.CODE_TRIES):
        answer = client.post("/anmelden/code/", {"code": wrong})
        assert answer.status_code == 422
        assert "Dieser Code passt nicht" in answer.content.decode()
    assert client.post("/anmelden/code/", {"code": right}).status_code == 422  # used up


def test_the_fourth_code_in_a_quarter_of_an_hour_is_refused(client: Client) -> None:
    for _ in range(3):
        assert client.post("/anmelden/", {"email": "erika@beispiel.example"}).status_code == 302
    answer = client.post("/anmelden/", {"email": "erika@beispiel.example"})
    assert answer.status_code == 429
    assert "zu viele Versuche" in answer.content.decode()


def test_staff_sign_in_with_a_password(client: Client, lena: Account) -> None:
    answer = client.post(
        "/anmelden/mitarbeit/",
        {"email": "lena@stadt.example", "password": "ein langes Passwort", "weiter": "/arbeitsplatz/x/"},
    )
    assert (answer.status_code, answer["Location"]) == (302, "/arbeitsplatz/x/")


def test_a_foreign_address_is_not_followed(client: Client, lena: Account) -> None:
    answer = client.post(
        "/anmelden/mitarbeit/",
        {"email": "lena@stadt.example", "password": "ein langes Passwort", "weiter": "https://evil.example/"},
    )
    assert answer["Location"] == "/arbeitsplatz/"


def test_a_wrong_password_keeps_the_address_typed(client: Client, lena: Account) -> None:
    answer = client.post("/anmelden/mitarbeit/", {"email": "lena@stadt.example", "password": "falsch"})
    assert answer.status_code == 422
    assert "lena@stadt.example" in answer.content.decode()


def test_a_citizens_code_does_not_open_a_staff_account(client: Client, lena: Account) -> None:
    client.post("/anmelden/", {"email": "lena@stadt.example"})
    answer = client.post("/anmelden/code/", {"code": _code()})
    assert answer.status_code == 422
    assert "_auth_user_id" not in client.session


def test_demo_people_exist_on_loopback_only(client: Client) -> None:
    person = actions.make_staff("ayse@demo.example", "Ayşe Demo", "wohngeld", ["caseworker"], None, demo=True)
    address = f"/anmelden/vorfuehrung/{person.pk}/"
    with override_settings(DEMO=True, LOOPBACK=False):
        assert client.post(address).status_code == 404
    with override_settings(DEMO=False, LOOPBACK=True):
        assert client.post(address).status_code == 404
    with override_settings(DEMO=True, LOOPBACK=True):
        assert client.post(address).status_code == 302


def test_a_real_account_has_no_demo_sign_in(client: Client, lena: Account) -> None:
    with override_settings(DEMO=True, LOOPBACK=True):
        assert client.post(f"/anmelden/vorfuehrung/{lena.pk}/").status_code == 404
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("address", ["/anmelden/", "/anmelden/mitarbeit/"])
def test_the_pages_open(client: Client, address: str) -> None:
    assert client.get(address).status_code == 200
