"""The reader's language stands in the address: `/` is German, `/en/…` English, `/de-simple/…` plain German.

So a page in a language is a page of its own: a cache may keep it, a link passes it on, and reading needs no cookie.
What the browser prefers (Accept-Language) is offered by a line of script, never forced.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.urls import ResolverMatch, resolve
from django.utils.translation import get_language, get_language_info, override

# Staff work in the official language (§ 19 SGB X); their pages have no translation.
GERMAN_ONLY = ("/arbeitsplatz/", "/anmelden/mitarbeit/")
SWITCH = "language"  # what the switch sends as `action` where it is a button of the page's form (`language_form`)


class German(str):
    """A text that is there in German only, such as the free words of a caseworker; the filter `spoken` marks it."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Offered:
    """One language of the switch: its BCP 47 tag, its own name, the address of this page in it."""

    code: str
    name: str
    url: str
    current: bool


def switching(request: HttpRequest) -> bool:
    """Whether the form came only because the reader changed the language: keep what was typed, decide nothing."""
    return request.method == "POST" and switches(request.POST)


def switches(post: QueryDict) -> bool:
    """The same of what a form carried; a hidden `action` of its own may stand beside the switch's."""
    return SWITCH in post.getlist("action")


def codes() -> tuple[str, ...]:
    """The languages of the pages, German first."""
    return tuple(code for code, _name in settings.LANGUAGES)


def split(path: str) -> tuple[str, str]:
    """Language and the path without it: `/en/suche/` is `("en", "/suche/")`."""
    first, slash, rest = path[1:].partition("/")
    if slash and first in codes() and first != settings.LANGUAGE_CODE:
        return first, f"/{rest}"
    return settings.LANGUAGE_CODE, path


def in_language(path: str, language: str) -> str:
    """The address of the same page in a language; what is German only stays as it is."""
    _from, rest = split(path)
    return rest if language == settings.LANGUAGE_CODE or rest.startswith(GERMAN_ONLY) else f"/{language}{rest}"


def own_link(target: str) -> str:
    """A link of a city pack in the reader's language: `/vor-ort/` becomes `/en/vor-ort/`; others stay."""
    return in_language(target, get_language() or settings.LANGUAGE_CODE) if target.startswith("/") else target


def resolved(path: str) -> ResolverMatch:
    """The page of an address in whichever language it is; Resolver404 where there is none."""
    with override(split(path)[0]):
        return resolve(path)


def offered(request: HttpRequest, path: str = "") -> list[Offered]:
    """Every language, each with the address of this page (or `path`) in it. A query is kept: it names no person."""
    query = request.META.get("QUERY_STRING", "")
    kept = f"?{query}" if query and not path else ""
    now = get_language()
    return [
        Offered(
            code, get_language_info(code)["name_local"], in_language(path or request.path, code) + kept, code == now
        )
        for code in codes()
    ]


def readable(request: HttpRequest) -> str:
    """For pages that say no, where the switch leads: back to the page that was sent from; empty for a GET.

    The address of a POST may take nothing else, and would have no page in another language.
    """
    if request.method in {"GET", "HEAD"}:
        return ""
    found = urlsplit(request.headers.get("Referer", ""))
    return found.path if found.netloc == request.get_host() and found.path else ""
