from django.urls import path

from kiepe.entrances.desk import views

app_name = "desk"
urlpatterns = [
    path("", views.queue, name="queue"),
    path("suche/", views.search, name="search"),
]
