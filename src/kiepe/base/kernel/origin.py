"""Whether a request comes from a page of ours: for the few forms that are sent before there is a session."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext as _

from kiepe.base.kernel.refusal import Refused


def is_our_own(request: HttpRequest) -> bool:
    """By Sec-Fetch-Site; by Origin where a browser does not send it."""
    site = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin", "null")
    own = f"{request.scheme}://{request.get_host()}"
    return site in {"same-origin", "none"} or (site is None and origin in {"null", own})


def our_own_page(request: HttpRequest) -> None:
    """Refuse a POST that another site's page sent."""
    if not is_our_own(request):
        raise Refused(
            _("Diese Anfrage kam von einer anderen Seite"),
            _("Öffnen Sie den Antrag bitte von unserer Seite aus."),
            status=403,
        )
