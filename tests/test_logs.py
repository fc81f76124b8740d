"""The listener of the whole run (tests/conftest.py) must hear what it is there for."""

from __future__ import annotations

import logging

import pytest

from tests.logs import Listener

ROGUE = logging.Logger("kiepe.rogue")


@pytest.mark.parametrize(
    ("message", "word"),
    [
        ("case %s decided for Erika Beispiel", "Erika"),
        ("mail %s to erika@example.org failed", "erika@example.org"),
        ("job %s pays DE89370400440532013000", "DE89370400440532013000"),
        ("job %s pays DE89 3704 0044 0532 0130 00", "DE89 3704 0044 0532 0130 00"),
    ],
)
def test_personal_data_is_heard(message: str, word: str) -> None:
    listener = Listener()
    ROGUE.addHandler(listener)
    ROGUE.error(message, 17)
    ROGUE.removeHandler(listener)
    assert [name for name in listener.found if "kiepe.rogue" in name and repr(word) in name]


def test_what_a_traceback_quotes_is_heard() -> None:
    listener = Listener()
    ROGUE.addHandler(listener)
    try:
        int("Beispielweg 3")
    except ValueError:
        ROGUE.exception("job 4 failed")
    ROGUE.removeHandler(listener)
    assert listener.found


def test_ids_may_be_logged() -> None:
    listener = Listener()
    ROGUE.addHandler(listener)
    ROGUE.error("case %s, draft %s: 3 files", "WG-2026-000017", "0c9fb5a0-8f7e-4c1f-a4ef-5a6b4f5a9d10")
    ROGUE.removeHandler(listener)
    assert listener.heard == 1
    assert not listener.found
