"""Jobs about a case, written in the transaction that needs them. What they do stands in tasks.py.

They are named here and not imported, since a task calls the verbs that defer it.
"""

from __future__ import annotations

from procrastinate.contrib.django import app

ISSUE = "cases.issue"
RECEIPT = "cases.receipt"


def issue(case_id: int) -> None:
    """Render the notice of a decided case, store it, and tell the applicant."""
    _defer(ISSUE, case_id)


def make_receipt(case_id: int) -> None:
    """Render the confirmation of receipt with the answers as submitted."""
    _defer(RECEIPT, case_id)


def _defer(name: str, case_id: int) -> None:
    app.configure_task(name, lock=f"case-{case_id}").defer(case_id=case_id)
