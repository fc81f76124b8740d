"""What staff type before they take an application in, read and checked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Self

from django.http import QueryDict
from django.utils.translation import gettext as _

from kiepe.base.catalogue.pack import city
from kiepe.base.forms.models import Channel
from kiepe.base.kernel import clock
from kiepe.base.kernel.actor import Actor
from kiepe.base.kernel.refusal import Refused
from kiepe.base.ui.templatetags.ui import day
from kiepe.cases.desk_forms import day_typed

BY_STAFF = (Channel.COUNTER, Channel.PHONE, Channel.PAPER)


@dataclass(frozen=True, slots=True)
class Begun:
    """How an application came: as typed."""

    service: str
    channel: str
    arrived_on: str
    reason: str
    paper: str

    @classmethod
    def typed(cls, post: QueryDict, services: dict[str, str]) -> Self:
        """From the form; before it was sent: at the counter, today."""
        return cls(
            service=post.get("service", next(iter(services), "")),
            channel=post.get("channel", Channel.COUNTER),
            arrived_on=post.get("arrived_on", day(clock.today())),
            reason=post.get("reason", ""),
            paper=post.get("paper", ""),
        )

    def chosen_service(self, services: dict[str, str]) -> str:
        """The Leistung; Refused (422) where it is none of the unit's."""
        if self.service not in services:
            sentence = _("Wählen Sie die Leistung aus.")
            raise Refused(sentence, fields={"service": sentence}, status=422)
        return self.service

    def chosen_channel(self) -> Channel:
        """The way; Refused (422) for another one."""
        if self.channel not in BY_STAFF:
            sentence = _("Wählen Sie aus, wie der Antrag kommt.")
            raise Refused(sentence, fields={"channel": sentence}, status=422)
        return Channel(self.channel)

    def day(self) -> date:
        """The day of receipt; today where the field is empty. Refused (422) for what is no day."""
        return day_typed(self.arrived_on, "arrived_on") or clock.today()


def services_of(actor: Actor) -> dict[str, str]:
    """What the actor's unit decides on and what has a form: address part and title."""
    pack = city()
    own = {key for key, procedure in pack.procedures.items() if procedure.unit == actor.unit}
    return {service.slug: service.text().title for service in pack.services if service.online in own}
