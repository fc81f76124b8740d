"""``kiepe``: verteilt auf die Befehle; lädt nur, was der gewählte Befehl braucht."""

import argparse
import sys
from collections.abc import Sequence

from kiepe.entrances.commandline import law


def main(argv: Sequence[str] | None = None) -> int:
    """Führt die Befehlszeile aus und gibt den Rückgabewert des Befehls zurück."""
    parser = argparse.ArgumentParser(prog="kiepe", description="Das digitale Rathaus, von der Befehlszeile.")
    subparsers = parser.add_subparsers(dest="command", required=True, metavar="BEFEHL")
    law.add_parser(subparsers)
    args = parser.parse_args(argv)
    return law.run(args)


if __name__ == "__main__":
    sys.exit(main())
