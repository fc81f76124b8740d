"""A case type small enough to see through: a tenth of the rent, nothing below 100 euro, a hint for dogs."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import pikepdf

from kiepe.base.forms.doubts import Doubt, Spot
from kiepe.cases.assessment import Correction, Facts, Hint, Outcome, Period, Problem, Proposal, Step
from kiepe.cases.case_type import CaseType
from kiepe.cases.models import PartyRole
from kiepe.cases.notice import DecisionFacts, Letter, Notice, Row, Section, Table
from kiepe.cases.parties import PartyData
from kiepe.cases.wish import Wish


class TenthOfRent:
    """The assessment."""

    def propose(self, facts: Facts) -> Proposal:
        answers = self.corrected(facts.answers, facts.corrections)
        if not answers.get("rent"):
            return Proposal(Outcome.UNCLEAR, problems=(Problem("rent", "Die Miete fehlt."),))
        rent = Decimal(str(answers["rent"]))
        start = facts.start or facts.received.replace(day=1)
        end = facts.end or date(start.year + 1, start.month, 1).replace(day=28)
        amount = int(rent / 10) if rent >= 100 else 0
        period = Period(
            start, end, amount, "" if amount else "Miete unter 100 Euro", (Step("§ 1", "Miete", str(rent)),)
        )
        hints = (Hint("§ 2", "Es gibt einen Hund."),) if answers.get("dog") else ()
        return Proposal(Outcome.GRANT if amount else Outcome.REJECT, (period,), hints, title="Beispielgeld")

    def corrected(self, answers: Mapping[str, object], corrections: Sequence[Correction]) -> Mapping[str, object]:
        return {**answers, **{one.answer: one.value for one in corrections if one.valid_from is None}}


class ShortWriter:
    """The notice: a sentence and a table."""

    def write(self, decision: DecisionFacts) -> Notice:
        amounts = Table(
            "Beträge", tuple(Row("§ 1", f"{one.start:%d.%m.%Y}", str(one.amount)) for one in decision.periods)
        )
        return Notice(
            title=f"Bescheid {decision.number}",
            subject="Beispielgeld",
            language="de",
            letter=Letter(
                "Absender", (decision.office["name"],), decision.recipient, decision.number, "Ort", decision.decided_on
            ),
            salutation=decision.salutation,
            summary=("Bewilligt." if decision.kind == "grant" else "Abgelehnt.",),
            sections=(Section("tenor", "Entscheidung", (decision.reasons,), tables=(amounts,)),),
            closing=(decision.decided_by,),
            annex=(),
        )

    def pdf(self, notice: Notice) -> bytes:
        with pikepdf.new() as document:
            document.add_blank_page(page_size=(595, 842))
            document.docinfo.Title = f"{notice.title} {' '.join(notice.closing)}"
            out = io.BytesIO()
            document.save(out, deterministic_id=True)
        return out.getvalue()

    def html(self, notice: Notice) -> str:
        return f"<h1>{notice.title}</h1>"


def parties(answers: Mapping[str, object]) -> list[PartyData]:
    """One applicant, and the members."""
    members = answers.get("members")
    return [
        PartyData(
            PartyRole.APPLICANT,
            first_name=str(answers.get("first_name", "")),
            last_name=str(answers.get("last_name", "")),
            address=(str(answers.get("street", "")), str(answers.get("place", ""))),
            email=str(answers.get("email", "")),
        ),
        *(
            PartyData(PartyRole.MEMBER, last_name=str(one["name"]), item_id=str(one["id"]))
            for one in (members if isinstance(members, list) else [])
        ),
    ]


def doubts(answers: Mapping[str, object]) -> Sequence[Doubt]:
    """One kind question."""
    if Decimal(str(answers.get("rent") or 0)) > 5000:
        return [Doubt("high_rent", "Ist das die Miete für ein Jahr?", (Spot("rent"),))]
    return []


def at_stake(answers: Mapping[str, object], today: date) -> str:
    """What depends on the day."""
    return f"Es zählt der {today:%d.%m.%Y}."


def first_answers(wish: Wish) -> Mapping[str, object]:
    """A recorded wish in this form's answers."""
    return {
        "first_name": wish.name.first,
        "last_name": wish.name.last,
        "street": wish.address.street,
        "place": f"{wish.address.postcode} {wish.address.town}".strip(),
        "email": wish.email,
    }


EXAMPLE = CaseType(
    key="wohngeld",  # so that the city pack's procedure applies
    prefix="WG",
    title="Beispielantrag",
    folder=Path(__file__).parent,
    assessment=TenthOfRent(),
    notice=ShortWriter(),
    retention_years=10,
    retention_norm="§ 84 Abs. 2 SGB X",
    parties=parties,
    doubts=doubts,
    at_stake=at_stake,
    first_answers=first_answers,
)
