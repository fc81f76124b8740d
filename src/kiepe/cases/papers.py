"""Plain papers about a case, made when they are asked for: whole file, confirmations. Typeset as tagged PDF."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings
from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kiepe.base.catalogue.pack import city
from kiepe.base.documents import typeset
from kiepe.base.documents.actions import clean_name

TEMPLATE = Path(__file__).with_name("papers.typ")


@dataclass(frozen=True, slots=True)
class Group:
    """A table of two or three columns, with the names of the columns."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Note:
    """A small heading with what was said, and lines below it such as names of files."""

    head: str
    text: str = ""
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a paper."""

    title: str
    lead: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    groups: tuple[Group, ...] = ()
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole paper. `office` and `phone` stand in its head and foot; `facts` are pairs of label and value."""

    title: str
    office: str
    phone: str
    lead: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    sections: Sequence[Section] = ()


def pdf(paper: Paper) -> bytes:
    """The paper as PDF/UA-1 and PDF/A-3a."""
    data = {
        **asdict(paper),
        "city": city().full_name,
        "contact": _("Fragen? Telefon %(phone)s") % {"phone": paper.phone},
        "page": [_("Seite"), _("von")],
        "demo": _("Vorführsystem – kein amtliches Schreiben") if settings.DEMO else "",
    }
    return typeset.pdf(TEMPLATE, data, title=paper.title, language=get_language() or settings.LANGUAGE_CODE)


def answer(paper: Paper) -> HttpResponse:
    """The paper as a download that no cache keeps."""
    name = clean_name(f"{paper.title}.pdf")
    headers = {
        "Content-Disposition": content_disposition_header(True, name) or "attachment",
        "Cache-Control": "no-store",
    }
    return HttpResponse(pdf(paper), content_type="application/pdf", headers=headers)
