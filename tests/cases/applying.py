"""A small case type for the tests of applying: real form, real evidence, the law left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from kiepe.cases.assessment import Correction, Facts, Outcome, Proposal
from kiepe.cases.case_type import CaseType
from kiepe.cases.models import PartyRole
from kiepe.cases.notice import DecisionFacts, Letter, Notice
from kiepe.cases.parties import PartyData

FOLDER = Path(__file__).resolve().parents[1] / "forms" / "antrag"


class NoLaw:
    """An assessment that leaves everything to a person."""

    def propose(self, facts: Facts) -> Proposal:  # noqa: ARG002 - the protocol's signature
        return Proposal(outcome=Outcome.UNCLEAR)

    def corrected(self, answers: Mapping[str, object], corrections: Sequence[Correction]) -> Mapping[str, object]:
        return dict(answers) | {one.answer: one.value for one in corrections}


class NoNotice:
    """A writer that is never asked here."""

    def write(self, decision: DecisionFacts) -> Notice:
        letter = Letter("", (), decision.recipient, decision.number, "", decision.decided_on)
        return Notice("", "", "de", letter, "", (), (), (), ())

    def pdf(self, notice: Notice) -> bytes:  # noqa: ARG002 - the protocol's signature
        return b""

    def html(self, notice: Notice) -> str:  # noqa: ARG002 - the protocol's signature
        return ""


def parties(answers: Mapping[str, object]) -> Sequence[PartyData]:
    """The applicant alone."""
    persons = answers.get("persons")
    first = persons[0] if isinstance(persons, list) and persons else {}
    names = {key: str(first.get(key, "")) for key in ("first_name", "last_name")}
    return [
        PartyData(PartyRole.APPLICANT, names["first_name"], names["last_name"], email=str(answers.get("email", "")))
    ]


PROBE = CaseType(
    key="wohngeld",
    prefix="WG",
    title="Probe",
    folder=FOLDER,
    assessment=NoLaw(),
    notice=NoNotice(),
    retention_years=1,
    retention_norm="Probe",
    parties=parties,
    at_stake=lambda _answers, today: f"Heute zählt: {today:%d.%m.%Y}.",
)
