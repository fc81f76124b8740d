"""Staff take an application in for a person, below /arbeitsplatz/antrag-aufnehmen/."""

from django.urls import path

from kiepe.cases.views import desk_intake

urlpatterns = [
    path("", desk_intake.take_in, name="desk_take_in"),
    path("<uuid:draft>/", desk_intake.taken_in, name="desk_taken_in"),
    path("<uuid:draft>/zugang.pdf", desk_intake.handout, name="intake_handout"),
    path("<uuid:draft>/uebernehmen/", desk_intake.take_over, name="intake_take_over"),
    path("<uuid:draft>/zum-unterschreiben.pdf", desk_intake.read_back, name="intake_read_back"),
]
