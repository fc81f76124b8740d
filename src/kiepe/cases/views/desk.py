"""One case at the desk: overview, application, history, notice, taking it on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_GET, require_POST

from kiepe.base.accounts.gates import staff_only
from kiepe.base.accounts.middleware import acting
from kiepe.base.documents.views import serve
from kiepe.base.kernel.refusal import Refused
from kiepe.cases import actions, queries, types
from kiepe.cases.assessment import Hint, Period
from kiepe.cases.desk_forms import Choice
from kiepe.cases.facts import Prepared
from kiepe.cases.models import Case, Decision, EvidenceState
from kiepe.cases.notice import Notice
from kiepe.cases.told_delivery import told
from kiepe.cases.views.desk_answers import correct_url, evidence_row, sheet
from kiepe.cases.views.desk_shared import DECIDERS, case_page, seen, version_of

LATEST = 5  # events on the overview


@dataclass(frozen=True, slots=True)
class HintRow:
    """A hint with the key under which it comes back as looked at."""

    key: str
    norm: str
    text: str


@staff_only()
@require_GET
def overview(request: HttpRequest, number: str) -> HttpResponse:
    """Answers beside evidence, the prepared decision, what happened last."""
    return overview_page(request, seen(request, number, "overview"))


def overview_page(
    request: HttpRequest, case: Case, refusal: Refused | None = None, unused: Choice | None = None
) -> HttpResponse:
    """The overview, with a refusal where an action did not go through, and what was typed for it in vain."""
    actor = acting(request)
    answers = sheet(actor, case)
    prepared = queries.proposal(actor, case)
    return case_page(
        request,
        case,
        "overview",
        "desk_case",
        refusal=refusal,
        unused=unused,
        compared=answers.compared(),
        corrections=answers.corrections,
        evidence=[evidence_row(case, item) for item in answers.evidence],
        unread=sum(item.state == EvidenceState.RECEIVED for item in answers.evidence),
        events=queries.events(actor, case)[:LATEST],
        decision=decided(queries.decision(actor, case)),
        **proposed(case, prepared),
    )


def proposed(case: Case, prepared: Prepared) -> dict[str, object]:
    """What templates show of a proposal."""
    return {
        "proposal": prepared.proposal,
        "digest": prepared.digest,
        "hints": [_hint(key, hint) for key, hint in prepared.hints.items()],
        "problems": [
            {"text": one.text, "url": correct_url(case, one.answer) if one.answer else ""}
            for one in prepared.proposal.problems
        ],
        "periods": [period_row(period) for period in prepared.proposal.periods],
        "complete": case.complete,
    }


def _hint(key: str, hint: Hint) -> HintRow:
    return HintRow(key, hint.norm, hint.text)


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """A period with its length in whole months where it has one."""

    period: Period
    months: int


def period_row(period: Period) -> PeriodRow:
    """For the panel: `12 Monate` beside the days."""
    whole = period.start.day == 1 and (date.fromordinal(period.end.toordinal() + 1)).day == 1
    months = (period.end.year - period.start.year) * 12 + period.end.month - period.start.month + 1
    return PeriodRow(period, months if whole else 0)


def decided(decision: Decision | None) -> dict[str, object] | None:
    """What templates show of a decision."""
    if decision is None:
        return None
    return {
        "words": decision.get_kind_display(),
        "who": decision.decided_by_name,
        "decided_on": decision.decided_on,
        "reasons": decision.reasons,
        "periods": decision.periods,
        "issued": decision.notice.issued_at is not None,
    }


@staff_only()
@require_GET
def application(request: HttpRequest, number: str) -> HttpResponse:
    """All answers as given, with corrections beside them."""
    case = seen(request, number, "application")
    answers = sheet(acting(request), case)
    return case_page(request, case, "application", "desk_application", sections=answers.sections)


@staff_only()
@require_GET
def history(request: HttpRequest, number: str) -> HttpResponse:
    """Everything that happened, nothing left out."""
    case = seen(request, number, "history")
    return case_page(request, case, "history", "desk_history", events=queries.events(acting(request), case))


@staff_only(*DECIDERS)
@require_POST
def take_over(request: HttpRequest, number: str) -> HttpResponse:
    """Claim the case."""
    case = seen(request, number, "claim")
    try:
        actions.claim(acting(request), case.pk, version=version_of(request))
    except Refused as refusal:
        return overview_page(request, seen(request, number, "overview"), refusal)
    return redirect(f"{reverse('cases:desk_case', args=[number])}?getan=uebernommen")


@staff_only()
@require_GET
def notice(request: HttpRequest, number: str) -> HttpResponse:
    """The notice as it was decided, and how it went out."""
    case, actor = seen(request, number, "notice"), acting(request)
    document = queries.notice(actor, case)
    return case_page(
        request,
        case,
        "notice",
        notice_html=notice_html(case, Notice.from_data(document.notice)),
        has_pdf=document.pdf is not None,
        told=told(queries.deliveries(actor, case)),
        may_note=actor.has(*DECIDERS) and actor.unit == case.unit,
    )


@staff_only()
@require_GET
def notice_pdf(request: HttpRequest, number: str) -> HttpResponse:
    """The letter as it was sent."""
    case = seen(request, number, "notice pdf")
    document = queries.notice(acting(request), case)
    if document.pdf is None:
        raise Http404
    return serve(document.pdf, download=False)


def notice_html(case: Case, written: Notice) -> SafeString:
    """The notice for the screen; the writer of the Leistung escapes what it puts in."""
    return mark_safe(types.case_type(case.case_type).notice.html(written))  # noqa: S308 - see the docstring
