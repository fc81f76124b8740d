"""What the record keeps of a decision, so that a later change of its row shows."""

from __future__ import annotations

from kiepe.cases import canonical
from kiepe.cases.models import Decision


def decision_digest(decision: Decision) -> str:
    """SHA-256 over everything that was decided, as hexadecimal text."""
    return canonical.fingerprint(
        [
            decision.kind,
            decision.periods,
            decision.proposal,
            decision.proposal_digest,
            decision.confirmed,
            decision.reasons,
            decision.decided_by_name,
            decision.decided_on,
        ]
    )
