"""A citizen's cases."""

from django.urls import path

from kiepe.cases.views import portal

urlpatterns = [
    path("", portal.mine, name="mine"),
    path("oeffnen/", portal.open_case, name="open"),
    path("schliessen/", portal.leave, name="leave"),
    path("<str:number>/", portal.case_status, name="status"),
    path("<str:number>/weiter/", portal.go_on, name="go_on"),
    path("<str:number>/unterlagen/<int:evidence>/", portal.upload, name="upload"),
    path("<str:number>/datei/<uuid:file_id>/", portal.file, name="file"),
    path("<str:number>/bescheid/", portal.notice, name="notice"),
    path("<str:number>/bescheid.pdf", portal.notice_pdf, name="notice_pdf"),
    path("<str:number>/eingangsbestaetigung.pdf", portal.confirmation, name="confirmation"),
    path("<str:number>/zuruecknehmen/", portal.withdraw, name="withdraw"),
]
