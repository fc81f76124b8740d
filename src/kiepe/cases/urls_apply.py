"""Addresses of an application; included by cases/urls.py below `antrag/`."""

from django.urls import path

from kiepe.cases.views import apply, apply_day, apply_documents, apply_pause, own_part, paper, part_code

PART = "<slug:service>/mein-teil/<uuid:part>/"

urlpatterns = [
    path("<slug:service>/", apply.start, name="apply_start"),
    path("<slug:service>/formular.pdf", paper.blank, name="paper_form"),
    path("<slug:service>/<uuid:draft>/formular.pdf", paper.begun, name="apply_paper"),
    path("<slug:service>/<uuid:draft>/einladen/<slug:item>/", own_part.invite, name="apply_invite"),
    path(f"{PART}oeffnen/", part_code.open_part, name="part_open"),
    path(f"{PART}code/", own_part.code, name="part_code"),
    path(PART, own_part.resume, name="part_resume"),
    path(f"{PART}unterlagen/", own_part.documents, name="part_documents"),
    path(f"{PART}datei/<uuid:file>/", own_part.file, name="part_file"),
    path(f"{PART}datei/<uuid:file>/bild/", own_part.preview, name="part_preview"),
    path(f"{PART}pruefen/", own_part.check, name="part_check"),
    path(f"{PART}fertig/", own_part.finish, name="part_finish"),
    path(f"{PART}loeschen/", own_part.discard, name="part_discard"),
    path(f"{PART}danke/", own_part.done, name="part_done"),
    path(f"{PART}pause/", own_part.code, name="part_pause"),
    path(f"{PART}seite/<slug:page>/<slug:item>/", own_part.page, name="part_page"),
    path(f"{PART}seite/<slug:page>/<slug:item>/<slug:inner>/", own_part.page, name="part_page"),
    path("<slug:service>/<uuid:draft>/", apply.resume, name="apply_resume"),
    path("<slug:service>/<uuid:draft>/unterlagen/", apply_documents.documents, name="apply_documents"),
    path("<slug:service>/<uuid:draft>/datei/<uuid:file>/", apply_documents.file, name="apply_file"),
    path("<slug:service>/<uuid:draft>/datei/<uuid:file>/bild/", apply_documents.preview, name="apply_preview"),
    path("<slug:service>/<uuid:draft>/pruefen/", apply.check, name="apply_check"),
    path("<slug:service>/<uuid:draft>/absenden/", apply.submit, name="apply_submit"),
    path("<slug:service>/<uuid:draft>/gesendet/", apply.sent, name="apply_sent"),
    path("<slug:service>/<uuid:draft>/tag-sichern/", apply_day.keep, name="apply_keep"),
    path("<slug:service>/<uuid:draft>/tag-gesichert/", apply_day.kept, name="apply_kept"),
    path("<slug:service>/<uuid:draft>/pause/", apply_pause.pause, name="apply_pause"),
    path("<slug:service>/<uuid:draft>/link-mailen/", apply_pause.mail_link, name="apply_mail_link"),
    path("<slug:service>/<uuid:draft>/neuer-code/", apply_pause.renew, name="apply_renew"),
    path("<slug:service>/<uuid:draft>/weiter/", apply_pause.back, name="apply_back"),
    path("<slug:service>/<uuid:draft>/loeschen/", apply_pause.discard, name="apply_discard"),
    path("<slug:service>/<uuid:draft>/<slug:page>/", apply.page, name="apply_page"),
    path("<slug:service>/<uuid:draft>/<slug:page>/<slug:item>/", apply.page, name="apply_page"),
    path("<slug:service>/<uuid:draft>/<slug:page>/<slug:item>/<slug:inner>/", apply.page, name="apply_page"),
]
