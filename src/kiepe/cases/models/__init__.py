"""Data of the cases and its constraints, one file a concern."""

from kiepe.cases.models.case import ACTING, REPRESENTING, Answers, Case, Party, PartyAccess, PartyRole, Scope
from kiepe.cases.models.contact import (
    ChangeFile,
    ChangeKind,
    ChangeReport,
    CorrectionDraft,
    Direction,
    Message,
    MessageFile,
)
from kiepe.cases.models.decision import CorrectedValue, Decision, DecisionKind, NoticeDocument
from kiepe.cases.models.delivery import Because, Delivery, PortalConsent, Way
from kiepe.cases.models.evidence import EvidenceFile, EvidenceItem, EvidenceRequest, EvidenceState
from kiepe.cases.models.record import AccessEntry, CaseEvent, Checkpoint, CheckpointHead, DeletionEntry, EventContent
from kiepe.cases.models.resume import ResumeLink

__all__ = [
    "ACTING",
    "REPRESENTING",
    "AccessEntry",
    "Answers",
    "Because",
    "Case",
    "CaseEvent",
    "ChangeFile",
    "ChangeKind",
    "ChangeReport",
    "Checkpoint",
    "CheckpointHead",
    "CorrectedValue",
    "CorrectionDraft",
    "Decision",
    "DecisionKind",
    "DeletionEntry",
    "Delivery",
    "Direction",
    "EventContent",
    "EvidenceFile",
    "EvidenceItem",
    "EvidenceRequest",
    "EvidenceState",
    "Message",
    "MessageFile",
    "NoticeDocument",
    "Party",
    "PartyAccess",
    "PartyRole",
    "PortalConsent",
    "ResumeLink",
    "Scope",
    "Way",
]
