"""The search over the city pack: in memory, forgiving, ranked title before search words before text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from django.urls import reverse
from django.utils.translation import get_language, override

from kiepe.base.catalogue import markup, pack
from kiepe.base.catalogue.entries import City, Page, Service, ServiceText
from kiepe.base.catalogue.folding import fold, one_edit_apart, stem, words

TITLE, SEARCH_WORDS, SHORT, TEXT = 10.0, 7.0, 3.0, 1.0
EXACT, PREFIX, INSIDE, TYPO = 1.0, 0.8, 0.55, 0.5
WHOLE_TITLE, WHOLE_SEARCH_WORDS = 12.0, 6.0  # what was typed stands there word for word
SHORTEST_INSIDE = 4  # a shorter piece inside a longer word is chance
SHORTEST_PART = 6  # "wohngeldantrag" means Wohngeld, but not everything with "geld"
SHORTEST_TYPO = 5
LONGEST_QUERY = 100
ENOUGH = 0.5  # share of the words that a hit must know
NOISE = 0.1  # hits below this share of the best one only distract


class Kind(StrEnum):
    SERVICE = "service"
    QUESTION = "question"
    PAGE = "page"


@dataclass(frozen=True, slots=True)
class Document:
    """Something that can be found. `weights` maps each stem to the best place where it stands."""

    kind: Kind
    title: str
    line: str
    url: str
    icon: str
    weights: dict[str, float]
    phrases: tuple[tuple[float, str], ...]  # what it is worth, folded words
    language: str = "de"  # of title and line
    rank: int = 0  # among equals, what the city calls important stands first


@dataclass(frozen=True, slots=True)
class Hit:
    document: Document
    score: float


class Index:
    """Everything of a city that the search may find."""

    def __init__(self, city: City, language: str = "de") -> None:
        self.documents = [*_documents(city, language)]
        self.vocabulary = {word for document in self.documents for word in document.weights}

    def find(self, query: str) -> list[Hit]:
        """The best hits first; empty where nothing fits."""
        asked = list(dict.fromkeys(words(query[:LONGEST_QUERY])))
        if not asked:
            return []
        near = [self._near(word) for word in asked]
        phrase = " ".join(asked)
        hits = [Hit(document, _score(document, near, phrase)) for document in self.documents]
        least = max((hit.score for hit in hits), default=0.0) * NOISE
        good = [hit for hit in hits if hit.score > least]
        return sorted(good, key=lambda hit: (-hit.score, hit.document.rank, fold(hit.document.title)))

    def _near(self, word: str) -> dict[str, float]:
        """The words of the index that may be meant, each with how near it is."""
        root = stem(word)
        near: dict[str, float] = {}
        for known in self.vocabulary:
            closeness = _closeness(word, root, known)
            if closeness:
                near[known] = closeness
        return near


def index() -> Index:
    """The index of this process's city in the reader's language; what has no text in it is found in German."""
    return _index(get_language() or "de")


@cache
def _index(language: str) -> Index:
    with override(language):  # addresses carry the language
        return Index(pack.city(), language)


def _closeness(word: str, root: str, known: str) -> float:
    if known in {word, root}:
        return EXACT
    if known.startswith(root) and len(root) > 1:
        return PREFIX
    inside = len(root) >= SHORTEST_INSIDE and root in known
    around = len(known) >= SHORTEST_PART and known in word
    if inside or around:
        return INSIDE
    if len(word) >= SHORTEST_TYPO and (one_edit_apart(word, known) or one_edit_apart(root, known)):
        return TYPO
    return 0.0


def _score(document: Document, near: list[dict[str, float]], phrase: str) -> float:
    found = [
        max(
            (document.weights[known] * closeness for known, closeness in word.items() if known in document.weights),
            default=0.0,
        )
        for word in near
    ]
    share = sum(1 for value in found if value) / len(found)
    if share < ENOUGH:
        return 0.0
    bonus = max((worth for worth, known in document.phrases if f" {phrase} " in f" {known} "), default=0.0)
    return sum(found) * share + bonus


def _documents(city: City, language: str) -> Iterator[Document]:
    for service in city.services:
        text = service.text(language)
        yield _service(service, text, city.rank(service.slug))
        yield from _questions(service, text, city.rank(service.slug))
    for page in city.pages:
        yield _page(page)


def _weights(*fields: tuple[float, str]) -> dict[str, float]:
    """Each stem of the fields with its best weight; a whole word counts beside its stem."""
    weights: dict[str, float] = {}
    for weight, text in fields:
        for word in words(text):
            for form in {word, stem(word)}:
                weights[form] = max(weight, weights.get(form, 0.0))
    return weights


def _service(service: Service, text: ServiceText, rank: int) -> Document:
    german = service.text("de")  # its words find it in every language: they stand in the letters that people have
    body = [
        text.who.intro,
        *(point.text for point in text.who.points),
        *(f"{step.title} {step.text}" for step in text.steps),
        *(f"{document.title} {document.hint}" for document in text.documents),
        *(f"{question.question} {question.answer}" for question in text.faq),
    ]
    return Document(
        kind=Kind.SERVICE,
        title=text.title,
        line=text.line,
        url=reverse("catalogue:service", args=[service.slug]),
        icon=service.icon,
        weights=_weights(
            (TITLE, text.title),
            (SEARCH_WORDS, " ".join((*text.search_words, german.title, *german.search_words))),
            (SHORT, f"{text.short} {text.search_line}"),
            (TEXT, markup.plain(" ".join(body))),
        ),
        phrases=(
            (WHOLE_TITLE, " ".join(words(text.title))),
            *((WHOLE_SEARCH_WORDS, " ".join(words(phrase))) for phrase in text.search_words),
        ),
        language=text.language,
        rank=rank,
    )


def _questions(service: Service, text: ServiceText, rank: int) -> Iterator[Document]:
    for number, question in enumerate(text.faq, start=1):
        yield Document(
            kind=Kind.QUESTION,
            title=question.question,
            line=question.short or text.title,
            url=reverse("catalogue:service", args=[service.slug]) + f"#frage-{number}",
            icon="help",
            weights=_weights((TITLE, question.question), (SHORT, text.title)),
            phrases=(),
            language=text.language,
            rank=rank,
        )


def _page(page: Page) -> Document:
    return Document(
        kind=Kind.PAGE,
        title=page.title,
        line=page.short,
        url=reverse("catalogue:page", args=[page.slug]),
        icon="article",
        weights=_weights((TITLE, page.title), (SHORT, page.short)),
        phrases=((WHOLE_TITLE, " ".join(words(page.title))),),
        language=page.language,
    )


def marked(title: str, query: str) -> list[tuple[str, bool]]:
    """The title in parts, each with whether it is what was typed: `[("Wohn", True), ("geld", False)]`."""
    asked = words(query)
    parts: list[tuple[str, bool]] = []
    for number, word in enumerate(title.split(" ")):
        gap = " " if number else ""
        length = max((_prefix_length(word, typed) for typed in asked), default=0)
        if gap:
            parts.append((gap, False))
        if length:
            parts.append((word[:length], True))
        if word[length:]:
            parts.append((word[length:], False))
    return parts


def _prefix_length(word: str, typed: str) -> int:
    """How many letters of a word are what was typed; 0 where it does not begin so."""
    return next((length for length in range(1, len(word) + 1) if fold(word[:length]) == typed), 0)
