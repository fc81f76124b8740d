"""Papers that staff hand over: what was said, to be signed; number and access code."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from kiepe.base.catalogue.pack import city
from kiepe.base.documents import typeset
from kiepe.base.forms.models import Intake
from kiepe.base.kernel import clock
from kiepe.cases.applying import Application
from kiepe.cases.models import Case
from kiepe.cases.wording import office

TEMPLATE = Path(__file__).parent / "handout.typ"


def read_back(application: Application, intake: Intake, case: Case) -> bytes:
    """All answers with the declaration and a line to sign. What is open is named as open."""
    unit = city().unit(intake.unit)
    data = {
        **_frame(unit.name, unit.phone or city().contact.phone),
        "facts": [
            [_("Antrag"), application.title],
            [_("Nummer"), case.number],
            [_("Gestellt"), str(case.get_channel_display())],
            [_("Aufgenommen von"), intake.account.name],
            [_("Tag des Eingangs"), f"{case.received_on:%d.%m.%Y}"],
        ],
        "lead": _(
            "Bitte lesen Sie alles durch, oder lassen Sie es sich vorlesen. Was nicht stimmt, ändern wir gleich."
        ),
        "code": "",
        "sections": [
            {
                "title": section.title,
                "groups": [
                    {"title": group.title, "rows": [[row.label, row.value or _("keine Angabe")] for row in group.rows]}
                    for group in section.groups
                ],
            }
            for section in application.walk.summary()
        ],
        "closing": [
            *application.flow.form.declaration,
            _("Die Angaben stimmen nach bestem Wissen. Änderungen werden sofort mitgeteilt (§ 60 Abs. 1 SGB I)."),
        ],
        "sign": [_("Ort und Tag"), _("Unterschrift")],
    }
    return typeset.pdf(TEMPLATE, data, title=_("Ihre Angaben zum Antrag"))


def access_slip(case: Case, code: str) -> bytes:
    """Number, day of receipt and access code, for the person."""
    unit = office(case)
    data = {
        **_frame(unit["name"], unit["phone"]),
        "facts": [
            [_("Nummer"), case.number],
            [_("Eingegangen am"), f"{case.received_on:%d.%m.%Y}"],
            [_("Gestellt"), str(case.get_channel_display())],
            [_("Antragstellende Person"), case.applicant],
        ],
        "lead": _("Wir haben Ihren Antrag aufgenommen. Er wird genauso schnell bearbeitet wie ein Antrag im Internet."),
        "code": code,
        "code_words": [
            _("Ihr Zugangscode"),
            _(
                "Mit Nummer und Code sehen Sie im Serviceportal unter „Meine Vorgänge“, wie der Antrag steht. Dort "
                "können Sie Unterlagen nachreichen. Mit der Post oder am Schalter geht es auch. Heben Sie das Blatt "
                "gut auf."
            ),
        ],
        "sections": [],
        "closing": [],
        "sign": [],
    }
    return typeset.pdf(TEMPLATE, data, title=_("Ihr Antrag ist aufgenommen"), day=case.received_on)


def _frame(unit: str, phone: str) -> dict[str, object]:
    return {
        "city": city().full_name,
        "office": unit,
        "contact": _("Fragen? Telefon %(phone)s") % {"phone": phone},
        "day": f"{clock.today():%d.%m.%Y}",
        "columns": [_("Frage"), _("Angabe")],
        "page": [_("Seite"), _("von")],
        "demo": _("Vorführsystem – kein amtliches Schreiben") if settings.DEMO else "",
    }
