"""Mails about a case. They say that there is news and the number, and nothing of the matter.

Each is in the language in which the application was sent, whoever sets it off.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

from kiepe.base.catalogue.pack import city
from kiepe.base.inbox.actions import post
from kiepe.cases import delivery
from kiepe.cases.models import Case, CaseEvent, Delivery, Party, PartyAccess, PartyRole

P = ParamSpec("P")


def _in_their_language(tell: Callable[Concatenate[Case, P], None]) -> Callable[Concatenate[Case, P], None]:
    @wraps(tell)
    def told(case: Case, /, *args: P.args, **more: P.kwargs) -> None:
        with override(case.language):
            tell(case, *args, **more)

    return told


@_in_their_language
def news(case: Case, event: CaseEvent) -> None:
    """There is news: look at the status page. Once an event, in its transaction."""
    _send(
        case,
        _("Neues zu Ihrem Vorgang %(number)s"),
        _(
            "Guten Tag,\n\nzu Ihrem Vorgang %(number)s gibt es Neues. Sie finden es im Serviceportal der %(city)s "
            "unter „Meine Vorgänge“. Dort öffnen Sie den Vorgang mit der Nummer und Ihrem Zugangscode oder mit Ihrem "
            "Konto.\n\nFragen? Telefon %(phone)s.\n\nAus Gründen des Datenschutzes steht in dieser Mail nichts "
            "weiter.\n\n%(city)s"
        ),
        once=f"case-{case.pk}-{event.seq}",
    )


@_in_their_language
def received(case: Case) -> None:
    """The application has arrived, on this day, under this number."""
    _send(
        case,
        _("Eingegangen: Ihr Antrag %(number)s"),
        _(
            "Guten Tag,\n\nIhr Antrag ist am %(day)s bei uns eingegangen. Er hat die Nummer %(number)s.\n\n"
            "Wie er steht, sehen Sie im Serviceportal der %(city)s unter „Meine Vorgänge“: mit der Nummer und dem "
            "Zugangscode, den Sie nach dem Absenden gesehen haben, oder mit Ihrem Konto.\n\nFragen? Telefon "
            "%(phone)s.\n\n%(city)s"
        ),
        once=f"case-{case.pk}-received",
    )


@_in_their_language
def begun(case: Case) -> None:
    """The wish to apply has arrived and keeps its day; the rest is asked for until a day."""
    _send(
        case,
        _("Eingegangen: Ihr Antrag %(number)s"),
        _(
            "Guten Tag,\n\nIhr Antrag ist am %(day)s bei uns eingegangen. Dieser Tag zählt. Er hat die Nummer "
            "%(number)s.\n\nBitte ergänzen Sie Ihre Angaben bis zum %(due)s: im Serviceportal der %(city)s unter "
            "„Meine Vorgänge“, mit der Nummer und Ihrem Zugangscode oder mit Ihrem Konto.\n\nFragen? Telefon "
            "%(phone)s.\n\n%(city)s"
        ),
        once=f"case-{case.pk}-begun",
    )


@_in_their_language
def completed(case: Case) -> None:
    """The rest of the answers has arrived."""
    _send(
        case,
        _("Ihre Angaben sind da: %(number)s"),
        _(
            "Guten Tag,\n\nIhre Angaben zum Antrag %(number)s sind bei uns angekommen. Als Tag des Eingangs bleibt es "
            "beim %(day)s.\n\nWie der Antrag steht, sehen Sie im Serviceportal der %(city)s unter „Meine "
            "Vorgänge“.\n\nFragen? Telefon %(phone)s.\n\n%(city)s"
        ),
        once=f"case-{case.pk}-completed",
    )


@_in_their_language
def ready_to_retrieve(case: Case, sent: Delivery) -> None:
    """The notification of § 37 Abs. 2a Satz 4 SGB X: to the account, since only its owner can retrieve the notice."""
    _send(
        case,
        _("Zum Abruf bereit: ein Dokument zu Ihrem Vorgang %(number)s"),
        _(
            "Guten Tag,\n\nzu Ihrem Vorgang %(number)s liegt ein Dokument im Serviceportal der %(city)s für Sie "
            "bereit. Sie haben zugestimmt, es dort abzurufen. Melden Sie sich mit Ihrem Konto an und öffnen Sie den "
            "Vorgang unter „Meine Vorgänge“.\n\nBitte warten Sie nicht zu lange: Das Dokument gilt am vierten Tag "
            "nach dem Absenden dieser Mail als bekannt gegeben, auch wenn Sie es nicht abrufen.\n\nFragen? Telefon "
            "%(phone)s.\n\nAus Gründen des Datenschutzes steht in dieser Mail nichts weiter.\n\n%(city)s"
        ),
        once=delivery.mail_of(sent),
        to=_of_account(case),
    )


@_in_their_language
def reminder(case: Case, sent: Delivery) -> None:
    """Once, where nobody retrieved it."""
    _send(
        case,
        _("Erinnerung: ein Dokument zu Ihrem Vorgang %(number)s"),
        _(
            "Guten Tag,\n\nzu Ihrem Vorgang %(number)s liegt noch ein Dokument im Serviceportal der %(city)s für Sie "
            "bereit. Melden Sie sich mit Ihrem Konto an und öffnen Sie den Vorgang unter „Meine Vorgänge“.\n\n"
            "Diese Erinnerung ändert keine Frist.\n\nFragen? Telefon %(phone)s.\n\nAus Gründen des Datenschutzes "
            "steht in dieser Mail nichts weiter.\n\n%(city)s"
        ),
        once=f"{delivery.mail_of(sent)}-reminder",
        to=_of_account(case),
    )


def _send(case: Case, subject: str, text: str, *, once: str, to: str | None = None) -> None:
    to = address(case) if to is None else to
    if not to:
        return
    said = {
        "number": case.number,
        "day": f"{case.received_on:%d.%m.%Y}",
        "due": f"{case.answers_due_on:%d.%m.%Y}" if case.answers_due_on is not None else "",
        "city": city().full_name,
        "phone": city().contact.phone,
    }
    post(to, subject % said, text % said, once=once)


def news_of_part(case: Case, event: CaseEvent, of: str) -> None:
    """There is news for a member of the household who spoke for themselves, in their own language; to nobody else.

    `of` is their item or that of one of their documents. Nothing where they gave no address.
    """
    item_id = of.partition(".")[0]
    for way in _ways(case, item_id):
        with override(way.language):
            _send(
                case,
                _("Neues zu Ihrem Teil im Vorgang %(number)s"),
                _(
                    "Guten Tag,\n\nzu Ihrem eigenen Teil im Vorgang %(number)s gibt es Neues. Sie finden es im "
                    "Serviceportal der %(city)s unter „Meine Vorgänge“. Dort öffnen Sie Ihren Teil mit der Nummer und "
                    "Ihrem eigenen Code.\n\nFragen? Telefon %(phone)s.\n\nAus Gründen des Datenschutzes steht in "
                    "dieser Mail nichts weiter.\n\n%(city)s"
                ),
                once=f"case-{case.pk}-{event.seq}-{item_id}",
                to=way.email,
            )


def hears(party: Party) -> bool:
    """Whether this member hears of news by mail."""
    return _ways(party.case, party.item_id).exists()


def part_received(case: Case, item_id: str) -> None:
    """The application in which a member filled in their own part has arrived: its number opens that part."""
    for way in _ways(case, item_id):
        with override(way.language):
            _send(
                case,
                _("Abgeschickt: der Antrag mit Ihrem Teil, Nummer %(number)s"),
                _(
                    "Guten Tag,\n\nder Antrag, in dem Sie Ihren eigenen Teil ausgefüllt haben, ist bei uns. Er hat die "
                    "Nummer %(number)s.\n\nMit dieser Nummer und Ihrem eigenen Code öffnen Sie Ihren Teil im "
                    "Serviceportal der %(city)s unter „Meine Vorgänge“. Dort können Sie uns schreiben, Unterlagen "
                    "nachreichen und Ihre Daten herunterladen.\n\nFragen? Telefon %(phone)s.\n\n%(city)s"
                ),
                once=f"case-{case.pk}-received-{item_id}",
                to=way.email,
            )


def _ways(case: Case, item_id: str) -> QuerySet[PartyAccess]:
    """The member's own way in, where there is one and an address with it."""
    found = PartyAccess.objects.filter(case=case, party__role=PartyRole.MEMBER, party__item_id=item_id, revoked_at=None)
    return found.exclude(email="") if item_id else found.none()


def _of_account(case: Case) -> str:
    return case.account.email if case.account is not None else ""


def address(case: Case) -> str:
    """Where mails about this case go: what the applicant gave, else the account's; empty where there is none."""
    given = case.parties.filter(role=PartyRole.APPLICANT).values_list("email", flat=True).first()
    if given:
        return given
    return case.account.email if case.account is not None else ""
