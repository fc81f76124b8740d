"""Days of notification and the end of the remedy period, by hand from the statute.

§ 37 Abs. 2 Satz 1 SGB X: "gilt am vierten Tag nach der Aufgabe zur Post als bekannt gegeben"; Abs. 2a Satz 4: "am
vierten Tag nach Absendung der elektronischen Benachrichtigung". Neither knows weekends. The period to object is one
month (§ 188 Abs. 2 and 3 BGB). It ends on the next working day where its last day is a Saturday, Sunday or holiday
(§ 26 Abs. 3 SGB X).
The days of the week and the holidays of Nordrhein-Westfalen are from a printed calendar.
"""

from __future__ import annotations

from datetime import date

import pytest

from kiepe.cases.notification import fourth_day, remedy_ends
from kiepe.cases.working_days import working_day_from

TABLE = [
    # posted, notified, last day to object
    ("2026-11-20", "2026-11-24", "2026-12-24"),  # Fri, Tue; Thu 24 December is a working day
    ("2026-11-17", "2026-11-21", "2026-12-21"),  # Tue, Sat: the Saturday stays; Mon
    ("2026-11-18", "2026-11-22", "2026-12-22"),  # Wed, Sun: the Sunday stays; Tue
    ("2026-11-21", "2026-11-25", "2026-12-28"),  # Sat posted; Fri 25 and Sat 26 December are holidays, Sun; so Mon 28
    ("2026-11-22", "2026-11-26", "2026-12-28"),  # Sun posted; Sat 26 December is a holiday; Mon 28
    ("2026-11-27", "2026-12-01", "2027-01-04"),  # 1 January is a holiday (Fri), Sat, Sun; Mon 4
    ("2026-12-21", "2026-12-25", "2027-01-25"),  # Christmas Day stays the day of notification; Mon
    ("2026-12-22", "2026-12-26", "2027-01-26"),  # the second Christmas Day too; Tue
    ("2026-12-28", "2027-01-01", "2027-02-01"),  # New Year's Day stays; Mon
    ("2027-01-25", "2027-01-29", "2027-03-01"),  # no 29 February: Sun 28 February, so Mon 1 March
    ("2027-01-27", "2027-01-31", "2027-03-01"),  # no 31 February: the same
    ("2028-01-25", "2028-01-29", "2028-02-29"),  # a leap year: Tue 29 February
    ("2026-03-27", "2026-03-31", "2026-04-30"),  # no 31 April: Thu 30 April
    ("2026-03-28", "2026-04-01", "2026-05-04"),  # 1 May is a holiday (Fri), Sat, Sun; Mon 4
    ("2026-03-30", "2026-04-03", "2026-05-04"),  # Good Friday stays; Sun 3 May, so Mon 4
    ("2026-03-02", "2026-03-06", "2026-04-07"),  # Easter Monday 6 April is a holiday; Tue
    ("2026-04-10", "2026-04-14", "2026-05-15"),  # Ascension Day 14 May is a holiday; Fri
    ("2026-04-21", "2026-04-25", "2026-05-26"),  # Whit Monday 25 May is a holiday; Tue
    ("2026-04-30", "2026-05-04", "2026-06-05"),  # Corpus Christi 4 June is a holiday in NRW; Fri
    ("2026-08-30", "2026-09-03", "2026-10-05"),  # Sat 3 October is a holiday; Sun; Mon 5
    ("2026-09-27", "2026-10-01", "2026-11-02"),  # All Saints, 1 November, is a Sunday and a holiday; Mon 2
    ("2026-09-26", "2026-09-30", "2026-10-30"),  # Reformation Day, 31 October, is none in NRW, and does not matter; Fri
    ("2025-09-26", "2025-09-30", "2025-10-30"),  # Thu
    ("2025-09-27", "2025-10-01", "2025-11-03"),  # All Saints is a Saturday; Sun; Mon 3
]


@pytest.mark.parametrize(("posted", "notified", "until"), TABLE)
def test_days_by_the_statute(posted: str, notified: str, until: str) -> None:
    assert fourth_day(date.fromisoformat(posted)) == date.fromisoformat(notified)
    assert remedy_ends(date.fromisoformat(notified)) == date.fromisoformat(until)


@pytest.mark.parametrize(
    ("day", "working"),
    [
        ("2025-10-31", "2025-10-31"),  # Reformation Day: none in NRW (§ 2 Feiertagsgesetz NW)
        ("2026-06-04", "2026-06-05"),  # Corpus Christi: one in NRW
        ("2027-01-06", "2027-01-06"),  # Epiphany: none in NRW
        ("2026-12-24", "2026-12-24"),  # Christmas Eve: a working day
        ("2026-12-25", "2026-12-28"),
    ],
)
def test_holidays_are_those_of_the_land(day: str, working: str) -> None:
    assert working_day_from(date.fromisoformat(day)) == date.fromisoformat(working)
