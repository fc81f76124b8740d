"""The notice (Bescheid) as one object. PDF and HTML are both made from it, so they cannot say different things."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Protocol, runtime_checkable

from kiepe.cases.assessment import Facts, Period, Proposal


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table. `strong` marks a result."""

    norm: str
    label: str
    value: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    caption: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with paragraphs, list items and tables, in this order."""

    key: str  # tenor, amounts, reasons, duties, renewal, remedy, annex
    heading: str
    paragraphs: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    mark: str = ""  # e.g. 'Beispieltext – vor Gebrauch zu prüfen'


@dataclass(frozen=True, slots=True)
class Letter:
    """What a letter after DIN 5008 shows around its text."""

    sender_line: str  # small, above the address window
    sender: tuple[str, ...]  # name and address of the office, contact, person in charge
    address: tuple[str, ...]  # the recipient, at most six lines
    number: str  # Aktenzeichen
    place: str
    day: date


@dataclass(frozen=True, slots=True)
class Notice:
    """A whole Bescheid. `summary` stands on top in plain language; `watermark` marks a demo system."""

    title: str
    subject: str
    language: str
    letter: Letter
    salutation: str
    summary: tuple[str, ...]
    sections: tuple[Section, ...]
    closing: tuple[str, ...]
    annex: tuple[Section, ...]
    watermark: str = ""

    def as_data(self) -> dict[str, Any]:
        """Plain data for templates, JSON and typst; dates as ISO text."""
        data = asdict(self)
        data["letter"]["day"] = self.letter.day.isoformat()
        return data

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Notice:
        """The notice that `as_data` made the data of, also after a way through JSON."""
        letter = {key: _tuple(value) for key, value in data["letter"].items()}
        letter["day"] = date.fromisoformat(data["letter"]["day"])
        parts = {
            "letter": Letter(**letter),
            "summary": tuple(data["summary"]),
            "closing": tuple(data["closing"]),
            "sections": tuple(_section(one) for one in data["sections"]),
            "annex": tuple(_section(one) for one in data["annex"]),
        }
        return cls(**{**data, **parts})


def _tuple(value: Any) -> Any:
    return tuple(value) if isinstance(value, list | tuple) else value


def _section(data: Mapping[str, Any]) -> Section:
    tables = tuple(Table(one["caption"], tuple(Row(**row) for row in one["rows"])) for one in data["tables"])
    texts = {"paragraphs": tuple(data["paragraphs"]), "items": tuple(data["items"])}
    return Section(**{**data, **texts, "tables": tables})


@dataclass(frozen=True, slots=True)
class DecisionFacts:
    """What was decided, for the one who words it. Amounts in whole euro a month."""

    number: str
    kind: str  # grant, reject
    periods: tuple[Period, ...]
    reasons: str  # the caseworker's own words, may be empty for a grant as applied for
    received: date
    decided_on: date
    decided_by: str
    office: Mapping[str, str]  # unit's name, address, phone, mail
    recipient: tuple[str, ...]
    salutation: str
    facts: Facts
    proposal: Proposal


@runtime_checkable
class NoticeWriter(Protocol):
    """Implemented by each Leistung in `service/benefits/<name>/notice.py`."""

    def write(self, decision: DecisionFacts) -> Notice:
        """Word the notice. Raises kernel.refusal.Refused where the city's texts do not allow to issue one."""
        ...

    def pdf(self, notice: Notice) -> bytes:
        """The posted letter: PDF/UA-1 and PDF/A-3a in one file."""
        ...

    def html(self, notice: Notice) -> str:
        """The same text for the screen: the inner part of a page."""
        ...
