"""What a city pack holds, as frozen entries. What reads and checks the files is pack.py."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from django.utils.translation import get_language
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Line = Annotated[str, StringConstraints(min_length=1)]  # one line or paragraph that people read; never empty
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}(-[A-Za-z]+)?$")]  # BCP 47


class Entry(BaseModel):
    """A part of the city pack: frozen, and no unknown key slips through."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class ContactWords(Entry):
    """What of the contact is words, in another language."""

    phone_hours: Line


class Contact(Entry):
    phone: Line
    phone_link: Line
    phone_hours: str = ""
    email: Line
    texts: Mapping[Language, ContactWords] = {}

    def spoken(self, language: str) -> Contact:
        """The contact with its words in this language, where there are any."""
        words = self.texts.get(language)
        return self if words is None else self.model_copy(update={"phone_hours": words.phone_hours})


class LifeWords(Entry):
    """A Lebenslage in another language."""

    title: Line
    short: Line
    text: str = ""


class LifeSituation(Entry):
    """A Lebenslage: how people look for what they need."""

    key: Key
    title: Line
    short: Line
    icon: Line
    text: str = ""
    in_menu: bool = True  # the row below the header has room for about seven; all stand on the start page
    language: Language = "de"
    texts: Mapping[Language, LifeWords] = {}

    def spoken(self, language: str) -> LifeSituation:
        """The Lebenslage in this language, else as it is; `language` says which it is."""
        words = self.texts.get(language)
        return self if words is None else self.model_copy(update={**words.model_dump(), "language": language})


class Unit(Entry):
    """An Amt or a team of it. `example` marks a made-up address or phone."""

    key: Key
    name: Line
    part_of: Key | None = None
    address: tuple[Line, ...] = ()
    phone: str = ""
    email: str = ""
    tasks: tuple[Line, ...] = ()
    example: bool = False


class Hours(Entry):
    days: Line
    times: Line


class Office(Entry):
    """A place where people can come to."""

    key: Key
    name: Line
    address: tuple[Line, ...] = ()
    text: str = ""
    phone: str = ""
    phone_link: str = ""
    hours: tuple[Hours, ...] = ()
    accessibility: tuple[Line, ...] = ()
    units: tuple[Key, ...] = ()
    example: bool = False


class ReviewedText(Entry):
    """A text with legal effect. Without a reviewer it may be used in a demo only, and only when marked as example."""

    text: Line
    reviewed_by: str | None = None
    reviewed_on: date | None = None
    example: bool = False

    @property
    def reviewed(self) -> bool:
        """Whether a named person of the city has approved the text."""
        return bool(self.reviewed_by) and self.reviewed_on is not None


class Procedure(Entry):
    """What the city sets for an online procedure; `key` is that of the case type and of the service."""

    key: Key
    unit: Key
    number_prefix: Annotated[str, StringConstraints(pattern=r"^[A-Z]{1,4}$")]
    promise_days: Annotated[int, Field(gt=0)]  # calendar days from the complete application to the decision
    promise_example: bool = False
    privacy_page: Key
    remedy: ReviewedText
    # Notices in the portal: days after which a mail reminds once, and after which a letter goes out instead.
    reminder_days: Annotated[int, Field(gt=0)] = 3
    letter_days: Annotated[int, Field(gt=0)] = 10


class Written(Entry):
    """Who wrote a text, when, and whether a machine translated it. Inherited from the head of the file."""

    language: Language
    author: Line
    date: date
    machine_translated: bool = False


class Fact(Entry):
    """One line of "Auf einen Blick"."""

    icon: Line
    label: Line
    value: Line
    example: bool = False


class Point(Entry):
    """One condition; `excludes` marks what speaks against a claim."""

    text: Line
    excludes: bool = False


class Who(Entry):
    title: Line
    intro: Line
    points: tuple[Point, ...] = ()
    note: str = ""


class Step(Entry):
    title: Line
    text: Line


class Document(Entry):
    icon: Line
    title: Line
    hint: str = ""


class Question(Entry):
    question: Line
    answer: Line
    short: str = ""  # shown below the question in the search suggestions


class ChannelKind(StrEnum):
    """Ways to a service besides the button at the top of its page."""

    ONLINE = "online"
    APPOINTMENT = "appointment"
    PHONE = "phone"
    PAPER = "paper"
    IN_PERSON = "in_person"
    MAIL = "mail"


ANALOGUE = frozenset({ChannelKind.PHONE, ChannelKind.PAPER, ChannelKind.IN_PERSON, ChannelKind.APPOINTMENT})


CHANNEL_ICONS = {
    ChannelKind.ONLINE: "public",
    ChannelKind.APPOINTMENT: "event",
    ChannelKind.PHONE: "call",
    ChannelKind.PAPER: "print",
    ChannelKind.IN_PERSON: "location_on",
    ChannelKind.MAIL: "mail",
}


