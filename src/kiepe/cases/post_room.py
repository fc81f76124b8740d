"""The outgoing post of a unit: letters that wait, letters that went, and many of them as one PDF."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from kiepe.base.documents import binder
from kiepe.base.documents import queries as documents
from kiepe.base.kernel import clock
from kiepe.base.kernel.actor import Actor
from kiepe.base.kernel.refusal import Refused
from kiepe.cases.models import Delivery, Way
from kiepe.cases.notification import fourth_day
from kiepe.cases.queries import note_read, visible

AT_ONCE = 100  # letters in one PDF and on one page
LATELY = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Letter:
    """One line: whose, why by post, since when; once posted, the day on which it counts."""

    delivery: Delivery
    number: str
    name: str
    why: str
    notified_on: date | None


def _letters(actor: Actor) -> QuerySet[Delivery]:
    return Delivery.objects.filter(way=Way.POST, case__in=visible(actor)).select_related("case")


def waiting(actor: Actor) -> list[Letter]:
    """What is to be posted, oldest first."""
    return [_line(one) for one in _letters(actor).filter(posted_on__isnull=True).order_by("created_at", "pk")[:AT_ONCE]]


def count(actor: Actor) -> int:
    """How many letters wait."""
    return _letters(actor).filter(posted_on__isnull=True).count()


def lately(actor: Actor) -> list[Letter]:
    """What was posted in the last two weeks, newest first."""
    since = clock.today() - LATELY
    return [_line(one) for one in _letters(actor).filter(posted_on__gte=since).order_by("-posted_on", "-pk")[:AT_ONCE]]


def _line(one: Delivery) -> Letter:
    notified = fourth_day(one.posted_on) if one.posted_on is not None else None
    return Letter(one, one.case.number, one.case.applicant, one.get_because_display(), one.arrived_on or notified)


def chosen(actor: Actor, ids: Collection[int]) -> list[Delivery]:
    """The waiting letters with these ids that the actor sees; Refused (422) where none is left."""
    found = list(_letters(actor).filter(pk__in=ids, posted_on__isnull=True).order_by("created_at", "pk")[:AT_ONCE])
    if not found:
        sentence = _("Wählen Sie mindestens einen Brief aus, der noch wartet.")
        raise Refused(_("Es ist kein Brief ausgewählt."), fields={"letters": sentence}, status=422)
    return found


def printed(actor: Actor, ids: Collection[int]) -> bytes:
    """These letters as one PDF; each read goes to the access log."""
    pages = []
    for one in chosen(actor, ids):
        pdf = one.case.decision.notice.pdf
        assert pdf is not None  # a delivery is written with the PDF
        note_read(actor, one.case, "print letter")
        pages.append(documents.content(pdf))
    return binder.bind(pages)
