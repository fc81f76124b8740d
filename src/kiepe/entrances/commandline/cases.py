"""kiepe cases verify · checkpoint: is the record of the cases whole, and sign what it says now."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[4]


class NoDatabase(Exception):
    """There is nothing to look at; the text says what to do."""


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """`kiepe cases …`"""
    parser = subparsers.add_parser("cases", help="verify and check the record of cases")
    verbs = parser.add_subparsers(dest="verb", required=True)
    verbs.add_parser(
        "verify",
        help="recompute every chain and compare with every checkpoint; one sentence a finding, then exit code 1",
    )
    verbs.add_parser("checkpoint", help="sign what all cases say now, in the database and in the file outside of it")


def run(args: argparse.Namespace) -> int:
    """Run one verb; 0 where all is well, 1 with findings, 2 without a database."""
    import django
    from django.db import DatabaseError

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kiepe.config.settings")
    try:
        with _database():
            django.setup()
            return {"verify": verify, "checkpoint": checkpoint}[args.verb]()
    except NoDatabase as trouble:
        print(trouble, file=sys.stderr)
    except DatabaseError as trouble:
        print(f"Die Datenbank lässt sich nicht lesen: {str(trouble).strip().splitlines()[0]}", file=sys.stderr)
    return 2


@contextmanager
def _database() -> Iterator[None]:
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


def verify() -> int:
    """Print every finding as one sentence, and a closing line."""
    from kiepe.cases.verify import verify as look

    report = look()
    for sentence in report.findings:
        print(sentence)
    seen = (
        f"{report.cases} Vorgänge, {report.events} Ereignisse, {report.checkpoints} Prüfpunkte, "
        f"{report.deletions} Löschungen"
    )
    print(f"Geprüft: {seen}. Befunde: {len(report.findings)}." if report.findings else f"Alles in Ordnung: {seen}.")
    return 1 if report.findings else 0


def checkpoint() -> int:
    """Sign a checkpoint and say which."""
    from kiepe.cases import checkpoints

    taken = checkpoints.take()
    print(f"Prüfpunkt {taken.number} über {taken.cases} Vorgänge unterschrieben; Kopie in {checkpoints.folder()}.")
    return 0
