"""The staff's pages of one case, below /arbeitsplatz/vorgaenge/."""

from __future__ import annotations

from django.urls import path

from kiepe.cases.views import (
    desk,
    desk_contact,
    desk_decide,
    desk_documents,
    desk_intake,
    desk_post,
    desk_values,
    people,
)

CASE = "<str:number>/"

urlpatterns = [
    path(CASE, desk.overview, name="desk_case"),
    path(f"{CASE}uebernehmen/", desk.take_over, name="desk_claim"),
    path(f"{CASE}angaben-erbitten/", desk_intake.ask_answers, name="desk_ask_answers"),
    path(f"{CASE}antrag/", desk.application, name="desk_application"),
    path(f"{CASE}beteiligte/", people.desk_people, name="desk_people"),
    path(f"{CASE}verlauf/", desk.history, name="desk_history"),
    path(f"{CASE}bescheid/", desk.notice, name="desk_notice"),
    path(f"{CASE}bescheid/pdf/", desk.notice_pdf, name="desk_notice_pdf"),
    path(f"{CASE}bescheid/zugang/<int:delivery_id>/", desk_post.arrival, name="desk_arrival"),
    path(f"{CASE}unterlagen/", desk_documents.documents, name="desk_documents"),
    path(f"{CASE}unterlagen/<int:evidence_id>/", desk_documents.documents, name="desk_evidence"),
    path(f"{CASE}unterlagen/<int:evidence_id>/pruefen/", desk_documents.judge, name="desk_judge"),
    path(f"{CASE}unterlagen/<int:evidence_id>/dokument.pdf", desk_documents.whole, name="desk_whole"),
    path(f"{CASE}nachfordern/", desk_documents.ask, name="desk_ask"),
    path(f"{CASE}datei/<uuid:file_id>/", desk_documents.file, name="desk_file"),
    path(f"{CASE}datei/<uuid:file_id>/seite/<int:page>/", desk_documents.page, name="desk_page"),
    path(f"{CASE}berichtigen/", desk_values.correct, name="desk_correct"),
    path(f"{CASE}berichtigen/<int:correction_id>/zuruecknehmen/", desk_values.drop, name="desk_drop_correction"),
    path(f"{CASE}zeitraum/", desk_values.period, name="desk_period"),
    path(f"{CASE}nachrichten/", desk_contact.messages, name="desk_messages"),
    path(f"{CASE}nachrichten/gelesen/", desk_contact.read, name="desk_read"),
    path(f"{CASE}nachrichten/mit/<slug:item>/", desk_contact.messages, name="desk_member_messages"),
    path(f"{CASE}nachrichten/mit/<slug:item>/gelesen/", desk_contact.read, name="desk_member_read"),
    path(f"{CASE}aenderungen/", desk_contact.changes, name="desk_changes"),
    path(f"{CASE}aenderungen/<int:change_id>/", desk_contact.handle, name="desk_handle_change"),
    path(f"{CASE}entscheiden/", desk_decide.decide, name="desk_decide"),
]
