"""Every write to a case: one verb a module, one transaction, one event."""

from kiepe.cases.actions.access import grant_access, link_account, revoke_access
from kiepe.cases.actions.ask_answers import ask_answers
from kiepe.cases.actions.assess_evidence import accept_evidence, return_evidence, waive_evidence
from kiepe.cases.actions.attach import Attached, attach
from kiepe.cases.actions.block_file import block_file
from kiepe.cases.actions.claim import claim
from kiepe.cases.actions.consent import consent_to_portal, revoke_consent
from kiepe.cases.actions.correct import correct, drop_correction
from kiepe.cases.actions.correct_answers import Corrected, begin_correction, correct_answers, discard_correction
from kiepe.cases.actions.decide import OwnPeriod, decide, preview
from kiepe.cases.actions.erase import erase
from kiepe.cases.actions.explain_lack import explain_lack
from kiepe.cases.actions.follow_portal import note_notified, remind
from kiepe.cases.actions.issue import issue
from kiepe.cases.actions.keep_date import keep_date
from kiepe.cases.actions.leave_account import leave_account
from kiepe.cases.actions.mark_posted import mark_posted
from kiepe.cases.actions.mark_read import mark_read
from kiepe.cases.actions.news_address import set_news_address
from kiepe.cases.actions.note_arrival import note_arrival
from kiepe.cases.actions.queue_letter import queue_letter
from kiepe.cases.actions.record_wish import record_wish
from kiepe.cases.actions.report_change import Change, handle_change, report_change
from kiepe.cases.actions.request_evidence import Extra, request_evidence
from kiepe.cases.actions.resume import Way, go_on, mail_link, renew_way, resume, way_back
from kiepe.cases.actions.retrieve import retrieve
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
    "Way",
    "accept_evidence",
    "ask_answers",
    "attach",
    "begin_correction",
    "block_file",
    "claim",
    "consent_to_portal",
    "correct",
    "correct_answers",
    "decide",
    "discard_correction",
    "drop_correction",
    "erase",
    "explain_lack",
    "go_on",
    "grant_access",
    "handle_change",
    "issue",
    "keep_date",
    "leave_account",
    "link_account",
    "mail_link",
    "mark_posted",
    "mark_read",
    "note_arrival",
    "note_notified",
    "preview",
    "queue_letter",
    "record_wish",
    "remind",
    "renew_way",
    "report_change",
    "request_evidence",
    "resume",
    "retrieve",
    "return_evidence",
    "revoke_access",
    "revoke_consent",
    "send_message",
    "set_news_address",
    "set_period",
    "submit",
    "waive_evidence",
    "way_back",
    "withdraw",
]
