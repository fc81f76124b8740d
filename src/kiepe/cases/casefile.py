"""The whole file of a case for its applicant, in one paper: answers, documents, messages, requests, decision, history.

It holds what the applicant may read on the pages, and no more: no drafts of decisions, no notes among colleagues
(§ 25 Abs. 1 Satz 2 SGB X).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress

from django.http import Http404
from django.utils.translation import gettext as _

from kiepe.base.catalogue.pack import city
from kiepe.base.forms import queries as drafts
from kiepe.base.forms.flow import SummarySection
from kiepe.base.forms.models import Draft
from kiepe.base.forms.values import said
from kiepe.base.kernel import clock
from kiepe.base.kernel.actor import Actor
from kiepe.base.ui.templatetags.ui import day, full_euro, moment
from kiepe.cases import evidence, queries, status, told_delivery, types
from kiepe.cases.history import Entry
from kiepe.cases.models import Case, ChangeReport, CorrectionDraft, Decision, Direction, EvidenceItem, Message
from kiepe.cases.notice import Notice
from kiepe.cases.papers import Group, Note, Paper, Section
from kiepe.cases.versions import Difference, Version
from kiepe.cases.wording import office


def paper(actor: Actor, case: Case) -> Paper:
    """Everything, put together for this actor."""
    unit, items = office(case), queries.evidence(actor, case)
    standing = status.standing(case, items)
    sections = [
        Section(_("Wo der Antrag steht"), (standing.headline, standing.following)),
        *answered(types.form(case.case_type).summary(queries.answers(actor, case))),
        corrected(queries.versions(actor, case)),
        documents(case, items),
        _requests(actor, case),
        passed(queries.messages(actor, case)),
        _changes(queries.changes(actor, case)),
        *_decision(queries.decision(actor, case)),
        _sent(actor, case),
        happened(queries.events(actor, case)),
    ]
    return Paper(
        title=_("Alles zu Ihrem Vorgang %(number)s") % {"number": case.number},
        office=unit["name"],
        phone=unit["phone"],
        lead=(_("So steht Ihr Vorgang am %(now)s.") % {"now": moment(clock.now())},),
        facts=facts_of(case),
        sections=[section for section in sections if section is not None],
    )


def begun(draft: Draft) -> Paper:
    """What was filled in and not sent, to read; Http404 where its form is not there any more."""
    flow = types.form(draft.form)
    contact = city().contact
    return Paper(
        title=_("Begonnen und nicht abgesendet: %(form)s") % {"form": said(flow.form.title)},
        office=_("Serviceportal"),
        phone=contact.phone,
        lead=(
            _("Das haben Sie bis zum %(when)s eingetragen.") % {"when": moment(draft.changed_at)},
            _("Ohne Ihr Zutun löschen wir es am %(day)s.") % {"day": day(draft.delete_on)},
        ),
        sections=answered(flow.summary(draft.answers)),
    )


def draft_names(person: Actor) -> dict[str, str]:
    """What each draft of this person is, by its id: an application for a Leistung, or a correction of a case."""
    if person.account is None and not person.drafts:
        return {}
    begun = drafts.visible(person).filter(submitted_at=None)
    corrected = CorrectionDraft.objects.filter(draft__in=begun).values_list("draft_id", "case__number")
    names = {str(pk): _("Berichtigung zu %(number)s") % {"number": number} for pk, number in corrected}
    for pk, form in begun.values_list("pk", "form"):
        with suppress(Http404):  # its form is gone
            names.setdefault(str(pk), said(types.case_type(form).title))
    return names


def facts_of(case: Case) -> tuple[tuple[str, str], ...]:
    """What names a case on every paper."""
    return (
        (_("Antrag"), said(types.case_type(case.case_type).title)),
        (_("Nummer"), case.number),
        (_("Eingegangen am"), day(case.received_on)),
        (_("Antragstellende Person"), case.applicant),
    )


def answered(summary: Iterable[SummarySection]) -> list[Section]:
    """The answers, section by section of the form."""
    heads = (_("Frage"), _("Ihre Angabe"))
    return [
        Section(
            section.title,
            groups=tuple(
                Group(
                    group.title,
                    heads,
                    tuple((row.label, row.value or _("keine Angabe")) for row in group.rows if not row.missing),
                )
                for group in section.groups
            ),
        )
        for section in summary
    ]


def corrected(versions: list[Version]) -> Section | None:
    """What was corrected after sending, each version with its differences."""
    if not versions:
        return None
    groups = tuple(
        differing(_("Berichtigt am %(when)s") % {"when": moment(version.at)}, version.differences)
        for version in versions
    )
    return Section(_("Was Sie nach dem Absenden berichtigt haben"), groups=groups)


def differing(title: str, differences: Iterable[Difference]) -> Group:
    """Before and after, in three columns."""
    rows = tuple(
        (f"{one.group}: {one.label}", one.before or _("keine Angabe"), one.after or _("keine Angabe"))
        for one in differences
    )
    return Group(title, (_("Frage"), _("vorher"), _("jetzt")), rows)


def title_of(case: Case, item: EvidenceItem) -> str:
    """The title of a document in the reader's language."""
    return evidence.retold(types.case_type(case.case_type), item.title)


