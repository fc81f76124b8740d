"""`kiepe forms pdf SERVICE FILE`: the form on paper, for the print shop. Each file is one numbered copy."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The options of `forms`."""
    parser = commands.add_parser("forms", help="print the forms of applications")
    verbs = parser.add_subparsers(dest="verb", required=True)
    pdf = verbs.add_parser("pdf", help="write numbered blanks of a service as accessible PDF")
    pdf.add_argument("service", help="the service's name in its address, e.g. wohngeld")
    pdf.add_argument("file", type=Path, help="where to write; with several copies the number is added to the name")
    pdf.add_argument("--copies", type=int, default=1, help="how many, each with a number of its own (1)")


def run(arguments: argparse.Namespace) -> int:
    """Write the copies; 0 done, 2 where there is no such form or place."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kiepe.config.settings")
    django.setup()
    from django.http import Http404

    from kiepe.base.forms import taking_in
    from kiepe.cases import paper_form, types
    from kiepe.cases.applying import procedure_of

    try:
        case_type, _entry, _procedure = procedure_of(arguments.service)
    except Http404:
        print(f"Für „{arguments.service}“ gibt es kein Formular.", file=sys.stderr)
        return 2
    if not 1 <= arguments.copies <= 1000 or not arguments.file.absolute().parent.is_dir():
        print("Nennen Sie 1 bis 1000 Stück und eine Datei in einem Ordner, den es gibt.", file=sys.stderr)
        return 2
    for _copy in range(arguments.copies):
        copy = taking_in.print_form(types.form(case_type.key))
        several = arguments.copies > 1
        file = arguments.file.with_stem(f"{arguments.file.stem}-{copy.number}") if several else arguments.file
        file.write_bytes(paper_form.pdf(case_type, copy))
        print(f"{file}: {copy.number}")
    return 0
