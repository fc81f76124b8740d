"""Limits count in the database and forget."""

from __future__ import annotations

import pytest

from kiepe.base.kernel import limits
from kiepe.base.kernel.models import Attempts
from kiepe.base.kernel.refusal import Refused

pytestmark = pytest.mark.django_db


def test_the_fourth_of_three_is_refused_with_a_time_to_wait() -> None:
    for _ in range(3):
        limits.hit("test", "erika@beispiel.example", limit=3, seconds=10**9)
    with pytest.raises(Refused) as no:
        limits.hit("test", "erika@beispiel.example", limit=3, seconds=10**9)
    assert no.value.status == 429
    assert "Minuten" in no.value.remedy
    limits.hit("test", "someone@else.example", limit=3, seconds=10**9)


def test_the_key_is_not_stored() -> None:
    limits.hit("test", "erika@beispiel.example", limit=3, seconds=60)
    assert "erika" not in Attempts.objects.get().key


def test_ended_windows_are_forgotten() -> None:
    limits.hit("test", "a", limit=3, seconds=60)
    Attempts.objects.update(ends_at="2020-01-01T00:00:00Z")
    assert limits.forget() == 1
