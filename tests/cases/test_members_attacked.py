"""Who must see nothing of what a member and the office say to each other: everybody else, by every way.

One case, one thread full of secrets, and an attacker after the other; then everything that the applicant can get.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.http import Http404
from django.test import Client
from pytest_django import Settings

from kiepe.base.inbox.models import OutgoingMail
from kiepe.base.kernel.actor import Actor, ActorKind
from kiepe.cases import access, actions, members, queries
from kiepe.cases.models import Case, Message, Party, PartyAccess, PartyRole
from tests.cases.conftest import hand_in_all, photo
from tests.cases.desk_client import at_desk, page_of
from tests.cases.members import ALI, MIA, Sent, pdf_words, read, sent, taken_home
from tests.cases.test_access import WITH_PROXY  # noqa: F401 - named in settings

pytestmark = pytest.mark.django_db
SECRETS = ("Mein Chef droht mir", "Wir fragen ihn nicht", "geheim", "antwort.pdf", "ali@example.org", "lohn-p1")


@pytest.fixture
def home(db: None, settings: Settings, decider: Actor) -> Sent:
    """Ali wrote with a photo and was answered with a file; the household has a representative too."""
    settings.CASE_TYPES = ["tests.cases.test_access.WITH_PROXY"]
    home = sent(email="ali@example.org")
    written = home.write("Mein Chef droht mir.")
    party = home.party()
    actions.send_message(
        decider, home.case.pk, "Wir fragen ihn nicht.", [photo("antwort.png")], answers=written, member=party
    )
    return home


def _by_case_code(home: Sent) -> Client:
    client = Client()
    code = access.code(home.case.draft)
    client.post("/meine-vorgaenge/oeffnen/", {"number": home.case.number, "code": code})
    return client


def _representative(home: Sent) -> Client:
    party = Party.objects.get(case=home.case, role=PartyRole.REPRESENTATIVE)
    client, code = Client(), actions.grant_access(home.applicant, home.case.pk, party.pk)
    client.post("/meine-vorgaenge/oeffnen/", {"number": home.case.number, "code": code})
    return client


def _of_another_case(home: Sent) -> Client:
    return sent().ali


def _ended(home: Sent) -> Client:
    """Ali's own browser, after the way in was ended."""
    PartyAccess.objects.filter(party=home.party()).update(revoked_at="2026-01-01T00:00Z")
    return home.ali


ATTACKERS: dict[str, Callable[[Sent], Client]] = {
    "nobody": lambda _home: Client(),
    "the applicant who sent it": lambda home: home.erika,
    "the applicant with number and code": _by_case_code,
    "a representative with an own code": _representative,
    "another member": lambda home: home.mia,
    "a member of another household": _of_another_case,
    "the member whose way in was ended": _ended,
}


@pytest.mark.parametrize("who", ATTACKERS)
def test_no_address_leads_there(home: Sent, who: str) -> None:
    client = ATTACKERS[who](home)
    files = [one.stored_file_id for message in Message.objects.filter(of_member=ALI) for one in message.files.all()]
    own = who == "another member"  # the same addresses show a thread of her own
    for rest in ("", "nachrichten/", "mailadresse/", "alles.pdf"):
        answer = client.get(f"{home.base}mein-teil/{rest}")
        assert answer.status_code == (200 if own else 404), rest
        text = pdf_words(answer.content) if own and rest.endswith("pdf") else answer.content.decode("utf-8", "replace")
        assert not [secret for secret in SECRETS if secret in text], rest
    assert len(files) == 2
    for file in files:
        for rest in (f"datei/{file}/", f"datei/{file}/bild/"):
            for place in (home.base, f"{home.base}mein-teil/"):
                assert client.get(f"{place}{rest}").status_code == 404, place
    desk = client.get(page_of(home.case, f"nachrichten/mit/{ALI}/"))
    assert desk.status_code in {302, 404}  # to the sign-in for staff, or nothing
    count = Message.objects.filter(of_member=ALI).count()
    assert client.post(f"{home.base}mein-teil/nachrichten/", {"text": "Ich bin Ali"}).status_code == (
        302 if own else 404
    )
    assert client.post(f"{home.base}mein-teil/mailadresse/", {"email": ""}).status_code == (302 if own else 404)
    assert Message.objects.filter(of_member=ALI).count() == count
    assert PartyAccess.objects.get(party=home.party()).email == "ali@example.org"
    assert client.post(page_of(home.case, f"nachrichten/mit/{ALI}/"), {"text": "Hallo"}).status_code in {302, 404}


@pytest.mark.parametrize("who", ["outsider", "auditor", "stranger"])
def test_staff_and_accounts_see_what_is_their_office(home: Sent, who: str, request: pytest.FixtureRequest) -> None:
    actor: Actor = request.getfixturevalue(who)
    client, file = at_desk(actor), Message.objects.filter(of_member=ALI)[0].files.get().stored_file_id
    reads = who == "auditor"  # the record's auditors read everything and write nothing
    for rest in (f"nachrichten/mit/{ALI}/", f"datei/{file}/"):
        assert client.get(page_of(home.case, rest)).status_code == (200 if reads else 404), rest
    for rest in (f"nachrichten/mit/{ALI}/", f"nachrichten/mit/{ALI}/gelesen/"):
        assert client.post(page_of(home.case, rest), {"text": "Hallo", "shown": "9"}).status_code == 404
    for rest in ("", "nachrichten/", "mailadresse/", "alles.pdf", f"datei/{file}/"):
        assert client.get(f"{home.base}mein-teil/{rest}").status_code == 404


