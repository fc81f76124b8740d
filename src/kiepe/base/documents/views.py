"""How a file goes out. Rooms call this from their own views, after they checked who asks."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from kiepe.base.documents import queries
from kiepe.base.documents.actions import clean_name
from kiepe.base.documents.models import StoredFile

SHOWN_IN_PLACE = {"application/pdf", "image/png", "image/jpeg"}
PREVIEW_WIDTH = 240
POLICY = "sandbox; default-src 'none'"


def serve(file: StoredFile, *, download: bool) -> HttpResponse:
    """The file, turned as it is to be shown, as an answer that runs nothing and that no cache keeps."""
    return _answer(queries.as_shown(file), file.content_type, file.name, download=download)


def serve_together(files: Sequence[StoredFile], name: str) -> HttpResponse:
    """Several files as one PDF, in this order."""
    return _answer(queries.together(files), "application/pdf", clean_name(f"{name[:110]}.pdf"), download=False)


def serve_preview(file: StoredFile) -> HttpResponse:
    """The first page as a small picture, unturned: the page that shows it turns it (`turned` in templatetags)."""
    small = queries.preview(file)
    if small is None:
        return serve_page(file, 1, PREVIEW_WIDTH)
    return _answer(small, "image/jpeg", f"{file.pk}.jpg", download=False)


def serve_page(file: StoredFile, number: int, width: int) -> HttpResponse:
    """One page of a PDF as a picture."""
    name = f"{file.name.rpartition('.')[0] or file.name}-{number}.png"
    return _answer(queries.page_image(file, number, width), "image/png", name, download=False)


def _answer(data: bytes, content_type: str, name: str, *, download: bool) -> HttpResponse:
    in_place = content_type in SHOWN_IN_PLACE and not download
    return HttpResponse(
        data,
        content_type=content_type if content_type in SHOWN_IN_PLACE else "application/octet-stream",
        headers={
            "Content-Disposition": content_disposition_header(not in_place, name) or "attachment",
            "Content-Security-Policy": POLICY,
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store",
        },
    )
