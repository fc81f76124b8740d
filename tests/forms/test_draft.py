"""Drafts: whose they are, two tabs at once, files, and the day on which they go."""

from __future__ import annotations

import threading
from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import Http404, QueryDict
from PIL import Image

from kiepe.base.accounts.models import Account
from kiepe.base.documents.models import StoredFile
from kiepe.base.forms import actions, queries, tasks
from kiepe.base.forms.flow import Flow, PageAt, load
from kiepe.base.forms.models import KEPT_DAYS, Draft
from kiepe.base.kernel import clock
from kiepe.base.kernel.actor import NOBODY, Actor, ActorKind, Role
from kiepe.base.kernel.refusal import Refused

FLOW = load(Path(__file__).parent / "antrag" / "form.yaml")


def erika(*drafts: Draft) -> Actor:
    return Actor(kind=ActorKind.CITIZEN, drafts=frozenset(str(draft.pk) for draft in drafts))


def put(draft: Draft, at: PageAt, post: str, flow: Flow = FLOW) -> Draft:
    stored = Draft.objects.get(pk=draft.pk)
    return actions.save(erika(draft), draft.pk, flow, at, flow.parse(at, stored.answers, QueryDict(post)))


def photo() -> SimpleUploadedFile:
    from io import BytesIO

    data = BytesIO()
    Image.new("RGB", (40, 30), "white").save(data, "PNG")
    return SimpleUploadedFile("foto.png", data.getvalue(), "image/png")


@pytest.mark.django_db
def test_only_its_own_session_or_account_sees_it() -> None:
    account = Account.objects.create(kind="citizen", email="erika@example.org")
    draft = actions.begin(Actor(kind=ActorKind.CITIZEN, account=account.pk), FLOW)
    assert queries.draft_for(erika(draft), draft.pk) == draft
    assert queries.draft_for(Actor(kind=ActorKind.CITIZEN, account=account.pk), draft.pk) == draft
    other = actions.begin(NOBODY, FLOW)
    staff = Actor(
        kind=ActorKind.STAFF, account=account.pk, roles=frozenset({Role.LEAD}), drafts=frozenset({str(draft.pk)})
    )
    for actor in (NOBODY, erika(other), staff):
        with pytest.raises(Http404):
            queries.draft_for(actor, draft.pk)
    with pytest.raises(Http404):
        queries.draft_for(erika(draft), uuid4())
    with pytest.raises(Http404):
        actions.save(
            erika(other), draft.pk, FLOW, FLOW.at("contact"), FLOW.parse(FLOW.at("contact"), {}, QueryDict(""))
        )


@pytest.mark.django_db
def test_what_cannot_be_read_is_kept_until_it_can() -> None:
    draft = actions.begin(NOBODY, FLOW)
    at = FLOW.at("rent")
    good = put(draft, at, "housing=rent&rent_total=600&heating=no")
    assert good.done == ["rent"]
    bad = put(draft, at, "housing=rent&rent_total=ca.+700&heating=no")
    assert bad.raw["rent"]["rent_total"] == ["ca. 700"]
    assert bad.answers["rent_total"] == "600.00"  # the last good value stays
    assert bad.done == []
    again = put(draft, at, "housing=rent&rent_total=700&heating=no")
    assert (again.raw, again.done, again.answers["rent_total"]) == ({}, ["rent"], "700.00")


@pytest.mark.django_db(transaction=True)
def test_two_tabs_keep_each_others_pages() -> None:
    draft = actions.begin(NOBODY, FLOW)
    posts = [("contact", "email=erika@example.org"), ("rent", "housing=own"), ("account", "iban=&payee=me")] * 4
    trouble: list[BaseException] = []

    def one(key: str, post: str) -> None:
        try:
            put(draft, FLOW.at(key), post)
        except BaseException as error:  # noqa: BLE001 - handed to the test's own thread
            trouble.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=pair) for pair in posts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert trouble == []
    stored = Draft.objects.get(pk=draft.pk)
    assert stored.answers["email"] == "erika@example.org"
    assert (stored.answers["housing"], stored.answers["payee"]) == ("own", "me")
    assert sorted(stored.done) == ["account", "contact", "rent"]


