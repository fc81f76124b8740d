"""The notice in plain words, page by page, from the steps and figures that the decision keeps: nothing is computed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kiepe.base.ui.templatetags.ui import day, euro, full_euro
from kiepe.cases.assessment import Period, Step
from kiepe.cases.explaining import Decided, Line, Page, Part
from kiepe.service.benefits.wohngeld import law_words
from kiepe.service.benefits.wohngeld.assess import BURDEN
from kiepe.service.benefits.wohngeld.explain_why import why

YEAR_OF_ONE = "Jahreseinkommen von "  # the law's words for the result of one person (einkommen.py)


@dataclass(frozen=True, slots=True)
class Told:
    """The steps of one period, sorted by what they are about. Together they are all of its steps, each once."""

    period: Period
    people: tuple[Step, ...]
    incomes: tuple[Step, ...]
    deductions: tuple[Step, ...]
    whole_income: tuple[Step, ...]
    rent: tuple[Step, ...]
    amount: tuple[Step, ...]

    @property
    def figures(self) -> dict[str, str]:
        return dict(self.period.figures)


class ExplainWohngeld:
    """Implements cases.explaining.Explain."""

    def pages(self, decided: Decided) -> Sequence[Page]:
        """Who counts, income, what is deducted, rent and cap, the amount, the time."""
        told = [sort(period) for period in decided.periods if period.steps]
        makers: tuple[Callable[[Decided, list[Told]], Page], ...] = (_people, _income, _deductions, _rent, _amount)
        pages = [make(decided, told) for make in makers] if told else []
        return [*pages, _time(decided)]

    def reason(self, period: Period) -> str:
        """What the law or the caseworker says of it."""
        return law_words.said(period.reason)


EXPLAIN = ExplainWohngeld()


def sort(period: Period) -> Told:
    """Steps come in the law's order: household, income up to § 13 Abs. 2, rent up to M, then the amount."""
    steps = list(period.steps)
    monthly = _index(steps, lambda one: one.norm.startswith("§ 13 Abs. 2"))
    considered = _index(steps, lambda one: one.label.endswith("(M)"))
    people = [one for one in steps[: monthly + 1] if one.norm.startswith("§§ 5")]
    money = [one for one in steps[: monthly + 1] if one not in people]
    whole = [one for one in money if one.norm.startswith("§ 13")]
    less = [one for one in money if one.value.startswith("-") or one.norm.startswith(("§ 16", "§ 17", "§ 18"))]
    return Told(
        period=period,
        people=tuple(people),
        incomes=tuple(one for one in money if one not in whole and one not in less),
        deductions=tuple(less),
        whole_income=tuple(whole),
        rent=tuple(steps[monthly + 1 : considered + 1]),
        amount=tuple(steps[considered + 1 :]),
    )


def _index(steps: Sequence[Step], fits: Callable[[Step], bool]) -> int:
    return next((index for index, step in enumerate(steps) if fits(step)), -1)


def _parts(told: list[Told], make: Callable[[Told], Part]) -> tuple[Part, ...]:
    """One part for each period; a single one without heading where nothing differs."""
    parts = [make(one) for one in told]
    if len({(part.paragraphs, part.lines) for part in parts}) == 1:
        return (parts[0],)
    return tuple(
        Part(_span(one.period), part.paragraphs, part.lines, _span(one.period))
        for one, part in zip(told, parts, strict=True)
    )


def _span(period: Period) -> str:
    return _("%(start)s bis %(end)s") % {"start": day(period.start), "end": day(period.end)}


def _line(step: Step, *, strong: bool = False) -> Line:
    return Line(law_words.said(step.label), _value(step), step.norm, why(step), strong)


def _value(step: Step) -> str:
    shown = step.value.replace("-", "−")
    return law_words.said(shown) if " von " in shown else shown


def _people(_decided: Decided, told: list[Told]) -> Page:
    def part(one: Told) -> Part:
        counted, there = int(one.figures["members_considered"]), int(one.figures["members"])
        names = [step.label.removeprefix(YEAR_OF_ONE) for step in one.incomes if step.label.startswith(YEAR_OF_ONE)]
        said = ngettext("Beim Wohngeld zählt eine Person.", "Beim Wohngeld zählen %(count)d Personen.", counted) % {
            "count": counted
        }
        more = []
        if there > counted:
            more.append(
                _(
                    "In Ihrem Haushalt leben %(there)d Personen. Wer andere Hilfe zum Wohnen bekommt, zählt beim "
                    "Wohngeld nicht mit: In dieser Hilfe ist das Geld für die Wohnung schon enthalten (§ 7 WoGG)."
                )
                % {"there": there}
            )
        lines = [Line(name, _("zählt mit"), "§§ 5 und 6 WoGG") for name in names]
        return Part(paragraphs=(said, *more), lines=(*lines, *(_line(step, strong=True) for step in one.people)))

    lead = _("Je mehr Menschen zusammen leben, desto mehr Miete darf ein Haushalt haben.")
    return Page("haushalt", _("Wer zählt"), lead, _parts(told, part))


def _income(_decided: Decided, told: list[Told]) -> Page:
    def part(one: Told) -> Part:
        sums = [step for step in one.incomes if step.label.startswith(YEAR_OF_ONE)]
        lines = [_line(step, strong=step in sums) for step in one.incomes]
        said = _("So viel ist es im Jahr, bevor und nachdem wir etwas abgezogen haben.")
        return Part(paragraphs=(said,), lines=tuple(lines))

    lead = _("Wir zählen das Geld aller Personen für zwölf Monate zusammen. Kindergeld zählt nicht.")
    return Page("einkommen", _("Ihr Einkommen"), lead, _parts(told, part))


