"""Addresses of an application; included by cases/urls.py below `antrag/`."""

from django.urls import path

from kiepe.cases.views import apply, apply_documents

urlpatterns = [
    path("<slug:service>/", apply.start, name="apply_start"),
    path("<slug:service>/<uuid:draft>/", apply.resume, name="apply_resume"),
    path("<slug:service>/<uuid:draft>/unterlagen/", apply_documents.documents, name="apply_documents"),
    path("<slug:service>/<uuid:draft>/datei/<uuid:file>/", apply_documents.file, name="apply_file"),
    path("<slug:service>/<uuid:draft>/datei/<uuid:file>/bild/", apply_documents.preview, name="apply_preview"),
    path("<slug:service>/<uuid:draft>/pruefen/", apply.check, name="apply_check"),
    path("<slug:service>/<uuid:draft>/absenden/", apply.submit, name="apply_submit"),
    path("<slug:service>/<uuid:draft>/gesendet/", apply.sent, name="apply_sent"),
    path("<slug:service>/<uuid:draft>/pause/", apply.pause, name="apply_pause"),
    path("<slug:service>/<uuid:draft>/loeschen/", apply.discard, name="apply_discard"),
    path("<slug:service>/<uuid:draft>/<slug:page>/", apply.page, name="apply_page"),
    path("<slug:service>/<uuid:draft>/<slug:page>/<slug:item>/", apply.page, name="apply_page"),
    path("<slug:service>/<uuid:draft>/<slug:page>/<slug:item>/<slug:inner>/", apply.page, name="apply_page"),
]
