"""Mails about a case. They say that there is news and the number, and nothing of the matter."""

from __future__ import annotations

from django.utils.translation import gettext as _

from kiepe.base.catalogue.pack import city
from kiepe.base.inbox.actions import post
from kiepe.cases.models import Case, CaseEvent, PartyRole


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


def _send(case: Case, subject: str, text: str, *, once: str) -> None:
    to = address(case)
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


def address(case: Case) -> str:
    """Where mails about this case go: what the applicant gave, else the account's; empty where there is none."""
    given = case.parties.filter(role=PartyRole.APPLICANT).values_list("email", flat=True).first()
    if given:
        return given
    return case.account.email if case.account is not None else ""
