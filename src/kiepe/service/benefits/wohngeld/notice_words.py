"""What the notice says: decision, amounts, payment, reasons, calculation. Plain German, each duty with its norm."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kiepe.base.kernel.refusal import Refused
from kiepe.base.ui.templatetags.ui import euro, full_euro
from kiepe.cases.assessment import Correction, Period
from kiepe.cases.notice import DecisionFacts, Row, Section, Table
from kiepe.service.benefits.wohngeld.assess import BURDEN

# Figures of a period that the notice states (assess.py writes them), euro a month as text.
RENT = "rent"  # rent after § 9 or Belastung after § 10 WoGG (§ 27 Abs. 3 Satz 1 Nr. 2)
INCOME = "income"  # Einkünfte and Einnahmen of § 14 WoGG before any deduction (§ 27 Abs. 3 Satz 1 Nr. 3)
BUSINESS = ("§ 13 EStG", "§ 15 EStG", "§ 18 EStG")  # norms of steps about the incomes that § 24 Abs. 4 WoGG names
LAW_CHANGE = "§ 41 WoGG"  # norm of the law's hint that a change is announced


@dataclass(frozen=True, slots=True)
class Words:
    """The part of a notice that depends on what was decided."""

    subject: str
    summary: tuple[str, ...]
    sections: tuple[Section, ...]


def full_day(day: date) -> str:
    """`1. November 2026`."""
    return date_format(day, "j. F Y")


def span(period: Period) -> str:
    """`1. November 2026 bis 31. Oktober 2027`."""
    return _("%(start)s bis %(end)s") % {"start": full_day(period.start), "end": full_day(period.end)}


def paid(decision: DecisionFacts) -> tuple[Period, ...]:
    """The periods with an amount."""
    return tuple(period for period in decision.periods if period.amount > 0)


def check(decision: DecisionFacts) -> None:
    """Refuse what could not stand as an administrative act."""
    if not decision.decided_by.strip():
        raise Refused(_("Auf dem Bescheid muss der Name der Person stehen, die entschieden hat (§ 33 Abs. 3 SGB X)."))
    if decision.kind == "reject":
        if not _grounds(decision):
            raise Refused(
                _("Eine Ablehnung braucht eine Begründung (§ 35 SGB X)."),
                _("Schreiben Sie in eigenen Worten, weshalb kein Anspruch besteht."),
                status=422,
            )
        return
    if not paid(decision):
        raise Refused(
            _("Eine Bewilligung braucht mindestens einen Zeitraum mit einem Betrag."),
            _("Lehnen Sie den Antrag ab, wenn kein Anspruch besteht."),
            status=422,
        )
    for period in paid(decision):
        if not {RENT, INCOME} <= period.figures.keys():
            raise Refused(
                _("Für den Zeitraum %(span)s fehlen Beträge, die der Bescheid ausweisen muss (§ 24 Abs. 3 WoGG).")
                % {"span": span(period)},
                _("Prüfen Sie Miete oder Belastung und Einkommen, und rechnen Sie neu."),
            )


def owns(decision: DecisionFacts) -> bool:
    """Whether the Wohngeld is a Lastenzuschuss (§ 3 Abs. 2 WoGG)."""
    return decision.proposal.title == BURDEN


def grant(decision: DecisionFacts) -> Words:
    """A grant, whole or for a part of the time."""
    return Words(
        subject=_("Wir bewilligen Ihnen Wohngeld – Ihr Antrag vom %(day)s") % {"day": full_day(decision.received)},
        summary=tuple(_grant_in_short(decision)),
        sections=(_granted(decision), _amounts(decision), _payment(decision), _reasons(decision)),
    )


def _grant_in_short(decision: DecisionFacts) -> Iterator[str]:
    for period in paid(decision):
        yield _("Sie bekommen %(amount)s Wohngeld im Monat, vom %(span)s.") % {
            "amount": full_euro(period.amount),
            "span": span(period),
        }
    if len(paid(decision)) < len(decision.periods):
        yield _("Für einen Teil der Zeit bekommen Sie kein Wohngeld. Den Grund lesen Sie unter „Unsere Entscheidung“.")
    if paid(decision)[0].start < decision.decided_on.replace(day=1):
        yield _(
            "Das Geld für die Monate, die schon vorbei sind, zahlen wir nach. Danach kommt es jeden Monat im Voraus."
        )
    else:
        yield _("Das Geld kommt jeden Monat im Voraus.")
    if _self_employed(decision):
        yield _("Schicken Sie uns Ihren Einkommensteuerbescheid, sobald Sie ihn bekommen. Mehr dazu lesen Sie unten.")
        yield _("Ändert sich etwas bei Ihnen, teilen Sie es uns bitte gleich mit.")
    else:
        yield _("Sie müssen jetzt nichts tun. Ändert sich etwas bei Ihnen, teilen Sie es uns bitte gleich mit.")
    yield _(
        "Brauchen Sie nach dem %(end)s weiter Wohngeld? Dann stellen Sie in den zwei Monaten davor einen neuen Antrag."
    ) % {"end": full_day(paid(decision)[-1].end)}


def _granted(decision: DecisionFacts) -> Section:
    kind = decision.proposal.title
    words = _("Auf Ihren Antrag, der am %(day)s bei uns eingegangen ist, bewilligen wir Ihnen Wohngeld") % {
        "day": full_day(decision.received)
    } + (_(" als %(kind)s") % {"kind": kind} if kind else "")
    rows = tuple(
        Row(
            "",
            span(period),
            full_euro(period.amount) if period.amount else _("kein Wohngeld"),
            strong=period.amount > 0,
        )
        for period in decision.periods
    )
    condition = (
        _(
            "Auflage: Legen Sie uns die Einkommensteuerbescheide, die den Zeitraum der Bewilligung betreffen, "
            "unverzüglich vor, sobald Sie sie bekommen (§ 24 Abs. 4 WoGG)."
        ),
    )
    return Section(
        "tenor",
        _("Unsere Entscheidung"),
        paragraphs=(f"{words} (§§ 3, 19, 25 WoGG).", *(condition if _self_employed(decision) else ())),
        items=tuple(_unpaid(decision)),
        tables=(Table(_("Ihr Wohngeld"), rows),),
    )


def _unpaid(decision: DecisionFacts) -> Iterator[str]:
    for period in decision.periods:
        if not period.amount:
            yield _("Für die Zeit vom %(span)s besteht kein Anspruch: %(reason)s") % {
                "span": span(period),
                "reason": period.reason or _("Das berechnete Wohngeld liegt unter 10 € im Monat (§ 21 Nr. 1 WoGG)."),
            }


def _self_employed(decision: DecisionFacts) -> bool:
    return any(norm in step.norm for period in paid(decision) for step in period.steps for norm in BUSINESS)


def _amounts(decision: DecisionFacts) -> Section:
    """What § 24 Abs. 3 Satz 1 WoGG demands; one table where nothing differs, else one for each period."""
    stated = [(span(period), _stated(decision, period)) for period in paid(decision)]
    if len({rows for _span, rows in stated}) == 1:
        stated = [(_("Diese Beträge haben wir zugrunde gelegt"), stated[0][1])]
    return Section(
        "amounts",
        _("Miete und Einkommen, von denen wir ausgehen"),
        paragraphs=(_("Mit diesen Beträgen vergleichen Sie bitte, wenn sich bei Ihnen etwas ändert."),),
        tables=tuple(Table(caption, rows) for caption, rows in stated),
    )


def _stated(decision: DecisionFacts, period: Period) -> tuple[Row, ...]:
    norm, words = (
        (_("§ 10 WoGG"), _("Monatliche Belastung")) if owns(decision) else (_("§ 9 WoGG"), _("Monatliche Miete"))
    )
    return (
        Row(norm, words, euro(period.figures[RENT])),
        Row(
            _("§ 14 WoGG"),
            _(
                "Summe der monatlichen positiven Einkünfte und Einnahmen aller zu berücksichtigenden "
                "Haushaltsmitglieder"
            ),
            euro(period.figures[INCOME]),
        ),
    )


def _payment(decision: DecisionFacts) -> Section:
    answers = dict(decision.facts.answers) | {
        correction.answer: correction.value for correction in decision.facts.corrections
    }
    iban = str(answers.get("iban") or "")
    values = {"holder": str(answers.get("account_holder") or ""), "ending": iban[-4:]}
    account = _(" (Kontonummer endet auf %(ending)s)") % values if iban else ""
    holder = _(" von %(holder)s") % values if values["holder"] else ""
    words = {
        "member": _("Wir zahlen das Wohngeld, wie von Ihnen gewünscht, auf das Konto%s"),
        "landlord": _("Wir zahlen das Wohngeld, wie von Ihnen gewünscht, unmittelbar für Ihre Miete auf das Konto%s"),
        "agency": _("Wir zahlen das Wohngeld an das Amt, das Ihr Heim bezahlt, auf das Konto%s"),
    }.get(str(answers.get("payee") or ""), _("Wir zahlen das Wohngeld auf Ihr Konto%s"))
    if answers.get("payee") == "no_account":
        sentence = _(
            "Sie haben kein Konto. Wir senden Ihnen das Geld nach Hause; die Kosten dafür ziehen wir ab (§ 26 "
            "Abs. 2 WoGG)."
        )
    else:
        own = answers.get("payee") in {None, "", "applicant"}
        sentence = words % (account if own else holder + account) + _(", jeden Monat im Voraus (§ 26 WoGG).")
        if not own:
            sentence += " " + _("Hiermit unterrichten wir Sie über die Zahlung an andere (§ 26 Abs. 1 Satz 3 WoGG).")
    return Section("payment", _("Zahlung"), paragraphs=(sentence,))


def _reasons(decision: DecisionFacts) -> Section:
    paragraphs = [
        *_own_words(decision),
        _(
            "Wie viel Wohngeld Ihnen zusteht, hängt davon ab, wie viele Personen zum Haushalt gehören, wie hoch "
            "die zu "
            "berücksichtigende Miete oder Belastung ist und wie hoch das Gesamteinkommen ist (§ 4 WoGG). Zugrunde "
            "liegen Ihre Angaben und Nachweise. Jeder Rechenschritt steht in der Anlage."
        ),
    ]
    first = decision.periods[0].start
    if (first.year, first.month) == (decision.received.year, decision.received.month):
        paragraphs.append(
            _(
                "Das Wohngeld beginnt am Ersten des Monats, in dem Ihr Antrag bei uns eingegangen ist (§ 25 "
                "Abs. 2 Satz 1 WoGG)."
            )
        )
    paragraphs += [_("%(span)s: %(why)s") % {"span": span(p), "why": p.reason} for p in paid(decision) if p.reason]
    if _self_employed(decision):
        paragraphs.append(
            _(
                "Die Auflage brauchen wir, weil Einkünfte aus selbstständiger Arbeit, Gewerbe oder "
                "Landwirtschaft erst mit "
                "dem Steuerbescheid feststehen. Nur so können wir prüfen, ob sich das Gesamteinkommen um mehr als 15 "
                "Prozent erhöht hat (§ 27 Abs. 2 Satz 1 Nr. 3 WoGG). Die Vorlage macht Ihnen wenig Mühe; deshalb "
                "überwiegt das Interesse an einer richtigen Berechnung."
            )
        )
    paragraphs += _law_may_change(decision)
    return Section("reasons", _("Begründung"), tuple(paragraphs), items=tuple(_departures(decision)))


def _own_words(decision: DecisionFacts) -> list[str]:
    return [part.strip() for part in decision.reasons.replace("\r\n", "\n").split("\n\n") if part.strip()]


def _departures(decision: DecisionFacts) -> Iterator[str]:
    """Where the decision rests on another value than the applicant's: why, in the caseworker's words."""
    for correction in decision.facts.corrections:
        yield _departure(correction)


def _departure(correction: Correction) -> str:
    if correction.valid_from is None:
        return _("Von Ihren Angaben sind wir in einem Punkt abgewichen: %(why)s") % {"why": correction.reason}
    return _("Ab %(day)s sind wir in einem Punkt von Ihren Angaben abgewichen: %(why)s") % {
        "day": full_day(correction.valid_from),
        "why": correction.reason,
    }


def _law_may_change(decision: DecisionFacts) -> list[str]:
    """That a change of law is announced, in the law's own words, where its hint says so (§ 41 WoGG)."""
    said = next((hint.text for hint in decision.proposal.hints if hint.norm == LAW_CHANGE), "")
    if not said:
        return []
    announced = said.partition(". ")[0].rstrip(".")  # what follows is meant for the one who decides
    return [
        _("%(announced)s. Wir haben nach dem Recht entschieden, das heute gilt.") % {"announced": announced}
        + _(" Ändert sich das Recht, prüfen wir, was das für Ihr Wohngeld bedeutet, und schreiben Ihnen.")
    ]


