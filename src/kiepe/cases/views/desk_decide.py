"""Deciding: choose, look at the very notice, sign. Nothing is decided before the last button."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kiepe.base.accounts.gates import staff_only
from kiepe.base.accounts.middleware import acting
from kiepe.base.kernel.refusal import Refused
from kiepe.cases import actions, queries, types
from kiepe.cases.assessment import Outcome, Proposal
from kiepe.cases.desk_forms import Choice
from kiepe.cases.models import Case, DecisionKind
from kiepe.cases.notice import Notice
from kiepe.cases.views.desk import notice_html, overview_page, proposed
from kiepe.cases.views.desk_shared import DECIDERS, case_page, may_act, seen, version_of


@dataclass(frozen=True, slots=True)
class Way:
    """One way to decide."""

    key: str
    words: str
    hint: str


@staff_only(*DECIDERS)
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, number: str) -> HttpResponse:
    """The form; then, by `step`, the notice as page or PDF; then the decision itself."""
    case, step = seen(request, number, "decide"), request.POST.get("step", "")
    if request.method != "POST":
        return _form(request, case, None)
    choice = Choice.typed(request.POST)
    try:
        if step == "issue":
            return _issue(request, case, choice)
        if step == "preview":
            return _preview(request, case, choice)
        if step == "pdf":
            return _pdf(case, _written(request, case, choice))
    except Refused as refusal:
        return _refused(request, seen(request, number, "decide"), choice, refusal)
    return _form(request, case, choice)


def _issue(request: HttpRequest, case: Case, choice: Choice) -> HttpResponse:
    actions.decide(
        acting(request),
        case.pk,
        choice.kind,
        choice.reasons,
        choice.confirmed,
        choice.digest,
        version=version_of(request),
        periods=choice.periods,
    )
    return redirect(f"{reverse('cases:desk_case', args=[case.number])}?getan=entschieden")


def _written(request: HttpRequest, case: Case, choice: Choice) -> Notice:
    """The notice as it would be issued; refused where a hint is open or the computation is another by now."""
    _check(request, case, choice)
    return actions.preview(acting(request), case.pk, choice.kind, choice.reasons, periods=choice.periods)


def _check(request: HttpRequest, case: Case, choice: Choice) -> None:
    prepared = queries.proposal(acting(request), case)
    if prepared.digest != choice.digest:
        raise Refused(
            _("Die Berechnung hat sich geändert, seit Sie sie gesehen haben."),
            _("Unten steht die neue. Sehen Sie sie an; was Sie geschrieben haben, ist noch da."),
        )
    if any(key not in choice.confirmed for key in prepared.hints):
        sentence = _("Haken Sie jeden Prüfpunkt ab, wenn Sie ihn angesehen haben.")
        raise Refused(_("Ein Prüfpunkt ist noch offen."), fields={"confirmed": sentence}, status=422)


def _preview(request: HttpRequest, case: Case, choice: Choice) -> HttpResponse:
    written = _written(request, case, choice)
    return case_page(
        request,
        case,
        "preview",
        "desk_case",
        notice_html=notice_html(case, written),
        chosen=DecisionKind(choice.kind).label,
        periods=choice.periods or _granted(request, case, choice),
        hidden=choice.hidden(version_of(request)),
    )


def _granted(request: HttpRequest, case: Case, choice: Choice) -> object:
    """The proposal's periods, where they are granted as they stand."""
    return queries.proposal(acting(request), case).proposal.periods if choice.kind == DecisionKind.GRANT else ()


def _pdf(case: Case, written: Notice) -> HttpResponse:
    """The draft of the letter. Kept nowhere."""
    data = types.case_type(case.case_type).notice.pdf(written)
    headers = {
        "Content-Disposition": 'inline; filename="Entwurf.pdf"',
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Cache-Control": "no-store",
    }
    return HttpResponse(data, content_type="application/pdf", headers=headers)


def _refused(request: HttpRequest, case: Case, choice: Choice, refusal: Refused) -> HttpResponse:
    """The form with what was typed; the overview, with what was typed below, where somebody decided meanwhile."""
    if not may_act(acting(request), case):
        return overview_page(request, case, refusal, choice)
    return _form(request, case, choice, refusal)


def _form(request: HttpRequest, case: Case, choice: Choice | None, refusal: Refused | None = None) -> HttpResponse:
    prepared = queries.proposal(acting(request), case)
    if not may_act(acting(request), case):
        return redirect("cases:desk_case", case.number)
    ways = _ways(prepared.proposal)
    typed = choice.filled(prepared.proposal) if choice else Choice.suggested(prepared.proposal, ways[0].key)
    more = proposed(case, prepared)
    return case_page(request, case, "decide", "desk_case", refusal=refusal, typed=typed, choices=ways, **more)


def _ways(proposal: Proposal) -> list[Way]:
    """The ways that this proposal leaves open, the proposed one first."""
    ways = []
    if proposal.outcome is Outcome.GRANT:
        ways.append(Way("grant", _("Bewilligen wie vorgeschlagen"), _("Mit den berechneten Beträgen")))
    ways.append(Way("reject", _("Ablehnen"), _("Kein Anspruch. Die Begründung steht im Bescheid.")))
    ways.append(Way("other", _("Abweichend entscheiden"), _("Mit eigenen Zeiträumen und Beträgen")))
    return ways
