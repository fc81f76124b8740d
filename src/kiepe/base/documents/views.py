"""How a file goes out. Rooms call this from their own views, after they checked who asks."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from kiepe.base.documents import queries
from kiepe.base.documents.models import StoredFile

SHOWN_IN_PLACE = {"application/pdf", "image/png"}
POLICY = "sandbox; default-src 'none'"


def serve(file: StoredFile, *, download: bool) -> HttpResponse:
    """The file as an answer that runs nothing and that no cache keeps."""
    return _answer(queries.content(file), file.content_type, file.name, download=download)


def serve_pdf(data: bytes, name: str) -> HttpResponse:
    """A PDF that was made for this answer and is kept nowhere."""
    return _answer(data, "application/pdf", name, download=False)


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
