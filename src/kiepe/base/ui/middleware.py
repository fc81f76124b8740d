"""The reader's language, and the kinds of no as pages in it. What was typed is still in the browser's form."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import translation

from kiepe.base.kernel.refusal import Refused, Unavailable
from kiepe.base.ui import languages


class ReaderLanguage:
    """Takes the language from the address and from nowhere else: neither a cookie nor a header changes a page.

    Staff's pages are German: their address in another language leads to the German one.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language, rest = languages.split(request.path_info)
        german = rest.startswith(languages.GERMAN_ONLY)
        if german and rest != request.path_info and request.method in {"GET", "HEAD"}:
            query = request.META.get("QUERY_STRING", "")
            return HttpResponseRedirect(f"{rest}?{query}" if query else rest)
        with translation.override("de" if german else language):
            request.LANGUAGE_CODE = translation.get_language()
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language() or "de")
        return response


class SayNo:
    """Refused becomes 409/422/429 with its sentence, Unavailable becomes 503 with the phone and paper way."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Refused):
            return render(
                request,
                "ui/refused.html",
                {"refusal": exception, "language_path": languages.readable(request)},
                status=exception.status,
            )
        if isinstance(exception, Unavailable):
            return render(
                request,
                "ui/unavailable.html",
                {"what": exception.what, "language_path": languages.readable(request)},
                status=503,
            )
        return None
