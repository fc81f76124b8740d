"""What a story is: a person, what she types, her papers, and the amount that the statute gives her."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

DAY = "2026-11-20"  # the day on which all five apply, see conftest.DAY
NO_DEDUCTIONS = {"pays_tax": False, "pays_health": False, "pays_pension": False}


@dataclass(frozen=True, slots=True)
class Paper:
    """One document that the application asks for, and what this person does about it.

    `key` is that of evidence.yaml; where it is asked several times, papers come in the order of the page.
    """

    key: str
    how: Literal["photo", "pdf", "later", "lack"]
    sheets: int = 1  # photographs, or pages of the PDF
    why: str = ""  # lack: the reason chosen from the list
    words: str = ""  # lack: what is written beside it
    waived: str = ""  # lack: why the office can do without


@dataclass(frozen=True, slots=True)
class Mistake:
    """The same household with the one fact wrong that the story is about, and what would then come out, by hand."""

    changes: Mapping[str, Any]  # laid over the household
    amount: int


@dataclass(frozen=True, slots=True)
class Story:
    """One person from her question to the notice. Amounts are euro a month, calculated by hand beside each story."""

    key: str
    question: str  # what she types into the search of the start page
    answers: dict[str, Any]  # as she types them, see tests.browser.applying
    understood: tuple[str, ...]  # how some of it must stand on the page on which she checks
    papers: tuple[Paper, ...]
    household: dict[str, Any]  # for `kiepe law wohngeld`, written by hand after household.schema.json
    income: str  # Y, § 13 Abs. 2 WoGG
    rent: str  # M, § 11 Abs. 1 WoGG
    told_income: str  # on the notice: sum of the incomes before § 16 (§ 24 Abs. 3, § 27 Abs. 3 Satz 1 Nr. 3 WoGG)
    told_rent: str  # on the notice: rent or Belastung before the cap (§ 27 Abs. 3 Satz 1 Nr. 2 WoGG)
    amount: int
    mistake: Mistake
    benefit: str = "Mietzuschuss"
    # § 25 Abs. 1 Satz 1 and Abs. 2 Satz 1 WoGG: twelve months from the first of the month of the application.
    period: str = "vom 1. November 2026 bis 31. Oktober 2027"

    @property
    def surname(self) -> str:
        """The family name of the one who applies."""
        return str(self.answers["persons"][0]["last_name"])


def in_muenster(**more: Any) -> dict[str, Any]:
    """What every household of the law's interface shares: Münster, Mietenstufe IV (Anlage zu § 1 Abs. 3 WoGV)."""
    place = {"gemeinde": "Münster, Stadt", "land": "Nordrhein-Westfalen"}
    return {"stichtag": "2026-11-01", "antrag_am": DAY, "art": "mietzuschuss", **place, **more}
