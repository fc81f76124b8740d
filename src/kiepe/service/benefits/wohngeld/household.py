"""From the answers of the form to the household of the law's interface (household.schema.json)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from kiepe.base.catalogue import pack
from kiepe.law.wohngeld import KeinRecht, Ungueltig, haushalt_aus, wohngeld
from kiepe.service.benefits.wohngeld.answers import Answers, Notes, euro
from kiepe.service.benefits.wohngeld.dwelling import dwelling, kind_of_benefit
from kiepe.service.benefits.wohngeld.members import Member, members, single_parent
from kiepe.service.benefits.wohngeld.period import Span, later, span

DECEASED = "Verstorbene Person"


@dataclass(frozen=True, slots=True)
class Established:
    """The household as the law takes it, for one span, and where in the answers each member stands."""

    data: dict[str, object]
    span: Span
    members: tuple[Member, ...]

    def answer_of(self, pointer: str) -> str:
        """The answer behind a JSON pointer of the law, e.g. `/personen/0/einkuenfte/1/monat`."""
        parts = pointer.strip("/").split("/")
        if parts[0] == "personen" and len(parts) > 1 and parts[1].isdecimal() and int(parts[1]) < len(self.members):
            return self.members[int(parts[1])].source.path
        return {"wohnung": "tenure", "stichtag": "living_since", "bis": "", "vermoegen": "savings"}.get(parts[0], "")


def law_input(
    answers: Mapping[str, object], received: date, *, start: date | None = None, end: date | None = None
) -> dict[str, object]:
    """The law's household for these answers; what is missing in the answers is missing here too.

    `received` is the day of receipt; `start` and `end` bound the Bewilligungszeitraum where they are set.
    """
    level = Answers(answers, Notes())
    return establish(level, span(level, received, start, end)).data


def establish(answers: Answers, when: Span) -> Established:
    """The household in this span; problems and hints go to the answers' notes."""
    found = members(answers, when.start)
    city = pack.city()
    people = [dict(one.data) for one in found]
    others = _others(answers)
    data: dict[str, object] = {
        "stichtag": when.start.isoformat(),
        "bis": when.end.isoformat(),
        "antrag_am": when.applied.isoformat(),
        "art": kind_of_benefit(answers),
        "gemeinde": city.gemeinde,
        "land": city.land,
        "bewohner": len(people) + others,
        "personen": people,
    }
    people.extend(_deceased(answers, {one.name for one in found}))
    if single_parent(found, when.start, when.end, others_here=others > 0):
        data["alleinerziehend"] = True
    savings = _savings(answers)
    if savings is not None:
        data["vermoegen"] = euro(savings)
    data["wohnung"] = dwelling(answers, lambda base: _whole_rent(data, base))
    return Established(data, when, tuple(found))


def deceased_counts_until(answers: Answers) -> date | None:
    """§ 6 Abs. 2 WoGG: the first day on which somebody who died no longer counts; None where nobody does."""
    died = answers.day("deceased_on") if "death" in answers.chosen("situation") else None
    if died is None or not answers.yes("deceased_lived_here") or answers.yes("deceased_replaced"):
        return None
    return later(died.replace(day=1), 13)


def _others(answers: Answers) -> int:
    """Residents who are no members; by a stated amount at least one."""
    if "co_residents" not in answers.chosen("dwelling_applies"):
        return 0
    return max(1, len(answers.items("co_residents")))


def _deceased(answers: Answers, taken: set[str]) -> list[dict[str, object]]:
    if "death" not in answers.chosen("situation"):
        return []
    died = answers.day("deceased_on", _("Es fehlt, wann die Person gestorben ist (§ 6 Abs. 2 WoGG)."))
    if answers.yes("deceased_lived_here") is None:
        sentence = _("Es fehlt, ob die verstorbene Person zuletzt in der Wohnung gelebt hat (§ 6 Abs. 2 WoGG).")
        answers.missing("deceased_lived_here", sentence)
    if died is None or not answers.yes("deceased_lived_here"):
        return []
    if answers.yes("deceased_replaced"):
        text = _(
            "Nach dem Todesfall ist jemand dazugekommen; die verstorbene Person zählt dann nicht mehr mit. "
            "Bitte prüfen, ob der frühere Stand wieder erreicht ist."
        )
        answers.notes.hint("§ 6 Abs. 2 Satz 2 Nr. 2 WoGG", text)
        return []
    name = answers.text("deceased_name") or DECEASED
    while name in taken:
        name += " †"
    return [{"id": name, "verstorben_am": died.isoformat()}]


def _savings(answers: Answers) -> Decimal | None:
    if answers.yes("much_saved") is None:
        answers.notes.hint("§ 21 Nr. 3 WoGG", _("Zum Vermögen ist nichts gesagt. Bitte bei Zweifeln nachfragen."))
    if not answers.yes("much_saved"):
        return None
    return answers.money("savings", _("Es fehlt, wie hoch das Vermögen ungefähr ist (§ 21 Nr. 3 WoGG)."))


def _whole_rent(data: Mapping[str, object], base: dict[str, object]) -> Decimal | None:
    """Rent or Belastung of the whole dwelling a month, as the law takes it, before § 11 Abs. 2 WoGG."""
    try:
        return wohngeld(haushalt_aus({**data, "wohnung": base})).miete.ausgang
    except (Ungueltig, KeinRecht):
        return None  # whoever computes the whole household names the same trouble
