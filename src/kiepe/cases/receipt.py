"""The confirmation of receipt: number, day, what was answered, what is still missing. A PDF, made by a job.

It is in the language in which the application was sent; office, answers and names stay as they are.
"""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from kiepe.base.catalogue.pack import city
from kiepe.base.documents import actions as documents
from kiepe.base.documents import typeset
from kiepe.base.forms.values import said
from kiepe.cases import evidence, facts, queries, types
from kiepe.cases.models import Case
from kiepe.cases.wish import Channel
from kiepe.cases.wording import office

TEMPLATE = Path(__file__).parent / "receipt.typ"
PURPOSE = "receipt"


def make(case_id: int) -> bool:
    """Make and keep the confirmation. True where it was made now, False where it is there or has nothing to say."""
    case = Case.objects.get(pk=case_id)
    if case.receipt_id is not None or case.erased_at is not None:
        return False
    with override(case.language):
        data = content(case)
        name = _("Eingangsbestätigung %(number)s.pdf") % {"number": case.number}
    pdf = typeset.pdf(TEMPLATE, data, title=str(data["title"]), language=case.language, day=case.received_on)
    with transaction.atomic():
        locked = Case.objects.select_for_update(no_key=True).get(pk=case_id)
        if locked.receipt_id is not None or locked.erased_at is not None or locked.whole != case.whole:
            return False
        locked.receipt = documents.keep(
            pdf,
            name=name,
            content_type="application/pdf",
            purpose=PURPOSE,
        )
        locked.save(update_fields=["receipt"])
    return True


def _lead(case: Case) -> str:
    if case.answers_due_on is not None:
        return _(
            "Ihr Antrag ist bei uns eingegangen. Dieser Tag zählt. Ihre Angaben sind noch nicht vollständig: Bitte "
            "ergänzen Sie sie bis zum %(day)s. Diese Bestätigung zeigt, was Sie bis jetzt angegeben haben."
        ) % {"day": f"{case.answers_due_on:%d.%m.%Y}"}
    return _("Ihr Antrag ist bei uns eingegangen. Diese Bestätigung zeigt, was Sie angegeben haben.")


def content(case: Case) -> dict[str, object]:
    """What the confirmation says, as plain data."""
    case_type = types.case_type(case.case_type)
    unit = office(case)
    apart = queries.private_items(case)
    missing = [
        evidence.retold(case_type, item.title) for item in case.evidence.order_by("position") if not item.answered
    ]
    return {
        "title": _("Eingangsbestätigung %(number)s") % {"number": case.number},
        "city": city().full_name,
        "office": unit["name"],
        "contact": _("Fragen? Telefon %(phone)s") % {"phone": unit["phone"]},
        "facts": [
            [_("Antrag"), said(case_type.title)],
            [_("Nummer"), case.number],
            [_("Eingegangen am"), f"{case.received_on:%d.%m.%Y}"],
            [_("Antragstellende Person"), case.applicant],
            [_("Gestellt"), "" if case.channel == Channel.ONLINE else case.get_channel_display()],
        ],
        "lead": _lead(case),
        "missing_title": _("Das fehlt noch"),
        "missing_lead": _("Bitte reichen Sie diese Unterlagen im Serviceportal unter „Meine Vorgänge“ nach."),
        "missing": missing,
        "sections": [
            {
                "title": section.title,
                "groups": [
                    {
                        "title": group.title,
                        "rows": [[row.label, row.value or _("keine Angabe")] for row in group.rows if not row.missing],
                    }
                    for group in section.groups
                ],
            }
            for section in types.form(case.case_type).walk(facts.answers_for_applicant(case), apart=apart).summary()
        ],
        "columns": [_("Frage"), _("Ihre Angabe")],
        "page": [_("Seite"), _("von")],
        "demo": _("Vorführsystem – kein amtliches Schreiben") if settings.DEMO else "",
    }
