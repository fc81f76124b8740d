"""Reading stored answers: each value with its path, and what is missing or unreadable as a sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from kiepe.cases.assessment import Hint, Problem


class Notes:
    """What was noticed while reading: problems that stop a proposal, and hints for the person who decides."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.hints: list[Hint] = []

    def problem(self, answer: str, text: str) -> None:
        """Remember once why no proposal can be made."""
        entry = Problem(answer, text)
        if entry not in self.problems:
            self.problems.append(entry)

    def hint(self, norm: str, text: str) -> None:
        """Remember once what a person must look at."""
        entry = Hint(norm, text)
        if entry not in self.hints:
            self.hints.append(entry)


class Answers:
    """One level of the answers: the form itself, a person, one income. An absent answer is None."""

    def __init__(self, data: Mapping[str, object], notes: Notes, path: str = "") -> None:
        self.data = data
        self.notes = notes
        self.path = path

    def at(self, key: str) -> str:
        """The path of an answer of this level, e.g. `persons.0.birth_date`."""
        return f"{self.path}.{key}" if self.path else key

    def missing(self, key: str, sentence: str) -> None:
        """A value that the law needs is not there."""
        self.notes.problem(self.at(key), sentence)

    def text(self, key: str) -> str:
        """A text or the value of a choice; empty where absent."""
        value = self.data.get(key)
        return value.strip() if isinstance(value, str) else ""

    def yes(self, key: str) -> bool | None:
        """True, False, or None where nobody answered."""
        value = self.data.get(key)
        return value if isinstance(value, bool) else None

    def unknown(self, key: str) -> bool:
        """Whether 'Weiß ich nicht' was chosen."""
        return self.data.get(f"{key}_unknown") is True

    def chosen(self, key: str) -> frozenset[str]:
        """The boxes that were ticked."""
        value = self.data.get(key)
        return frozenset(str(one) for one in value) if isinstance(value, list) else frozenset()

    def number(self, key: str) -> Decimal | None:
        """Money or a decimal number; a problem where it cannot be read."""
        value = self.data.get(key)
        if value is None or value == "":
            return None
        if isinstance(value, str | int) and not isinstance(value, bool):
            try:
                number = Decimal(value)
            except InvalidOperation:
                number = Decimal("NaN")
            if number.is_finite():
                return number
        self.missing(key, _("Dieser Wert ist keine Zahl. Geben Sie zum Beispiel 690,00 ein."))
        return None

    def money(self, key: str, sentence: str = "", *, negative: bool = False) -> Decimal | None:
        """Euro. With `sentence` an absent amount is a problem; a negative one is where it makes no sense."""
        amount = self.number(key)
        if amount is None:
            if sentence and self.data.get(key) in (None, ""):
                self.missing(key, sentence)
            return None
        if amount < 0 and not negative:
            self.missing(key, _("Der Betrag darf nicht unter 0 liegen."))
            return None
        return amount

    def day(self, key: str, sentence: str = "") -> date | None:
        """A date; a month ('2026-11') is its first day. With `sentence` an absent one is a problem."""
        value = self.data.get(key)
        if value in (None, ""):
            if sentence:
                self.missing(key, sentence)
            return None
        try:
            return date.fromisoformat(f"{value}-01" if len(str(value)) == len("2026-11") else str(value))
        except ValueError:
            self.missing(key, _("Dieses Datum gibt es nicht."))
            return None

    def items(self, key: str) -> Sequence[Answers]:
        """The items of a list, each at its own path."""
        value = self.data.get(key)
        if not isinstance(value, list):
            return ()
        return [
            Answers(item, self.notes, f"{self.at(key)}.{index}")
            for index, item in enumerate(value)
            if isinstance(item, Mapping)
        ]


def euro(amount: Decimal) -> str:
    """An amount as the law's interface writes it: `335.00`."""
    return f"{amount:.2f}"
