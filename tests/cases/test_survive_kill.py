"""Real processes, real SIGKILL in the middle of submitting, deciding and issuing: nothing lost, nothing doubled."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from kiepe.base.documents import vault
from kiepe.base.documents.models import StoredFile
from kiepe.base.forms.models import Draft
from kiepe.base.inbox.models import OutgoingMail
from kiepe.base.kernel.actor import Actor
from kiepe.cases import actions
from kiepe.cases.models import Case, CaseEvent, Decision, NoticeDocument
from kiepe.cases.verify import verify
from tests.cases.conftest import a_draft

KILLS = 12
CHILD = """
import sys, django
django.setup()
from django.conf import settings
settings.CASE_TYPES = ["tests.cases.example.EXAMPLE"]
from kiepe.base.forms.models import Draft
from kiepe.base.kernel.actor import Actor, ActorKind, Role
from kiepe.cases import actions, queries
from kiepe.cases.models import Case
roles = frozenset({Role.CASEWORKER})
decider = Actor(ActorKind.STAFF, account=int(sys.argv[1]), label="Ayse", unit="wohngeld", roles=roles)
print("ready", flush=True)
for draft in Draft.objects.order_by("created_at"):
    applicant = Actor(ActorKind.CITIZEN, drafts=frozenset({str(draft.pk)}))
    case = actions.submit(applicant, draft).case
    if case.state not in ("decided", "issued"):
        digest = queries.proposal(decider, case).digest
        actions.decide(decider, case.pk, "grant", "liegt vor", set(), digest, version=case.version)
    actions.issue(case.pk)
print("done", flush=True)
"""


def _start(decider: Actor) -> subprocess.Popen[str]:
    database = connection.settings_dict
    url = f"postgresql://{database['USER']}:{database['PASSWORD']}@/{database['NAME']}?host={database['HOST']}"
    return subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", CHILD, str(decider.account)],
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "kiepe.config.settings",
            "KIEPE_DATABASE_URL": url,
            "KIEPE_VAR": str(settings.VAR),
            "KIEPE_KEYS": str(settings.KEYS),
        },
        cwd=Path(__file__).resolve().parents[2],
        stdout=subprocess.PIPE,
        text=True,
    )


@pytest.mark.processes
@pytest.mark.django_db(transaction=True)
def test_killed_at_random_moments(decider: Actor) -> None:
    for number in range(60):
        a_draft(dog=False, members=[], last_name=f"Name{number}")
    moments = random.Random(20261120)  # the same moments every time
    finished = False
    for _ in range(KILLS):
        child = _start(decider)
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
        time.sleep(moments.uniform(0.02, 0.35))
        child.send_signal(signal.SIGKILL)
        finished = child.stdout.read() == "done\n" or finished
        child.stdout.close()
        child.wait()
        assert verify().findings == ()
    if not finished:
        child = _start(decider)
        out, _nothing = child.communicate(timeout=120)
        assert out.endswith("done\n")
    assert Case.objects.count() == Decision.objects.count() == NoticeDocument.objects.count() == 60
    assert set(Case.objects.values_list("state", flat=True)) == {"issued"}
    assert CaseEvent.objects.count() == 180
    assert OutgoingMail.objects.count() == 120  # received and issued, once each
    assert not Draft.objects.filter(submitted_at=None).exists()
    notices = StoredFile.objects.filter(purpose="notice")
    assert notices.count() == 60
    assert all(vault.path(file.pk).exists() for file in notices)
    jobs = ProcrastinateJob.objects.filter(
        task_name="cases.issue", args__case_id__in=list(Case.objects.values_list("pk", flat=True))
    )
    assert jobs.count() == 60
    assert actions.issue(Case.objects.order_by("pk")[0].pk) is False
    assert verify().findings == ()
