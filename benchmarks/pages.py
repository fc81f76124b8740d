"""How long a page takes from the request to its last byte, on a running Kiepe with the demo city (goal: under 30 ms).

    python -m benchmarks.pages [TIMES]

Every round asks each page once, over a connection that stays open, as a browser does. Beside each median stands its
ratio to the start page of the same run, so that two machines can be compared.
"""

from __future__ import annotations

import http.client
import statistics
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import urlsplit

from tests.processes import remove, running

READ = ("/", "/leistungen/", "/leistungen/wohngeld/", "/antrag/wohngeld/")
OF_A_DRAFT = ("situation/", "dwelling/", "unterlagen/", "pruefen/")


def main(times: int) -> None:
    """Print the figures."""
    folder = Path(tempfile.mkdtemp(prefix="kiepe-pages-"))
    try:
        with running(folder) as house:
            line = http.client.HTTPConnection(urlsplit(house.address).netloc, timeout=60)
            draft, cookie = _begun(line, house.address)
            paths = [*READ, *(f"{draft}{page}" for page in OF_A_DRAFT)]
            taken: dict[str, list[float]] = {path: [] for path in paths}
            for _round in range(times):
                for path in paths:
                    taken[path].append(_asked(line, path, cookie))
    finally:
        remove(folder)
    first = statistics.median(taken[READ[0]])
    for path, seconds in taken.items():
        middle = statistics.median(seconds)
        print(f"{path.replace(draft, '(draft)/'):32} {middle * 1000:6.1f} ms {middle / first:5.2f} x")


def _begun(line: http.client.HTTPConnection, address: str) -> tuple[str, str]:
    """The address of a new draft, and the cookie of who began it."""
    line.request("POST", "/antrag/wohngeld/", headers={"Origin": address, "Content-Length": "0"})
    answer = line.getresponse()
    answer.read()
    return answer.headers["Location"], answer.headers["Set-Cookie"].partition(";")[0]


def _asked(line: http.client.HTTPConnection, path: str, cookie: str) -> float:
    begin = time.perf_counter()
    line.request("GET", path, headers={"Cookie": cookie})
    answer = line.getresponse()
    answer.read()
    if answer.status not in {200, 302}:
        raise SystemExit(f"{path}: {answer.status}")
    return time.perf_counter() - begin


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 40)
