"""Pages that everyone may read. None of them sets a cookie or asks the database."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from kiepe.base.catalogue import markup, search
from kiepe.base.catalogue.entries import Service, ServiceText
from kiepe.base.catalogue.folding import fold
from kiepe.base.catalogue.pack import city
from kiepe.base.kernel.public import public

SUGGESTED = {search.Kind.SERVICE: 5, search.Kind.QUESTION: 3, search.Kind.PAGE: 2}


def _language() -> str:
    return get_language() or city().languages[0]


@require_safe
@public
def service(request: HttpRequest, slug: str) -> HttpResponse:
    """One Leistung: who, how, what you need, how long, and the ways without internet."""
    try:
        found = city().service(slug)
    except KeyError:
        raise Http404 from None
    text = found.text(_language())
    context = {
        "service": found,
        "text": text,
        "life": city().life_situation(found.life_situations[0]),
        "unit": city().unit(found.unit) if found.unit else None,
        "related": [city().service(other) for other in found.related],
        "hero_channels": [channel for channel in text.channels if channel.link][:2],
    }
    return render(request, "catalogue/service.html", context)


@require_safe
@public
def services(request: HttpRequest) -> HttpResponse:
    """All services from A to Z."""
    return render(request, "catalogue/services.html", {"letters": list(_letters()), "count": len(city().services)})


def _letters() -> Iterator[tuple[str, list[tuple[Service, ServiceText]]]]:
    titled = [(service, service.text(_language())) for service in city().services]
    ordered = sorted(titled, key=lambda pair: fold(pair[1].title))
    for letter, pairs in groupby(ordered, key=lambda pair: fold(pair[1].title)[0].upper()):
        yield letter, list(pairs)


@require_safe
@public
def life_situation(request: HttpRequest, key: str) -> HttpResponse:
    """The services of one life situation."""
    try:
        situation = city().life_situation(key)
    except KeyError:
        raise Http404 from None
    found = [(service, service.text(_language())) for service in city().services_of(key)]
    return render(request, "catalogue/life_situation.html", {"life": situation, "found": found})


@require_safe
@public
def find(request: HttpRequest) -> HttpResponse:
    """The results of a search; without a hit, what helps instead."""
    query = request.GET.get("q", "").strip()[: search.LONGEST_QUERY]
    hits = search.index().find(query)
    groups = {kind.value: [hit.document for hit in hits if hit.document.kind is kind] for kind in search.Kind}
    return render(request, "catalogue/search.html", {"search_words": query, "groups": groups, "count": len(hits)})


@require_safe
@public
def suggest(request: HttpRequest) -> HttpResponse:
    """The list below the search box, as a fragment (static/ui/app.js)."""
    query = request.GET.get("q", "").strip()
    documents = [hit.document for hit in search.index().find(query)]
    groups = [
        (kind, [(found, search.marked(found.title, query)) for found in documents if found.kind is kind][:limit])
        for kind, limit in SUGGESTED.items()
    ]
    return render(request, "catalogue/suggest.html", {"groups": [(kind, found) for kind, found in groups if found]})


@require_safe
@public
def offices(request: HttpRequest) -> HttpResponse:
    """Where one can go, and which office answers for what."""
    units = {unit.key: unit for unit in city().units}
    places = [(office, [units[key] for key in office.units]) for office in city().offices]
    by_unit = [(unit, [service for service in city().services if service.unit == unit.key]) for unit in city().units]
    context = {"places": places, "by_unit": [(unit, found) for unit, found in by_unit if found]}
    return render(request, "catalogue/offices.html", context)


@require_safe
@public
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """A text page of the city: Impressum, Datenschutz, Barrierefreiheit."""
    try:
        found = city().page(slug)
    except KeyError:
        raise Http404 from None
    return render(request, "catalogue/page.html", {"page": found, "headings": markup.headings(found.body)})
