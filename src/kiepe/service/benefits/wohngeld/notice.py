"""The Bescheid: words for a decision, and the one object as a letter (PDF) and as a part of a page (HTML)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template import Context, Engine
from django.utils import translation
from django.utils.translation import gettext as _

from kiepe.base.catalogue.pack import city
from kiepe.base.documents import typeset
from kiepe.base.kernel.refusal import Refused
from kiepe.cases.notice import DecisionFacts, Letter, Notice, Section
from kiepe.service.benefits.wohngeld import notice_duties, notice_words
from kiepe.service.benefits.wohngeld.notice_words import full_day

HERE = Path(__file__).parent
LANGUAGE = "de"  # the official language (§ 19 Abs. 1 SGB X)
TIE = re.compile(
    r"(?<=§) | (?=Abs\.)|(?<=\bAbs\.) |(?<=\bSatz) |(?<=\bNr\.) |(?<=\d\.) (?=[A-ZÄÖÜ])"
    r"| (?=(?:WoGG|SGB|EStG)\b)|(?<=[a-zäöü]) (?=20\d\d\b)|(?<=\d) (?=Prozent)"
)
TIE_IN_TABLES = re.compile(r"(?<=§) |(?<=\bAbs\.) |(?<=\bNr\.) ")  # columns are narrow
ADDRESS_LINES = 6  # what the address field of DIN 5008 holds


class WohngeldNotice:
    """The NoticeWriter of Wohngeld."""

    def write(self, decision: DecisionFacts) -> Notice:
        """Word the notice.

        Raises Refused where the city's remedy text is not approved (§ 36 SGB X), where nobody's name stands under it
        (§ 33 Abs. 3 SGB X), where a rejection has no reason (§ 35 SGB X), or where a figure that the law demands on the
        notice is missing (§ 24 Abs. 3 WoGG).
        """
        with translation.override(LANGUAGE):
            notice_words.check(decision)
            granted = decision.kind == "grant"
            words = notice_words.grant(decision) if granted else notice_words.rejection(decision)
            return Notice(
                title=_("Bescheid über Wohngeld"),
                subject=words.subject,
                language=LANGUAGE,
                letter=_letter(decision),
                salutation=decision.salutation,
                summary=words.summary,
                sections=(*words.sections, *(notice_duties.sections(decision) if granted else ()), _remedy()),
                closing=_closing(decision),
                annex=notice_words.annex(decision),
                watermark=_("Vorführsystem – kein Bescheid") if settings.DEMO else "",
            )

    def pdf(self, notice: Notice) -> bytes:
        """The posted letter, one file that is PDF/UA-1 and PDF/A-3a."""
        with translation.override(notice.language):
            return typeset.pdf(
                HERE / "notice.typ",
                _shown(notice),
                title=f"{notice.title} {notice.letter.number}",
                language=notice.language,
                day=notice.letter.day,
            )

    def html(self, notice: Notice) -> str:
        """The inner part of a page: headings from level 2, the same text as the letter."""
        with translation.override(notice.language):
            template = Engine(dirs=[str(HERE)]).get_template("notice.html")
            return template.render(Context({"notice": _shown(notice)}))


WRITER = WohngeldNotice()


def _remedy() -> Section:
    """The city's text on remedies. What nobody approved issues no notice, but for a demo that says so."""
    remedy = city().procedures["wohngeld"].remedy
    approved = bool(remedy.reviewed_by) and remedy.reviewed_on is not None
    if not approved and not (settings.DEMO and remedy.example):
        raise Refused(
            _(
                "Der Bescheid kann nicht erlassen werden: Die Rechtsbehelfsbelehrung der Stadt ist noch nicht "
                "freigegeben."
            ),
            _("Tragen Sie im Stadtpaket unter „procedures“ ein, wer den Text wann geprüft hat."),
        )
    return Section(
        "remedy",
        _("Rechtsbehelfsbelehrung"),
        paragraphs=tuple(part.strip() for part in remedy.text.split("\n\n")),
        mark="" if approved else _("Beispieltext – vor Gebrauch von der Stadt zu prüfen"),
    )