def _deductions(_decided: Decided, told: list[Told]) -> Page:
    def part(one: Told) -> Part:
        none = () if one.deductions else (_("Bei Ihnen gab es nichts abzuziehen."),)
        rest = _("Was übrig bleibt, ist das Einkommen, mit dem wir rechnen. Ein Zwölftel davon zählt im Monat.")
        lines = [_line(step) for step in one.deductions]
        whole = [_line(step, strong=True) for step in one.whole_income]
        return Part(paragraphs=(*none, rest), lines=(*lines, *whole))

    lead = _("Nicht alles, was Sie verdienen, zählt. Das ziehen wir vorher ab, und das ist gut für Sie.")
    return Page("abzuege", _("Was wir abziehen"), lead, _parts(told, part))


def _rent(decided: Decided, told: list[Told]) -> Page:
    owner = decided.periods[0].figures.get("benefit") == BURDEN

    def part(one: Told) -> Part:
        lines = [_line(step, strong=index == len(one.rent) - 1) for index, step in enumerate(one.rent)]
        return Part(paragraphs=tuple(_cap(one, owner=owner)), lines=tuple(lines))

    if owner:
        lead = _("Im Eigenheim zählt die Belastung: Zinsen, Tilgung und laufende Kosten.")
        return Page("miete", _("Ihre Belastung und die Grenze"), lead, _parts(told, part))
    lead = _("Es zählt die Miete ohne Heizung und Strom. Dafür kommt ein fester Betrag für die Heizung dazu.")
    return Page("miete", _("Ihre Miete und die Grenze"), lead, _parts(told, part))


def _cap(one: Told, *, owner: bool) -> list[str]:
    """Whether the cap bit: the value that stands before it in the steps is above it."""
    place = _index(one.rent, lambda step: step.norm.startswith("§ 12 Abs. 1 WoGG"))
    before = amount(one.rent[place - 1].value) if place > 0 else None
    most = Decimal(one.figures["maximum"]) + Decimal(one.figures["climate"])
    said = {"most": euro(most), "before": euro(before or 0)}
    if before is None:
        return [_("Für Ihren Haushalt und Ihren Ort zählen höchstens %(most)s im Monat.") % said]
    if before > most and owner:
        text = _("Ihre Belastung ist %(before)s. Für Ihren Haushalt und Ihren Ort zählen höchstens %(most)s.")
    elif before > most:
        text = _("Ihre Miete ist %(before)s. Für Ihren Haushalt und Ihren Ort zählen höchstens %(most)s.")
    else:
        text = _("Höchstens zählen %(most)s im Monat. Sie liegen mit %(before)s nicht darüber. Es zählt also alles.")
    return [text % said]


def _amount(_decided: Decided, told: list[Told]) -> Page:
    def part(one: Told) -> Part:
        said = {"rent": euro(one.figures["rent_considered"]), "income": euro(one.figures["income_considered"])}
        put_in = (
            _(
                "In die Formel kommen die Kosten der Wohnung (M): %(rent)s. Dazu kommt das Einkommen im Monat "
                "(Y): %(income)s."
            )
            % said
        )
        lines = [_line(step, strong=step is one.amount[-1]) for step in one.amount]
        between = _("Die Zeilen z1 bis z4 sind Zwischenschritte der Formel. Sie müssen sie nicht selbst nachrechnen.")
        other = () if _as_computed(one) else _differs(one)
        return Part(paragraphs=(put_in, between, *other), lines=tuple(lines))

    lead = _("Das Gesetz hat eine feste Formel. Mehr Miete bringt mehr Wohngeld, mehr Einkommen weniger.")
    return Page("betrag", _("So entsteht der Betrag"), lead, _parts(told, part))


def _as_computed(one: Told) -> bool:
    return not one.amount or amount(one.amount[-1].value) == one.period.amount


def _differs(one: Told) -> tuple[str, str]:
    """A caseworker decided otherwise; the reason is the one that stands in the notice."""
    said = _("Entschieden wurde anders als gerechnet, nämlich %(amount)s. Der Grund:")
    reason = law_words.said(one.period.reason) or _("Er steht in Ihrem Bescheid.")
    return said % {"amount": full_euro(one.period.amount)}, reason


def _time(decided: Decided) -> Page:
    lines = tuple(
        Line(
            _span(period),
            _("%(amount)s im Monat") % {"amount": full_euro(period.amount)} if period.amount else _("kein Wohngeld"),
            "§§ 22, 25 WoGG",
            law_words.said(period.reason),
            strong=period.amount > 0,
        )
        for period in decided.periods
    )
    first, last = decided.periods[0], decided.periods[-1]
    said = [_("Ihr Antrag kam am %(day)s bei uns an.") % {"day": day(decided.received)}]
    if (first.start.year, first.start.month) == (decided.received.year, decided.received.month):
        said.append(_("Wohngeld gibt es ab dem Ersten dieses Monats."))
    if any(period.amount for period in decided.periods):
        said.append(
            _("Nach dem %(end)s hört das Wohngeld auf. Stellen Sie in den zwei Monaten davor einen neuen Antrag.")
            % {"end": day(last.end)}
        )
    return Page("zeitraum", _("Von wann bis wann"), _("Wohngeld gibt es immer für eine bestimmte Zeit."), (
        Part(paragraphs=tuple(said), lines=lines),
    ))  # fmt: skip


def amount(shown: str) -> Decimal | None:
    """What `1.162,35 €` says; None for a step that shows no euro."""
    bare = shown.replace("\u00a0", " ").removesuffix(" €").replace(".", "").replace(",", ".").replace("−", "-")
    if not shown.endswith("€"):
        return None
    return Decimal(bare)
