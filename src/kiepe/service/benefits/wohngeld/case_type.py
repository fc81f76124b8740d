"""Wohngeld as a procedure: form, evidence, assessment, notice in this folder."""

from __future__ import annotations

from pathlib import Path

from kiepe.cases.case_type import CaseType
from kiepe.service.benefits.wohngeld.assess import WohngeldAssessment
from kiepe.service.benefits.wohngeld.doubts import doubts
from kiepe.service.benefits.wohngeld.explain import EXPLAIN
from kiepe.service.benefits.wohngeld.first import at_stake, first_answers
from kiepe.service.benefits.wohngeld.notice import WRITER
from kiepe.service.benefits.wohngeld.parties import parties
from kiepe.service.benefits.wohngeld.what_if import WhatIfWohngeld

ASSESSMENT = WohngeldAssessment()
WOHNGELD = CaseType(
    key="wohngeld",
    prefix="WG",
    title="Wohngeld",
    folder=Path(__file__).parent,
    assessment=ASSESSMENT,
    notice=WRITER,
    # An unlawful grant can be taken back, and a change found, for ten years after the notice.
    retention_years=10,
    retention_norm="§ 84 Abs. 2 SGB X in Verbindung mit § 27 Abs. 4 und § 28 Abs. 2 WoGG",
    parties=parties,
    at_stake=at_stake,
    first_answers=first_answers,
    explain=EXPLAIN,
    doubts=doubts,
    what_if=WhatIfWohngeld(ASSESSMENT),
)
