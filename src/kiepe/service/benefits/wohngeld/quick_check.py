"""The quick check: from a few answers an honest range of Wohngeld, and what else may fit. Nothing is kept.

What was not asked can lie either way, so two households are computed: one with everything that lowers Wohngeld, one
with everything that raises it. The range is what lies between, in steps of 10 euro outwards.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from django.utils.translation import gettext as _

from kiepe.base.catalogue import pack
from kiepe.base.forms import flow
from kiepe.law.wohngeld import Ergebnis, haushalt_aus, wohngeld
from kiepe.law.wohngeld.recht import recht_am
from kiepe.service.benefits.wohngeld.answers import Answers, Notes, euro

MARGIN = Decimal("0.05")  # how far the expected income may lie beside what somebody says off the cuff
STEP = 10  # euro; finer would pretend to know more
# A usual dwelling, for the flat rate of the heating: so many m² for one person and for each further one.
FIRST_AREA, FURTHER_AREA = 50, 15
AREA_MARGIN = Decimal("0.4")
# § 6a Abs. 1 Nr. 2 BKGG: gross income a month from which on Kinderzuschlag is paid.
KINDERZUSCHLAG_SINGLE, KINDERZUSCHLAG_COUPLE = 600, 900


@dataclass(frozen=True, slots=True)
class Asked:
    """What was answered; money a month."""

    adults: int
    children: int
    excluded: int
    owns: bool
    cost: Decimal
    heated: bool | None  # None: does not know
    wage: Decimal
    pension: Decimal
    other: Decimal
    pays: frozenset[str]

    @property
    def people(self) -> int:
        return self.adults + self.children

    @property
    def gross(self) -> Decimal:
        return self.wage + self.pension + self.other


@dataclass(frozen=True, slots=True)
class Also:
    """Another service that may fit, and under which condition."""

    slug: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Estimate:
    """The range in whole euro a month, why there may be none, what was assumed, what else may fit."""

    low: int
    high: int
    reason: str
    assumptions: tuple[str, ...]
    also: tuple[Also, ...]


@cache
def questions() -> flow.Flow:
    """The quick check's questions, compiled."""
    return flow.load(Path(__file__).parent / "check.yaml")


def asked(answers: Mapping[str, object]) -> Asked:
    """The answers of check.yaml as typed facts."""
    level = Answers(answers, Notes())
    ticked = level.chosen("income")
    owns = level.text("tenure") == "own"

    def sum_of(key: str) -> Decimal:
        return (level.number(key) or Decimal(0)) if key in ticked else Decimal(0)

    adults, children = int(level.number("adults") or 1), int(level.number("children") or 0)
    return Asked(
        adults=adults,
        children=children,
        excluded=min(int(level.number("excluded") or 0), adults + children),
        owns=owns,
        cost=level.number("burden" if owns else "rent") or Decimal(0),
        heated=level.yes("heated"),
        wage=sum_of("wage"),
        pension=sum_of("pension"),
        other=sum_of("other"),
        pays=level.chosen("pays"),
    )


