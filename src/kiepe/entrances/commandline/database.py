"""The database for commands that run beside `kiepe serve`, or without it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[4]


class NoDatabase(Exception):
    """There is nothing to look at; the text says what to do."""


@contextmanager
def reached() -> Iterator[None]:
    """The database that is named, else the private one: as it runs, or started for this and stopped again."""
    if os.environ.get("KIEPE_DATABASE_URL"):
        yield
        return
    import psycopg

    from kiepe.base.kernel.postgres import PostgresTrouble, PrivatePostgres

    var, keys = (Path(os.environ.get(name) or ROOT / name[6:].lower()) for name in ("KIEPE_VAR", "KIEPE_KEYS"))
    private = PrivatePostgres(var / "postgres", keys)
    if not (private.data / "PG_VERSION").exists():
        raise NoDatabase(f"In {var} liegt keine Datenbank. Zeigt KIEPE_VAR auf den richtigen Ordner?")
    os.environ["KIEPE_DATABASE_URL"] = private.url()
    try:
        psycopg.connect(private.url(), connect_timeout=2).close()
    except psycopg.OperationalError:
        try:
            private.start()
        except PostgresTrouble as trouble:
            raise NoDatabase(str(trouble)) from None
        try:
            yield
        finally:
            private.stop()
    else:
        yield  # somebody runs it: leave it alone
