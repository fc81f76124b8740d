"""The form on paper: a blank, or one that carries what a draft says. Numbered, so that its return is recognised."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from kiepe.base.catalogue.entries import Procedure
from kiepe.base.catalogue.pack import city
from kiepe.base.documents import typeset
from kiepe.base.forms import paper, paper_numbers
from kiepe.base.forms.condition_words import Scene, plain, told
from kiepe.base.forms.flow import Flow
from kiepe.base.forms.models import PaperForm
from kiepe.cases import evidence, types
from kiepe.cases.case_type import CaseType

TEMPLATE = Path(__file__).parent / "paper_form.typ"


def pdf(case_type: CaseType, copy: PaperForm, answers: Mapping[str, Any] | None = None) -> bytes:
    """One copy, PDF/UA-1 and PDF/A-3a, in German: the office works with it (§ 19 SGB X).

    With `answers` the boxes are filled in as far as they go.
    """
    with override(settings.LANGUAGE_CODE):
        flow = types.form(case_type.key)
        data = content(case_type, flow, paper_numbers.shown(copy.number), answers)
        return typeset.pdf(TEMPLATE, data, title=_("Antrag: %(title)s") % {"title": case_type.title})


def content(
    case_type: CaseType, flow: Flow, number: str, answers: Mapping[str, Any] | None = None
) -> dict[str, object]:
    """What the form says, as plain data."""
    pack = city()
    procedure = pack.procedures.get(case_type.key)
    return {
        "city": pack.full_name,
        **_office(procedure),
        "number": number,
        "number_words": [_("Nummer dieses Formulars"), _("Bitte bei Fragen angeben.")],
        "lead": [
            _("Sie können diesen Antrag auch im Internet stellen. Die Fragen sind dieselben."),
            _("Füllen Sie aus, was Sie wissen. Wo „Nur bei Frage …“ steht und es nicht passt, lassen Sie leer."),
            _(
                "Eilt es? Name, Anschrift und Unterschrift genügen, damit der Tag zählt, an dem das Blatt bei uns ist. "
                "Den Rest reichen Sie nach."
            ),
            _("Sie brauchen Hilfe? Rufen Sie uns an, oder kommen Sie vorbei. Wir füllen das Formular mit Ihnen aus."),
        ],
        "sections": paper.sections(flow, answers),
        "documents_title": _("Unterlagen"),
        "documents_lead": _(
            "Legen Sie Kopien bei, soweit Sie sie haben. Was fehlt, reichen Sie nach. Bitte keine Originale."
        ),
        "documents": _documents(case_type, flow),
        "closing_title": _("Ihre Erklärung"),
        "closing": [
            *flow.form.declaration,
            _("Ich habe alle Angaben nach bestem Wissen gemacht. Ich teile Änderungen sofort mit (§ 60 Abs. 1 SGB I)."),
        ],
        "sign": [_("Ort und Tag"), _("Unterschrift")],
        "words": {
            "question": _("Frage"),
            "free": _("freiwillig"),
            "several": _("Sie können mehrere ankreuzen."),
            "whose": _("Um wen geht es?"),
            "cross": _("angekreuzt:"),
        },
        "page": [_("Seite"), _("von")],
        "demo": _("Vorführsystem – kein amtliches Formular") if settings.DEMO else "",
    }


def _office(procedure: Procedure | None) -> dict[str, object]:
    pack = city()
    unit = next((unit for unit in pack.units if procedure is not None and unit.key == procedure.unit), None)
    phone = (unit.phone if unit is not None else "") or pack.contact.phone
    return {
        "office": unit.name if unit is not None else "",
        "address": [pack.full_name, *([unit.name, *unit.address] if unit is not None else [])],
        "address_title": _("Bitte zurück an"),
        "contact": _("Fragen? Telefon %(phone)s") % {"phone": phone},
    }


def _documents(case_type: CaseType, flow: Flow) -> list[dict[str, str]]:
    """Every proof with the condition in words: paper cannot know which are called for."""
    found = []
    for rule, when in evidence.rules(case_type):
        scene = Scene(flow, rule.each, None, _("dieser Person"))
        condition = told(when, scene)
        if condition is not False:
            only = _("Nur %s") % condition if isinstance(condition, str) else ""
            found.append({"title": plain(rule.title, _("der Person")), "only": only})
    return found
