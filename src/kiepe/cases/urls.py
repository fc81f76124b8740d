from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path

app_name = "cases"


def _later(_: HttpRequest, **__: str) -> HttpResponse:
    raise Http404


urlpatterns = [
    path("meine-vorgaenge/", _later, name="mine"),
    path("meine-vorgaenge/oeffnen/", _later, name="open"),
]
