"""Everything about cases: applying, a citizen's cases, the desk's pages of a case."""

from django.urls import include, path

app_name = "cases"
urlpatterns = [
    path("meine-vorgaenge/", include("kiepe.cases.urls_portal")),
]
