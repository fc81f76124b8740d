"""The queue: who sees it, what is filtered, in which order, page by page."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client

from kiepe.base.kernel import clock
from kiepe.base.kernel.actor import Actor
from kiepe.base.kernel.letters import sort_key
from kiepe.cases.models import Case, EvidenceItem
from kiepe.cases.queue import Wanted, lines, tally
from tests.cases.desk_client import at_desk

QUEUE = "/arbeitsplatz/"
Submitted = Callable[..., tuple[Actor, Case]]


def a_case(number: int, *, name: str = "Muster Mia", due: int | None = None, **more: object) -> Case:
    """A row as the queue reads it; `due`: days from today."""
    usual: dict[str, object] = {
        "number": f"WG-2026-{number:06d}",
        "case_type": "wohngeld",
        "service": "wohngeld",
        "unit": "wohngeld",
        "state": "ready",
        "draft": uuid.uuid4(),
        "applicant": name,
        "applicant_sort": sort_key(name),
        "received_on": clock.today() - timedelta(days=number % 7),
        "due_on": None if due is None else clock.today() + timedelta(days=due),
        "created_at": clock.now(),
    }
    return Case.objects.create(**{**usual, **more})


def numbers(html: str) -> list[str]:
    """The cases of a page, in order."""
    return re.findall(r'<th scope="row"><a href="/arbeitsplatz/vorgaenge/([^/]+)/"', html)


def asked_for(case: Case, due: date) -> None:
    EvidenceItem.objects.create(
        case=case, key="rent", title="Mietvertrag", norm="§ 60", state="requested", due_on=due, changed_at=clock.now()
    )


def test_only_the_unit_sees_its_queue(decider: Actor, outsider: Actor, auditor: Actor, stranger: Actor) -> None:
    case = a_case(1)
    assert numbers(at_desk(decider).get(QUEUE).content.decode()) == [case.number]
    assert numbers(at_desk(auditor).get(QUEUE).content.decode()) == [case.number]
    assert numbers(at_desk(outsider).get(QUEUE).content.decode()) == []
    assert at_desk(stranger).get(QUEUE).status_code == 404
    assert Client().get(QUEUE).headers["Location"].startswith("/anmelden/mitarbeit/")


def test_the_counters_count_what_their_links_show(decider: Actor, colleague: Actor) -> None:
    today = clock.today()
    a_case(1, due=-1)
    a_case(2, due=0, claimed_by_id=decider.account)
    a_case(3, due=1, claimed_by_id=colleague.account)
    asked_for(a_case(4, state="waiting"), today - timedelta(days=1))
    asked_for(a_case(5, state="waiting"), today)  # may still come today
    a_case(6, state="received")
    a_case(7, state="decided", due=-5)
    a_case(8, state="issued", open=False, due=-5)
    a_case(9, unit="sozialamt", due=-1)
    counted = tally(decider)
    assert (counted.open, counted.ready, counted.due, counted.waiting, counted.received, counted.mine) == (
        6, 3, 3, 2, 1, 1,
    )  # fmt: skip
    for view, count in (("open", 6), ("ready", 3), ("due", 3), ("waiting", 2), ("received", 1), ("closed", 2)):
        assert lines(decider, Wanted(view=view)).total == count, view
    assert lines(decider, Wanted(view="all")).total == 8
    assert lines(decider, Wanted(who="mine")).total == 1
    assert lines(decider, Wanted(who="nobody")).total == 4


def test_names_are_in_the_order_of_din_5007(decider: Actor) -> None:
    # DIN 5007-1: ä like a, ö like o, ß like ss; ı and ş have their place beside i and s only where they decompose
    given = ["Zander", "Öztürk", "Otto", "Ostermann", "Peters", "Äpfelbach", "Apel", "Strasser", "Straßer A"]
    for at, name in enumerate(given):
        a_case(at + 1, name=name)
    found = [line.case.applicant for line in lines(decider, Wanted(sort="name")).lines]
    assert found == ["Apel", "Äpfelbach", "Ostermann", "Otto", "Öztürk", "Peters", "Strasser", "Straßer A", "Zander"]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Mueller", "Erika Müller"),
        ("müller erika", "Erika Mueller"),
        ("Sahin", "Ayşe Şahin"),
        ("ayşe", "Ayse Sahin"),
        ("lukasz", "Łukasz Dąbrowski"),
        ("O'Neill", "Sean O'Neill"),
    ],
)
def test_a_name_is_found_as_its_letters_or_as_a_passport_writes_it(decider: Actor, typed: str, name: str) -> None:
    """DIN 91379's search form; the decoy is never among them, and a word with signs of a pattern is only text."""
    wanted, _decoy = a_case(1, name=name), a_case(2, name="Vera Beispiel")
    assert [line.case.pk for line in lines(decider, Wanted(words=typed)).lines] == [wanted.pk]
    for harmless in (".*", "(", "\\", "[a", "\x00.*"):
        assert lines(decider, Wanted(words=harmless)).total == 0


