"""kiepe cases verify · checkpoint: is the record of the cases whole, and sign what it says now."""

from __future__ import annotations

import argparse
import os

import django


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """`kiepe cases …`"""
    parser = subparsers.add_parser("cases", help="Aufzeichnung der Vorgänge prüfen und unterschreiben")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="BEFEHL")
    verbs.add_parser(
        "verify",
        help="rechnet alle Ketten nach und vergleicht sie mit jedem Prüfpunkt; ein Satz je Befund, dann Endstand 1",
    )
    verbs.add_parser("checkpoint", help="unterschreibt jetzt den Stand aller Vorgänge, in Datenbank und Datei")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Run one verb; 0 where all is well, 1 with findings."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kiepe.config.settings")
    django.setup()
    return {"verify": verify, "checkpoint": checkpoint}[args.verb]()


def verify() -> int:
    """Print every finding as one sentence and a closing line."""
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
