"""A citizen's cases."""

from django.urls import path

from kiepe.cases.views import portal, portal_delivery, portal_explained

urlpatterns = [
    path("", portal.mine, name="mine"),
    path("oeffnen/", portal.open_case, name="open"),
    path("schliessen/", portal.leave, name="leave"),
    path("<str:number>/", portal.case_status, name="status"),
    path("<str:number>/unterlagen/<int:evidence>/", portal.upload, name="upload"),
    path("<str:number>/unterlagen/<int:evidence>/fehlt/", portal.lack, name="lack"),
    path("<str:number>/datei/<uuid:file_id>/", portal.file, name="file"),
    path("<str:number>/datei/<uuid:file_id>/bild/", portal.preview, name="preview"),
    path("<str:number>/bescheid/", portal.notice, name="notice"),
    path("<str:number>/bescheid.pdf", portal.notice_pdf, name="notice_pdf"),
    path("<str:number>/bescheid/erklaert/", portal_explained.index, name="explained"),
    path("<str:number>/bescheid/erklaert/was-waere-wenn/", portal_explained.what_if, name="what_if"),
    path("<str:number>/bescheid/erklaert/wenn-etwas-nicht-stimmt/", portal_explained.object_to, name="object"),
    path("<str:number>/bescheid/erklaert/<slug:page>/", portal_explained.page, name="explained_page"),
    path("<str:number>/zustellung/", portal_delivery.delivery_page, name="delivery"),
    path("<str:number>/eingangsbestaetigung.pdf", portal.confirmation, name="confirmation"),
    path("<str:number>/zuruecknehmen/", portal.withdraw, name="withdraw"),
]
