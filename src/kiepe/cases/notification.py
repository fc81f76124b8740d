"""When a notice counts as notified (bekannt gegeben), and until when one can object. Dates only, from the statute.

Whether a letter came at all, or later, is no matter of computing: `actions.note_arrival` records what a person found.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from kiepe.cases.working_days import working_day_from

DAYS = 4  # § 37 Abs. 2 Satz 1 and 2, Abs. 2a Satz 4 SGB X, as in force since 1 January 2025
NORM_POST = "§ 37 Abs. 2 Satz 1 SGB X"
NORM_PORTAL = "§ 37 Abs. 2a Satz 4 SGB X"
NORM_REMEDY = "§ 26 Abs. 1 und 3 SGB X, §§ 187, 188 BGB"


def fourth_day(sent: date) -> date:
    """The fourth day after posting a letter, or after sending the notification that a notice can be retrieved.

    The day of sending does not count (§ 187 Abs. 1 BGB, § 26 Abs. 1 SGB X). The fourth day stays where it is on a
    Saturday, Sunday or holiday: § 26 Abs. 3 SGB X moves the end of a period in which somebody must act, while § 37
    names the day on which something holds, and says nothing of working days.
    """
    return sent + timedelta(days=DAYS)


def remedy_ends(notified: date) -> date:
    """The last day to object: one month after the day of notification, whose own day does not count.

    It ends on the day of the next month that has the same number; where that month has none, on its last day (§ 188
    Abs. 2 and 3 BGB); on the next working day where it is a Saturday, Sunday or public holiday (§ 26 Abs. 3 SGB X).
    """
    year, month = divmod(notified.year * 12 + notified.month, 12)
    day = min(notified.day, monthrange(year, month + 1)[1])
    return working_day_from(date(year, month + 1, day))
