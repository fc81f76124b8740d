from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path

app_name = "catalogue"


def _later(_: HttpRequest, **__: str) -> HttpResponse:
    raise Http404


urlpatterns = [
    path("suche/", _later, name="search"),
    path("suche/vorschlaege/", _later, name="suggest"),
    path("lebenslagen/<slug:key>/", _later, name="life_situation"),
    path("leistungen/", _later, name="services"),
    path("leistungen/<slug:slug>/", _later, name="service"),
    path("vor-ort/", _later, name="offices"),
    path("seite/<slug:slug>/", _later, name="page"),
]
