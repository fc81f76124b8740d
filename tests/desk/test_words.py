"""Days and states in words, as the queue shows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from kiepe.base.kernel import clock
from kiepe.cases.templatetags import desk
from kiepe.cases.transitions import UNDECIDED, State


@dataclass(frozen=True)
class Line:
    state: str
    due_on: date | None
    unread: int = 0
    open_changes: int = 0


@pytest.mark.parametrize(
    ("days", "words"),
    [(-2, "vor 2 Tagen"), (-1, "vor 1 Tag"), (0, "heute"), (1, "morgen"), (2, "in 2 Tagen")],
)
def test_a_day_is_told_from_today(days: int, words: str) -> None:
    assert desk.days_off(clock.today() + timedelta(days=days)) == words


@pytest.mark.parametrize(("days", "colour"), [(-1, "red"), (0, "red"), (4, "amber"), (5, "")])
def test_the_colour_follows_the_day(days: int, colour: str) -> None:
    shown = desk.due(Line("ready", clock.today() + timedelta(days=days)))
    assert ("ms-due--red" in shown, "ms-due--amber" in shown) == (colour == "red", colour == "amber")


@pytest.mark.parametrize("state", list(State))
def test_every_state_has_a_badge_and_a_next_step(state: State) -> None:
    late = Line(state, clock.today() - timedelta(days=1))
    assert desk.next_step(late)
    overdue = "Frist überschritten" in desk.state_badge(late) or "Antwort überfällig" in desk.state_badge(late)
    assert overdue == (state in UNDECIDED)
    assert str(state.label) in desk.state_badge(late, late=False)


def test_complete_means_nothing_is_needed_or_all_is_there() -> None:
    assert 'width="100"' in desk.meter(0, 0)
    assert 'width="83"' in desk.meter(5, 6)
    assert "5 von 6" in desk.meter(5, 6)
