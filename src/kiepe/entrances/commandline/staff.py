"""`kiepe staff add`: the first way in for people who work for the city."""

from __future__ import annotations

import argparse
import getpass
import os
import sys

from kiepe.entrances.commandline import database


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The options of `staff`."""
    parser = commands.add_parser(
        "staff",
        help="add members of staff",
        description="Add the people who decide, with unit and roles. Needs a database that `kiepe serve` has set up.",
    )
    verbs = parser.add_subparsers(dest="verb", required=True)
    add = verbs.add_parser("add", help="add a member of staff or change one; asks for a password")
    add.add_argument("--email", required=True)
    add.add_argument("--name", required=True)
    add.add_argument("--unit", required=True, help="key of the unit in units.yaml")
    add.add_argument("--role", action="append", required=True, choices=["caseworker", "lead", "auditor"])


def run(arguments: argparse.Namespace) -> int:
    """Add or change one; 2 where that cannot be done."""
    import django
    from django.db import DatabaseError

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kiepe.config.settings")
    try:
        with database.reached():
            django.setup()
            return _add(arguments)
    except database.NoDatabase as trouble:
        print(trouble, file=sys.stderr)
    except DatabaseError as trouble:
        print(f"Die Datenbank lässt sich nicht lesen: {str(trouble).strip().splitlines()[0]}", file=sys.stderr)
    return 2


def _add(arguments: argparse.Namespace) -> int:
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    from kiepe.base.accounts.actions import make_staff
    from kiepe.base.catalogue.pack import city

    if arguments.unit not in {unit.key for unit in city().units}:
        known = ", ".join(unit.key for unit in city().units)
        print(f"No unit {arguments.unit!r} in the city pack; there are: {known}", file=sys.stderr)
        return 2
    password = getpass.getpass("Password (12 characters or more): ")
    try:
        validate_password(password)
    except ValidationError as trouble:
        print(" ".join(trouble.messages), file=sys.stderr)
        return 2
    make_staff(arguments.email, arguments.name, arguments.unit, arguments.role, password)
    print(f"{arguments.name} can sign in at /anmelden/mitarbeit/")
    return 0
