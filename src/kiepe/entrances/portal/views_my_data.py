"""My data: what is kept, download, deletion."""

from __future__ import annotations

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kiepe.base.accounts.middleware import acting
from kiepe.base.kernel import clock
from kiepe.base.kernel.refusal import Refused
from kiepe.base.ui.languages import switching
from kiepe.entrances.portal import my_data


@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """What there is and what one may do with it; a stranger is told how to get there."""
    person = acting(request)
    context = {
        "known": my_data.known(person),
        "kept": my_data.kept(person),
        "signed_in": person.account is not None,
        "deleted": "geloescht" in request.GET,
    }
    return render(request, "portal/my_data.html", context)


@require_POST
def download(request: HttpRequest) -> HttpResponseBase:
    """All of it as one archive."""
    made = my_data.archive(acting(request))
    return FileResponse(
        made, as_attachment=True, filename=my_data.archive_name(clock.today()), headers={"Cache-Control": "no-store"}
    )


@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest) -> HttpResponse:
    """Choose, see what it means, confirm."""
    person = acting(request)
    if not my_data.known(person):
        return redirect("portal:my_data")
    chosen = frozenset(request.POST.getlist("what"))
    kept = my_data.kept(person)
    context = {
        "kept": kept,
        "chosen": [one for one in kept.now if one.key in chosen],
        "keys": chosen,
        "language_form": "loeschen" if kept.now else "",
    }
    if request.method != "POST":
        return render(request, "portal/my_data_delete.html", context)
    if switching(request):
        sure = context["chosen"] and "asked" in request.POST
        return render(request, f"portal/my_data_{'sure' if sure else 'delete'}.html", context)
    if context["chosen"] and "sure" not in request.POST:
        return render(request, "portal/my_data_sure.html", context)
    try:
        gone = my_data.delete(person, chosen)
    except Refused as refusal:
        return render(request, "portal/my_data_delete.html", {**context, "refusal": refusal}, status=refusal.status)
    if gone:
        request.session.flush()
    return redirect(f"{reverse('portal:my_data')}?geloescht=ja")