@pytest.mark.parametrize("item", ["p9", "applicant", MIA])
def test_the_desk_writes_to_nobody_who_would_not_read_it(home: Sent, decider: Actor, item: str) -> None:
    PartyAccess.objects.filter(party=home.party(MIA)).delete()
    answer = at_desk(decider).post(page_of(home.case, f"nachrichten/mit/{item}/"), {"text": "Hallo"})
    assert answer.status_code == 404
    assert not Message.objects.filter(text="Hallo").exists()


def test_no_verb_takes_a_member_who_is_somebody_else(home: Sent) -> None:
    ali, mia = home.party(), home.party(MIA)
    nobody = Actor(ActorKind.CITIZEN)
    for actor in (home.actor(MIA), home.applicant, nobody, Actor(ActorKind.CITIZEN, parties=frozenset({10**9}))):
        for attempt in (
            lambda actor=actor: actions.send_message(actor, home.case.pk, "Ich bin Ali", member=ali),
            lambda actor=actor: actions.mark_read(actor, home.case.pk, 10**6, member=ali),
            lambda actor=actor: actions.set_news_address(actor, ali, "x@example.org"),
            lambda actor=actor: members.messages(actor, ali),
            lambda actor=actor: members.evidence(actor, ali),
            lambda actor=actor: members.events(actor, ali),
            lambda actor=actor: members.said(actor, ali),
            lambda actor=actor: members.requests(actor, ali),
            lambda actor=actor: members.corrections(actor, ali),
            lambda actor=actor: members.reads(actor, ali),
            lambda actor=actor: members.threads(actor, home.case),
            lambda actor=actor: members.thread(actor, home.case, ALI),
        ):
            with pytest.raises(Http404):
                attempt()
    other = sent()
    with pytest.raises(Http404):  # a member's own code is good for their case only
        actions.send_message(home.actor(), other.case.pk, "x", member=ali)
    with pytest.raises(Http404):
        actions.mark_read(home.actor(), other.case.pk, 10**6, member=ali)
    assert members.messages(home.actor(MIA), mia) == []


def test_a_party_that_is_gone_opens_nothing_to_the_applicant(home: Sent) -> None:
    """The thread is kept by the item: even where the party's row went, what was said stays between the two."""
    Message.objects.filter(of_member=ALI).update(party=None)
    home.party().delete()
    assert [one for one in queries.messages(home.applicant, home.case) if one.of_member] == []
    assert not [one for one in queries.events(home.applicant, home.case) if one.verb == "message_sent"]
    file = Message.objects.filter(of_member=ALI)[0].files.get().stored_file_id
    with pytest.raises(Http404):
        queries.file_for(home.applicant, home.case, file)


def test_nothing_of_it_is_in_all_that_the_applicant_gets(home: Sent, decider: Actor) -> None:
    """Before and after the decision: pages, papers, the archive, mails; and the same for who acts for the applicant."""
    OutgoingMail.objects.exclude(recipient="ali@example.org").update(text="")  # those from before
    _corrected_for_ali(home, decider)
    hand_in_all(decider, home.case)
    decide_with_hints(decider, home.case)
    assert actions.issue(home.case.pk)
    for client in (home.erika, _representative(home)):
        pages = [client.get(f"{home.base}{rest}") for rest in ("", "nachrichten/", "bescheid/", "zustellung/")]
        words = " ".join(page.content.decode() for page in pages)
        words += client.get("/meine-vorgaenge/").content.decode() + client.get("/meine-daten/").content.decode()
        words += pdf_words(client.get(f"{home.base}alles.pdf").content)
        data, packed = taken_home(client)
        words += read(packed)
        assert [secret for secret in SECRETS if secret in words] == []
        assert "nach Lohnzettel" not in words  # why a caseworker corrected Ali's answer
        assert words.count("Nachricht von der Stadt") == 0
        if client is home.erika:
            (case,) = data["cases"]
            assert case["messages"] == []
            assert [one["answer"] for one in case["corrections"]] == ["rent"]  # hers; Ali's is Ali's
    mails = OutgoingMail.objects.filter(recipient="erika@example.org")
    assert not [one for one in mails for secret in SECRETS if secret in one.text + one.subject]
    assert members.corrections(home.actor(), home.party())[0].reason == "nach Lohnzettel"


def _corrected_for_ali(home: Sent, decider: Actor) -> None:
    home.case.refresh_from_db()
    actions.correct(decider, home.case.pk, "members.0.earns", "no", "nach Lohnzettel", version=home.case.version)
    home.case.refresh_from_db()
    actions.correct(decider, home.case.pk, "rent", "700,00", "nach Vertrag", version=home.case.version)


def decide_with_hints(decider: Actor, case: Case) -> None:
    case.refresh_from_db()
    prepared = queries.proposal(decider, case)
    actions.decide(decider, case.pk, "grant", "", set(prepared.hints), prepared.digest, version=case.version)
