"""Run inside a Kiepe's settings: makes people, drafts and cases by the real verbs and prints how to act as them.

python -m tests.resilience.prepare DRAFTS CASES READY     (JSON on stdout)
python -m tests.resilience.prepare clean                  runs the nightly removal of blobs without a row
"""

from __future__ import annotations

import json
import sys
from typing import Any

import django

django.setup()

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402 - settings first
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.middleware.csrf import CSRF_SESSION_KEY  # noqa: E402
from django.utils.crypto import get_random_string  # noqa: E402

from kiepe.base.accounts.actions import BACKEND  # noqa: E402
from kiepe.base.accounts.middleware import CASES, DRAFTS  # noqa: E402
from kiepe.base.accounts.models import Account  # noqa: E402
from kiepe.base.documents.tasks import remove_orphans  # noqa: E402
from kiepe.base.forms import actions as forms  # noqa: E402
from kiepe.base.forms.models import Draft  # noqa: E402
from kiepe.base.kernel.actor import Actor, ActorKind, Role  # noqa: E402
from kiepe.cases import actions, facts, types  # noqa: E402
from kiepe.cases.models import Case  # noqa: E402
from tests.benefits.people import pensioner  # noqa: E402

KEY = "wohngeld"
AYSE, LENA = "ayse.demo@example.org", "lena.demo@example.org"


def session(**holds: object) -> dict[str, str]:
    """A browser's session: its cookie and the token that its forms carry."""
    token = get_random_string(32)
    store = SessionStore()
    store.update({CSRF_SESSION_KEY: token, **holds})
    store.create()
    return {"cookie": str(store.session_key), "token": token}


def staff_session(email: str) -> dict[str, str]:
    """The session of a demo caseworker who signed in."""
    who = Account.objects.get(email=email)
    signed_in = {SESSION_KEY: str(who.pk), BACKEND_SESSION_KEY: BACKEND, HASH_SESSION_KEY: who.get_session_auth_hash()}
    return session(**signed_in)


def caseworker(email: str) -> Actor:
    """A demo caseworker as the one who acts."""
    who = Account.objects.get(email=email)
    roles = frozenset(Role(role) for role in who.roles)
    return Actor(ActorKind.STAFF, account=who.pk, label=who.name, unit=who.unit, roles=roles)


def draft(number: int) -> tuple[Draft, Actor]:
    """An application that is filled in to the end."""
    flow = types.form(KEY)
    made = forms.begin(Actor(ActorKind.CITIZEN), flow)
    made.answers = pensioner(email=f"probe.{number}@example.org")
    made.done = [at.address for at in flow.walk(made.answers).pages]
    made.save()
    return made, Actor(ActorKind.CITIZEN, drafts=frozenset({str(made.pk)}))


def sent(number: int) -> Case:
    """A case whose documents are missing."""
    made, actor = draft(number)
    return actions.submit(actor, made).case


def ready(number: int) -> dict[str, Any]:
    """A case that can be decided, with what the form of the decision carries."""
    case, ayse = sent(number), caseworker(AYSE)
    for item in list(case.evidence.all()):
        case.refresh_from_db()
        actions.waive_evidence(ayse, case.pk, item.pk, reason="Liegt aus dem Vorjahr vor.", version=case.version)
    case.refresh_from_db()
    prepared = facts.prepare(case)
    return {
        "id": case.pk,
        "number": case.number,
        "form": {"version": case.version, "proposal_digest": prepared.digest, "confirmed": sorted(prepared.hints)},
    }


def prepare(drafts: int, cases: int, decisions: int) -> dict[str, Any]:
    """Everything that the rounds need."""
    begun = [draft(number)[0] for number in range(drafts)]
    lacking = [sent(1000 + number) for number in range(cases)]
    return {
        "citizen": session(
            **{DRAFTS: [str(one.pk) for one in begun], CASES: [one.pk for one in lacking]},
        ),
        "ayse": staff_session(AYSE),
        "lena": staff_session(LENA),
        "drafts": [str(one.pk) for one in begun],
        "cases": [
            {"id": one.pk, "number": one.number, "items": list(one.evidence.values_list("pk", flat=True))}
            for one in lacking
        ],
        "ready": [ready(2000 + number) for number in range(decisions)],
    }


if __name__ == "__main__":
    if sys.argv[1:] == ["clean"]:
        remove_orphans(timestamp=0)
    else:
        print(json.dumps(prepare(*map(int, sys.argv[1:4]))))