def rejection(decision: DecisionFacts) -> Words:
    """A rejection: the reason first."""
    grounds = _grounds(decision)
    received = full_day(decision.received)
    return Words(
        subject=_("Wir können Ihnen kein Wohngeld bewilligen – Ihr Antrag vom %(day)s") % {"day": received},
        summary=(
            _("Sie bekommen kein Wohngeld."),
            _("Der Grund: %(why)s") % {"why": grounds[0]},
            _(
                "Sind Sie nicht einverstanden? Dann können Sie sich wehren. Wie das geht und bis wann, steht "
                "unter „Rechtsbehelfsbelehrung“."
            ),
            _("Ändert sich etwas bei Ihnen, können Sie jederzeit einen neuen Antrag stellen."),
        ),
        sections=(
            Section(
                "tenor",
                _("Unsere Entscheidung"),
                (
                    _("Ihren Antrag auf Wohngeld, der am %(day)s bei uns eingegangen ist, lehnen wir ab.")
                    % {"day": received},
                ),
            ),
            Section("reasons", _("Begründung"), (*grounds, *_law_may_change(decision)), tuple(_departures(decision))),
        ),
    )


def _grounds(decision: DecisionFacts) -> tuple[str, ...]:
    """The law's reasons with their norms, then the caseworker's own words; each once."""
    found = [period.reason.strip() for period in decision.periods if period.reason.strip()]
    return tuple(dict.fromkeys([*found, *_own_words(decision)]))


def annex(decision: DecisionFacts) -> tuple[Section, ...]:
    """The calculation, step by step, for each period that has one."""
    with_steps = [period for period in decision.periods if period.steps]
    if not with_steps:
        return ()
    tables = tuple(
        Table(
            _("Berechnung für die Zeit vom %(span)s") % {"span": span(period)},
            tuple(
                Row(step.norm, step.label, step.value, strong=number == len(period.steps))
                for number, step in enumerate(period.steps, 1)
            ),
        )
        for period in with_steps
    )
    words = _("Jede Zeile nennt die Vorschrift, den Schritt und das Ergebnis.")
    return (Section("annex", _("Anlage: So haben wir gerechnet"), (words,), tables=tables),)
