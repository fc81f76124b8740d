"""How long Kiepe takes to start: the first time (database, tables, demo people), and after that (goal: under 5 s).

    python -m benchmarks.start [TIMES]

Each start is a real `kiepe serve` in a folder of its own, until it greets. The first one is measured once.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from tests.processes import remove, running


def main(times: int) -> None:
    """Print the figures."""
    folder = Path(tempfile.mkdtemp(prefix="kiepe-start-"))
    try:
        first = _start(folder)
        again = sorted(_start(folder) for _ in range(times))
    finally:
        remove(folder)
    print(f"first start {first:5.2f} s")
    print(
        f"after that  {again[0]:5.2f} s at best, {again[times // 2]:5.2f} s in the middle, {again[-1]:5.2f} s at worst"
    )


def _start(folder: Path) -> float:
    begin = time.perf_counter()
    with running(folder):
        return time.perf_counter() - begin


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
