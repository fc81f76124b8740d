"""Pages that everyone may read: no cookie is set, no session is needed, and a cache may keep them for a while."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

Args = ParamSpec("Args")
SECONDS = 300  # so long a correction in the city pack may go unseen


def public(
    view: Callable[Concatenate[HttpRequest, Args], HttpResponse],
) -> Callable[Concatenate[HttpRequest, Args], HttpResponse]:
    """A reader without cookie gets a page that any cache may keep; one with a cookie gets one that none keeps.

    The pages differ only in the header ("Anmelden" or "Meine Vorgänge").
    """

    @wraps(view)
    def answer(request: HttpRequest, /, *args: Args.args, **kwargs: Args.kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.headers["Cache-Control"] = "no-store" if request.COOKIES else f"public, max-age={SECONDS}"
        patch_vary_headers(response, ["Cookie"])
        return response

    return answer
