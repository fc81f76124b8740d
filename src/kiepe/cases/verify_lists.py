"""Verifying the two signed lists: lawful deletions, and checkpoints with their copies outside the database."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from cryptography.exceptions import InvalidSignature
from django.conf import settings
from django.utils.translation import gettext as _

from kiepe.base.kernel import keys
from kiepe.cases import checkpoints as points
from kiepe.cases import deletions as listed
from kiepe.cases.checkpoints import Kept
from kiepe.cases.models import Checkpoint, DeletionEntry


@dataclass
class Erased:
    """Up to which event the contents of a case were lawfully deleted."""

    up_to: dict[int, int] = field(default_factory=dict)
    count: int = 0


@dataclass
class Expected:
    """What the checkpoints say: case -> event -> (hash, number of the checkpoint)."""

    heads: dict[int, dict[int, tuple[str, int]]] = field(default_factory=dict)
    first_seen: dict[int, int] = field(default_factory=dict)
    count: int = 0


def _signed(signature: bytes, data: bytes) -> bool:
    try:
        keys.signing_key(settings.KEYS).public_key().verify(signature, data)
    except InvalidSignature:
        return False
    return True


def deletions(findings: list[str]) -> Erased:
    """Read the list of deletions; an entry that does not verify covers nothing."""
    erased, previous, due = Erased(), listed.START, 1
    for entry in DeletionEntry.objects.order_by("number"):
        said = {"number": entry.number}
        if entry.number != due:
            findings.append(_("In der Liste der Löschungen fehlt Eintrag %(number)d.") % {"number": due})
        elif bytes(entry.previous) != previous:
            findings.append(_("Eintrag %(number)d der Löschungen schließt nicht an den davor an.") % said)
        found = listed.entry_hash(
            number=entry.number,
            case_id=entry.case_id,
            up_to_seq=entry.up_to_seq,
            norm=entry.norm,
            actor_kind=entry.actor_kind,
            actor_id=entry.actor_id,
            at=entry.at,
            previous=bytes(entry.previous),
        )
        if found != bytes(entry.hash) or not _signed(bytes(entry.signature), b"kiepe deletion" + found):
            findings.append(_("Eintrag %(number)d der Löschungen ist gefälscht: die Unterschrift passt nicht.") % said)
        else:
            erased.up_to[entry.case_id] = max(entry.up_to_seq, erased.up_to.get(entry.case_id, 0))
        previous, due = bytes(entry.hash), entry.number + 1
        erased.count += 1
    return erased


def checkpoints(findings: list[str]) -> Expected:
    """Check the checkpoints of the database and of the files; what a signed one says is expected of the record."""
    stored = [points.kept(checkpoint) for checkpoint in Checkpoint.objects.order_by("number")]
    copied = list(points.copies())
    _chain(stored, findings)
    bodies = {kept.body for kept in stored}
    for copy in copied:
        if not copy.body or not _signed(copy.signature, copy.body.encode()) or not _lists_its_heads(copy):
            findings.append(
                _("In der Datei der Prüfpunkte ist eine Zeile verändert (Prüfpunkt %(number)d).")
                % {"number": points.number(copy)}
            )
        elif copy.body not in bodies:
            findings.append(
                _("Prüfpunkt %(number)d steht in der Datei, aber nicht in der Datenbank.")
                % {"number": points.number(copy)}
            )
    last_copied = max((points.number(copy) for copy in copied), default=0)
    in_file = {copy.body for copy in copied}
    findings.extend(
        _("Prüfpunkt %(number)d steht in der Datenbank, aber nicht in der Datei.") % {"number": points.number(kept)}
        for kept in stored
        if points.number(kept) <= last_copied and kept.body not in in_file
    )
    return _fold([*stored, *copied], len(stored), findings)


def _chain(stored: Sequence[Kept], findings: list[str]) -> None:
    previous, due = points.START, 1
    for kept in stored:
        said = _said(kept)
        number = points.number(kept)
        if not _signed(kept.signature, kept.body.encode()):
            findings.append(_("Prüfpunkt %(number)d ist gefälscht: die Unterschrift passt nicht.") % {"number": number})
        elif not _lists_its_heads(kept):
            findings.append(
                _("Prüfpunkt %(number)d nennt andere Vorgänge, als unterschrieben wurden.") % {"number": number}
            )
        if number != due or said.get("previous") != previous:
            findings.append(_("Vor Prüfpunkt %(number)d fehlt einer.") % {"number": number})
        previous, due = points.body_hash(kept.body), number + 1


def _said(kept: Kept) -> dict[str, Any]:
    try:
        return dict(json.loads(kept.body))
    except ValueError:
        return {}


def _lists_its_heads(kept: Kept) -> bool:
    return _said(kept).get("heads") == points.heads_hash(kept.heads)


def _fold(found: Sequence[Kept], count: int, findings: list[str]) -> Expected:
    """All heads that a valid checkpoint names. The number of cases it swears to must be theirs."""
    expected = Expected(count=count)
    valid = [kept for kept in found if _signed(kept.signature, kept.body.encode()) and _lists_its_heads(kept)]
    for kept in sorted(valid, key=points.number):
        number = points.number(kept)
        for case_id, seq, head in kept.heads:
            expected.heads.setdefault(case_id, {}).setdefault(seq, (head, number))
            expected.first_seen.setdefault(case_id, number)
        sworn = _said(kept).get("cases")
        if sworn != len(expected.heads):
            findings.append(
                _("Prüfpunkt %(number)d zählt %(sworn)s Vorgänge; bis dahin sind %(known)d verzeichnet.")
                % {"number": number, "sworn": sworn, "known": len(expected.heads)}
            )
    return expected
