"""How long contents of a closed case are kept: the case type's years, counted from the end of the year of closing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kiepe.base.kernel import clock
from kiepe.cases.actions.erase import erase
from kiepe.cases.models import Case
from kiepe.cases.types import case_type


def last_day(case: Case) -> date | None:
    """The last day on which the contents may be kept; None while the case is open."""
    if case.closed_on is None:
        return None
    return date(case.closed_on.year + case_type(case.case_type).retention_years, 12, 31)


def norm(case: Case) -> str:
    """The rule by which the contents go."""
    return case_type(case.case_type).retention_norm


def erase_due() -> Iterator[int]:
    """Erase every case whose last day has passed; yields the ids."""
    today = clock.today()
    for case in Case.objects.filter(open=False, erased_at__isnull=True).order_by("closed_on").iterator(500):
        day = last_day(case)
        if day is not None and day < today:
            erase(case.pk, norm=norm(case))
            yield case.pk
