"""Every write to a case: one verb a module, one transaction, one event."""

from kiepe.cases.actions.access import grant_access, link_account, revoke_access
from kiepe.cases.actions.assess_evidence import accept_evidence, return_evidence, waive_evidence
from kiepe.cases.actions.attach import Attached, attach
from kiepe.cases.actions.claim import claim
from kiepe.cases.actions.correct import correct, drop_correction
from kiepe.cases.actions.decide import OwnPeriod, decide, preview
from kiepe.cases.actions.erase import erase
from kiepe.cases.actions.issue import issue
from kiepe.cases.actions.request_evidence import Extra, request_evidence
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
    "claim",
    "correct",
    "decide",
    "drop_correction",
    "erase",
    "grant_access",
    "issue",
    "link_account",
    "preview",
    "request_evidence",
    "return_evidence",
    "revoke_access",
    "set_period",
    "submit",
    "waive_evidence",
    "withdraw",
]
