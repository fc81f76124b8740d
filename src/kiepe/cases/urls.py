from django.http import Http404, HttpRequest, HttpResponse
from django.urls import include, path

app_name = "cases"


def _later(_: HttpRequest, **__: str) -> HttpResponse:
    raise Http404


urlpatterns = [
    path("antrag/", include("kiepe.cases.urls_apply")),
    path("meine-vorgaenge/", _later, name="mine"),
    path("meine-vorgaenge/oeffnen/", _later, name="open"),
    path("meine-vorgaenge/<str:number>/", _later, name="status"),
    path("meine-vorgaenge/<str:number>/eingangsbestaetigung/", _later, name="confirmation"),
]
