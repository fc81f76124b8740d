"""Acting on a running Kiepe from outside: plain HTTP with a browser's cookie, processes by their place in the tree."""

from __future__ import annotations

import http.client
import json
import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from tests.processes import ROOT, Kiepe

PATIENCE = 40.0  # seconds for a house to answer again


def inside(kiepe: Kiepe, *words: str) -> str:
    """Run tests.resilience.prepare inside this Kiepe's settings, as the owner of its database; its stdout."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.resilience.prepare", *words],
        env={
            **kiepe.environment,
            "KIEPE_DATABASE_URL": kiepe.owner_url(),
            "KIEPE_DEMO": "1",
            "DJANGO_SETTINGS_MODULE": "kiepe.config.settings",
        },
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def prepared(kiepe: Kiepe, drafts: int, cases: int, decisions: int) -> dict[str, Any]:
    """What tests.resilience.prepare made."""
    made: dict[str, Any] = json.loads(inside(kiepe, str(drafts), str(cases), str(decisions)))
    return made


@dataclass
class Answer:
    """What came back."""

    status: int
    location: str
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode(errors="replace")


@dataclass
class Person:
    """Somebody at a browser. One request, one connection; no redirect is followed."""

    address: str
    cookie: str
    token: str

    def get(self, path: str) -> Answer:
        """Look at a page. Raises OSError or HTTPException where the line breaks."""
        return self._ask("GET", path)

    def post(
        self, path: str, fields: Mapping[str, Any], files: Mapping[str, tuple[str, bytes]] | None = None
    ) -> Answer:
        """Send a form, with files where there are any (name of the field -> name and bytes of the file)."""
        pairs = [("csrfmiddlewaretoken", self.token)]
        for name, value in fields.items():
            pairs += [(name, str(one)) for one in (value if isinstance(value, list) else [value])]
        if files is None:
            return self._ask("POST", path, urlencode(pairs).encode(), "application/x-www-form-urlencoded")
        edge = uuid.uuid4().hex
        parts = [
            f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
            for name, value in pairs
        ]
        for field, (name, data) in files.items():
            head = f'--{edge}\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\n'
            parts.append(f"{head}Content-Type: application/pdf\r\n\r\n".encode() + data + b"\r\n")
        return self._ask(
            "POST", path, b"".join(parts) + f"--{edge}--\r\n".encode(), f"multipart/form-data; boundary={edge}"
        )

    def patiently(self, path: str) -> Answer:
        """Look at a page, again and again while the house does not answer or says that it is away."""
        until = time.monotonic() + PATIENCE
        while True:
            try:
                answer = self.get(path)
                if answer.status < 500:
                    return answer
                trouble = f"{answer.status} {answer.text[:300]}"
            except (OSError, http.client.HTTPException) as broken:
                trouble = repr(broken)
            assert time.monotonic() < until, f"{path}: {trouble}"
            time.sleep(0.05)

    def _ask(self, verb: str, path: str, body: bytes = b"", kind: str = "") -> Answer:
        parts = urlsplit(self.address)
        line = http.client.HTTPConnection("127.0.0.1", parts.port, timeout=PATIENCE)
        headers = {"Cookie": f"kiepe={self.cookie}", "Host": parts.netloc}
        try:
            line.request(verb, path, body or None, headers | ({"Content-Type": kind} if kind else {}))
            answer = line.getresponse()
            return Answer(answer.status, answer.headers.get("Location", ""), answer.read())
        finally:
            line.close()


def children(pid: int) -> dict[int, str]:
    """The processes below another one, with their command lines."""
    found = {}
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit():
            continue
        try:
            parent = int(folder.joinpath("stat").read_text().rpartition(")")[2].split()[1])
            words = folder.joinpath("cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except (OSError, ValueError, IndexError):
            continue  # ended meanwhile
        if parent == pid and words:
            found[int(folder.name)] = words
    return found


def tree(pid: int) -> dict[int, str]:
    """All processes below another one."""
    found = children(pid)
    for child in list(found):
        found |= tree(child)
    return found


def named(kiepe: Kiepe, word: str) -> list[int]:
    """The direct children of `serve` that carry this word: gunicorn, worker, postgres."""
    return [pid for pid, words in children(kiepe.process.pid).items() if word in words]


VICTIMS: Sequence[str] = ("web", "web worker", "worker", "database", "session")


def victim(kiepe: Kiepe, kind: str) -> list[int]:
    """The processes of one kind that run now."""
    if kind == "web":
        return named(kiepe, "gunicorn")
    if kind == "web worker":
        return sorted(pid for master in named(kiepe, "gunicorn") for pid in children(master))
    if kind == "worker":
        return named(kiepe, "commandline worker")
    if kind == "database":
        return named(kiepe, "/postgres ")
    return sorted(
        pid
        for master in named(kiepe, "/postgres ")
        for pid, words in children(master).items()
        if words.startswith("postgres: kiepe_web")
    )


def kill(pid: int) -> bool:
    """SIGKILL; False where it is gone already."""
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True
