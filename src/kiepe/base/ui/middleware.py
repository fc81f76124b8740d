"""Turns the kinds of no into pages in the reader's language. What was typed is still in the browser's form."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kiepe.base.kernel.refusal import Refused, Unavailable


class SayNo:
    """Refused becomes 409/422/429 with its sentence, Unavailable becomes 503 with the phone and paper way."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Refused):
            return render(request, "ui/refused.html", {"refusal": exception}, status=exception.status)
        if isinstance(exception, Unavailable):
            return render(request, "ui/unavailable.html", {"what": exception.what}, status=503)
        return None
