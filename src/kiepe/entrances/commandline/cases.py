"""kiepe cases verify · checkpoint: is the record of the cases whole, and sign what it says now."""

from __future__ import annotations

import argparse
import os
import sys

from kiepe.entrances.commandline import database


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """`kiepe cases …`"""
    parser = subparsers.add_parser(
        "cases",
        help="verify and check the record of cases",
        description="Hold the record of all cases against itself and its signed checkpoints, or sign a new one.",
    )
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
        with database.reached():
            django.setup()
            return {"verify": verify, "checkpoint": checkpoint}[args.verb]()
    except database.NoDatabase as trouble:
        print(trouble, file=sys.stderr)
    except DatabaseError as trouble:
        print(f"Die Datenbank lässt sich nicht lesen: {str(trouble).strip().splitlines()[0]}", file=sys.stderr)
    return 2


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
