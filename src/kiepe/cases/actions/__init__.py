"""Every write to a case: one verb a module, one transaction, one event."""

from kiepe.cases.actions.assess_evidence import accept_evidence, return_evidence, waive_evidence
from kiepe.cases.actions.attach import Attached, attach
from kiepe.cases.actions.claim import claim
from kiepe.cases.actions.correct import correct, drop_correction
from kiepe.cases.actions.correct_answers import Corrected, begin_correction, correct_answers, discard_correction
from kiepe.cases.actions.decide import OwnPeriod, decide, preview
from kiepe.cases.actions.erase import erase
from kiepe.cases.actions.issue import issue
from kiepe.cases.actions.leave_account import leave_account
from kiepe.cases.actions.mark_read import mark_read
from kiepe.cases.actions.report_change import Change, handle_change, report_change
from kiepe.cases.actions.request_evidence import Extra, request_evidence
from kiepe.cases.actions.send_message import send_message
from kiepe.cases.actions.set_period import set_period
from kiepe.cases.actions.submit import Submitted, submit
from kiepe.cases.actions.withdraw import withdraw

__all__ = [
    "Attached",
    "Change",
    "Corrected",
    "Extra",
    "OwnPeriod",
    "Submitted",
    "accept_evidence",
    "attach",
    "begin_correction",
    "claim",
    "correct",
    "correct_answers",
    "decide",
    "discard_correction",
    "drop_correction",
    "erase",
    "handle_change",
    "issue",
    "leave_account",
    "mark_read",
    "preview",
    "report_change",
    "request_evidence",
    "return_evidence",
    "send_message",
    "set_period",
    "submit",
    "waive_evidence",
    "withdraw",
]
