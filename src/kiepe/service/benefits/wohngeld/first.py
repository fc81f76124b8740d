"""The first step of an application: what depends on its day, and how a wish that staff recorded fills the form."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kiepe.cases.wish import Wish
from kiepe.service.benefits.wohngeld.answers import Answers, Notes
from kiepe.service.benefits.wohngeld.period import later, span


def at_stake(answers: Mapping[str, object], today: date) -> str:
    """Which month counts when it is sent on this day, and which one after the turn of the month (§ 25 Abs. 2 WoGG)."""
    turn = later(today.replace(day=1), 1)
    level = Answers(answers, Notes())
    now, then = span(level, today).start, span(level, turn).start
    said = {"month": date_format(now, "F Y"), "turn": date_format(turn, "F")}
    if now == then:
        return _("Ihr Antrag zählt ab dem Monat %(month)s, auch wenn Sie erst im %(turn)s absenden.") % said
    said["then"] = date_format(then, "F" if then.year == now.year else "F Y")
    return _("Wenn Sie heute absenden, zählt der %(month)s. Ab 1. %(turn)s zählt erst der %(then)s.") % said


def first_answers(wish: Wish) -> Mapping[str, object]:
    """The answers of form.yaml that a recorded wish holds; what nobody said stays open."""
    person = {
        "first_name": wish.name.first,
        "last_name": wish.name.last,
        "birth_date": wish.birth_date.isoformat() if wish.birth_date is not None else "",
    }
    contact = {
        "street": wish.address.street,
        "postcode": wish.address.postcode,
        "town": wish.address.town,
        "phone": wish.phone,
        "email": wish.email,
    }
    kept = {key: value for key, value in contact.items() if value}
    return {"persons": [{"id": "applicant", **{key: value for key, value in person.items() if value}}], **kept}
