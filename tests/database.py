"""A real PostgreSQL for the tests, loaded as a pytest plugin before the settings are read.

KIEPE_TEST_DATABASE_URL names another one (one run of CI's kind on Debian's PostgreSQL 15). Keys and files go to a
folder of the run, never to a real one. With -n each worker has its own of all; who hands out the tests has none.
"""

from __future__ import annotations

import atexit
import os
import shutil
import sys
import tempfile
from pathlib import Path

from kiepe.base.kernel.postgres import PrivatePostgres

ROOT = Path(__file__).resolve().parents[1]


def _prepare() -> None:
    run = Path(tempfile.mkdtemp(prefix="kiepe-test-"))
    os.environ.setdefault("KIEPE_VAR", str(run / "var"))
    os.environ.setdefault("KIEPE_KEYS", str(run / "keys"))
    os.environ.setdefault("KIEPE_DEMO", "1")
    os.environ.setdefault("KIEPE_PLAIN_STATIC", "1")
    (run / "var" / "static").mkdir(parents=True)
    atexit.register(shutil.rmtree, run, ignore_errors=True)
    given = os.environ.get("KIEPE_TEST_DATABASE_URL")
    if given:
        os.environ["KIEPE_DATABASE_URL"] = given
        return
    server = PrivatePostgres(run / "postgres", run / "keys", fast=True)
    server.start()
    atexit.register(shutil.rmtree, server.folder, ignore_errors=True)
    atexit.register(server.stop)
    os.environ["KIEPE_DATABASE_URL"] = server.url()


HANDS_OUT = (
    any(word.startswith(("-n", "--numprocesses")) for word in sys.argv) and "PYTEST_XDIST_WORKER" not in os.environ
)
if not HANDS_OUT:
    _prepare()
