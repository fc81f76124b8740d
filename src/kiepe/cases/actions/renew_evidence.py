"""After the answers changed: which documents are needed now. What is settled stays settled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kiepe.base.forms.models import Draft, OwnPart
from kiepe.cases import completeness, evidence, own_parts
from kiepe.cases.actions.attach import laid
from kiepe.cases.actions.explain_lack import lack_said
from kiepe.cases.actions.filing import ask_for, lay_files
from kiepe.cases.case_type import CaseType
from kiepe.cases.evidence import Need
from kiepe.cases.models import Case, EvidenceItem, EvidenceState

# asked for by a caseworker, sent without being asked, or a part that was not finished: no rule takes it away
OWN = frozenset({"extra", "other", own_parts.KEY})


@dataclass(slots=True)
class Renewed:
    """Titles of documents that are needed on top; files that came with the correction, with their hashes.

    `laid`: where they lie; `lacks`: of which documents the applicant says now why they are not there.
    """

    added: list[str] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)
    laid: dict[str, list[int]] = field(default_factory=dict)
    lacks: dict[str, list[str]] = field(default_factory=dict)


def renew_evidence(
    case: Case, case_type: CaseType, answers: dict[str, object], draft: Draft, apart: Mapping[str, OwnPart]
) -> Renewed:
    """Add what is needed now; let go of what nobody handed in and nothing calls for any more.

    `apart` are the own parts of members, whose papers stay theirs.

    An item that is let go is waived without a reason, which only this does: if a later version calls for it again, it
    is missing again.
    """
    there = {(item.key, item.item_id): item for item in EvidenceItem.objects.filter(case=case)}
    needed = evidence.needs(case_type, answers)
    renewed = Renewed()
    for position, need in enumerate(needed):
        item = there.get((need.key, need.item_id))
        if item is None:
            renewed.added.append(ask_for(case, need, position).title)
        else:
            _keep(item, need, position)
    wanted = {(need.key, need.item_id) for need in needed}
    for key, item in there.items():
        if key not in wanted and item.key not in OWN and not item.settled and not item.files.exists():
            completeness.move(item, EvidenceState.WAIVED)
    files, lacking = lay_files(case, draft, apart)
    renewed.files = {str(one.stored_file_id): one.stored_file.sha256 for one in files}
    renewed.laid = {key: place for item in case.evidence.all() for key, place in laid(item).items()}
    renewed.lacks = {key: said for item in lacking for key, said in lack_said(item).items()}
    return renewed


def _keep(item: EvidenceItem, need: Need, position: int) -> None:
    item.title, item.hint, item.norm, item.position = need.title[:300], need.whole, need.norm, position
    if item.state == EvidenceState.WAIVED and not item.reason:
        completeness.move(item, EvidenceState.LACKING if item.lack else EvidenceState.MISSING)
    else:
        item.save(update_fields=["title", "hint", "norm", "position"])
