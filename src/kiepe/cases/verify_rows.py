"""Verifying rows outside the record whose fingerprints the record keeps: answers, decisions, notices, files.

Many cases at a time: three queries for some hundred of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from kiepe.base.documents.models import StoredFile
from kiepe.cases import canonical
from kiepe.cases.decided import decision_digest
from kiepe.cases.models import Answers, Decision

BATCH = 500


@dataclass
class Said:
    """What the events of one case say of its rows."""

    case_id: int
    name: str
    digests: dict[str, str] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)

    def add(self, content: Mapping[str, Any]) -> None:
        """Take in the content of one event; a later one goes before an earlier."""
        self.digests.update({key: value for key, value in content.items() if key.endswith("_digest")})
        self.files.update(content.get("files", {}))


def findings(batch: Sequence[Said]) -> list[str]:
    """One sentence for each row that is gone or says something else."""
    found = _digests([said.case_id for said in batch])
    wanted = [file for said in batch for file in said.files]
    kept = {str(pk): sha256 for pk, sha256 in StoredFile.objects.filter(pk__in=wanted).values_list("pk", "sha256")}
    sentences = []
    for said in batch:
        for key, digest in said.digests.items():
            if found.get((said.case_id, key)) != digest:
                sentences.append(
                    _("Vorgang %(number)s passt nicht mehr zu seinem Verlauf: %(what)s fehlt oder wurde verändert.")
                    % {"number": said.name, "what": _words()[key]}
                )
        sentences.extend(
            _("Vorgang %(number)s passt nicht mehr zu seinem Verlauf: die Datei %(id)s fehlt oder ist eine andere.")
            % {"number": said.name, "id": file_id}
            for file_id, sha256 in said.files.items()
            if kept.get(file_id) != sha256
        )
    return sentences


def _words() -> Mapping[str, str]:
    return {
        "answers_digest": _("der Antrag"),
        "decision_digest": _("die Entscheidung"),
        "notice_digest": _("der Bescheid"),
    }


def _digests(case_ids: Sequence[int]) -> dict[tuple[int, str], str]:
    """What the rows say now, by case and kind."""
    found: dict[tuple[int, str], str] = {}
    for answers in Answers.objects.filter(case__in=case_ids).order_by("-version"):
        found[(answers.case_id, "answers_digest")] = canonical.fingerprint(answers.json)
    for decision in Decision.objects.select_related("notice").filter(case__in=case_ids):
        found[(decision.case_id, "decision_digest")] = decision_digest(decision)
        notice = getattr(decision, "notice", None)
        if notice is not None:
            found[(decision.case_id, "notice_digest")] = canonical.fingerprint(notice.notice)
    return found
