"""Confirmations of what somebody sent about a case: withdrawal, reported change, corrected answers. PDFs on demand."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404
from django.utils.translation import gettext as _

from kiepe.base.kernel.actor import Actor
from kiepe.base.ui.templatetags.ui import day, moment
from kiepe.cases import changes, evidence, queries, types, versions
from kiepe.cases.casefile import differing, facts_of
from kiepe.cases.models import Case, CaseEvent, ChangeReport
from kiepe.cases.papers import Paper, Section
from kiepe.cases.transitions import Verb
from kiepe.cases.wording import office

CONFIRMED = (Verb.WITHDRAWN, Verb.CHANGE_REPORTED, Verb.ANSWERS_CORRECTED)


@dataclass(frozen=True, slots=True)
class Link:
    """One confirmation to be had: number of its event, what it confirms, when that came in."""

    seq: int
    title: str
    event: CaseEvent


def listed(actor: Actor, case: Case) -> list[Link]:
    """The confirmations of a case, newest first; none after erasure."""
    if case.erased_at is not None:
        return []
    rows = queries.own_events(actor, case).filter(verb__in=CONFIRMED).order_by("-seq")
    return [Link(row.seq, str(Verb(row.verb).label), row) for row in rows]


def paper(actor: Actor, case: Case, seq: int) -> Paper:
    """The confirmation of one event; Http404 where that event has none."""
    event = queries.own_events(actor, case).filter(seq=seq, verb__in=CONFIRMED).select_related("content").first()
    if event is None or case.erased_at is not None:
        raise Http404
    unit = office(case)
    title, lead, sections = {
        Verb.WITHDRAWN: _withdrawn,
        Verb.CHANGE_REPORTED: _reported,
        Verb.ANSWERS_CORRECTED: _corrected,
    }[Verb(event.verb)](case, event)
    return Paper(
        title=f"{title} {case.number}",
        office=unit["name"],
        phone=unit["phone"],
        lead=lead,
        facts=(*facts_of(case), (_("Bei uns eingegangen"), moment(event.at))),
        sections=sections,
    )


Parts = tuple[str, tuple[str, ...], list[Section]]


def _withdrawn(case: Case, event: CaseEvent) -> Parts:
    meaning = Section(
        _("Was das bedeutet"),
        items=(
            _("Wir prüfen diesen Antrag nicht weiter. Sie bekommen keinen Bescheid."),
            _("Der Tag des Eingangs (%(day)s) gilt nicht mehr.") % {"day": day(case.received_on)},
            _("Sie können jederzeit einen neuen Antrag stellen. Dann zählt der Monat, in dem er bei uns ankommt."),
        ),
    )
    reason = str(event.content.json.get("reason", ""))
    said = [Section(_("Ihr Grund"), (reason,))] if reason else []
    return _("Bestätigung der Rücknahme"), (_("Sie haben Ihren Antrag zurückgenommen."),), [*said, meaning]


def _reported(case: Case, event: CaseEvent) -> Parts:
    report = ChangeReport.objects.prefetch_related("files__stored_file").get(case=case, pk=event.content.json["change"])
    duty = changes.duty(case, report)
    facts = [report.get_kind_display()]
    if report.since:
        facts.append(_("Gilt ab %(day)s") % {"day": day(report.since)})
    files = tuple(file.stored_file.name for file in report.files.all())
    sections = [Section(_("Was Sie mitgeteilt haben"), (report.text,), tuple(facts))]
    if files:
        sections.append(Section(_("Mitgeschickt"), items=files))
    sections.append(Section(_("Damit erfüllen Sie"), items=(duty.norm,)))
    return (
        _("Bestätigung Ihrer Mitteilung"),
        (_("Ihre Mitteilung ist bei uns angekommen. Wir prüfen, was daraus folgt, und schreiben Ihnen."),),
        sections,
    )


def _corrected(case: Case, event: CaseEvent) -> Parts:
    number, made = event.content.json["answers_version"], versions.of_case(case, for_applicant=True)
    version = next(one for one in made if one.number == number)
    sections = [Section(_("Was jetzt gilt"), groups=(differing("", version.differences),))]
    kind = types.case_type(case.case_type)
    titles = tuple(evidence.retold(kind, title) for title in event.content.json.get("titles", ()))
    if titles:
        sections.append(
            Section(_("Das brauchen wir jetzt noch"), (_("Bitte reichen Sie diese Unterlagen nach."),), items=titles)
        )
    lead = (_("Ihre Berichtigung ist bei uns angekommen. Wir entscheiden mit den neuen Angaben."),)
    return _("Bestätigung der Berichtigung"), lead, sections
