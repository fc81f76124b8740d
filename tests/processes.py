"""Real processes for tests: a whole Kiepe with its own folders, database and port."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def free_port() -> int:
    """A port that nobody listens on right now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass
class Kiepe:
    """A running Kiepe."""

    address: str
    folder: Path
    process: subprocess.Popen[str]
    environment: dict[str, str]

    @property
    def var(self) -> Path:
        return self.folder / "var"

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run `kiepe WORDS` against this one's database, as its owner."""
        return subprocess.run(
            [sys.executable, "-m", "kiepe.entrances.commandline", *words],
            env={**self.environment, "KIEPE_DATABASE_URL": self.owner_url()},
            capture_output=True,
            text=True,
            check=False,
        )

    def owner_url(self) -> str:
        """The address of the database for its owner."""
        from kiepe.base.kernel.postgres import PrivatePostgres

        return PrivatePostgres(self.var / "postgres", self.folder / "keys").url()


@contextmanager
def running(
    folder: Path, *, demo: bool = True, port: int | None = None, words: Sequence[str] = (), **settings: str
) -> Iterator[Kiepe]:
    """Start `kiepe serve WORDS` in `folder`, wait until it greets, end it as Ctrl-C does. The folder is kept."""
    port = port or free_port()
    environment = {key: value for key, value in os.environ.items() if not key.startswith("KIEPE_")}
    environment |= {"KIEPE_VAR": str(folder / "var"), "KIEPE_KEYS": str(folder / "keys"), **settings}
    command = [sys.executable, "-m", "kiepe.entrances.commandline", "serve", "--port", str(port), *words]
    with (folder / "stderr.txt").open("a") as complaints:
        process = subprocess.Popen(
            [*command, *([] if demo else ["--no-demo"])],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=complaints,
            text=True,
        )
    try:
        _await_greeting(process, folder)
        yield Kiepe(f"http://localhost:{port}", folder, process, environment)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
            process.wait(60)
        if process.stdout is not None:
            process.stdout.close()


def remove(folder: Path) -> None:
    """Remove a Kiepe's folders, its database outside of them included (see PrivatePostgres)."""
    from kiepe.base.kernel.postgres import PrivatePostgres

    shutil.rmtree(PrivatePostgres(folder / "var" / "postgres", folder / "keys").folder, ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)


def _await_greeting(process: subprocess.Popen[str], folder: Path) -> None:
    assert process.stdout is not None
    until = time.monotonic() + 240  # a crash ends the output at once; on a machine that others use too it takes long
    for line in process.stdout:
        if "Ctrl-C" in line:
            return
        if time.monotonic() > until:
            break
    raise AssertionError(f"Kiepe did not start: {(folder / 'stderr.txt').read_text()}")
