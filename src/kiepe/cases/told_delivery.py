"""Tells citizen and desk how a notice reaches the person: which copy counts, since when, and until when to object."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from kiepe.base.kernel import clock
from kiepe.base.ui.templatetags.ui import day
from kiepe.cases.delivery import seal_words
from kiepe.cases.models import Because, Delivery, Way
from kiepe.cases.notification import NORM_PORTAL, NORM_POST, fourth_day, remedy_ends


@dataclass(frozen=True, slots=True)
class Sent:
    """One delivery with what follows from it. `notified_on` and `until` are None while it has not left, or never came.

    `norm` says by which rule it counts as notified.
    """

    delivery: Delivery
    left_on: date | None
    notified_on: date | None
    until: date | None
    norm: str

    @property
    def in_portal(self) -> bool:
        return self.delivery.way == Way.PORTAL


@dataclass(frozen=True, slots=True)
class Told:
    """What a page says. `first` is what counts; `second` a letter that followed a notice in the portal."""

    in_portal: bool  # the Bescheid is the sealed file; else the letter, and the page shows a copy
    headline: str
    sentences: tuple[str, ...]
    seal: str  # a sentence about the seal of the file in the portal
    sent: tuple[Sent, ...]
    first: Sent | None
    second: Sent | None

    @property
    def until(self) -> date | None:
        """The last day to object by what counts first: whoever keeps it is in time in any case."""
        return self.first.until if self.first is not None else None


def told(deliveries: Sequence[Delivery]) -> Told | None:
    """None where the notice has not been sent any way yet."""
    sent = tuple(_sent(one) for one in deliveries)
    if not sent:
        return None
    counting = sorted((one for one in sent if one.notified_on is not None), key=lambda one: one.notified_on or date.max)
    first = counting[0] if counting else None
    letters = [one for one in sent if not one.in_portal and not one.delivery.not_arrived]
    portal = next((one for one in sent if one.in_portal and not one.delivery.not_arrived), None)
    second = letters[-1] if portal is not None and letters else None
    headline = (
        _("Ihr Bescheid ist das PDF hier im Serviceportal.")
        if portal
        else _("Ihr Bescheid ist der Brief mit der Post.")
    )
    sentences = _of_portal(portal, second) if portal is not None else _of_letter(letters[-1] if letters else None)
    return Told(portal is not None, headline, tuple(sentences), _seal(portal), sent, first, second)


def _seal(portal: Sent | None) -> str:
    return seal_words(portal.delivery) if portal is not None else ""


def _sent(one: Delivery) -> Sent:
    left = one.posted_on if one.way == Way.POST else _local(one)
    norm = NORM_POST if one.way == Way.POST else NORM_PORTAL
    if left is None or one.not_arrived:
        return Sent(one, left, None, None, norm)
    if one.arrived_on is not None:
        norm = _("§ 37 Abs. 2 Satz 3 SGB X") if one.way == Way.POST else _("§ 37 Abs. 2a Satz 6 und 7 SGB X")
    notified = one.arrived_on or fourth_day(left)
    return Sent(one, left, notified, remedy_ends(notified), norm)


def _local(one: Delivery) -> date | None:
    return timezone.localtime(one.notified_at).date() if one.notified_at is not None else None


def _of_letter(letter: Sent | None) -> list[str]:
    copy = _("Was Sie hier lesen, ist eine Abschrift.")
    if letter is None or letter.left_on is None or letter.notified_on is None or letter.until is None:
        return [
            copy,
            _("Der Brief wird gerade verschickt. Solange er nicht bei der Post ist, läuft keine Frist."),
        ]
    posted = _("Der Brief ist am %(day)s zur Post gegangen.") % {"day": day(letter.left_on)}
    if letter.delivery.arrived_on is not None:
        arrived = _("Er ist erst am %(day)s bei Ihnen angekommen.") % {"day": day(letter.notified_on)}
        return [copy, posted, arrived, _counts(letter), _object_until(letter.until)]
    doubt = _("Kam er später oder gar nicht? Dann rufen Sie uns an. Es zählt der Tag, an dem er wirklich da war.")
    return [copy, posted, _counts(letter), _object_until(letter.until), doubt]


def _of_portal(portal: Sent, letter: Sent | None) -> list[str]:
    if portal.notified_on is None or portal.until is None or portal.left_on is None:
        found = [_("Wir schicken Ihnen gerade die Mail, dass er bereitliegt. Vorher läuft keine Frist.")]
    else:
        mailed = _("Die Mail dazu ging am %(day)s ab.") % {"day": day(portal.left_on)}
        found = [mailed, _counts(portal), _object_until(portal.until)]
        if portal.delivery.arrived_on is None:
            found.append(_("Kam die Mail nicht oder später? Rufen Sie uns an. Dann zählt der Tag Ihres Abrufs."))
    if letter is not None:
        found.append(_second(letter))
    return found


def _second(letter: Sent) -> str:
    why = {
        Because.REVOKED.value: _("Sie haben Ihre Einwilligung widerrufen. Deshalb kommt er auch als Brief."),
        Because.NOT_SENT.value: _("Die Mail ließ sich nicht senden. Deshalb kommt er auch als Brief."),
    }.get(letter.delivery.because, _("Er wurde nicht abgerufen. Deshalb kommt er auch als Brief."))
    if letter.until is None:
        return why
    later = _("Haben Sie die Mail nicht bekommen, zählt der Brief. Dann haben Sie bis zum %(day)s Zeit.")
    return f"{why} {later % {'day': day(letter.until)}}"


def _counts(sent: Sent) -> str:
    said = {"day": day(sent.notified_on)}
    past = sent.notified_on is not None and sent.notified_on <= clock.today()
    if sent.delivery.arrived_on is not None:
        return _("Seit diesem Tag, dem %(day)s, gilt er als bekannt gegeben.") % said
    if past:
        return _("Seit dem %(day)s gilt er als bekannt gegeben: Das ist der vierte Tag danach.") % said
    return _("Am %(day)s gilt er als bekannt gegeben: Das ist der vierte Tag danach.") % said


def _object_until(until: date) -> str:
    if until < clock.today():
        return _("Die Frist, sich zu wehren, ist am %(day)s abgelaufen.") % {"day": day(until)}
    return _("Sie können sich bis zum %(day)s dagegen wehren.") % {"day": day(until)}
