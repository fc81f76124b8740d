"""The day and the time, from one place, so that a test or a demo can set the day (KIEPE_TODAY)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils import timezone


def _shift() -> timedelta:
    """How far the set day lies from the real one; zero where none is set."""
    fixed: date | None = settings.KIEPE_TODAY
    return timedelta(0) if fixed is None else fixed - timezone.localdate()


def now() -> datetime:
    """Aware time. With KIEPE_TODAY (tests and demo only) the day is that one and the time of day goes on."""
    return timezone.now() + _shift()


def today() -> date:
    """The city's calendar day."""
    return timezone.localdate(now())


def as_told(moment: datetime) -> datetime:
    """A moment that the machine noted, on the calendar that `now` follows."""
    return moment + _shift()
