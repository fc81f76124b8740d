"""A citizen's cases."""

from django.urls import path

from kiepe.cases.views import own_contact, people, portal, portal_contact, portal_delivery, portal_explained

urlpatterns = [
    path("", portal.mine, name="mine"),
    path("oeffnen/", portal.open_case, name="open"),
    path("schliessen/", portal.leave, name="leave"),
    path("<str:number>/", portal.case_status, name="status"),
    path("<str:number>/weiter/", portal.go_on, name="go_on"),
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
    path("<str:number>/nachrichten/", portal_contact.messages, name="messages"),
    path("<str:number>/aenderung/", portal_contact.change, name="change"),
    path("<str:number>/berichtigen/", portal_contact.correct, name="correct_answers"),
    path("<str:number>/berichtigen/verwerfen/", portal_contact.discard, name="discard_correction"),
    path("<str:number>/bestaetigung/<int:seq>.pdf", portal_contact.confirmed, name="confirmed"),
    path("<str:number>/alles.pdf", portal_contact.everything, name="everything"),
    path("<str:number>/zugaenge/", people.access, name="access"),
    path("<str:number>/mein-teil/", people.own_part, name="own_part"),
    path("<str:number>/mein-teil/nachrichten/", own_contact.messages, name="own_messages"),
    path("<str:number>/mein-teil/mailadresse/", own_contact.news_address, name="own_news"),
    path("<str:number>/mein-teil/alles.pdf", own_contact.everything, name="own_everything"),
    path("<str:number>/mein-teil/unterlagen/<int:evidence>/", people.own_upload, name="own_upload"),
    path("<str:number>/mein-teil/unterlagen/<int:evidence>/fehlt/", people.own_lack, name="own_lack"),
    path("<str:number>/mein-teil/datei/<uuid:file_id>/", people.own_file, name="own_file"),
    path("<str:number>/mein-teil/datei/<uuid:file_id>/bild/", people.own_preview, name="own_preview"),
    path("<str:number>/zuruecknehmen/", portal.withdraw, name="withdraw"),
]
