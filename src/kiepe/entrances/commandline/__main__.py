"""`kiepe`: hands over to a command; a command loads what it needs only when it runs (`law` never loads Django)."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from kiepe.entrances.commandline import law, staff, worker

_COMMANDS = {"law": law, "staff": staff, "worker": worker}


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    parser = argparse.ArgumentParser(prog="kiepe", description="The digital town hall, from the command line.")
    commands = parser.add_subparsers(dest="command", required=True)
    for module in _COMMANDS.values():
        module.add_parser(commands)
    arguments = parser.parse_args(argv)
    return _COMMANDS[arguments.command].run(arguments)


if __name__ == "__main__":
    sys.exit(main())
