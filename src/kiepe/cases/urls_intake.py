"""Staff take an application in for a person, below /arbeitsplatz/antrag-aufnehmen/."""

from django.urls import path

from kiepe.cases.views import taking_in

urlpatterns = [
    path("neu/", taking_in.new, name="intake_new"),
    path("<uuid:draft>/uebernehmen/", taking_in.take_over, name="intake_take_over"),
    path("<uuid:draft>/zum-unterschreiben.pdf", taking_in.read_back, name="intake_read_back"),
    path("<uuid:draft>/fertig/", taking_in.done, name="intake_done"),
    path("<uuid:draft>/fertig/zugang.pdf", taking_in.handout, name="intake_handout"),
]