class Channel(Entry):
    kind: ChannelKind
    title: Line
    text: Line
    link: str = ""

    @property
    def icon(self) -> str:
        return CHANNEL_ICONS[self.kind]


class ServiceText(Written):
    """A service in one language."""

    title: Line
    short: Line
    action: str = ""  # the words on the button, where there is an application
    search_line: str = ""  # below the title in suggestions and lists
    search_words: tuple[Line, ...] = ()
    assure: tuple[Line, ...] = ()
    facts: tuple[Fact, ...] = ()
    who: Who
    steps: tuple[Step, ...] = ()
    documents: tuple[Document, ...] = ()
    documents_note: str = ""
    costs: Line
    duration: Line
    faq: tuple[Question, ...] = ()
    channels: tuple[Channel, ...]

    @property
    def line(self) -> str:
        """What stands below the title where there is room for one line."""
        return self.search_line or self.short


class Fee(Entry):
    amount: Annotated[Decimal, Field(ge=0, decimal_places=2)]
    what: Mapping[Language, Line]
    norm: Line
    example: bool = False


class Provider(Entry):
    """Who answers for a service that is not the city's own."""

    name: Line
    text: Line
    link: str = ""


class Service(Entry):
    """A Leistung. `leika` is the 14-digit key of the LeiKa catalogue; `online` the key of its procedure."""

    slug: Key
    leika: Annotated[str, StringConstraints(pattern=r"^99\d{12}$")]
    icon: Line
    life_situations: Annotated[tuple[Key, ...], Field(min_length=1)]
    unit: Key | None = None
    provider: Provider | None = None
    fees: tuple[Fee, ...] = ()
    promise_days: Annotated[int, Field(gt=0)] | None = None
    promise_example: bool = False
    legal_basis: Annotated[tuple[Line, ...], Field(min_length=1)]
    related: tuple[Key, ...] = ()
    online: Key | None = None
    quick_check: bool = False
    texts: Mapping[Language, ServiceText]

    def text(self, language: str = "") -> ServiceText:
        """The texts in this language (the reader's where none is named), else in the first one of the file."""
        return self.texts.get(language or get_language() or "de") or next(iter(self.texts.values()))

    @property
    def title(self) -> str:
        return self.text().title

    @property
    def short(self) -> str:
        return self.text().short


class Page(Written):
    """A text page of the city. `body` is the small markup of markup.py; HTML has no meaning in it."""

    slug: Key
    title: Line
    short: str = ""
    body: Line
    reviewed_by: str | None = None
    reviewed_on: date | None = None
    example: bool = False  # made-up particulars or a text that nobody of the city has reviewed


class City(Entry):
    """Everything that is Münster about Münster. Lists are in the order of the files."""

    name: Line
    full_name: Line
    gemeinde: Line  # as in the Anlage of the WoGV
    land: Line
    languages: Annotated[tuple[Language, ...], Field(min_length=1)]
    contact: Contact
    life_situations: tuple[LifeSituation, ...] = ()
    popular: tuple[Key, ...] = ()
    units: tuple[Unit, ...] = ()
    offices: tuple[Office, ...] = ()
    services: tuple[Service, ...] = ()
    procedures: Mapping[str, Procedure] = {}
    pages: tuple[Page, ...] = ()
    translations: tuple[Page, ...] = ()  # pages/<language>/<slug>.md

    def spoken(self, language: str) -> City:
        """The city for a reader of this language; what has no text in it stays German, and says so."""
        pages = {page.slug: page for page in self.translations if page.language == language}
        return self.model_copy(
            update={
                "contact": self.contact.spoken(language),
                "life_situations": tuple(situation.spoken(language) for situation in self.life_situations),
                "pages": tuple(pages.get(page.slug, page) for page in self.pages),
            }
        )

    def unit(self, key: str) -> Unit:
        """The unit with this key; raises KeyError."""
        return {unit.key: unit for unit in self.units}[key]

    def service(self, slug: str) -> Service:
        """The service with this slug; raises KeyError."""
        return {service.slug: service for service in self.services}[slug]

    def life_situation(self, key: str) -> LifeSituation:
        """The life situation with this key; raises KeyError."""
        return {situation.key: situation for situation in self.life_situations}[key]

    def page(self, slug: str) -> Page:
        """The page with this slug; raises KeyError."""
        return {page.slug: page for page in self.pages}[slug]

    def services_of(self, life_situation: str) -> tuple[Service, ...]:
        """The services of a life situation: first what the city calls important, then by the name of the file."""
        found = (service for service in self.services if life_situation in service.life_situations)
        return tuple(sorted(found, key=lambda service: self.rank(service.slug)))

    def rank(self, slug: str) -> int:
        """The place of a service in `popular`; the rest comes after."""
        return self.popular.index(slug) if slug in self.popular else len(self.popular)
