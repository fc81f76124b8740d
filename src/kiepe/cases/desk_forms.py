"""What caseworkers type at the desk, read and checked. What cannot be used is Refused with the field's sentence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Self

from django.http import QueryDict
from django.utils.translation import gettext as _

from kiepe.base.forms import dates, values
from kiepe.base.kernel import clock
from kiepe.base.kernel.refusal import Refused
from kiepe.base.ui.templatetags.ui import day
from kiepe.cases.actions import Extra, OwnPeriod
from kiepe.cases.assessment import Period, Proposal
from kiepe.cases.models import EvidenceItem, EvidenceState

ANSWER_DAYS = 21  # what the desk suggests for an answer; the caseworker may name another day
OWN_PERIODS = 4  # rows for periods of one's own


def day_typed(text: str, field: str) -> date | None:
    """A typed day, None where the field is empty."""
    if not text.strip():
        return None
    found = dates.parse_day(text)
    if found is None:
        sentence = _("Geben Sie Tag, Monat und Jahr ein, zum Beispiel 01.03.2026.")
        raise Refused(_("Ein Datum ist so nicht lesbar."), fields={field: sentence}, status=422)
    return found


@dataclass(frozen=True, slots=True)
class Asked:
    """A message that asks for documents, as typed."""

    evidence: frozenset[int]
    words: str
    due: str
    extra: str
    fresh: bool

    @classmethod
    def typed(cls, post: QueryDict) -> Self:
        """From the form; a form that was not sent yet suggests a day and every item."""
        fresh = "due" not in post
        suggested = day(clock.today() + timedelta(days=ANSWER_DAYS))
        chosen = frozenset(int(one) for one in post.getlist("evidence") if one.isdecimal() and len(one) < 16)
        due = suggested if fresh else post.get("due", "")
        return cls(chosen, post.get("words", ""), due, post.get("extra", ""), fresh)

    def ticked(self, item: EvidenceItem) -> bool:
        """Whether the item is asked for. What the applicant says not to have is not asked for again by itself."""
        return item.pk in self.evidence or (self.fresh and item.state != EvidenceState.LACKING)

    @property
    def day(self) -> date:
        """The day by which an answer is wanted."""
        found = day_typed(self.due, "due")
        if found is None or found <= clock.today():
            sentence = _("Nennen Sie einen Tag, der noch kommt, zum Beispiel in drei Wochen.")
            raise Refused(_("Die Nachforderung ist noch nicht vollständig."), fields={"due": sentence}, status=422)
        return found

    @property
    def extras(self) -> tuple[Extra, ...]:
        """A document that no rule knows."""
        return (Extra(self.extra.strip()),) if self.extra.strip() else ()

    def items(self, all_items: Iterable[EvidenceItem]) -> list[EvidenceItem]:
        """The items asked for; at least one, or a document of one's own."""
        found = [item for item in all_items if item.pk in self.evidence]
        if not found and not self.extras:
            sentence = _("Wählen Sie mindestens eine Unterlage aus.")
            raise Refused(_("Die Nachforderung ist noch nicht vollständig."), fields={"evidence": sentence}, status=422)
        return found

    def hidden(self, version: int) -> list[tuple[str, str]]:
        """The same, for the page that shows the message."""
        chosen = [("evidence", str(one)) for one in sorted(self.evidence)]
        return [*chosen, ("words", self.words), ("due", self.due), ("extra", self.extra), ("version", str(version))]


@dataclass(frozen=True, slots=True)
class OwnLine:
    """One row of periods of one's own, as typed."""

    start: str = ""
    end: str = ""
    amount: str = ""
    reason: str = ""

    @property
    def blank(self) -> bool:
        return not (self.start or self.end or self.amount or self.reason)

    def read(self) -> OwnPeriod:
        """The period; raises Refused with the field `periods`."""
        start, end = day_typed(self.start, "periods"), day_typed(self.end, "periods")
        amount = values.amount(self.amount)
        if start is None or end is None or amount is None or amount != amount.to_integral_value():
            sentence = _("Jeder Zeitraum braucht Anfang, Ende und einen Betrag in ganzen Euro, zum Beispiel 310.")
            raise Refused(_("Ein Zeitraum ist nicht vollständig."), fields={"periods": sentence}, status=422)
        return OwnPeriod(start, end, int(amount), self.reason)


@dataclass(frozen=True, slots=True)
class Choice:
    """A decision as typed. `kind`: grant, reject or other."""

    kind: str
    reasons: str
    confirmed: frozenset[str]
    digest: str
    lines: tuple[OwnLine, ...]

    @classmethod
    def typed(cls, post: QueryDict) -> Self:
        """From the form."""
        lines = tuple(
            OwnLine(*(post.get(f"{name}_{number}", "").strip() for name in ("start", "end", "amount", "because")))
            for number in range(1, OWN_PERIODS + 1)
        )
        return cls(
            post.get("kind", ""),
            post.get("reasons", ""),
            frozenset(post.getlist("confirmed")),
            post.get("proposal_digest", ""),
            lines,
        )

    @classmethod
    def suggested(cls, proposal: Proposal, kind: str) -> Self:
        """What the form shows at first: the proposal's periods, and its reasons for a rejection."""
        reasons = " ".join(dict.fromkeys(period.reason for period in proposal.periods if period.reason))
        lines = [_line(period) for period in proposal.periods[:OWN_PERIODS]]
        lines += [OwnLine()] * (OWN_PERIODS - len(lines))
        return cls(kind, reasons if kind == "reject" else "", frozenset(), "", tuple(lines))

    def filled(self, proposal: Proposal) -> Self:
        """The same; with the proposal's periods to start from, where none were typed."""
        if not all(line.blank for line in self.lines):
            return self
        return replace(self, lines=type(self).suggested(proposal, self.kind).lines)

    @property
    def shown(self) -> tuple[OwnLine, ...]:
        """The rows that the form shows: the ones in use and one to add."""
        used = max((number for number, line in enumerate(self.lines, 1) if not line.blank), default=0)
        return self.lines[: used + 1]

    @property
    def filled_lines(self) -> list[OwnLine]:
        """The rows of periods of one's own that are in use, only where the choice is to decide otherwise."""
        return [line for line in self.lines if not line.blank] if self.kind == "other" else []

    @property
    def periods(self) -> list[OwnPeriod]:
        """Periods of one's own, only where the choice is to decide otherwise."""
        return [line.read() for line in self.lines if not line.blank] if self.kind == "other" else []

    def hidden(self, version: int) -> list[tuple[str, str]]:
        """The same, for the page that shows the notice."""
        found = [("kind", self.kind), ("reasons", self.reasons), ("proposal_digest", self.digest)]
        found += [("version", str(version)), *(("confirmed", key) for key in sorted(self.confirmed))]
        for number, line in enumerate(self.lines, 1):
            found += [(f"start_{number}", line.start), (f"end_{number}", line.end)]
            found += [(f"amount_{number}", line.amount), (f"because_{number}", line.reason)]
        return found


def _line(period: Period) -> OwnLine:
    return OwnLine(day(period.start), day(period.end), str(period.amount), period.reason)
