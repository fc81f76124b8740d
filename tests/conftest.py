"""What every test may ask for."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db.backends.postgresql.operations import DatabaseOperations

from tests.logs import Listener

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder `shared/` beside the checkout: interfaces, statutes, standards. Skips where it is not there."""
    for parent in ROOT.parents:
        if (parent / "shared" / "interfaces").is_dir():
            return parent / "shared"
    pytest.skip("no shared/ folder beside the checkout")


@pytest.fixture(scope="session", autouse=True)
def _empty_past_the_triggers() -> Iterator[None]:
    """Between tests that commit, tables are emptied: by the tests' superuser, who may pass the record's triggers."""
    original = DatabaseOperations.execute_sql_flush

    def flush(self: DatabaseOperations, sql_list: list[str]) -> None:
        original(self, ["SET LOCAL session_replication_role = replica", *sql_list])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "execute_sql_flush", flush)
        yield


@pytest.fixture(scope="session", autouse=True)
def _no_person_in_the_log() -> Iterator[None]:
    """Everything that the whole run logs is read: ids only, never a person (tests/logs.py)."""
    listener = Listener()
    logging.getLogger().addHandler(listener)
    yield
    logging.getLogger().removeHandler(listener)
    assert not listener.found, "\n".join(listener.found)
