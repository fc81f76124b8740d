"""Pages of the benefits that everyone may use without a case: the quick check."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from kiepe.base.catalogue import pack
from kiepe.base.forms import questions as shown
from kiepe.base.kernel import clock
from kiepe.base.kernel.public import public
from kiepe.base.ui.languages import switching
from kiepe.service.benefits.wohngeld import quick_check


# Without a CSRF token: the check knows nobody, changes nothing and keeps nothing, so a request that another site makes
# a browser send does no harm; a token would need a cookie, and reading sets none.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """The quick check: empty by GET, with a range by POST. What was typed stays on the page and nowhere else."""
    return _answered(request) if request.method == "POST" else _empty(request)


@public
def _empty(request: HttpRequest) -> HttpResponse:
    return _page(request, None, {}, {}, None)


def _answered(request: HttpRequest) -> HttpResponse:
    flow = quick_check.questions()
    parsed = flow.parse(flow.at("check"), {}, request.POST)
    if parsed.errors and switching(request):  # switched before it was filled in: no scolding
        response = _page(request, None, parsed.raw, {}, None)
    elif parsed.errors:
        response = _page(request, None, parsed.raw, parsed.errors, 422)
    else:
        facts = quick_check.asked({key: value for key, value in parsed.values.items() if value is not None})
        response = _page(request, quick_check.estimate(facts, clock.today()), parsed.raw, {}, None)
    response.headers["Cache-Control"] = "no-store"
    return response


def _page(
    request: HttpRequest,
    result: quick_check.Estimate | None,
    raw: Mapping[str, Sequence[str]],
    errors: Mapping[str, str],
    status: int | None,
) -> HttpResponse:
    flow = quick_check.questions()
    walk, at = flow.walk({}), flow.at("check")
    offered = {service.slug for service in pack.city().services}
    return render(
        request,
        "benefits/check.html",
        {
            "questions": shown.questions(walk, at, raw or None, errors),
            "problems": shown.problems(walk, at, errors),
            "result": result,
            "language_form": "check",
            "also": [one for one in result.also if one.slug in offered] if result else [],
        },
        status=status,
    )
