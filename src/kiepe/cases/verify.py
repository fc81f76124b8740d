"""Does the record still say what was written? Recomputes every chain and holds it against every checkpoint.

Each finding is one sentence. docs/explanation/record.md says what this proves and what it cannot.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from django.db import connection, transaction
from django.utils.translation import gettext as _

from kiepe.cases import record, verify_rows
from kiepe.cases.models import Case, CaseEvent, EventContent
from kiepe.cases.transitions import Verb
from kiepe.cases.verify_lists import Expected, checkpoints, deletions


@dataclass(frozen=True, slots=True)
class Report:
    """What was looked at, and every finding as one sentence; none where the record is whole."""

    cases: int
    events: int
    checkpoints: int
    deletions: int
    findings: tuple[str, ...]


def verify() -> Report:
    """Look at everything, in one consistent picture of the database."""
    with transaction.atomic():
        if not connection.savepoint_ids:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        return _Verification().run()


@dataclass
class _Verification:
    findings: list[str] = field(default_factory=list)
    events: int = 0
    waiting: list[verify_rows.Said] = field(default_factory=list)

    def run(self) -> Report:
        erased = deletions(self.findings)
        expected = checkpoints(self.findings)
        cases = _heads()
        seen: set[int] = set()
        for case_id, chain in self._chains():
            seen.add(case_id)
            self._chain(case_id, list(chain), cases.get(case_id), erased.up_to.get(case_id, 0), expected)
        self._look_at_rows()
        for case_id in sorted(set(cases) - seen):
            self._say(cases[case_id].number, _("hat kein einziges Ereignis mehr."))
        for case_id in sorted(set(expected.heads) - set(cases)):
            self.findings.append(
                _("Der Vorgang mit der internen Nummer %(id)s fehlt ganz; Prüfpunkt %(number)s kennt ihn.")
                % {"id": case_id, "number": expected.first_seen[case_id]}
            )
        return Report(len(cases), self.events, expected.count, erased.count, tuple(self.findings))

    def _say(self, number: str, sentence: str) -> None:
        self.findings.append(_("Vorgang %(number)s %(sentence)s") % {"number": number, "sentence": sentence})

    def _chains(self) -> Iterator[tuple[int, Iterator[CaseEvent]]]:
        rows = CaseEvent.objects.select_related("content").order_by("case_id", "seq").iterator(2000)
        return groupby(rows, key=attrgetter("case_id"))

    def _chain(
        self, case_id: int, chain: list[CaseEvent], case: _Head | None, erased_to: int, expected: Expected
    ) -> None:
        name = case.number if case is not None else f"#{case_id}"
        self.events += len(chain)
        previous, due = record.START, 1
        for event in chain:
            self._event(name, event, previous, due, erased_to)
            previous, due = bytes(event.hash), event.seq + 1
        if case is not None and (case.seq, case.hash) != (chain[-1].seq, bytes(chain[-1].hash)):
            self._say(
                name,
                _("endet nicht mit dem Ereignis, das als letztes vermerkt ist: es fehlt eines oder ist eines zu viel."),
            )
        self._against_checkpoints(name, case_id, chain, expected)
        self._rows(name, case_id, chain)

    def _event(self, name: str, event: CaseEvent, previous: bytes, due: int, erased_to: int) -> None:
        if event.seq != due:
            self._say(name, _("hat eine Lücke: Ereignis %(due)d fehlt.") % {"due": due})
        elif bytes(event.previous) != previous:
            self._say(
                name, _("ist unterbrochen: Ereignis %(seq)d schließt nicht an das davor an.") % {"seq": event.seq}
            )
        found = record.event_hash(
            case_id=event.case_id,
            seq=event.seq,
            verb=event.verb,
            actor_kind=event.actor_kind,
            actor_id=event.actor_id,
            at=event.at,
            digest=bytes(event.digest),
            previous=bytes(event.previous),
        )
        if found != bytes(event.hash):
            self._say(
                name, _("wurde verändert: Ereignis %(seq)d passt nicht zu seiner Prüfsumme.") % {"seq": event.seq}
            )
        elif not hmac.compare_digest(record.seal(found), bytes(event.seal)):
            self._say(name, _("enthält ein Ereignis, das nicht von Kiepe stammt: %(seq)d.") % {"seq": event.seq})
        self._content(name, event, erased_to)

    def _content(self, name: str, event: CaseEvent, erased_to: int) -> None:
        content = _content_of(event)
        if content is None:
            if event.seq > erased_to:
                self._say(
                    name,
                    _("hat keinen Inhalt mehr zu Ereignis %(seq)d, und keine Löschung ist dafür verzeichnet.")
                    % {"seq": event.seq},
                )
            return
        if event.seq <= erased_to:
            self._say(
                name, _("hat noch Inhalt zu Ereignis %(seq)d, dessen Löschung verzeichnet ist.") % {"seq": event.seq}
            )
        if record.content_digest(bytes(content.salt), content.json) != bytes(event.digest):
            self._say(
                name,
                _("sagt zu Ereignis %(seq)d etwas anderes als damals: der Inhalt wurde verändert.")
                % {"seq": event.seq},
            )

    def _against_checkpoints(self, name: str, case_id: int, chain: list[CaseEvent], expected: Expected) -> None:
        hashes = {event.seq: bytes(event.hash).hex() for event in chain}
        for seq, (found, number) in expected.heads.get(case_id, {}).items():
            if hashes.get(seq) != found:
                self._say(
                    name,
                    _("weicht von Prüfpunkt %(number)d ab: Ereignis %(seq)d fehlt oder ist ein anderes.")
                    % {"number": number, "seq": seq},
                )

    def _rows(self, name: str, case_id: int, chain: list[CaseEvent]) -> None:
        """Collect what the events say of other rows; look at some hundred cases at a time."""
        said = verify_rows.Said(case_id, name)
        for event in chain:
            content = _content_of(event)
            if content is not None and event.verb != Verb.ERASED:
                said.add(event.verb, content.json)
        self.waiting.append(said)
        if len(self.waiting) >= verify_rows.BATCH:
            self._look_at_rows()

    def _look_at_rows(self) -> None:
        self.findings.extend(verify_rows.findings(self.waiting))
        self.waiting.clear()


class _Head(NamedTuple):
    number: str
    seq: int
    hash: bytes


def _heads() -> dict[int, _Head]:
    rows = Case.objects.values_list("pk", "number", "head_seq", "head_hash").iterator(5000)
    return {pk: _Head(number, seq, bytes(head)) for pk, number, seq, head in rows}


def _content_of(event: CaseEvent) -> EventContent | None:
    try:
        return event.content
    except EventContent.DoesNotExist:
        return None
