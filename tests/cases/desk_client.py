"""A member of staff at the desk, and what a page shows."""

from __future__ import annotations

import re

from django.test import Client

from kiepe.base.accounts.models import Account
from kiepe.base.kernel.actor import Actor
from kiepe.cases.models import Case


def at_desk(actor: Actor, *, checks: bool = False) -> Client:
    """A browser in which this person is signed in."""
    client = Client(enforce_csrf_checks=checks)
    client.force_login(Account.objects.get(pk=actor.account or 0))
    return client


def page_of(case: Case, rest: str = "") -> str:
    """The address of a page of a case."""
    return f"/arbeitsplatz/vorgaenge/{case.number}/{rest}"


def hidden(html: str, name: str) -> str:
    """The value of the first hidden field with this name."""
    found = re.search(rf'<input type="hidden" name="{name}" value="([^"]*)">', html)
    assert found is not None, f"no hidden field {name}"
    return found.group(1)


def hint_keys(html: str) -> list[str]:
    """What is to be ticked."""
    return re.findall(r'name="confirmed" value="([0-9a-f]+)"', html)
