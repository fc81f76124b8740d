"""Who may see what of a case at the desk: the unit, the auditor without buttons, nobody else."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable

import pytest
from django.test import Client

from kiepe.base.accounts.models import Account
from kiepe.base.kernel.actor import Actor
from kiepe.cases.models import AccessEntry, Case, EvidenceFile, EvidenceItem
from tests.cases.conftest import hand_in_all
from tests.cases.desk_client import at_desk, page_of

Submitted = Callable[..., tuple[Actor, Case]]
PAGES = ["", "antrag/", "unterlagen/", "verlauf/"]
WORKING_PAGES = ["berichtigen/?angabe=rent", "zeitraum/", "entscheiden/"]
POSTS = ["uebernehmen/", "nachfordern/", "berichtigen/", "zeitraum/", "entscheiden/", "berichtigen/1/zuruecknehmen/"]


@pytest.mark.parametrize("page", PAGES)
def test_the_unit_and_the_auditor_read_a_case(submitted: Submitted, decider: Actor, auditor: Actor, page: str) -> None:
    _, case = submitted()
    for actor in (decider, auditor):
        answer = at_desk(actor).get(page_of(case, page))
        assert answer.status_code == 200
        assert "Erika Öztürk" in answer.content.decode()


@pytest.mark.parametrize("page", [*PAGES, *WORKING_PAGES])
def test_for_everyone_else_it_does_not_exist(submitted: Submitted, outsider: Actor, stranger: Actor, page: str) -> None:
    _, case = submitted()
    assert at_desk(outsider).get(page_of(case, page)).status_code == 404
    assert at_desk(stranger).get(page_of(case, page)).status_code == 404
    anonymous = Client().get(page_of(case, page))
    assert anonymous.status_code == 302
    assert anonymous.headers["Location"].startswith("/anmelden/mitarbeit/")


def test_the_applicant_does_not_get_in_by_the_desk(submitted: Submitted, stranger: Actor) -> None:
    _, case = submitted()
    Case.objects.filter(pk=case.pk).update(account=stranger.account)
    assert at_desk(stranger).get(page_of(case)).status_code == 404


@pytest.mark.parametrize("page", PAGES)
def test_the_auditor_sees_no_button(submitted: Submitted, decider: Actor, auditor: Actor, page: str) -> None:
    _, case = submitted()
    buttons = re.compile(r'<form[^>]*action="/arbeitsplatz/vorgaenge/')
    html = at_desk(auditor).get(page_of(case, page)).content.decode()
    assert not buttons.search(html)
    assert "berichtigen/?angabe" not in html
    if page in {"", "unterlagen/"}:  # the same pages have buttons for who decides
        assert buttons.search(at_desk(decider).get(page_of(case, page)).content.decode())


@pytest.mark.parametrize("target", POSTS)
def test_the_auditor_changes_nothing(submitted: Submitted, auditor: Actor, target: str) -> None:
    _, case = submitted()
    answer = at_desk(auditor).post(page_of(case, target), {"version": case.version, "step": "issue"})
    assert answer.status_code == 404
    assert Case.objects.get(pk=case.pk).version == case.version


@pytest.mark.parametrize("target", POSTS)
def test_a_form_from_elsewhere_is_refused(submitted: Submitted, decider: Actor, target: str) -> None:
    _, case = submitted()
    answer = at_desk(decider, checks=True).post(page_of(case, target), {"version": case.version})
    assert answer.status_code == 403
    assert Case.objects.get(pk=case.pk).version == case.version


def test_every_look_at_a_file_is_in_the_access_log(submitted: Submitted, decider: Actor) -> None:
    applicant, case = submitted()
    hand_in_all(applicant, case)
    file = EvidenceFile.objects.filter(item__case=case).order_by("pk").first()
    assert file is not None
    client = at_desk(decider)
    whole = client.get(page_of(case, f"datei/{file.stored_file_id}/"))
    assert whole.content.startswith(b"%PDF")
    assert whole.headers["Cache-Control"] == "no-store"
    picture = client.get(page_of(case, f"datei/{file.stored_file_id}/seite/1/"))
    assert picture.content.startswith(b"\x89PNG")
    looks = AccessEntry.objects.filter(case=case, account=decider.account, what=f"file {file.stored_file_id}")
    assert looks.count() == 2


def test_a_file_is_shown_only_under_its_own_case(submitted: Submitted, decider: Actor, outsider: Actor) -> None:
    applicant, case = submitted()
    _, other = submitted()
    hand_in_all(applicant, case)
    file = EvidenceFile.objects.filter(item__case=case).order_by("pk").first()
    assert file is not None
    assert at_desk(decider).get(page_of(other, f"datei/{file.stored_file_id}/")).status_code == 404
    assert at_desk(outsider).get(page_of(case, f"datei/{file.stored_file_id}/")).status_code == 404
    item = EvidenceItem.objects.filter(case=case).first()
    assert item is not None
    assert at_desk(decider).get(page_of(other, f"unterlagen/{item.pk}/")).status_code == 404


def test_no_title_and_no_log_holds_a_name(
    submitted: Submitted, decider: Actor, caplog: pytest.LogCaptureFixture
) -> None:
    _, case = submitted()
    client = at_desk(decider)
    with caplog.at_level(logging.DEBUG):
        for page in [*PAGES, *WORKING_PAGES]:
            html = client.get(page_of(case, page)).content.decode()
            title = re.search(r"<title>(.*?)</title>", html, re.DOTALL)
            assert title is not None
            assert case.number in title.group(1)
            assert "Öztürk" not in title.group(1)
    names = [account.name for account in Account.objects.all()] + ["Öztürk"]
    logged = [record.getMessage() for record in caplog.records if not record.name.startswith("django.db")]
    assert not any(name in line for name in names for line in logged)
