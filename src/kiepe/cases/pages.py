"""Several files that are one document: which pages they are, and what was understood of them, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kiepe.base.documents.models import StoredFile


@dataclass(frozen=True, slots=True)
class Sheet:
    """One file in its place. `first_page` counts through the whole document, from 1."""

    file: StoredFile
    first_page: int
    is_first: bool
    is_last: bool

    @property
    def label(self) -> str:
        """`Seite 2`, or `Seiten 2 bis 5`."""
        if self.file.pages < 2:
            return _("Seite %(first)d") % {"first": self.first_page}
        said = {"first": self.first_page, "last": self.first_page + self.file.pages - 1}
        return _("Seiten %(first)d bis %(last)d") % said


def sheets(files: Sequence[StoredFile]) -> list[Sheet]:
    """The files of one document with the pages that they are."""
    found, page = [], 1
    for place, file in enumerate(files):
        found.append(Sheet(file, page, place == 0, place == len(files) - 1))
        page += max(file.pages, 1)
    return found


def understood(files: Sequence[StoredFile]) -> str:
    """`3 Fotos, zusammen ein Dokument`; `1 PDF-Datei mit 4 Seiten`; empty where there is no file."""
    photos = sum(file.photo for file in files)
    others = len(files) - photos
    pages = sum(file.pages for file in files if not file.photo)
    parts = []
    if photos:
        parts.append(ngettext("%(count)d Foto", "%(count)d Fotos", photos) % {"count": photos})
    if others:
        parts.append(
            ngettext("%(count)d PDF-Datei", "%(count)d PDF-Dateien", others) % {"count": others}
            + " "
            + _pages(pages, others)
        )
    if len(files) < 2:
        return "".join(parts)
    return _("%(files)s, zusammen ein Dokument") % {"files": _(" und ").join(parts)}


def _pages(pages: int, files: int) -> str:
    if files > 1:
        return _("mit zusammen %(count)d Seiten") % {"count": pages}
    return ngettext("mit %(count)d Seite", "mit %(count)d Seiten", pages) % {"count": pages}
