"""The benefits' own pages; everything else about a benefit is a case or a page of the catalogue."""

from django.urls import path

from kiepe.service.benefits import views

app_name = "benefits"
urlpatterns = [path("leistungen/wohngeld/pruefen/", views.check, name="check")]
