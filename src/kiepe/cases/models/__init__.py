"""Data of the cases and its constraints, one file a concern."""

from kiepe.cases.models.case import Answers, Case, Party, PartyRole
from kiepe.cases.models.decision import CorrectedValue, Decision, DecisionKind, NoticeDocument
from kiepe.cases.models.delivery import Because, Delivery, PortalConsent, Way
from kiepe.cases.models.evidence import EvidenceFile, EvidenceItem, EvidenceRequest, EvidenceState
from kiepe.cases.models.record import AccessEntry, CaseEvent, Checkpoint, CheckpointHead, DeletionEntry, EventContent

__all__ = [
    "AccessEntry",
    "Answers",
    "Because",
    "Case",
    "CaseEvent",
    "Checkpoint",
    "CheckpointHead",
    "CorrectedValue",
    "Decision",
    "DecisionKind",
    "DeletionEntry",
    "Delivery",
    "EventContent",
    "EvidenceFile",
    "EvidenceItem",
    "EvidenceRequest",
    "EvidenceState",
    "NoticeDocument",
    "Party",
    "PartyRole",
    "PortalConsent",
    "Way",
]
