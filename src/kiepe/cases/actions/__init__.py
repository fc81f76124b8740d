"""Every write to a case: one verb a module, one transaction, one event."""

from kiepe.cases.actions.ask_answers import ask_answers
from kiepe.cases.actions.assess_evidence import accept_evidence, return_evidence, waive_evidence
from kiepe.cases.actions.attach import Attached, attach
from kiepe.cases.actions.claim import claim
from kiepe.cases.actions.correct import correct, drop_correction
from kiepe.cases.actions.decide import OwnPeriod, decide, preview
from kiepe.cases.actions.erase import erase
from kiepe.cases.actions.issue import issue
from kiepe.cases.actions.keep_date import keep_date
from kiepe.cases.actions.record_wish import record_wish
from kiepe.cases.actions.request_evidence import Extra, request_evidence
from kiepe.cases.actions.resume import Way, go_on, mail_link, renew_way, resume, way_back
from kiepe.cases.actions.set_period import set_period
from kiepe.cases.actions.submit import Submitted, submit
from kiepe.cases.actions.withdraw import withdraw

__all__ = [
    "Attached",
    "Extra",
    "OwnPeriod",
    "Submitted",
    "Way",
    "accept_evidence",
    "ask_answers",
    "attach",
    "claim",
    "correct",
    "decide",
    "drop_correction",
    "erase",
    "go_on",
    "issue",
    "keep_date",
    "mail_link",
    "preview",
    "record_wish",
    "renew_way",
    "request_evidence",
    "resume",
    "return_evidence",
    "set_period",
    "submit",
    "waive_evidence",
    "way_back",
    "withdraw",
]