@pytest.mark.django_db
def test_items_come_once_and_go_with_everything() -> None:
    draft = actions.begin(NOBODY, FLOW)
    household = FLOW.at("household")
    _draft, first = actions.add_item(erika(draft), draft.pk, FLOW, household)
    _draft, second = actions.add_item(erika(draft), draft.pk, FLOW, household)
    assert first == second == "p2"
    put(draft, FLOW.at("member", ["p2"]), "first_name=Tim&last_name=B&birth_date=31.2.17")
    put(draft, FLOW.at("work", ["p2"]), "works=no")
    left = actions.remove_item(erika(draft), draft.pk, FLOW, household, "p2")
    assert left.answers["persons"] == [{"id": "applicant"}]
    assert (left.raw, left.done) == ({}, [])
    assert actions.remove_item(erika(draft), draft.pk, FLOW, household, "p2").answers == left.answers
    parsed = FLOW.parse(FLOW.at("account"), {}, QueryDict("payee=me"))
    with pytest.raises(Http404):
        actions.save(erika(draft), draft.pk, FLOW, FLOW.at("work", ["p2"]), parsed)


@pytest.mark.django_db
def test_a_list_ends() -> None:
    draft = actions.begin(NOBODY, FLOW)
    for number in range(2, 5):
        actions.add_item(erika(draft), draft.pk, FLOW, FLOW.at("household"))
        put(draft, FLOW.at("member", [f"p{number}"]), "first_name=A&last_name=B&birth_date=1.1.2001")
    with pytest.raises(Refused, match="Mehr als 4"):
        actions.add_item(erika(draft), draft.pk, FLOW, FLOW.at("household"))


@pytest.mark.django_db
def test_files_stay_with_the_draft_and_go_with_it() -> None:
    draft = actions.begin(NOBODY, FLOW)
    one = actions.attach(erika(draft), draft.pk, "rental_contract", "", photo())
    two = actions.attach(erika(draft), draft.pk, "payslips", "applicant.p1", photo())
    assert [file.pk for file in queries.files(draft)] == [one.pk, two.pk]
    other = actions.begin(NOBODY, FLOW)
    with pytest.raises(Http404):
        queries.file_for(erika(other), draft.pk, one.stored_file_id)
    with pytest.raises(Http404):
        queries.file_for(erika(other), other.pk, one.stored_file_id)
    actions.detach(erika(draft), draft.pk, one.stored_file_id)
    actions.detach(erika(draft), draft.pk, one.stored_file_id)
    assert StoredFile.objects.count() == 1
    actions.discard(erika(draft), draft.pk)
    assert StoredFile.objects.count() == 0
    assert not Draft.objects.filter(pk=draft.pk).exists()


@pytest.mark.django_db
def test_the_same_file_twice_is_one() -> None:
    draft = actions.begin(NOBODY, FLOW)
    upload = photo()
    actions.attach(erika(draft), draft.pk, "rental_contract", "", upload)
    upload.seek(0)
    actions.attach(erika(draft), draft.pk, "rental_contract", "", upload)
    assert draft.files.count() == 1
    assert StoredFile.objects.count() == 1


@pytest.mark.django_db
def test_refused_files_leave_nothing() -> None:
    draft = actions.begin(NOBODY, FLOW)
    with pytest.raises(Refused) as refusal:
        actions.attach(erika(draft), draft.pk, "rental_contract", "", SimpleUploadedFile("a.pdf", b"kein pdf"))
    assert refusal.value.status == 422
    assert StoredFile.objects.count() == 0


@pytest.mark.django_db
def test_sent_is_sent() -> None:
    draft = actions.begin(NOBODY, FLOW)
    Draft.objects.filter(pk=draft.pk).update(submitted_at=clock.now())
    with pytest.raises(Refused, match="schon abgeschickt"):
        put(draft, FLOW.at("contact"), "email=")


@pytest.mark.django_db
def test_the_day_comes(settings: LazySettings) -> None:
    settings.KIEPE_TODAY = date(2026, 11, 20)
    draft = actions.begin(NOBODY, FLOW)
    actions.attach(erika(draft), draft.pk, "rental_contract", "", photo())
    late = actions.begin(NOBODY, FLOW)
    assert Draft.objects.get(pk=draft.pk).delete_on == date(2026, 12, 20)
    settings.KIEPE_TODAY = date(2026, 11, 30)
    put(late, FLOW.at("contact"), "email=")
    settings.KIEPE_TODAY = date(2026, 11, 20) + timedelta(days=KEPT_DAYS - 1)
    tasks.remove_due(0)
    assert queries.draft_for(erika(draft), draft.pk)
    settings.KIEPE_TODAY = date(2026, 12, 20)
    with pytest.raises(Http404):
        queries.draft_for(erika(draft), draft.pk)
    tasks.remove_due(0)
    assert list(Draft.objects.values_list("pk", flat=True)) == [late.pk]
    assert StoredFile.objects.count() == 0
