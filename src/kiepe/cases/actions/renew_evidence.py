"""After the answers changed: which documents are needed now. What is settled stays settled."""

from __future__ import annotations

from dataclasses import dataclass, field

from kiepe.base.forms.models import Draft
from kiepe.base.kernel import clock
from kiepe.cases import completeness, evidence
from kiepe.cases.actions.submit import lay_files
from kiepe.cases.case_type import CaseType
from kiepe.cases.evidence import Need
from kiepe.cases.models import Case, EvidenceItem, EvidenceState

OWN = frozenset({"extra", "other"})  # asked for by a caseworker, or sent without being asked: no rule takes it away


@dataclass(slots=True)
class Renewed:
    """Titles of documents that are needed on top; files that came with the correction, with their hashes."""

    added: list[str] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)


def renew_evidence(case: Case, case_type: CaseType, answers: dict[str, object], draft: Draft) -> Renewed:
    """Add what is needed now; let go of what nobody handed in and nothing calls for any more.

    An item that is let go is waived without a reason, which only this does: if a later version calls for it again, it
    is missing again.
    """
    there = {(item.key, item.item_id): item for item in EvidenceItem.objects.filter(case=case)}
    needed = evidence.needs(case_type, answers)
    renewed = Renewed()
    for position, need in enumerate(needed):
        item = there.get((need.key, need.item_id))
        if item is None:
            renewed.added.append(_add(case, need, position).title)
        else:
            _keep(item, need, position)
    wanted = {(need.key, need.item_id) for need in needed}
    for key, item in there.items():
        if key not in wanted and item.key not in OWN and not item.settled and not item.files.exists():
            completeness.move(item, EvidenceState.WAIVED)
    renewed.files = lay_files(case, draft)
    return renewed


def _add(case: Case, need: Need, position: int) -> EvidenceItem:
    return EvidenceItem.objects.create(
        case=case,
        key=need.key,
        item_id=need.item_id,
        position=position,
        title=need.title[:300],
        hint=need.explained,
        norm=need.norm,
        changed_at=clock.now(),
    )


def _keep(item: EvidenceItem, need: Need, position: int) -> None:
    item.title, item.hint, item.norm, item.position = need.title[:300], need.explained, need.norm, position
    if item.state == EvidenceState.WAIVED and not item.reason:
        completeness.move(item, EvidenceState.MISSING)
    else:
        item.save(update_fields=["title", "hint", "norm", "position"])
