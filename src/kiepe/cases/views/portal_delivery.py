"""How the notice reaches me: the letter, or by consent the portal; giving and taking back the consent."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kiepe.base.documents.seal import chosen
from kiepe.base.kernel.actor import Actor
from kiepe.base.kernel.refusal import Refused
from kiepe.cases import actions, consent_text, delivery, queries
from kiepe.cases.models import Case
from kiepe.cases.told_delivery import told
from kiepe.cases.transitions import FROM, State, Verb
from kiepe.cases.views.portal import own_case


@require_http_methods(["GET", "HEAD", "POST"])
def delivery_page(request: HttpRequest, number: str) -> HttpResponse:
    """What is so now; the consent with its words; taking it back."""
    actor, case = own_case(request, number)
    if request.method != "POST":
        return _page(request, actor, case)
    try:
        if request.POST.get("step") == "revoke":
            actions.revoke_consent(actor, case.pk)
        else:
            _consent(request, actor, case)
    except Refused as no:
        return _page(request, actor, case, no)
    return redirect("cases:delivery", case.number)


def _consent(request: HttpRequest, actor: Actor, case: Case) -> None:
    if not request.POST.get("agreed") and _offered(actor, case):
        sentence = _("Setzen Sie den Haken, wenn Sie einverstanden sind. Sonst kommt der Bescheid als Brief.")
        raise Refused(_("Es fehlt noch Ihr Haken."), fields={"agreed": sentence}, status=422)
    actions.consent_to_portal(actor, case.pk, version=request.POST.get("version", ""))


def _offered(actor: Actor, case: Case) -> bool:
    """Whether the page has the box to tick; where it has not, the verb says why."""
    signed_in = actor.account is not None and actor.account == case.account_id
    open_to_it = State(case.state) in FROM[Verb.CONSENTED] and not delivery.why_only_post(case)
    return signed_in and open_to_it and queries.consent(actor, case) is None


def _page(request: HttpRequest, actor: Actor, case: Case, refusal: Refused | None = None) -> HttpResponse:
    seal = chosen.seal()
    signed_in = actor.account is not None and actor.account == case.account_id
    context = {
        "case": case,
        "consent": queries.consent(actor, case),
        "told": told(queries.deliveries(actor, case)),
        "only_post": delivery.why_only_post(case),
        "signed_in": signed_in,
        "may_consent": State(case.state) in FROM[Verb.CONSENTED],
        "paragraphs": consent_text.paragraphs(),
        "version": consent_text.version(),
        "demo_seal": seal is not None and not seal.qualified,
        "letter_days": delivery.days(case)[1],
        "refusal": refusal,
    }
    return render(request, "cases/delivery.html", context, status=refusal.status if refusal else 200)
