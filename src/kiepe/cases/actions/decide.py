"""A person decides: on exactly the proposal that was shown, once, with the notice written in the same transaction."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.http import Http404
from django.utils.translation import gettext as _

from kiepe.base.kernel import clock
from kiepe.base.kernel.actor import Actor, Role
from kiepe.base.kernel.refusal import Refused
from kiepe.cases import canonical, jobs, record
from kiepe.cases.actions.opening import opened_by_staff
from kiepe.cases.assessment import Outcome, Period
from kiepe.cases.decided import decision_digest
from kiepe.cases.facts import Prepared, prepare
from kiepe.cases.models import Case, Decision, DecisionKind, NoticeDocument
from kiepe.cases.notice import Notice
from kiepe.cases.periods import OwnPeriod, own_periods, refused_periods
from kiepe.cases.queries import visible
from kiepe.cases.transitions import UNDECIDED, Verb
from kiepe.cases.wording import worded

__all__ = ["OwnPeriod", "decide", "preview"]


@dataclass(frozen=True, slots=True)
class _Choice:
    kind: DecisionKind
    periods: tuple[Period, ...]
    reasons: str


def decide(
    actor: Actor,
    case_id: int,
    kind: str,
    reasons: str,
    confirmed: Collection[str],
    proposal_digest: str,
    *,
    version: int,
    periods: Sequence[OwnPeriod] = (),
) -> Decision:
    """Grant as proposed, reject, or decide otherwise (`other`, with `periods` of the caseworker's own).

    Raises Refused: 409 where somebody decided meanwhile, the case or the computation changed; 422 with `fields`
    (reasons, confirmed, periods, kind) where something is missing. The notice is worded before anything is written:
    where the city's texts do not allow to issue one, nothing is decided.
    """
    with opened_by_staff(actor, case_id, version, Verb.DECIDED) as case:
        prepared = prepare(case)
        if prepared.digest != proposal_digest:
            raise Refused(
                _("Die Berechnung hat sich geändert, seit Sie sie gesehen haben."),
                _("Laden Sie die Seite neu, sehen Sie sich die neue Berechnung an und entscheiden Sie dann."),
            )
        choice = _choose(case, prepared, kind, reasons, periods)
        _check_confirmed(prepared, confirmed)
        now = clock.now()
        notice = worded(case, prepared, choice.kind, choice.periods, choice.reasons, actor)
        decision = _keep(
            case=case,
            kind=choice.kind,
            periods=canonical.plain(choice.periods),
            proposal=canonical.plain(prepared.proposal),
            proposal_digest=prepared.digest,
            confirmed=sorted(confirmed),
            reasons=choice.reasons,
            decided_by_id=actor.account,
            decided_by_name=actor.label,
            decided_on=clock.today(),
            decided_at=now,
        )
        document = NoticeDocument.objects.create(decision=decision, notice=canonical.plain(notice.as_data()))
        case.decided_at = now
        content = {
            "kind": choice.kind,
            "reason": choice.reasons,
            "confirmed": sorted(confirmed),
            "incomplete": not case.complete,
            "decision_digest": decision_digest(decision),
            "notice_digest": canonical.fingerprint(document.notice),
        }
        record.append(case, Verb.DECIDED, actor, content)
        jobs.issue(case.pk)
    return decision


def preview(actor: Actor, case_id: int, kind: str, reasons: str, *, periods: Sequence[OwnPeriod] = ()) -> Notice:
    """The notice as `decide` would write it now; writes nothing. Refused (422) as there."""
    if not actor.has(Role.CASEWORKER, Role.LEAD):
        raise Refused(_("Sie dürfen diesen Vorgang lesen, aber nicht entscheiden."), status=403)
    case = visible(actor).filter(pk=case_id).first()
    if case is None:
        raise Http404
    if case.state not in UNDECIDED:
        raise Refused(_("Über diesen Vorgang wurde schon entschieden."), _("Der Bescheid steht beim Vorgang."))
    prepared = prepare(case)
    choice = _choose(case, prepared, kind, reasons, periods)
    return worded(case, prepared, choice.kind, choice.periods, choice.reasons, actor)


def _choose(case: Case, prepared: Prepared, kind: str, reasons: str, periods: Sequence[OwnPeriod]) -> _Choice:
    """Kind, periods and reasons as they will stand; raises Refused (422)."""
    if kind not in DecisionKind.values:
        raise _missing("kind", _("Wählen Sie aus, wie Sie entscheiden."))
    chosen, said = DecisionKind(kind), reasons.strip()
    if not case.whole and chosen is not DecisionKind.REJECT:
        raise _missing(
            "kind",
            _("Die Angaben der Person stehen noch aus. Bewilligen können Sie erst, wenn sie da sind (§ 66 SGB I)."),
        )
    if chosen is not DecisionKind.GRANT and not said:
        raise _missing("reasons", _("Begründen Sie Ihre Entscheidung. Die Begründung steht im Bescheid."))
    if not case.complete and not said:
        raise _missing("reasons", _("Es fehlen noch Unterlagen. Begründen Sie, warum Sie trotzdem entscheiden."))
    if chosen is DecisionKind.OTHER:
        return _Choice(chosen, own_periods(prepared.proposal, periods), said)
    if chosen is DecisionKind.REJECT:
        return _Choice(chosen, refused_periods(prepared.proposal, said), said)
    if prepared.proposal.outcome is not Outcome.GRANT:
        raise _missing("kind", _not_grantable(prepared))
    return _Choice(chosen, prepared.proposal.periods, said)


def _not_grantable(prepared: Prepared) -> str:
    if prepared.proposal.outcome is Outcome.REJECT:
        return _("Die Berechnung ergibt keinen Anspruch. Lehnen Sie ab oder entscheiden Sie abweichend mit Begründung.")
    problems = " ".join(problem.text for problem in prepared.proposal.problems)
    return _("Es lässt sich noch nichts berechnen: %(problems)s") % {"problems": problems}


def _check_confirmed(prepared: Prepared, confirmed: Collection[str]) -> None:
    open_hints = [hint.text for key, hint in prepared.hints.items() if key not in confirmed]
    if open_hints:
        raise _missing(
            "confirmed", _("Bestätigen Sie erst jeden Prüfpunkt. Offen: %(which)s") % {"which": " · ".join(open_hints)}
        )


def _missing(field: str, sentence: str) -> Refused:
    return Refused(_("Es wurde noch nichts entschieden."), sentence, fields={field: sentence}, status=422)


def _keep(**fields: Any) -> Decision:
    """Insert; the database's own "one decision a case" stands behind the row lock."""
    try:
        with transaction.atomic():
            return Decision.objects.create(**fields)
    except IntegrityError:
        raise Refused(_("Über diesen Vorgang wurde inzwischen entschieden."), _("Laden Sie die Seite neu.")) from None
