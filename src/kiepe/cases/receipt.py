<<<<<<< HEAD
"""The confirmation of receipt: number, day, what was answered, what is still missing. A PDF, made by a job."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from kiepe.base.catalogue.pack import city
from kiepe.base.documents import actions as documents
from kiepe.base.documents import typeset
from kiepe.cases import facts, types
from kiepe.cases.models import Case
from kiepe.cases.wording import office

TEMPLATE = Path(__file__).parent / "receipt.typ"
PURPOSE = "receipt"


def make(case_id: int) -> bool:
    """Make and keep the confirmation. True where it was made now, False where it is there or has nothing to say."""
    case = Case.objects.get(pk=case_id)
    if case.receipt_id is not None or case.erased_at is not None:
        return False
    data = content(case)
    pdf = typeset.pdf(TEMPLATE, data, title=str(data["title"]), day=case.received_on)
    with transaction.atomic():
        locked = Case.objects.select_for_update(no_key=True).get(pk=case_id)
        if locked.receipt_id is not None or locked.erased_at is not None:
            return False
        locked.receipt = documents.keep(
            pdf,
            name=_("Eingangsbestätigung %(number)s.pdf") % {"number": case.number},
            content_type="application/pdf",
            purpose=PURPOSE,
        )
        locked.save(update_fields=["receipt"])
    return True


def content(case: Case) -> dict[str, object]:
    """What the confirmation says, as plain data."""
    case_type = types.case_type(case.case_type)
    unit = office(case)
    missing = [item.title for item in case.evidence.order_by("position") if not item.settled]
    return {
        "title": _("Eingangsbestätigung %(number)s") % {"number": case.number},
        "city": city().full_name,
        "office": unit["name"],
        "contact": _("Fragen? Telefon %(phone)s") % {"phone": unit["phone"]},
        "facts": [
            [_("Antrag"), case_type.title],
            [_("Nummer"), case.number],
            [_("Eingegangen am"), f"{case.received_on:%d.%m.%Y}"],
            [_("Antragstellende Person"), case.applicant],
        ],
        "lead": _("Ihr Antrag ist bei uns eingegangen. Diese Bestätigung zeigt, was Sie angegeben haben."),
        "missing_title": _("Das fehlt noch"),
        "missing_lead": _("Bitte reichen Sie diese Unterlagen im Serviceportal unter „Meine Vorgänge“ nach."),
        "missing": missing,
        "sections": [
            {
                "title": section.title,
                "groups": [
                    {
                        "title": group.title,
                        "rows": [[row.label, row.value] for row in group.rows if not row.missing],
                    }
                    for group in section.groups
                ],
            }
            for section in types.form(case.case_type).summary(facts.answers(case))
        ],
        "columns": [_("Frage"), _("Ihre Angabe")],
        "page": [_("Seite"), _("von")],
        "demo": _("Vorführsystem – kein amtliches Schreiben") if settings.DEMO else "",
    }
=======
"""The confirmation of an application as PDF: number, day, every answer as it was sent (§ 36a Abs. 2b SGB I)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kiepe.base.catalogue.pack import city
from kiepe.base.documents import typeset

TEMPLATE = Path(__file__).with_name("receipt.typ")


class Row(Protocol):
    """One question and its answer as shown, such as a row of `Flow.summary`."""

    @property
    def label(self) -> str: ...
    @property
    def value(self) -> str: ...


class Part(Protocol):
    """A section of the form, such as one of `Flow.summary`."""

    @property
    def title(self) -> str: ...
    @property
    def rows(self) -> Sequence[Row]: ...


@dataclass(frozen=True, slots=True)
class Documents:
    """What was handed in, what may follow: names as shown."""

    handed_in: tuple[str, ...] = ()
    to_follow: tuple[str, ...] = ()


def receipt_pdf(
    number: str,
    received_on: date,
    title: str,
    sections: Sequence[Part],
    *,
    address: Sequence[str] = (),
    sender: Sequence[str] = (),
    documents: Documents | None = None,
) -> bytes:
    """The letter that confirms an application. `title` names the Leistung, `sender` the office (else the city)."""
    with translation.override("de"):
        lines = [line for line in (sender or (city().full_name,)) if line]
        data = {
            "sender": lines[:2],
            "sender_line": " · ".join([lines[0], *lines[2:]]),
            "address": list(address),
            "facts": [
                *([(_("Anschrift"), "\n".join(lines[2:]))] if lines[2:] else []),
                (_("Telefon"), city().contact.phone),
                (_("Aktenzeichen"), number),
                (_("Eingang"), date_format(received_on, "j. F Y")),
            ],
            "number": number,
            "title": _("Eingangsbestätigung: %(title)s") % {"title": title},
            "paragraphs": _words(number, received_on, title, documents or Documents()),
            "heads": [_("Frage"), _("Ihre Antwort")],
            "sections": [
                {"title": part.title, "rows": [(row.label, row.value) for row in part.rows]}
                for part in sections
                if part.rows
            ],
            "watermark": _("Vorführsystem") if settings.DEMO else "",
            "watermark_note": _("Dies ist eine Vorführung. Es ist kein Antrag gestellt.") if settings.DEMO else "",
            "page_words": [_("Seite"), _("von")],
        }
        heading = _("Eingangsbestätigung %(number)s") % {"number": number}
        return typeset.pdf(TEMPLATE, data, title=heading, day=received_on)


def _words(number: str, received_on: date, title: str, documents: Documents) -> list[str]:
    values = {"number": number, "day": date_format(received_on, "j. F Y"), "title": title}
    words = [
        _("Ihr Antrag „%(title)s“ ist am %(day)s bei uns eingegangen. Dieser Tag zählt für die Fristen.") % values,
        _("Ihr Aktenzeichen ist %(number)s. Nennen Sie es bitte, wenn Sie uns schreiben oder anrufen.") % values,
    ]
    if documents.handed_in:
        words.append(_("Diese Unterlagen sind bei uns: %(names)s.") % {"names": ", ".join(documents.handed_in)})
    if documents.to_follow:
        words.append(_("Diese Unterlagen fehlen noch: %(names)s.") % {"names": ", ".join(documents.to_follow)})
    words.append(
        _("Das haben Sie uns gesagt. Stimmt etwas nicht, oder ändert sich etwas? Dann teilen Sie es uns bitte mit.")
    )
    return words
>>>>>>> papers
