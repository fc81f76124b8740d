"""Staff record a wish to apply: its day counts, whatever way it came (§ 16 SGB I)."""

from __future__ import annotations

import re
import uuid
from datetime import date

import pytest
from django.http import Http404
from django.test import Client
from pytest_django import Settings

from kiepe.base.forms.models import Draft
from kiepe.base.inbox.models import OutgoingMail
from kiepe.base.kernel.actor import Actor
from kiepe.base.kernel.refusal import Refused
from kiepe.cases import access, actions, history, queries
from kiepe.cases.models import Case
from kiepe.cases.verify import verify
from kiepe.cases.wish import Address, Channel, PersonName
from tests.cases.conftest import ANSWERS, who_filled_in
from tests.cases.desk_client import at_desk, hidden

pytestmark = pytest.mark.django_db
ERIKA = PersonName("Erika", "Öztürk")
HOME = Address("Beispielweg 3", "48143", "Münster")
TODAY = date(2026, 11, 20)
PAGE = "/arbeitsplatz/antrag-aufnehmen/"


@pytest.fixture(autouse=True)
def _day(settings: Settings) -> None:
    settings.KIEPE_TODAY = TODAY


@pytest.mark.parametrize(
    ("channel", "sentence"),
    [
        (Channel.PHONE, "Antrag am Telefon gestellt am 30.10.2026, Angaben folgen"),
        (Channel.PAPER, "Antrag auf Papier eingegangen am 30.10.2026, Angaben folgen"),
        (Channel.COUNTER, "Antrag vor Ort gestellt am 30.10.2026, Angaben folgen"),
        (Channel.FORWARDED, "Antrag bei einer anderen Stelle gestellt am 30.10.2026, Angaben folgen"),
    ],
)
def test_an_earlier_day_counts(decider: Actor, channel: Channel, sentence: str) -> None:
    made = actions.record_wish(decider, ERIKA, HOME, date(2026, 10, 30), channel, "Anruf der Tochter")
    case = made.case
    assert (case.received_on, case.whole, case.unit, case.applicant) == (
        date(2026, 10, 30), False, "wohngeld", "Erika Öztürk",
    )  # fmt: skip
    assert access.opened(case.number, made.code).case.pk == case.pk
    event = case.events.get()
    for_staff, for_person = history.told(event, for_staff=True), history.told(event, for_staff=False)
    assert for_staff.sentence == for_person.sentence == sentence
    assert (for_staff.note, for_person.note) == ("Anruf der Tochter", "")
    assert verify().findings == ()


def test_the_person_goes_on_with_it_and_the_day_stays(decider: Actor) -> None:
    case = actions.record_wish(decider, ERIKA, HOME, date(2026, 10, 30), Channel.PHONE, email="e@example.org").case
    assert OutgoingMail.objects.get().recipient == "e@example.org"
    draft = actions.go_on(Actor(who_filled_in(Draft()).kind, cases=frozenset({case.pk})), case.pk)
    assert draft.answers["street"] == "Beispielweg 3"
    draft.answers = {**ANSWERS}
    draft.save()
    case = actions.submit(who_filled_in(draft), draft).case
    assert (case.whole, case.received_on) == (True, date(2026, 10, 30))
    assert verify().findings == ()


def test_any_unit_may_and_the_responsible_one_gets_it(outsider: Actor, decider: Actor) -> None:
    case = actions.record_wish(outsider, ERIKA, HOME, TODAY, Channel.FORWARDED).case
    assert queries.case_for(decider, case.number).pk == case.pk
    with pytest.raises(Http404):
        queries.case_for(outsider, case.number)


def test_citizens_and_auditors_may_not(stranger: Actor, auditor: Actor) -> None:
    for actor in (stranger, auditor):
        with pytest.raises(Http404):
            actions.record_wish(actor, ERIKA, HOME, TODAY, Channel.PHONE)
    assert not Case.objects.exists()


@pytest.mark.parametrize(
    ("name", "address", "day", "more", "field"),
    [
        (PersonName("Erika", " "), HOME, TODAY, {}, "last_name"),
        (ERIKA, Address(), TODAY, {}, "street"),
        (ERIKA, Address("Weg 1"), TODAY, {}, "street"),
        (ERIKA, HOME, date(2026, 11, 21), {}, "day"),
        (ERIKA, HOME, date(2021, 12, 31), {}, "day"),
        (ERIKA, HOME, TODAY, {"email": "erika(at)web"}, "email"),
        (ERIKA, HOME, TODAY, {"birth_date": date(2027, 1, 1)}, "birth_date"),
        (PersonName("E" * 81, "Ö"), HOME, TODAY, {}, "first_name"),
    ],
)
def test_what_cannot_be_is_named(
    decider: Actor, name: PersonName, address: Address, day: date, more: dict[str, object], field: str
) -> None:
    with pytest.raises(Refused) as refused:
        actions.record_wish(decider, name, address, day, Channel.PHONE, **more)  # type: ignore[arg-type]  # as parametrized
    assert list(refused.value.fields) == [field]
    assert refused.value.status == 422
    assert not Draft.objects.exists()


def test_a_phone_number_is_enough_where_there_is_no_address(decider: Actor) -> None:
    assert actions.record_wish(decider, ERIKA, Address(), TODAY, Channel.PHONE, phone="0251 1234").case.pk