def _letter(decision: DecisionFacts) -> Letter:
    office = decision.office
    address = [line for line in office.get("address", "").split("\n") if line.strip()]
    contact = [
        (_("Anschrift"), "\n".join(address)),
        (_("Auskunft gibt"), decision.decided_by),
        (_("Telefon"), office.get("phone", "")),
        (_("E-Mail"), office.get("email", "")),
    ]
    recipient = [line for line in decision.recipient if line.strip()]
    if len(recipient) > ADDRESS_LINES:
        recipient = [*recipient[: ADDRESS_LINES - 1], ", ".join(recipient[ADDRESS_LINES - 1 :])]
    return Letter(
        sender_line=" · ".join(part for part in (office.get("city", ""), *address) if part),
        sender=(
            office.get("city", ""),
            office.get("name", ""),
            *(f"{label}: {value}" for label, value in contact if value),
        ),
        address=tuple(recipient),
        number=decision.number,
        place=office.get("city", ""),
        day=decision.decided_on,
    )


def _closing(decision: DecisionFacts) -> tuple[str, ...]:
    return (
        _("Mit freundlichen Grüßen"),
        _("Im Auftrag"),
        decision.decided_by,
        _(
            "Dieser Bescheid trägt den Namen der Person, die entschieden hat. Er gilt auch ohne Unterschrift (§ "
            "33 Abs. 3 SGB X)."
        ),
    )


def _shown(notice: Notice) -> dict[str, Any]:
    """What both templates show: the notice, and the few words around it, from one place."""
    letter = notice.letter
    lines = [tuple(line.partition(": ")[::2]) for line in letter.sender[2:]]
    data = notice.as_data()
    shown = data | {
        "office": letter.sender[:2],
        "facts": [*lines, (_("Aktenzeichen"), letter.number), (_("Datum"), full_day(letter.day))],
        "summary_heading": _("Kurz gesagt"),
        "watermark_note": _("Dies ist eine Vorführung. Es gilt kein Bescheid, und es wird nichts gezahlt.")
        if notice.watermark
        else "",
        "page_words": (_("Seite"), _("von")),
        "sections": [_tables_shown(section) for section in data["sections"]],
        "annex": [_tables_shown(section) for section in data["annex"]],
    }
    return {key: _tied(value) for key, value in shown.items()}


def _tied(value: Any, where: re.Pattern[str] = TIE) -> Any:
    """Texts in which a paragraph sign, a number and a month stay on one line with what belongs to them."""
    if isinstance(value, str):
        return where.sub("\u00a0", value)
    if isinstance(value, dict):
        return {key: _tied(part, TIE_IN_TABLES if key == "cells" else where) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_tied(part, where) for part in value]
    return value


def _tables_shown(section: dict[str, Any]) -> dict[str, Any]:
    return section | {"tables": [table | _columns(section["key"], table) for table in section["tables"]]}


def _columns(key: str, table: dict[str, Any]) -> dict[str, Any]:
    """The names of a table's columns, its cells, and the numbers of the rows that are results."""
    heads = {
        "tenor": (_("Zeitraum"), _("Wohngeld im Monat")),
        "amounts": (_("Norm"), _("Angabe"), _("Betrag im Monat")),
    }.get(key, (_("Norm"), _("Rechenschritt"), _("Wert")))
    return {
        "heads": heads,
        "cells": list(_cells(table, len(heads))),
        "strong": list(_strong(table)),
        "row_head": len(heads) - 2,  # the words that name the row stand before its value
    }


def _cells(table: dict[str, Any], columns: int) -> Iterator[tuple[str, ...]]:
    for row in table["rows"]:
        yield (row["norm"], row["label"], row["value"])[-columns:]


def _strong(table: dict[str, Any]) -> Iterator[int]:
    return (number for number, row in enumerate(table["rows"]) if row["strong"])
