"""Days and months as people write them: 3.4.87, 3. April 1987, 03041987, 11/2026."""

from __future__ import annotations

import re
from datetime import date

from django.utils.translation import gettext as _

from kiepe.base.kernel import clock

MONTHS = (
    "Januar", "Februar", "März", "April", "Mai", "Juni",
    "Juli", "August", "September", "Oktober", "November", "Dezember",
)  # fmt: skip
_SHORT = {"jän": 1, "jan": 1, "feb": 2, "mär": 3, "mrz": 3, "mae": 3, "apr": 4, "mai": 5, "jun": 6, "jul": 7}
_SHORT |= {"aug": 8, "sep": 9, "okt": 10, "nov": 11, "dez": 12}
_NAMED = re.compile(r"[a-zäöü]{3,9}")
_RELATIVE = re.compile(r"today(?:([+-]\d{1,3})([ymd]))?")


def _plain(text: str) -> str:
    """The text with a named month as number and one blank between the parts."""
    text = text.strip().lower()
    if re.fullmatch(r"\d{4}-\d{1,2}(-\d{1,2})?", text):
        return " ".join(text.split("-"))

    def number(found: re.Match[str]) -> str:
        word = found.group()
        name = next((at for at, month in enumerate(MONTHS, 1) if month.lower() == word), 0)
        return f" {name or _SHORT.get(word[:3] if len(word) <= 5 else '', 0) or 'x'} "

    return " ".join(re.sub(r"[.,;/\-–\s]+", " ", _NAMED.sub(number, text)).split())


def parse_day(text: str, low: date | None = None, high: date | None = None) -> date | None:
    """The day that was meant, or None. Two digits of a year are read inside `low` to `high`, see `_century`."""
    parts = _plain(text).split()
    if len(parts) == 1 and re.fullmatch(r"\d{6}|\d{8}", parts[0]):
        parts = [parts[0][:2], parts[0][2:4], parts[0][4:]]
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() for part in parts):
        return None
    if len(parts[0]) == 4:
        parts.reverse()
    if len(parts[0]) > 2 or len(parts[1]) > 2 or len(parts[2]) not in {2, 4}:
        return None
    day, month, year = (int(part) for part in parts)
    try:
        if len(parts[2]) == 4:
            return date(year, month, day)
        return _century(day, month, year, low, high)
    except ValueError:
        return None


def not_a_day(text: str, example: str) -> str:
    """Why this is no day, where that can be told, and what to write."""
    parts = _plain(text).split()
    if len(parts) == 1 and re.fullmatch(r"\d{8}", parts[0]):
        parts = [parts[0][:2], parts[0][2:4], parts[0][4:]]
    numbers = [int(part) for part in parts if part.isascii() and part.isdigit()]
    if len(numbers) == len(parts) == 3:
        day, month = (numbers[2], numbers[1]) if len(parts[0]) == 4 else (numbers[0], numbers[1])
        if 1 <= month <= 12 and 29 <= day <= 31:
            said = {"day": day, "month": _(MONTHS[month - 1])}
            return _("Den %(day)d. %(month)s gibt es in diesem Jahr nicht. Prüfen Sie bitte das Datum.") % said
        if month > 12 and day <= 31:
            return _("Einen %(month)d. Monat gibt es nicht. Schreiben Sie erst den Tag und dann den Monat.") % {
                "month": month
            }
        if 1 <= month <= 12 and 1 <= day <= 31 and len(parts[2]) == 3:
            return _("Das Jahr hat vier Ziffern, zum Beispiel %(day)s") % {"day": example}
    return _("Geben Sie ein Datum mit Tag, Monat und Jahr ein, zum Beispiel %(day)s") % {"day": example}


def in_words(day: date) -> str:
    """`3. April 1987`."""
    return f"{day.day}. {_(MONTHS[day.month - 1])} {day.year}"


def _century(day: int, month: int, year: int, low: date | None, high: date | None) -> date:
    """The latest year with these two digits that the bounds allow; unbounded, at most 20 years ahead."""
    latest = high or date(clock.today().year + 20, 12, 31)
    found = [date(century + year, month, day) for century in (2000, 1900) if _exists(day, month, century + year)]
    allowed = [one for one in found if one <= latest and (low is None or one >= low)]
    if not found:
        raise ValueError
    return max(allowed) if allowed else min(found, key=lambda one: abs(one - clock.today()))


def _exists(day: int, month: int, year: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def parse_month(text: str) -> str | None:
    """`2026-11` for 11/2026, 11.26, November 2026, 2026-11, 112026; None where it is no month."""
    parts = _plain(text).split()
    if len(parts) == 1 and re.fullmatch(r"\d{6}", parts[0]):
        parts = [parts[0][:2], parts[0][2:]]
    if len(parts) == 3:  # a whole day was typed: its month is meant
        day = parse_day(text)
        return None if day is None else f"{day:%Y-%m}"
    if len(parts) != 2 or not all(part.isascii() and part.isdigit() for part in parts):
        return None
    if len(parts[0]) == 4:
        parts.reverse()
    if len(parts[0]) > 2 or len(parts[1]) not in {2, 4}:
        return None
    month, year = int(parts[0]), int(parts[1])
    year += 2000 if len(parts[1]) == 2 else 0
    return f"{year:04}-{month:02}" if 1 <= month <= 12 and 1900 <= year <= 2200 else None


def is_bound(text: str) -> bool:
    """Whether `text` is a bound: an ISO day, `today`, `today-18y`, `today+3m`, `today-7d`."""
    return _RELATIVE.fullmatch(text) is not None or _iso(text) is not None


def bound(text: object) -> date | None:
    """The day that a bound means today."""
    if not isinstance(text, str):
        return None
    found = _RELATIVE.fullmatch(text)
    if found is None:
        return _iso(text)
    today = clock.today()
    if found.group(1) is None:
        return today
    number, unit = int(found.group(1)), found.group(2)
    if unit == "d":
        return date.fromordinal(today.toordinal() + number)
    months = today.year * 12 + today.month - 1 + number * (12 if unit == "y" else 1)
    last = (date(months // 12 + (months % 12 == 11), (months + 1) % 12 + 1, 1)).toordinal() - 1
    return date(months // 12, months % 12 + 1, min(today.day, date.fromordinal(last).day))


def _iso(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
