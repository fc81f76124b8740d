"""Everything that the city has of a person in this portal: gathered from all rooms, handed out, deleted."""

from __future__ import annotations

import json
import tempfile
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import IO

from django.conf import settings
from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

from kiepe.base.catalogue.pack import city
from kiepe.base.kernel import clock, limits
from kiepe.base.kernel.actor import Actor
from kiepe.base.kernel.privacy import ACCOUNT, Attachment, Holding, rooms
from kiepe.base.kernel.refusal import Refused
from kiepe.base.ui.templatetags.ui import day, moment
from kiepe.cases.casefile import draft_names
from kiepe.cases.papers import Note, Paper, Section, pdf

SCHEMA = "kiepe my-data 1"  # docs/reference/my-data.md
AN_HOUR, MOST = 3600, 10


@dataclass(frozen=True, slots=True)
class Kept:
    """What can go now, and what the law keeps."""

    now: list[Holding]
    later: list[Holding]


def known(person: Actor) -> bool:
    """Whether there is anybody to speak of: signed in, or with something of their own opened in this browser."""
    opened = person.cases or person.drafts or person.parts or person.parties
    return not person.is_staff and bool(person.account is not None or opened)


def kept(person: Actor) -> Kept:
    """Everything that is kept of this person, room by room."""
    if not known(person):
        return Kept([], [])
    names = draft_names(person)  # the forms do not know what they are for
    found = [_named(holding, names) for room in rooms() for holding in room.holdings(person)]
    return Kept([one for one in found if one.now], [one for one in found if not one.now])


def _named(holding: Holding, names: Mapping[str, str]) -> Holding:
    name = names.get(holding.key)
    return replace(holding, title=f"{name}. {holding.title}") if name else holding


def archive(person: Actor) -> IO[bytes]:
    """A ZIP with meine-daten.json, meine-daten.pdf and every file; a temporary file without a name, at its start.

    Raises Http404 for nobody, Refused (429) after ten an hour.
    """
    if not known(person):
        raise Http404
    opened = (sorted(one) for one in (person.cases, person.drafts, person.parts, person.parties))
    limits.hit("my-data", f"{person.account} {' '.join(map(str, opened))}", limit=MOST, seconds=AN_HOUR)
    shares = {room.name: room.export(person) for room in rooms()}
    data = {
        "schema": SCHEMA,
        "made_at": clock.now().isoformat(),
        "controller": city().full_name,
        **{name: share.data for name, share in shares.items()},
    }
    attached = [file for share in shares.values() for file in share.files]
    attached.append(Attachment("meine-daten.pdf", lambda: pdf(overview(person))))
    made: IO[bytes] = tempfile.TemporaryFile(dir=settings.VAR)  # noqa: SIM115 - the answer closes it
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("meine-daten.json", json.dumps(data, ensure_ascii=False, indent=2))
        for file in attached:
            packed.writestr(file.path, file.read())
    made.seek(0)
    return made


def overview(person: Actor) -> Paper:
    """What is kept, until when, by which norm, as a paper."""
    found = kept(person)
    return Paper(
        title=_("Meine Daten im Serviceportal"),
        office=_("Serviceportal"),
        phone=city().contact.phone,
        lead=(
            _("Das haben wir am %(now)s über Sie im Serviceportal gespeichert.") % {"now": moment(clock.now())},
            _("Die Daten selbst liegen in der Datei meine-daten.json und in den Ordnern daneben."),
        ),
        sections=[
            section
            for section in (
                Section(_("Das können Sie jederzeit löschen"), notes=tuple(_note(one) for one in found.now)),
                Section(_("Das behalten wir nach dem Gesetz"), notes=tuple(_note(one) for one in found.later)),
            )
            if section.notes
        ],
    )


def _note(holding: Holding) -> Note:
    lines = []
    if holding.until is not None:
        lines.append(_("Wird gelöscht nach dem %(day)s") % {"day": day(holding.until)})
    if holding.norm:
        lines.append(_("Grundlage: %(norm)s") % {"norm": holding.norm})
    return Note(holding.title, holding.words, tuple(lines))


def delete(person: Actor, keys: frozenset[str]) -> bool:
    """Delete what was chosen of what may go now; True where the account went with it.

    One transaction over all rooms: all of it or nothing. Raises Refused (422) where nothing was chosen.
    """
    if not known(person):
        raise Http404
    may = frozenset(one.key for one in kept(person).now)
    chosen = keys & may
    if not chosen:
        sentence = _("Wählen Sie aus, was gelöscht werden soll.")
        if not may:
            sentence = _("Zurzeit gibt es nichts, was Sie selbst löschen können.")
        raise Refused(_("Es wurde nichts gelöscht."), sentence, fields={"what": sentence} if may else {}, status=422)
    with transaction.atomic():
        for room in rooms():
            room.erase(person, chosen)
    return ACCOUNT in chosen


def archive_name(today: date) -> str:
    """What the download is called."""
    return f"meine-daten-{today.isoformat()}.zip"