def test_letters_are_composed_and_foreign_ones_refused(decider: Actor) -> None:
    name = PersonName("Zoe\u0308", "O\u0308ztu\u0308rk")
    assert actions.record_wish(decider, name, HOME, TODAY, Channel.PHONE).case.applicant == "Zoë Öztürk"
    for last, says in (
        ("Öztürk\x07", "ein Zeichen, das man nicht sieht"),
        ("\u0418\u0432\u0430\u043d", "lateinisch"),
        ("K0ch", "Ziffer"),
    ):
        with pytest.raises(Refused) as refused:
            actions.record_wish(decider, PersonName("Zoë", last), HOME, TODAY, Channel.PHONE)
        assert says in refused.value.fields["last_name"]


def test_one_form_makes_one_case_and_is_no_way_to_other_drafts(decider: Actor, colleague: Actor) -> None:
    once = uuid.uuid4()
    first = actions.record_wish(decider, ERIKA, HOME, TODAY, Channel.PHONE, once=once)
    assert actions.record_wish(decider, ERIKA, HOME, TODAY, Channel.PHONE, once=once) == first
    somebodys = Draft.objects.create(form="wohngeld", form_version=3, answers={**ANSWERS}, done=["person"])
    actions.keep_date(who_filled_in(somebodys), somebodys)
    unsent = Draft.objects.create(form="wohngeld", form_version=3)
    for actor, draft in ((colleague, once), (decider, somebodys.pk), (decider, unsent.pk)):
        with pytest.raises(Http404):
            actions.record_wish(actor, ERIKA, HOME, TODAY, Channel.PHONE, once=draft)
    assert Case.objects.count() == 2


def test_at_the_desk(decider: Actor, colleague: Actor, settings: Settings) -> None:
    client = at_desk(decider)
    form = client.get(PAGE).content.decode()
    once = hidden(form, "once")
    sent = {
        "once": once,
        "channel": "phone",
        "day": "30.10.2026",
        "note": "Anruf",
        "first_name": "Erika",
        "last_name": "Öztürk",
    }
    refused = client.post(PAGE, sent)
    assert refused.status_code == 422
    text = refused.content.decode()
    assert 'value="Öztürk"' in text
    assert 'href="#f-street"' in text
    assert hidden(text, "once") == once
    sent |= {"street": "Beispielweg 3", "postcode": "48143", "town": "Münster"}
    answer = client.post(PAGE, sent)
    assert answer.headers["Location"] == f"{PAGE}{once}/"
    assert client.post(PAGE, sent).headers["Location"] == f"{PAGE}{once}/"
    case = Case.objects.get()
    shown = client.get(f"{PAGE}{once}/").content.decode()
    code = re.findall(r'kf-code">([^<]+)<', shown)[1]
    assert case.number in shown
    assert access.opened(case.number, code).case.pk == case.pk
    assert at_desk(colleague).get(f"{PAGE}{once}/").status_code == 404
    settings.KIEPE_TODAY = date(2026, 11, 21)  # tomorrow the code is not shown any more
    assert code not in client.get(f"{PAGE}{once}/").content.decode()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"day": "31.2."}, "day"),
        ({"day": ""}, "day"),
        ({"channel": "fax"}, "channel"),
        ({"birth_date": "x"}, "birth_date"),
    ],
)
def test_what_cannot_be_read_keeps_what_was_typed(decider: Actor, change: dict[str, str], field: str) -> None:
    client = at_desk(decider)
    sent = {
        "once": str(uuid.uuid4()), "channel": "counter", "day": "20.11.2026", "last_name": "Öztürk",
        "street": "Weg 1", "town": "Münster", **change,
    }  # fmt: skip
    answer = client.post(PAGE, sent)
    assert answer.status_code == 422
    assert f"e-{field}" in answer.content.decode()
    assert 'value="Öztürk"' in answer.content.decode()


def test_the_desk_shows_that_answers_follow_and_asks_for_them(decider: Actor, auditor: Actor) -> None:
    case = actions.record_wish(decider, ERIKA, HOME, date(2026, 10, 30), Channel.PHONE).case
    client = at_desk(decider)
    page = f"/arbeitsplatz/vorgaenge/{case.number}/"
    text = client.get(page).content.decode()
    for expected in ("Antrag wahrt die Frist, Angaben folgen", "30.10.2026", "21.12.2026", "Angaben folgen"):
        assert expected in text
    queue = client.get("/arbeitsplatz/?stand=angaben").content.decode()
    assert case.number in queue
    assert "Angaben abwarten" in queue
    bad = client.post(f"{page}angaben-erbitten/", {"version": case.version, "due": "gestern", "words": "Bitte"})
    assert bad.status_code == 422
    assert "Bitte" in bad.content.decode()
    done = client.post(f"{page}angaben-erbitten/", {"version": case.version, "due": "4.12.2026"}, follow=True)
    assert "um ihre Angaben gebeten" in done.content.decode()
    assert "04.12.2026" in done.content.decode()
    assert "Antrag aufnehmen" not in at_desk(auditor).get(page).content.decode()
    assert at_desk(auditor).get(PAGE).status_code == 404
    assert Client().get(PAGE).status_code == 302
