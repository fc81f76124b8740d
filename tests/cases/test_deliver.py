"""How a notice goes out: the letter by default, the portal by consent; what follows by the clock; who may what."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from django.http import Http404
from django.utils import timezone
from pytest_django import Settings

from kiepe.base.accounts.models import Account
from kiepe.base.documents import queries as documents
from kiepe.base.documents.models import StoredFile
from kiepe.base.documents.seal import chosen
from kiepe.base.inbox.models import OutgoingMail
from kiepe.base.kernel import clock
from kiepe.base.kernel.actor import Actor, ActorKind
from kiepe.base.kernel.refusal import Refused, Unavailable
from kiepe.cases import actions, consent_text, delivery, portal_watch, privacy, queries
from kiepe.cases.models import Case, CaseEvent, Delivery, PartyRole, PortalConsent
from kiepe.cases.told_delivery import Told, told
from kiepe.cases.verify import verify
from tests.cases.conftest import agree, apply_as, decide

pytestmark = pytest.mark.django_db
FRIDAY = date(2026, 11, 20)
FAILING = "kiepe.base.documents.seal.failing_demo.SEAL"


@pytest.fixture(autouse=True)
def _on_a_friday(settings: Settings) -> None:
    settings.KIEPE_TODAY = FRIDAY


def verbs(case: Case) -> list[str]:
    return list(CaseEvent.objects.filter(case=case).order_by("seq").values_list("verb", flat=True))


def said(case: Case) -> Told:
    found = told(list(case.deliveries.order_by("pk")))
    assert found is not None
    return found


def _version(case: Case) -> int:
    return Case.objects.values_list("version", flat=True).get(pk=case.pk)


def _real_now() -> datetime:
    """What the mail's row notes: the machine's time, which a set day does not move."""
    return timezone.now()


@contextmanager
def _tomorrow() -> Iterator[None]:
    settings.KIEPE_TODAY = FRIDAY + timedelta(days=1)
    yield


def only(case: Case) -> Delivery:
    return case.deliveries.get()


# ---- the letter


def test_without_a_consent_it_is_a_letter(by_post: Case) -> None:
    letter = only(by_post)
    assert (letter.way, letter.because, letter.posted_on, letter.sealed) == ("post", "default", None, None)
    assert said(by_post).in_portal is False
    assert said(by_post).until is None
    assert any("läuft keine Frist" in one for one in said(by_post).sentences)
    assert verify().findings == ()


def test_posting_starts_the_four_days(by_post: Case, decider: Actor) -> None:
    actions.mark_posted(decider, by_post.pk, only(by_post).pk, FRIDAY)
    first = said(by_post).first
    assert first is not None
    # § 37 Abs. 2 Satz 1 SGB X: Friday 20, then Tuesday 24 November; a month later is Thursday 24 December.
    assert (first.notified_on, first.until) == (date(2026, 11, 24), date(2026, 12, 24))
    assert "24.12.2026" in " ".join(said(by_post).sentences)
    assert verify().findings == ()


def test_posting_twice_is_one_event_and_another_day_needs_a_reason(by_post: Case, decider: Actor) -> None:
    letter = only(by_post)
    actions.mark_posted(decider, by_post.pk, letter.pk, FRIDAY)
    actions.mark_posted(decider, by_post.pk, letter.pk, FRIDAY)
    assert verbs(by_post).count("posted") == 1
    with pytest.raises(Refused) as no, _tomorrow():
        actions.mark_posted(decider, by_post.pk, letter.pk, FRIDAY + timedelta(days=1))
    assert "reason" in no.value.fields
    with _tomorrow():
        actions.mark_posted(decider, by_post.pk, letter.pk, FRIDAY + timedelta(days=1), reason="Erst Samstag geleert.")
    assert "berichtigt" in queries.events(decider, by_post)[0].sentence
    assert verify().findings == ()


@pytest.mark.parametrize("shift", [-1, 1])
def test_no_day_before_the_letter_and_none_to_come(by_post: Case, decider: Actor, shift: int) -> None:
    with pytest.raises(Refused) as no:
        actions.mark_posted(decider, by_post.pk, only(by_post).pk, FRIDAY + timedelta(days=shift))
    assert no.value.status == 422
    assert only(by_post).posted_on is None


def test_who_may_mark_letters(by_post: Case, outsider: Actor, auditor: Actor, owner: Actor, colleague: Actor) -> None:
    letter = only(by_post)
    with pytest.raises(Http404):
        actions.mark_posted(outsider, by_post.pk, letter.pk, FRIDAY)
    for nobody in (auditor, owner):
        with pytest.raises(Refused) as no:
            actions.mark_posted(nobody, by_post.pk, letter.pk, FRIDAY)
        assert no.value.status == 403
    actions.mark_posted(colleague, by_post.pk, letter.pk, FRIDAY)


def test_a_later_arrival_counts_and_an_earlier_one_does_not(by_post: Case, decider: Actor, settings: Settings) -> None:
    letter = only(by_post)
    actions.mark_posted(decider, by_post.pk, letter.pk, FRIDAY)
    settings.KIEPE_TODAY = date(2026, 12, 1)
    early = {"arrived": date(2026, 11, 24), "reason": "Angerufen."}
    with pytest.raises(Refused) as no:
        actions.note_arrival(decider, by_post.pk, letter.pk, version=_version(by_post), **early)  # type: ignore[arg-type]
    assert "24.11.2026" in no.value.fields["arrived"]
    late = date(2026, 11, 27)
    actions.note_arrival(decider, by_post.pk, letter.pk, arrived=late, reason="Umschlag", version=_version(by_post))
    first = said(by_post).first
    assert first is not None
    assert (first.notified_on, first.until) == (late, date(2026, 12, 28))  # the 27th is a Sunday
    assert "Satz 3" in first.norm
    assert verify().findings == ()


def test_a_letter_that_never_came_is_sent_again(by_post: Case, decider: Actor) -> None:
    letter = only(by_post)
    actions.mark_posted(decider, by_post.pk, letter.pk, FRIDAY)
    actions.note_arrival(decider, by_post.pk, letter.pk, arrived=None, reason="Zurück.", version=_version(by_post))
    assert said(by_post).until is None
    second = by_post.deliveries.get(posted_on__isnull=True)
    assert second.because == "not_arrived"
    actions.mark_posted(decider, by_post.pk, second.pk, FRIDAY)
    assert said(by_post).until == date(2026, 12, 24)
    assert verify().findings == ()


# ---- consent


def test_consent_is_recorded_with_its_words_and_can_be_taken_back(owner: Actor, decider: Actor) -> None:
    case = apply_as(owner)
    given = agree(owner, case)
    assert agree(owner, case).pk == given.pk
    assert verbs(case).count("consented") == 1
    content = CaseEvent.objects.get(case=case, verb="consented").content.json
    assert content["text"] == list(consent_text.paragraphs())
    assert content["consent"]["version"] == consent_text.VERSION
    actions.revoke_consent(owner, case.pk)
    actions.revoke_consent(owner, case.pk)
    assert verbs(case).count("consent_revoked") == 1
    decide(decider, case)
    actions.issue(case.pk)
    assert only(case).way == "post"
    assert verify().findings == ()


def test_number_and_code_do_not_consent(owner: Actor, stranger: Actor, decider: Actor) -> None:
    case = apply_as(owner)
    by_code = Actor(ActorKind.CITIZEN, cases=frozenset({case.pk}))
    other = Actor(ActorKind.CITIZEN, account=stranger.account, cases=frozenset({case.pk}))
    for nobody in (by_code, other, decider):
        with pytest.raises(Refused) as no:
            agree(nobody, case)
        assert no.value.status == 403
    with pytest.raises(Http404):
        agree(stranger, case)
    assert not PortalConsent.objects.exists()


def test_an_old_text_is_not_consented_to(owner: Actor) -> None:
    with pytest.raises(Refused):
        actions.consent_to_portal(owner, apply_as(owner).pk, version="2019-1")


def test_without_a_seal_or_with_a_representative_there_is_only_post(owner: Actor, settings: Settings) -> None:
    case = apply_as(owner)
    assert delivery.why_only_post(case) == ""
    case.parties.create(position=9, role=PartyRole.REPRESENTATIVE, last_name="Helfer")
    with pytest.raises(Refused, match="vertreten"):
        agree(owner, case)
    case.parties.filter(role=PartyRole.REPRESENTATIVE).delete()
    settings.SEAL = ""
    with pytest.raises(Refused, match="Siegel"):
        agree(owner, case)


def test_the_database_keeps_one_consent_and_one_waiting_letter(owner: Actor, by_post: Case) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Delivery.objects.create(case=by_post, way="post", because="default", created_at=clock.now())
    for _ in range(2):
        consent = PortalConsent(case=by_post, version="1", given_at=clock.now())
        if PortalConsent.objects.exists():
            with pytest.raises(IntegrityError), transaction.atomic():
                consent.save()
        else:
            consent.save()


# ---- the portal


def test_the_portal_has_a_sealed_file_and_the_office_an_unsealed_letter(in_portal: Case) -> None:
    lying, seal = only(in_portal), chosen.seal()
    assert (lying.way, lying.because, lying.seal) == ("portal", "consent", "demo")
    assert seal is not None
    assert lying.sealed is not None
    assert seal.read(documents.content(lying.sealed)) is not None
    assert seal.read(documents.content(in_portal.decision.notice.pdf)) is None  # type: ignore[arg-type]
    assert verify().findings == ()


def test_it_counts_on_the_fourth_day_after_the_mail(in_portal: Case, owner: Actor) -> None:
    first = said(in_portal).first
    assert first is not None
    # § 37 Abs. 2a Satz 4 SGB X: the mail left on Friday 20 November; retrieving earlier changes nothing.
    assert (first.notified_on, first.until) == (date(2026, 11, 24), date(2026, 12, 24))
    assert actions.retrieve(owner, in_portal) is True
    assert actions.retrieve(owner, in_portal) is False
    assert said(in_portal).until == date(2026, 12, 24)
    assert verbs(in_portal).count("retrieved") == 1
    assert verify().findings == ()


def test_only_the_account_may_read_it(in_portal: Case, owner: Actor, stranger: Actor, decider: Actor) -> None:
    by_code = Actor(ActorKind.CITIZEN, cases=frozenset({in_portal.pk}))
    assert queries.decision(owner, in_portal) is not None
    assert queries.decision(by_code, in_portal) is None
    assert queries.must_sign_in(by_code, in_portal)
    assert actions.retrieve(by_code, in_portal) is False
    assert queries.decision(decider, in_portal) is not None
    with pytest.raises(Http404):
        queries.decision(stranger, in_portal)


def test_the_mail_goes_to_the_account_and_says_nothing(in_portal: Case) -> None:
    mail = OutgoingMail.objects.get(once=delivery.mail_of(only(in_portal)))
    assert mail.recipient == "erika@konto.example"
    assert in_portal.number in mail.text
    assert "am vierten Tag" in mail.text
    for secret in ("Wohngeld", "Bescheid", "Erika", "bewilligt", "€"):
        assert secret not in mail.text + mail.subject


def test_the_day_is_that_on_which_the_mail_left(owner: Actor, decider: Actor, settings: Settings) -> None:
    case = apply_as(owner)
    agree(owner, case)
    decide(decider, case)
    actions.issue(case.pk)
    assert list(portal_watch.follow()) == []
    assert said(case).until is None
    OutgoingMail.objects.filter(once=delivery.mail_of(only(case))).update(sent_at=_real_now())
    assert list(portal_watch.follow()) == [case.pk]
    assert list(portal_watch.follow()) == []
    assert verbs(case).count("notified") == 1
    assert said(case).until == date(2026, 12, 24)


def test_it_reminds_once_and_then_sends_a_letter(in_portal: Case, settings: Settings) -> None:
    for day, expected in ((2, []), (3, [in_portal.pk]), (4, []), (9, []), (10, [in_portal.pk]), (11, [])):
        settings.KIEPE_TODAY = FRIDAY + timedelta(days=day)
        assert list(portal_watch.follow()) == expected, day
    assert verbs(in_portal).count("reminded") == verbs(in_portal).count("letter_queued") == 1
    assert OutgoingMail.objects.filter(once__endswith="-reminder").count() == 1
    letter = in_portal.deliveries.get(way="post")
    assert letter.because == "not_retrieved"
    assert said(in_portal).in_portal is True
    assert said(in_portal).until == date(2026, 12, 24)  # the first notification counts; the letter is the safe way
    assert verify().findings == ()


def test_who_retrieved_is_not_reminded(in_portal: Case, owner: Actor, settings: Settings) -> None:
    actions.retrieve(owner, in_portal)
    settings.KIEPE_TODAY = FRIDAY + timedelta(days=30)
    assert list(portal_watch.follow()) == []


def test_a_mail_that_cannot_be_sent_becomes_a_letter(owner: Actor, decider: Actor, settings: Settings) -> None:
    case = apply_as(owner)
    agree(owner, case)
    decide(decider, case)
    actions.issue(case.pk)
    settings.KIEPE_TODAY = FRIDAY + timedelta(days=10)
    assert list(portal_watch.follow()) == [case.pk]
    assert case.deliveries.get(way="post").because == "not_sent"


def test_a_mail_that_did_not_come_makes_the_day_of_retrieval_count(
    in_portal: Case, owner: Actor, decider: Actor, settings: Settings
) -> None:
    settings.KIEPE_TODAY = date(2026, 11, 30)
    actions.retrieve(owner, in_portal)
    lying = only(in_portal)
    actions.note_arrival(
        decider, in_portal.pk, lying.pk, arrived=None, reason="Postfach war voll.", version=_version(in_portal)
    )
    first = said(in_portal).first
    assert first is not None
    assert (first.notified_on, first.until) == (date(2026, 11, 30), date(2026, 12, 30))
    assert verify().findings == ()


def test_a_mail_that_did_not_come_and_no_retrieval_makes_a_letter(in_portal: Case, decider: Actor) -> None:
    lying = only(in_portal)
    actions.note_arrival(
        decider, in_portal.pk, lying.pk, arrived=None, reason="Tippfehler", version=_version(in_portal)
    )
    assert said(in_portal).until is None
    assert said(in_portal).in_portal is False
    assert in_portal.deliveries.get(way="post").because == "not_arrived"


def test_taking_back_a_consent_brings_the_letter_too(in_portal: Case, owner: Actor) -> None:
    actions.revoke_consent(owner, in_portal.pk)
    assert in_portal.deliveries.get(way="post").because == "revoked"
    assert verify().findings == ()


def test_a_sealer_that_is_down_is_tried_for_a_day_and_then_a_letter_goes(
    owner: Actor, decider: Actor, settings: Settings
) -> None:
    case = apply_as(owner)
    agree(owner, case)
    decide(decider, case)
    settings.SEAL = FAILING
    with pytest.raises(Unavailable):
        actions.issue(case.pk)
    assert not Delivery.objects.exists()
    settings.KIEPE_TODAY = FRIDAY + timedelta(days=2)
    assert actions.issue(case.pk) is True
    assert (only(case).way, only(case).because) == ("post", "no_seal")
    assert verify().findings == ()


# ---- the record


@pytest.mark.parametrize(
    "change",
    [{"posted_on": date(2026, 11, 21)}, {"not_arrived": True}, {"because": "no_seal"}],
    ids=lambda one: next(iter(one)),
)
def test_a_changed_delivery_is_found(by_post: Case, decider: Actor, change: dict[str, object]) -> None:
    actions.mark_posted(decider, by_post.pk, only(by_post).pk, FRIDAY)
    assert verify().findings == ()
    Delivery.objects.filter(case=by_post).update(**change)
    assert any("die Bekanntgabe" in one for one in verify().findings)


def test_a_consent_that_nobody_gave_is_found(by_post: Case) -> None:
    PortalConsent.objects.create(case=by_post, version="2026-1", given_at=clock.now())
    assert any("die Einwilligung" in one for one in verify().findings)


def test_a_delivery_that_is_gone_is_found(by_post: Case) -> None:
    Delivery.objects.filter(case=by_post).delete()
    assert any("die Bekanntgabe" in one for one in verify().findings)


def test_export_tells_of_it_and_erasing_takes_it(in_portal: Case, owner: Actor) -> None:
    (said_of,) = privacy.export(Account.objects.get(email="erika@konto.example"))
    assert isinstance(said_of, dict)
    assert said_of["deliveries"][0]["way"] == "portal"
    assert said_of["consents"][0]["version"] == consent_text.VERSION
    file = only(in_portal).sealed
    assert file is not None
    actions.erase(in_portal.pk, norm="§ 84 Abs. 2 SGB X")
    assert not Delivery.objects.exists()
    assert not PortalConsent.objects.exists()
    assert not StoredFile.objects.filter(pk=file.pk).exists()
    assert verify().findings == ()
