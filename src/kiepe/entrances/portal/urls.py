"""The start page, and my data."""

from django.urls import path

from kiepe.entrances.portal import views, views_my_data

app_name = "portal"
urlpatterns = [
    path("", views.start, name="start"),
    path("meine-daten/", views_my_data.overview, name="my_data"),
    path("meine-daten/herunterladen/", views_my_data.download, name="my_data_download"),
    path("meine-daten/loeschen/", views_my_data.delete, name="my_data_delete"),
]