@pytest.mark.parametrize("sort", ["due", "received", "name"])
@pytest.mark.parametrize("descending", [False, True])
def test_pages_leave_nothing_out_and_lead_back(decider: Actor, sort: str, descending: bool) -> None:
    # ties in every column, and cases without a day: only then a keyset shows its mistakes
    for at in range(1, 24):
        a_case(at, name=f"Name {at % 4}", due=None if at % 5 == 0 else at % 3)
    wanted = Wanted(sort=sort, descending=descending)
    whole = [line.case.number for line in lines(decider, wanted, size=100).lines]
    assert len(set(whole)) == 23
    forth, page = [], lines(decider, wanted, size=4)
    assert page.before == ""
    while True:
        forth.append([line.case.number for line in page.lines])
        if not page.after:
            break
        page = lines(decider, Wanted(sort=sort, descending=descending, after=page.after), size=4)
    assert [number for part in forth for number in part] == whole
    back = []
    while page.before:
        page = lines(decider, Wanted(sort=sort, descending=descending, before=page.before), size=4)
        back.append([line.case.number for line in page.lines])
    assert back == forth[-2::-1]


def test_the_day_of_an_answer_counts_while_a_case_waits(decider: Actor) -> None:
    a_case(1, due=5)
    asked_for(a_case(2, state="waiting"), clock.today() - timedelta(days=2))
    a_case(3, state="received")
    html = at_desk(decider).get(QUEUE).content.decode()
    assert numbers(html) == ["WG-2026-000002", "WG-2026-000001", "WG-2026-000003"]
    assert "Antwort überfällig" in html
    assert "Erinnern oder entscheiden" in html
    assert "vor 2 Tagen" in html


def test_a_name_is_found_and_never_stands_in_an_address(decider: Actor) -> None:
    a_case(1, name="Öztürk Erika")
    a_case(2, name="Muster Mia")
    client = at_desk(decider)
    answer = client.post(f"{QUEUE}suche/", {"q": "erika ozturk"})
    assert answer.status_code == 302
    html = client.get(answer.headers["Location"]).content.decode()
    assert numbers(html) == ["WG-2026-000001"]
    addresses = [answer.headers["Location"], *re.findall(r'href="([^"]*)"', html)]
    assert not any(
        "erika" in one.lower() or "rk" in one.lower().split("?")[-1] for one in addresses if "arbeits" in one
    )
    assert len(numbers(client.get(QUEUE).content.decode())) == 2  # the rail shows everything again
    cleared = client.post(f"{QUEUE}suche/", {"q": "", "stand": "offen", "wer": "team"})
    assert len(numbers(client.get(cleared.headers["Location"]).content.decode())) == 2


def test_no_cursor_holds_a_name(decider: Actor) -> None:
    for at in range(1, 40):
        a_case(at, name=f"Geheim {at:02}")
    html = at_desk(decider).get(QUEUE, {"sort": "name"}).content.decode()
    assert re.search(r'href="[^"]*nach=WG-2026-\d+"', html)
    assert not re.search(r'href="[^"]*[Gg]eheim', html)


def test_a_whole_number_leads_to_its_case(submitted: Submitted, decider: Actor, outsider: Actor) -> None:
    _, case = submitted()
    answer = at_desk(decider).post(f"{QUEUE}suche/", {"q": f" {case.number.lower()} "})
    assert answer.headers["Location"] == f"/arbeitsplatz/vorgaenge/{case.number}/"
    hidden = at_desk(outsider).post(f"{QUEUE}suche/", {"q": case.number})
    assert hidden.headers["Location"].startswith(f"{QUEUE}?")


@pytest.mark.parametrize("query", ["?stand=quatsch&wer=x&sort=-&nach=zz", "?nach=WG-2026-999999", "?vor=' OR 1=1"])
def test_a_made_up_address_shows_the_queue(decider: Actor, query: str) -> None:
    a_case(1)
    assert at_desk(decider).get(f"{QUEUE}{query}").status_code == 200


def test_the_page_asks_the_database_little(
    decider: Actor, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    for at in range(1, 26):
        a_case(at, due=at, claimed_by_id=decider.account)
    client = at_desk(decider)
    client.get(QUEUE)
    with django_assert_max_num_queries(8):  # type: ignore[attr-defined]  # a context manager
        client.get(QUEUE)
