"""The start page: search, life situations, what is wanted most, and the way back into an application."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kiepe.base.accounts.middleware import acting
from kiepe.base.catalogue.pack import city
from kiepe.base.kernel.public import public


@require_safe
@public
def start(request: HttpRequest) -> HttpResponse:
    """What most people come for stands first: say in your own words what you need."""
    popular = [city().service(slug) for slug in city().popular]
    return render(request, "portal/start.html", {"popular": popular, "begun": bool(acting(request).drafts)})
