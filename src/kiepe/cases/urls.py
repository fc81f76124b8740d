"""Everything about cases: applying, a citizen's cases, the desk's pages of a case."""

from django.urls import include, path

from kiepe.cases.views import desk_post

app_name = "cases"
urlpatterns = [
    path("antrag/", include("kiepe.cases.urls_apply")),
    path("meine-vorgaenge/", include("kiepe.cases.urls_portal")),
    path("arbeitsplatz/postausgang/", desk_post.outgoing, name="post"),
    path("arbeitsplatz/vorgaenge/", include("kiepe.cases.urls_desk")),
]
