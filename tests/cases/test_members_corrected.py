"""The applicant corrects answers where members spoke for themselves: sees and changes nothing of theirs."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.test import Client

from kiepe.base.forms import actions as forms
from kiepe.base.forms import parts
from kiepe.base.forms.models import Draft, OwnPart
from kiepe.base.kernel.actor import Actor, ActorKind
from kiepe.base.kernel.refusal import Refused
from kiepe.cases import actions, facts, members, queries, types
from kiepe.cases.models import Answers, EvidenceItem, Party, PartyAccess
from kiepe.cases.verify import verify
from tests.cases.desk_client import at_desk, page_of
from tests.cases.members import ALI, MIA, Sent, pdf_words, sent
from tests.cases.test_own_part import Household

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(db: None) -> Sent:
    return sent()


class Correction:
    """A correction that the applicant began in her browser."""

    def __init__(self, home: Sent) -> None:
        self.home = home
        answer = home.erika.post(f"{home.base}berichtigen/")
        assert answer.status_code == 302
        self.draft = Draft.objects.get(pk=answer.headers["Location"].split("/")[3])
        self.base = f"/antrag/wohngeld/{self.draft.pk}/"

    def change(self, page: str, **typed: str) -> None:
        assert self.home.erika.post(f"{self.base}{page}/", typed).status_code == 302

    def send(self) -> None:
        answer = self.home.erika.post(f"{self.base}absenden/", {"declared": "1"})
        assert answer.headers["Location"].endswith("?getan=berichtigt"), answer.headers["Location"]


def test_it_shows_nothing_of_the_members_and_changes_nothing_of_theirs(home: Sent, decider: Actor) -> None:
    before = {item: home.party(item).pk for item in (ALI, MIA)}
    home.write("Nur für das Amt.")
    said = home.erika.get(f"{home.base}berichtigen/").content.decode()
    assert "antwortet auch jemand für sich selbst: Ali Öztürk, Mia Öztürk." in said
    begun = Correction(home)
    assert begun.draft.answers["members"] == [{"id": ALI, "name": "Ali Öztürk"}, {"id": MIA, "name": "Mia Öztürk"}]
    for item in (ALI, MIA):
        assert home.erika.get(f"{begun.base}member/{item}/").status_code == 302  # not asked here
        assert home.erika.post(f"{begun.base}member/{item}/", {"name": "X", "earns": "no"}).status_code == 409
    begun.change("home", rent="750", dog="yes")
    shown = home.erika.get(f"{begun.base}pruefen/").content.decode()
    assert "750,00" in shown
    assert "Hat die Person Einkommen" not in shown
    begun.send()
    latest = Answers.objects.get(case=home.case, version=2).json
    assert latest["rent"] == "750.00"
    assert latest["members"] == [
        {"id": ALI, "name": "Ali Öztürk", "earns": True},
        {"id": MIA, "name": "Mia Öztürk", "earns": True},
    ]
    for item, pk in before.items():
        kept = home.party(item)
        assert (kept.pk, kept.own_part) == (pk, True)
        assert PartyAccess.objects.filter(party=kept).exists()
        assert EvidenceItem.objects.get(case=home.case, key="payslip", item_id=item).files.count() == 1
    (version,) = queries.versions(home.applicant, home.case)
    assert [one.label for one in version.differences] == ["Miete im Monat"]
    assert home.by_code().get(f"{home.base}mein-teil/nachrichten/").status_code == 200
    assert queries.messages(home.applicant, home.case) == []
    assert [one.version for one in members.said(home.actor(), home.party())] == [1, 2]
    assert not OwnPart.objects.filter(draft=begun.draft).exclude(answers={}).exists()
    assert "750,00" in at_desk(decider).get(page_of(home.case, "aenderungen/")).content.decode()
    assert verify().findings == ()


def test_the_confirmation_of_it_tells_nothing_of_them_either(home: Sent) -> None:
    begun = Correction(home)
    begun.change("home", rent="750", dog="yes")
    begun.send()
    seq = home.case.events.latest("seq").seq
    words = pdf_words(home.erika.get(f"{home.base}bestaetigung/{seq}.pdf").content)
    assert "750,00" in words
    assert "Einkommen" not in words
    words = pdf_words(home.erika.get(f"{home.base}alles.pdf").content)
    assert "Einkommen" not in words


@pytest.mark.parametrize("what", ["invite", "take back", "remove", "past the page"])
def test_nobody_who_spoke_is_invited_again_or_taken_out(home: Sent, what: str) -> None:
    begun = Correction(home)
    page = home.erika.get(f"{begun.base}members/").content.decode()
    for offered in ("einladen/", "entfernen=p1", "Selbst ausfüllen lassen"):
        assert offered not in page
    if what == "remove":
        assert home.erika.post(f"{begun.base}members/", {"remove": ALI}).status_code == 409
    elif what == "past the page":  # whatever removed it, it is not sent
        who = Actor(ActorKind.CITIZEN, cases=home.applicant.cases, drafts=frozenset({str(begun.draft.pk)}))
        flow = types.form(home.case.case_type)
        forms.remove_item(who, begun.draft.pk, flow, flow.at("members"), ALI)
        with pytest.raises(Refused, match="steht nicht mehr darin"):
            actions.correct_answers(who, Draft.objects.get(pk=begun.draft.pk))
        assert not Answers.objects.filter(version=2).exists()
        return
    else:
        typed = {"take_back": "1"} if what == "take back" else {}
        assert home.erika.post(f"{begun.base}einladen/{ALI}/", typed).status_code == 302
    assert OwnPart.objects.filter(draft=begun.draft).count() == 2


def test_in_a_correction_nobody_is_invited_whose_answers_would_then_be_read(db: None) -> None:
    """Who is invited there would speak to the office and be read by the applicant."""
    home = Household()
    case = home.send()
    answer = home.applicant.post(f"/meine-vorgaenge/{case.number}/berichtigen/")
    draft = answer.headers["Location"].split("/")[3]
    assert home.applicant.post(f"/antrag/wohngeld/{draft}/einladen/p1/").status_code == 302
    assert not OwnPart.objects.filter(draft=UUID(draft)).exists()


def test_no_code_opens_what_is_kept_apart(home: Sent) -> None:
    begun = Correction(home)
    part = OwnPart.objects.get(draft=begun.draft, item_id=ALI)
    address = f"/antrag/wohngeld/mein-teil/{part.pk}/oeffnen/"
    for code in (parts.invitation_code(part), home.code()):
        assert Client().post(address, {"code": code}).status_code == 422
    assert str(part.pk) not in home.erika.get(f"{begun.base}members/").content.decode()


def test_what_a_member_lets_be_read_is_still_theirs_to_say(db: None) -> None:
    home = sent(shared="1")
    begun = Correction(home)
    assert "earns" not in str(begun.draft.answers["members"][0])
    assert home.erika.post(f"{begun.base}member/{ALI}/", {"name": "X", "earns": "no"}).status_code == 409
    begun.change("home", rent="750", dog="yes")
    begun.send()
    kept = home.party()
    assert (kept.own_part, PartyAccess.objects.filter(party=kept).exists()) == (False, True)
    assert facts.answers_for_applicant(home.case)["members"][0]["earns"] is True  # type: ignore[index]  # a list of items
    assert home.by_code().get(f"{home.base}mein-teil/").status_code == 200
    assert verify().findings == ()


def test_a_part_that_was_not_finished_is_still_asked_for(db: None) -> None:
    home = Household()
    home.open()
    case = home.send()
    made = Sent(home, case, home.applicant, Client(), Client())
    begun = Correction(made)
    begun.change("home", rent="750", dog="yes")
    begun.send()
    assert EvidenceItem.objects.get(case=case, key="own_part").state == "missing"
    assert Party.objects.get(case=case, item_id=ALI).own_part
    assert verify().findings == ()
