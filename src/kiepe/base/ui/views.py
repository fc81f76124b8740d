"""Pages for errors that Django itself raises."""

from __future__ import annotations

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from kiepe.base.kernel.actor import NOBODY
from kiepe.base.kernel.refusal import Refused
from kiepe.base.ui import languages


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's signature
    """The form is too old or came from elsewhere: say so, and how to go on."""
    refusal = Refused(
        _("Diese Seite war zu lange offen"),
        _("Gehen Sie im Browser zurück und senden Sie noch einmal ab. Es ist nichts verloren."),
        status=403,
    )
    context = {"refusal": refusal, "language_path": languages.readable(request)}
    return render(request, "ui/refused.html", context, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """404: the same page whether something does not exist or is not yours."""
    refusal = Refused(
        _("Diese Seite gibt es nicht"),
        _("Vielleicht ist die Adresse nicht vollständig, oder Sie müssen sich erst anmelden."),
        status=404,
    )
    return render(request, "ui/refused.html", {"refusal": refusal}, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: a bug of ours; 503 where the database is away for a moment. Plain page without database or session."""
    request.actor = NOBODY  # type: ignore[attr-defined]  # who is signed in stands in the database, which may be what failed
    away = isinstance(sys.exc_info()[1], OperationalError | InterfaceError)
    response = render(request, "ui/error.html", status=503 if away else 500)
    if away:
        response["Retry-After"] = "10"
    return response
