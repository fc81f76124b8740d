"""What everyone may read: services, life situations, search, places, pages."""

from django.urls import path

from kiepe.base.catalogue import views

app_name = "catalogue"

urlpatterns = [
    path("suche/", views.find, name="search"),
    path("suche/vorschlaege/", views.suggest, name="suggest"),
    path("lebenslagen/<slug:key>/", views.life_situation, name="life_situation"),
    path("leistungen/", views.services, name="services"),
    path("leistungen/<slug:slug>/", views.service, name="service"),
    path("vor-ort/", views.offices, name="offices"),
    path("seite/<slug:slug>/", views.page, name="page"),
]
