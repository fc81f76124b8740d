"""What a grant must say of duties and of what comes next: § 24 Abs. 3, § 27 Abs. 1, 3 and 4, § 28 Abs. 1 and 4 WoGG."""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_UP, Decimal

from django.utils.translation import gettext as _

from kiepe.base.ui.templatetags.ui import euro
from kiepe.cases.assessment import Period
from kiepe.cases.notice import DecisionFacts, Section
from kiepe.service.benefits.wohngeld.notice_words import INCOME, RENT, full_day, owns, paid, span

NOTABLE = Decimal("0.15")  # 'um mehr als 15 Prozent', § 27 Abs. 3 Satz 1 Nr. 2 and 3 WoGG
CENT = Decimal("0.01")


def sections(decision: DecisionFacts) -> tuple[Section, ...]:
    """Duties to notify, and what comes next."""
    return _duties(decision), _next(decision)


def _duties(decision: DecisionFacts) -> Section:
    return Section(
        "duties",
        _("Was Sie uns mitteilen müssen"),
        paragraphs=(_("Teilen Sie uns bitte unverzüglich mit, wenn sich nicht nur vorübergehend eines davon ändert:"),),
        items=(
            _(
                "Es gehören weniger Personen zum Haushalt, oder mehr Personen im Haushalt sind vom Wohngeld "
                "ausgeschlossen als bisher (§ 27 Abs. 3 Satz 1 Nr. 1 WoGG)."
            ),
            *_limits(decision),
            _(
                "Die Wohnung wird von niemandem mehr genutzt, der beim Wohngeld berücksichtigt ist, zum "
                "Beispiel nach "
                "einem Umzug (§ 28 Abs. 1 Satz 2 WoGG). Der Bescheid gilt dann nicht weiter."
            ),
            _(
                "Jemand aus dem Haushalt, der beim Wohngeld berücksichtigt ist, hat eine Leistung beantragt "
                "oder bekommt "
                "sie, die Wohngeld ausschließt: zum Beispiel Grundsicherung, Hilfe zum Lebensunterhalt oder "
                "Leistungen "
                "nach dem Asylbewerberleistungsgesetz (§ 28 Abs. 4 Satz 1, § 7 WoGG)."
            ),
            _(
                "Diese Pflichten gelten auch für Änderungen, die eine schon abgelaufene Zeit betreffen, für die Sie "
                "Wohngeld bekommen haben (§ 27 Abs. 4 WoGG)."
            ),
            _(
                "Alle berücksichtigten Personen im Haushalt müssen Ihnen sagen, wenn sich ihr Einkommen ändert "
                "oder wenn "
                "sie eine solche Leistung beantragen oder bekommen (§ 27 Abs. 3 Satz 2, § 28 Abs. 4 Satz 2 WoGG)."
            ),
        ),
    )


def _limits(decision: DecisionFacts) -> list[str]:
    periods = paid(decision)
    told = [_limit_of(decision, period, with_span=False) for period in periods]
    if len(set(told)) > 1:
        told = [_limit_of(decision, period, with_span=True) for period in periods]
    return [words for pair in dict.fromkeys(told) for words in pair]


def _limit_of(decision: DecisionFacts, period: Period, *, with_span: bool) -> tuple[str, str]:
    """From which amount on a change must be told; rounded so that nobody is told to stay silent wrongly."""
    amount = Decimal(period.figures[RENT])
    income = Decimal(period.figures[INCOME])
    when = _("In der Zeit vom %(span)s: ") % {"span": span(period)} if with_span else ""
    lower = euro((amount * (1 - NOTABLE)).quantize(CENT, ROUND_UP))
    upper = euro((income * (1 + NOTABLE)).quantize(CENT, ROUND_DOWN))
    less = (
        _(
            "Die monatliche Belastung sinkt um mehr als 15 Prozent, also unter %(lower)s (§ 27 Abs. 3 Satz 1 "
            "Nr. 2 WoGG)."
        )
        if owns(decision)
        else _(
            "Die monatliche Miete sinkt um mehr als 15 Prozent, also unter %(lower)s (§ 27 Abs. 3 Satz 1 Nr. 2 WoGG)."
        )
    ) % {"lower": lower}
    more = _(
        "Die Summe der monatlichen Einkünfte und Einnahmen aller berücksichtigten Personen steigt um mehr als "
        "15 Prozent, "
        "also über %(upper)s. Das gilt auch, wenn sie steigt, weil jemand dazukommt (§ 27 Abs. 3 Satz 1 Nr. 3 WoGG)."
    ) % {"upper": upper}
    return when + less, when + more


def _next(decision: DecisionFacts) -> Section:
    return Section(
        "renewal",
        _("Wie es weitergeht"),
        paragraphs=(
            _(
                "Für die Zeit nach dem %(end)s können Sie wieder Wohngeld beantragen. Der neue Antrag wirkt ab "
                "dem Ersten "
                "des Monats, in dem er bei uns eingeht."
            )
            % {"end": full_day(paid(decision)[-1].end)},
            _(
                "Sie können schon vorher mehr Wohngeld beantragen, wenn mehr Personen zum Haushalt gehören, "
                "wenn die Miete "
                "oder Belastung um mehr als 10 Prozent steigt oder wenn das Gesamteinkommen um mehr als 10 "
                "Prozent sinkt "
                "(§ 27 Abs. 1 WoGG)."
            ),
            _(
                "Wir können auch von uns aus neu entscheiden, so dass Sie weniger oder kein Wohngeld mehr "
                "bekommen. Das ist "
                "auch möglich, wenn Sie uns eine Änderung nicht mitteilen mussten (§ 24 Abs. 3 Satz 2, § 27 "
                "Abs. 2 WoGG)."
            ),
        ),
    )
