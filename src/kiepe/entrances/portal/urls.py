"""The start page."""

from django.urls import path

from kiepe.entrances.portal import views

app_name = "portal"
urlpatterns = [path("", views.start, name="start")]