def documents(case: Case, items: list[EvidenceItem]) -> Section | None:
    """Each document with how it stands and its sheets; None without any."""
    notes = []
    for item in items:
        lines = tuple(f"{sheet.label}: {sheet.file.name}" for sheet in item.sheets)
        lack = " ".join(part for part in (item.lack_sentence, item.lack_words) if part)
        notes.append(Note(f"{title_of(case, item)} ({status.item_words(item)})", lack or item.understood, lines))
    return Section(_("Unterlagen"), notes=tuple(notes)) if notes else None


def _requests(actor: Actor, case: Case) -> Section | None:
    notes = tuple(
        Note(
            _("Nachgefordert am %(when)s bis zum %(due)s") % {"when": moment(one.created_at), "due": day(one.due_on)},
            one.words,
            tuple(title_of(case, item) for item in one.items.all()),
        )
        for one in queries.requests(actor, case)
    )
    return Section(_("Was wir nachgefordert haben"), notes=notes) if notes else None


def passed(messages: list[Message]) -> Section | None:
    """The messages as their reader has them; None without any."""
    notes = tuple(
        Note(
            f"{_between(one)}, {moment(one.sent_at)}",
            one.text,
            tuple(file.stored_file.name for file in one.files.all()),
        )
        for one in messages
    )
    return Section(_("Nachrichten"), notes=notes) if notes else None


def _between(one: Message) -> str:
    """Who wrote; in a member's thread, which its member lets the reader see, also to whom."""
    named = one.party.name if one.party is not None else ""
    if one.direction == Direction.OUT:
        return _("Von der Stadt an %(name)s") % {"name": named} if not one.own and named else _("Von der Stadt")
    return _("Von Ihnen") if one.own else _("Von %(name)s") % {"name": one.author_name}


def _changes(changes: list[ChangeReport]) -> Section | None:
    notes = []
    for one in changes:
        head = f"{one.get_kind_display()}, {moment(one.reported_at)}"
        lines = [file.stored_file.name for file in one.files.all()]
        if one.since:
            lines.insert(0, _("Gilt ab %(day)s") % {"day": day(one.since)})
        if one.answer:
            lines.append(_("Unsere Antwort: %(answer)s") % {"answer": one.answer})
        notes.append(Note(head, one.text, tuple(lines)))
    return Section(_("Änderungen, die Sie mitgeteilt haben"), notes=tuple(notes)) if notes else None


def _decision(decision: Decision | None) -> list[Section]:
    """What was decided, with the notice's own words. Tables and annex are in the notice's own PDF."""
    if decision is None:
        return []
    notice = Notice.from_data(decision.notice.notice)
    periods = tuple((f"{day(one['start'])} – {day(one['end'])}", full_euro(one["amount"])) for one in decision.periods)
    head = Section(
        _("Entscheidung vom %(day)s") % {"day": day(decision.decided_on)},
        lead=(_("Die ganze Rechnung steht im Bescheid, den Sie einzeln herunterladen können."),),
        items=notice.summary,
        groups=(Group(_("Beträge im Monat"), (_("Zeitraum"), _("Betrag")), periods),),
    )
    parts = tuple(
        Note(section.heading, "\n\n".join(section.paragraphs), section.items)
        for section in notice.sections
        if section.paragraphs or section.items
    )
    return [head, Section(notice.title, notes=parts)]


def _sent(actor: Actor, case: Case) -> Section | None:
    """How the notice reaches the person, and what was agreed about it."""
    told = told_delivery.told(queries.deliveries(actor, case))
    lines = []
    for given in queries.consents(actor, case):
        lines.append(_("Eingewilligt in den Abruf im Serviceportal am %(when)s") % {"when": moment(given.given_at)})
        if given.revoked_at is not None:
            lines.append(_("Einwilligung widerrufen am %(when)s") % {"when": moment(given.revoked_at)})
    if told is None and not lines:
        return None
    lead = (told.headline, *told.sentences) if told is not None else ()
    return Section(_("Wie der Bescheid zu Ihnen kommt"), lead=lead, items=tuple(lines))


def happened(entries: Sequence[Entry]) -> Section:
    """The history, oldest first; `entries` are newest first, as the pages show them."""
    rows = []
    for entry in reversed(entries):
        words = f"{entry.sentence}\n{entry.note}" if entry.note else entry.sentence
        rows.append((moment(entry.at), f"{words} ({entry.who})"))
    return Section(_("Was bisher geschah"), groups=(Group("", (_("Wann"), _("Was")), tuple(rows)),))
