"""Every write to a case: one verb a module, one transaction, one event."""

from kiepe.cases.actions.assess_evidence import accept_evidence, return_evidence, waive_evidence
from kiepe.cases.actions.attach import Attached, attach
from kiepe.cases.actions.block_file import block_file
from kiepe.cases.actions.claim import claim
from kiepe.cases.actions.consent import consent_to_portal, revoke_consent
from kiepe.cases.actions.correct import correct, drop_correction
from kiepe.cases.actions.decide import OwnPeriod, decide, preview
from kiepe.cases.actions.erase import erase
from kiepe.cases.actions.explain_lack import explain_lack
from kiepe.cases.actions.follow_portal import note_notified, remind
from kiepe.cases.actions.issue import issue
from kiepe.cases.actions.mark_posted import mark_posted
from kiepe.cases.actions.note_arrival import note_arrival
from kiepe.cases.actions.queue_letter import queue_letter
from kiepe.cases.actions.request_evidence import Extra, request_evidence
from kiepe.cases.actions.retrieve import retrieve
from kiepe.cases.actions.set_period import set_period
from kiepe.cases.actions.submit import Submitted, submit
from kiepe.cases.actions.withdraw import withdraw

__all__ = [
    "Attached",
    "Extra",
    "OwnPeriod",
    "Submitted",
    "accept_evidence",
    "attach",
    "block_file",
    "claim",
    "consent_to_portal",
    "correct",
    "decide",
    "drop_correction",
    "erase",
    "explain_lack",
    "issue",
    "mark_posted",
    "note_arrival",
    "note_notified",
    "preview",
    "queue_letter",
    "remind",
    "request_evidence",
    "retrieve",
    "return_evidence",
    "revoke_consent",
    "set_period",
    "submit",
    "waive_evidence",
    "withdraw",
]