def estimate(facts: Asked, today: date) -> Estimate:
    """The range for this month. Raises KeinRecht for a day before the oldest law held."""
    start = today.replace(day=1)
    results = [_compute(facts, start, generous=generous) for generous in (False, True)]
    amounts = sorted(one.wohngeld for one in results)
    low = amounts[0] // STEP * STEP
    high = -(-amounts[1] // STEP) * STEP
    return Estimate(low, high, _reason(facts, high), _assumptions(facts), _also(facts, high, start))


def _compute(facts: Asked, start: date, *, generous: bool) -> Ergebnis:
    city = pack.city()
    return wohngeld(
        haushalt_aus(
            {
                "stichtag": start.isoformat(),
                "gemeinde": city.gemeinde,
                "land": city.land,
                "art": "lastenzuschuss" if facts.owns else "mietzuschuss",
                "wohnung": _dwelling(facts, generous=generous),
                "personen": _people(facts, generous=generous),
                "alleinerziehend": facts.adults == 1 and facts.children > 0 and not facts.excluded,
            }
        )
    )


def _dwelling(facts: Asked, *, generous: bool) -> dict[str, object]:
    if facts.owns:
        return {"belastung": euro(facts.cost)}
    if facts.heated is False or (facts.heated is None and generous):
        return {"bruttokaltmiete": euro(facts.cost)}
    area = FIRST_AREA + FURTHER_AREA * (facts.people - 1)
    share = 1 - AREA_MARGIN if generous else 1 + AREA_MARGIN
    contained: dict[str, object] = {"heizung": True}
    if not generous:
        contained["warmwasser"] = True
    return {"gesamtmiete": euro(facts.cost), "enthalten": contained, "wohnflaeche": f"{area * share:f}"}


def _people(facts: Asked, *, generous: bool) -> list[dict[str, object]]:
    """The members, and on whom the incomes lie: generous spreads wages and deducts from all, the other does neither."""
    people: list[dict[str, object]] = [{"id": f"a{number}"} for number in range(facts.adults)]
    people += [{"id": f"k{number}", "kind": True} for number in range(facts.children)]
    for one in _who_is_excluded(facts, people):
        one["ausgeschlossen"] = "Grundsicherung"
    counted = [one for one in people if "ausgeschlossen" not in one] or people[:1]
    adults = [one for one in counted if "kind" not in one] or counted
    factor = 1 - MARGIN if generous else 1 + MARGIN
    earners = adults[:2] if generous else adults[:1]
    for one in earners:
        _add(one, "lohn", facts.wage * factor / len(earners), facts, "wage", generous=generous)
    _add(adults[-1], "rente", facts.pension * factor, facts, "pension", generous=generous)
    _add(counted[0] if generous else counted[-1], "sonstige", facts.other * factor, facts, "other", generous=generous)
    return people


def _who_is_excluded(facts: Asked, people: list[dict[str, object]]) -> list[dict[str, object]]:
    """Adults after the first, then children, then the first: whoever applies is most likely to be considered."""
    return (people[1:] + people[:1])[: facts.excluded]


def _add(person: dict[str, object], kind: str, amount: Decimal, facts: Asked, source: str, *, generous: bool) -> None:
    if not amount:
        return
    incomes = person.setdefault("einkuenfte", [])
    assert isinstance(incomes, list)
    incomes.append({"art": kind, "monat": euro(amount)})
    pays = facts.pays
    if not generous and source == "pension":
        pays = pays & {"health", "tax"} if not facts.wage else pays & {"health"}
    if not generous and source == "other":
        return  # maintenance and replacement of wages mostly bear no contributions
    for tick, field in (
        ("tax", "einkommensteuer"),
        ("health", "krankenversicherung"),
        ("pension", "rentenversicherung"),
    ):
        if tick in pays:
            person[field] = True


def _reason(facts: Asked, high: int) -> str:
    """Why nothing is to be expected, kindly; empty where something is."""
    if facts.excluded >= facts.people:
        return _(
            "Wer Grundsicherung, Bürgergeld oder Sozialhilfe bekommt, bekommt kein Wohngeld. Die Kosten der Wohnung "
            "sind dort schon enthalten."
        )
    if high:
        return ""
    return _(
        "Nach diesen Angaben reicht das Einkommen für Ihren Haushalt und diese Wohnkosten aus. Wohngeld unter "
        "10 Euro im Monat wird nicht gezahlt."
    )


def _assumptions(facts: Asked) -> tuple[str, ...]:
    found = [
        _("Das Einkommen kann um 5 Prozent höher oder niedriger sein, als Sie es genannt haben."),
        _(
            "Freibeträge, zum Beispiel bei Behinderung, langer Rentenzeit oder Unterhalt, haben wir nicht gefragt. Sie "
            "können das Wohngeld erhöhen."
        ),
    ]
    if facts.wage and facts.adults > 1:
        found.append(_("Der Lohn kann von einer Person oder von zweien kommen."))
    if facts.adults == 1 and facts.children:
        found.append(
            _("Mindestens ein Kind ist unter 18 und bekommt Kindergeld; dann gilt der Freibetrag für Alleinerziehende.")
        )
    if not facts.owns and facts.heated is not False:
        found.append(_("Für die Heizung ziehen wir einen Betrag ab, wie er für eine übliche Wohnung gilt."))
    if facts.other:
        found.append(_("Vom anderen Einkommen gehen vielleicht Steuern und Beiträge ab, vielleicht nicht."))
    return tuple(found)


def _also(facts: Asked, high: int, start: date) -> tuple[Also, ...]:
    """Hints by simple, stated conditions; each service decides for itself."""
    found = []
    least = KINDERZUSCHLAG_SINGLE if facts.adults == 1 else KINDERZUSCHLAG_COUPLE
    considered = facts.excluded == 0
    if facts.children and considered and facts.wage + facts.pension + facts.other >= least:
        text = _("Für Familien mit Kindern und wenig Geld. Nötig sind mindestens %(least)d Euro brutto im Monat.")
        found.append(Also("kinderzuschlag", _("Kinderzuschlag"), text % {"least": least}))
    if facts.children and (high or facts.excluded):
        text = _(
            "Geld für Schule, Mittagessen, Ausflüge und Sport. Wer Wohngeld bekommt, kann es für Kinder beantragen."
        )
        found.append(Also("bildung-und-teilhabe", _("Bildung und Teilhabe"), text))
    if considered and _little(facts, high, start):
        text = _(
            "Ihr Einkommen reicht mit Wohngeld vielleicht nicht zum Leben. Dann kann Grundsicherung mehr bringen. "
            "Beides zusammen gibt es nicht."
        )
        found.append(Also("grundsicherung", _("Grundsicherung"), text))
    return tuple(found)


def _little(facts: Asked, high: int, start: date) -> bool:
    """Whether gross income, Kindergeld and Wohngeld stay below a rough need: Regelbedarf and the cost of the home."""
    recht = recht_am(start)
    adults = recht.regelbedarf[0] if facts.adults == 1 else recht.regelbedarf[1] * facts.adults
    need = adults + recht.regelbedarf[4] * facts.children + facts.cost
    return facts.gross + recht.kindergeld * facts.children + high < need
