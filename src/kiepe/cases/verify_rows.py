"""Verifying rows outside the record of which the record says something: the case, its answers, parties, corrections,
decision, notice, files. Many cases at a time: a handful of queries for some hundred of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from kiepe.base.documents.models import StoredFile
from kiepe.cases import canonical, delivery, parties
from kiepe.cases.decided import decision_digest
from kiepe.cases.models import Answers, Case, CorrectedValue, Decision, EvidenceFile, EvidenceItem, Party
from kiepe.cases.transitions import Verb

BATCH = 500


@dataclass
class Said:
    """What the events of one case say of its rows. `facts` are fields of the case itself."""

    case_id: int
    name: str
    digests: dict[str, str] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    laid: dict[str, list[int]] = field(default_factory=dict)
    lacks: dict[str, list[str]] = field(default_factory=dict)
    facts: dict[str, object] = field(default_factory=dict)
    corrections: dict[int, object] = field(default_factory=dict)
    deliveries: dict[int, object] = field(default_factory=dict)
    consents: dict[int, object] = field(default_factory=dict)

    def add(self, verb: str, content: Mapping[str, Any]) -> None:
        """Take in the content of one event; a later one goes before an earlier."""
        self.digests.update({key: value for key, value in content.items() if key.endswith("_digest")})
        self.files.update(content.get("files", {}))
        self.laid.update(content.get("laid", {}))
        self.lacks.update(content.get("lacks", {}))
        self.facts.update({key: content[key] for key in ("number", "received_on", "state") if key in content})
        if "delivery" in content:
            self.deliveries[content["delivery"]["id"]] = content["delivery"]
        if "consent" in content:
            self.consents[content["consent"]["id"]] = content["consent"]
        if verb == Verb.PERIOD_SET:
            self.facts.update(period_start=content["start"], period_end=content["end"])
        elif verb == Verb.CORRECTED:
            self.corrections[content["correction"]] = [content["answer"], content["value"], content["valid_from"]]
        elif verb == Verb.CORRECTION_DROPPED:
            self.corrections.pop(content["correction"], None)


def findings(batch: Sequence[Said]) -> list[str]:
    """One sentence for each row that is gone or says something else."""
    ids = [said.case_id for said in batch]
    digests, cases, corrections = _digests(ids), _cases(ids), _corrections(ids)
    laid, lacks = _laid(ids), _lacks(ids)
    sent, consents = delivery.said_of(ids), delivery.consents_of(ids)
    wanted = [file for said in batch for file in said.files]
    kept = {str(pk): sha256 for pk, sha256 in StoredFile.objects.filter(pk__in=wanted).values_list("pk", "sha256")}
    sentences: list[str] = []
    for said in batch:
        case = cases.get(said.case_id, {})
        wrong = [_words()[key] for key, digest in said.digests.items() if digests.get((said.case_id, key)) != digest]
        wrong += [_words()[key] for key, value in said.facts.items() if case and case[key] != value]
        if said.facts and corrections.get(said.case_id, {}) != said.corrections:
            wrong.append(_("die Berichtigungen"))
        places = laid.get(said.case_id, {})
        wrong += [
            _("Ort oder Lage der Datei %(id)s") % {"id": key}
            for key, place in said.laid.items()
            if key in kept and places.get(key) != place
        ]
        wrong += [
            _("der Grund, warum eine Unterlage nicht vorliegt")
            for key, reason in lacks.get(said.case_id, {}).items()
            if said.lacks.get(key) != reason
        ]
        if said.facts and sent.get(said.case_id, {}) != said.deliveries:
            wrong.append(_("die Bekanntgabe"))
        if said.facts and consents.get(said.case_id, {}) != said.consents:
            wrong.append(_("die Einwilligung"))
        wrong += [_("die Datei %(id)s") % {"id": key} for key, sha256 in said.files.items() if kept.get(key) != sha256]
        sentences.extend(
            _("Vorgang %(number)s passt nicht mehr zu seinem Verlauf: %(what)s fehlt oder wurde verändert.")
            % {"number": said.name, "what": what}
            for what in wrong
        )
    return sentences


def _cases(case_ids: Sequence[int]) -> dict[int, dict[str, object]]:
    names = ("number", "received_on", "state", "period_start", "period_end")
    rows = Case.objects.filter(pk__in=case_ids).values("pk", *names)
    return {row["pk"]: {name: canonical.plain(row[name]) for name in names} for row in rows}


def _corrections(case_ids: Sequence[int]) -> dict[int, dict[int, object]]:
    found: dict[int, dict[int, object]] = {}
    for row in CorrectedValue.objects.filter(case__in=case_ids, dropped_at__isnull=True):
        found.setdefault(row.case_id, {})[row.pk] = [row.answer, row.value, canonical.plain(row.valid_from)]
    return found


def _laid(case_ids: Sequence[int]) -> dict[int, dict[str, list[int]]]:
    """By case and file: item, place among the item's files, degrees by which it is turned."""
    found: dict[int, dict[str, list[int]]] = {}
    names = ("item__case_id", "stored_file_id", "item_id", "position", "stored_file__turn")
    for case_id, file_id, *place in EvidenceFile.objects.filter(item__case__in=case_ids).values_list(*names):
        found.setdefault(case_id, {})[str(file_id)] = place
    return found


def _lacks(case_ids: Sequence[int]) -> dict[int, dict[str, list[str]]]:
    """By case and item: why it is not there, where the row says so."""
    found: dict[int, dict[str, list[str]]] = {}
    for item in EvidenceItem.objects.filter(case__in=case_ids).exclude(lack=""):
        found.setdefault(item.case_id, {})[str(item.pk)] = [item.lack, item.lack_words]
    return found


def _words() -> Mapping[str, str]:
    return {
        "answers_digest": _("der Antrag"),
        "decision_digest": _("die Entscheidung"),
        "notice_digest": _("der Bescheid"),
        "parties_digest": _("ein Beteiligter"),
        "number": _("die Nummer"),
        "received_on": _("der Tag des Eingangs"),
        "state": _("der Stand"),
        "period_start": _("der Zeitraum"),
        "period_end": _("der Zeitraum"),
    }


def _digests(case_ids: Sequence[int]) -> dict[tuple[int, str], str]:
    """What the rows say now, by case and kind."""
    found: dict[tuple[int, str], str] = {}
    for answers in Answers.objects.filter(case__in=case_ids).order_by("-version"):
        found[(answers.case_id, "answers_digest")] = canonical.fingerprint(answers.json)
    by_case: dict[int, list[Party]] = {}
    for party in Party.objects.filter(case__in=case_ids).order_by("position"):
        by_case.setdefault(party.case_id, []).append(party)
    found.update({(case_id, "parties_digest"): parties.fingerprint(kept) for case_id, kept in by_case.items()})
    for decision in Decision.objects.select_related("notice").filter(case__in=case_ids):
        found[(decision.case_id, "decision_digest")] = decision_digest(decision)
        notice = getattr(decision, "notice", None)
        if notice is not None:
            found[(decision.case_id, "notice_digest")] = canonical.fingerprint(notice.notice)
    return found
