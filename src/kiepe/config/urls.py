"""One line a room. Citizens' addresses are German words, in every language; the language stands before them."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

handler404 = "kiepe.base.ui.views.not_found"
handler500 = "kiepe.base.ui.views.server_error"

urlpatterns = i18n_patterns(
    path("", include("kiepe.entrances.portal.urls")),
    path("", include("kiepe.base.catalogue.urls")),
    path("", include("kiepe.base.accounts.urls")),
    path("", include("kiepe.cases.urls")),
    path("", include("kiepe.service.benefits.urls")),
    path("arbeitsplatz/", include("kiepe.entrances.desk.urls")),
    prefix_default_language=False,
)
