"""`kiepe`: one program, one subcommand a room. A subcommand loads only what it needs; `law` loads no Django."""

from __future__ import annotations

import argparse
import importlib
import sys

from kiepe.base.kernel.env import SettingError

COMMANDS = {
    "law": "what the statutes say of a household",
    "serve": "start everything: database, web, worker",
    "worker": "run background jobs (serve starts one)",
    "cases": "verify and check the record of cases",
    "staff": "add members of staff",
}


def main(argv: list[str] | None = None) -> int:
    """Run one subcommand; returns the exit code (0 done, 1 done with findings, 2 could not run)."""
    arguments = sys.argv[1:] if argv is None else argv
    parser = argparse.ArgumentParser(
        prog="kiepe", description="Kiepe, the digital town hall.", epilog="kiepe COMMAND --help explains each command."
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    chosen = next((word for word in arguments if not word.startswith("-")), None)
    for name, text in COMMANDS.items():
        if name == chosen:
            importlib.import_module(f"kiepe.entrances.commandline.{name}").add_parser(commands)
        else:
            commands.add_parser(name, help=text)
    parsed = parser.parse_args(arguments)
    run = importlib.import_module(f"kiepe.entrances.commandline.{parsed.command}").run
    try:
        return int(run(parsed))
    except SettingError as trouble:
        print(trouble, file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
