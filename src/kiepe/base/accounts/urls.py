from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path

app_name = "accounts"


def _later(_: HttpRequest, **__: str) -> HttpResponse:
    raise Http404


urlpatterns = [
    path("anmelden/", _later, name="sign_in"),
    path("anmelden/mitarbeit/", _later, name="staff_sign_in"),
    path("abmelden/", _later, name="sign_out"),
]
