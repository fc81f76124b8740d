"""`kiepe serve`: one process tree with PostgreSQL, web server and job worker. Ctrl-C ends all of it.

This process is the only one that connects as the owner of the tables: it migrates, grants, reads the city pack.
Web and worker connect as the web role, which owns no table.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from urllib.parse import quote, urlsplit, urlunsplit

from kiepe.base.kernel import env, parent
from kiepe.base.kernel.postgres import WEB, PostgresTrouble, PrivatePostgres

ROOT = Path(__file__).resolve().parents[4]
LOOPBACK = {"127.0.0.1", "localhost", "::1"}
LOOK_SECONDS = 0.1
STEADY_SECONDS = 10.0  # a child that ran this long is started again at once, one that did not after a pause
LONGEST_PAUSE = 5.0
CONNECTIONS = 64  # to the database, from the web: each thread holds one, and the private PostgreSQL allows 100


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The options of `serve`."""
    parser = commands.add_parser(
        "serve",
        help="start everything: database, web, worker",
        description="Start PostgreSQL, web server and job worker as one process tree; Ctrl-C ends all of it. What dies "
        "is started again. Without KIEPE_DATABASE_URL a private PostgreSQL in var/ is used (KIEPE_VAR).",
    )
    parser.add_argument("--port", type=int, default=8000, help="port of the web server (8000)")
    parser.add_argument("--bind", default="127.0.0.1", help="address to listen on (127.0.0.1)")
    parser.add_argument("--no-demo", action="store_true", help="without invented people and cases")


def run(arguments: argparse.Namespace) -> int:
    """Start, wait, end. Whatever stops the start is one sentence on stderr, exit code 2."""
    try:
        with contextlib.ExitStack() as stack:
            return _serve(arguments, stack)
    except (PostgresTrouble, CannotStart) as trouble:
        print(trouble, file=sys.stderr)
    except OSError as trouble:
        if trouble.filename is None:
            raise
        print(f"Kiepe cannot use {trouble.filename}: {trouble.strerror}.", file=sys.stderr)
    return 2


class CannotStart(Exception):
    """One sentence for the person who starts Kiepe."""


def _serve(arguments: argparse.Namespace, stack: contextlib.ExitStack) -> int:
    _check_port(arguments.bind, arguments.port)
    _set_environment(arguments)
    _var().mkdir(parents=True, exist_ok=True)
    house = House()
    stack.callback(house.end)
    signal.signal(signal.SIGTERM, house.ask_to_end)
    signal.signal(signal.SIGINT, house.ask_to_end)
    if not os.environ.get("KIEPE_DATABASE_URL"):
        house.postgres = _private_postgres()
        house.postgres.start()
        os.environ["KIEPE_DATABASE_URL"] = house.postgres.url()
    web_url = _prepare(house.postgres)
    people = _demo() if not arguments.no_demo else []
    _leave_the_database()
    environment = {**os.environ, "KIEPE_DATABASE_URL": web_url}
    house.start("web", _gunicorn(arguments.bind, arguments.port), environment)
    house.start("worker", [sys.executable, "-m", "kiepe.entrances.commandline", "worker"], environment)
    _await_answer(arguments, house)
    _greet(arguments, people)
    return house.wait()


def _check_port(bind: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in bind else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((bind, port))
        except OverflowError:
            raise CannotStart(f"Port {port} does not exist; choose one from 1 to 65535.") from None
        except PermissionError:
            raise CannotStart(f"Port {port} needs root; choose another one with --port.") from None
        except OSError as trouble:
            if trouble.errno == 98:
                raise CannotStart(
                    f"Port {port} is taken by another program; choose another one, e.g. --port {port + 1}."
                ) from None
            raise CannotStart(f"Cannot listen on {bind}: {trouble.strerror}.") from None


def _set_environment(arguments: argparse.Namespace) -> None:
    os.environ["KIEPE_DEMO"] = "0" if arguments.no_demo else "1"
    os.environ["KIEPE_LOOPBACK"] = "1" if arguments.bind in LOOPBACK else "0"
    if arguments.no_demo and os.environ.get("KIEPE_TODAY"):
        raise CannotStart("KIEPE_TODAY sets the day for tests and demos; without the demo the day is the real one.")
    if arguments.bind not in LOOPBACK and not os.environ.get("KIEPE_HOSTS"):
        os.environ["KIEPE_HOSTS"] = f"localhost,127.0.0.1,{arguments.bind}"


def _var() -> Path:
    return env.folder("KIEPE_VAR", ROOT / "var")


def _private_postgres() -> PrivatePostgres:
    return PrivatePostgres(_var() / "postgres", env.folder("KIEPE_KEYS", ROOT / "keys"))


def _prepare(private: PrivatePostgres | None) -> str:
    """Migrate, grant, read the city pack, collect static files; returns the address for the web role."""
    import django
    from django.db import OperationalError, ProgrammingError

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kiepe.config.settings")
    django.setup()
    from django.core.management import call_command

    _read_city()
    try:
        call_command("migrate", verbosity=0, interactive=False)
        url = _web_role(private)
    except OperationalError as trouble:
        raise CannotStart(f"The database does not answer: {str(trouble).strip().splitlines()[0]}") from None
    except ProgrammingError as trouble:
        raise CannotStart(f"The database cannot be prepared: {str(trouble).strip().splitlines()[0]}") from None
    _collect_static()
    return url


def _read_city() -> None:
    from django.conf import settings
    from django.core.checks import ERROR, run_checks

    from kiepe.base.catalogue import pack

    try:
        pack.read(settings.CITY_PACK)
    except pack.PackError as trouble:
        raise CannotStart("\n".join(trouble.sentences)) from None
    serious = [str(found.msg) for found in run_checks() if found.level >= ERROR]
    if serious:
        raise CannotStart("\n".join(serious))


def _web_role(private: PrivatePostgres | None) -> str:
    from kiepe.base.kernel import grants
    from kiepe.cases.record import APPEND_ONLY_TABLES, ERASABLE_TABLES

    given = os.environ.get("KIEPE_WEB_DATABASE_URL")
    if given:
        role = urlsplit(given).username or WEB
        grants.apply(role, APPEND_ONLY_TABLES, ERASABLE_TABLES)
        return given
    keeper = private or _private_postgres()
    grants.ensure_role(WEB, keeper.password(WEB))
    grants.apply(WEB, APPEND_ONLY_TABLES, ERASABLE_TABLES)
    if private is not None:
        return private.url(WEB)
    parts = urlsplit(os.environ["KIEPE_DATABASE_URL"])
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"{WEB}:{quote(keeper.password(WEB))}@{host}"))


def _collect_static() -> None:
    """Collect and compress where a file changed since the last start."""
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    newest = "\n".join(
        f"{path}:{storage.get_modified_time(path).timestamp()}"
        for finder in get_finders()
        for path, storage in sorted(finder.list([]), key=lambda pair: pair[0])
    )
    stamp = settings.STATIC_ROOT / ".stamp"
    if stamp.exists() and stamp.read_text(encoding="utf-8") == newest:
        return
    call_command("collectstatic", verbosity=0, interactive=False, clear=settings.STATIC_ROOT.exists())
    stamp.write_text(newest, encoding="utf-8")


def _demo() -> list[str]:
    """Seed the demo; returns its staff, a line each."""
    from kiepe.base.accounts.models import Account, AccountKind
    from kiepe.entrances.commandline import demo

    demo.seed()
    people = Account.objects.filter(is_demo=True, kind=AccountKind.STAFF).order_by("pk")
    return [f"{person.name} ({person.unit}, {', '.join(person.roles)})" for person in people]


def _leave_the_database() -> None:
    """From here on nobody is connected as the owner of the tables."""
    from django.db import connections

    connections.close_all()


def _gunicorn(bind: str, port: int) -> list[str]:
    # No process takes more connections than it has threads: else a request would wait behind a phone that sends for
    # minutes while another process is idle.
    workers = 2 * (os.cpu_count() or 1)
    threads = str(max(2, min(8, CONNECTIONS // workers)))
    host = f"[{bind}]" if ":" in bind else bind
    return [
        sys.executable, "-m", "gunicorn", "--config", "python:kiepe.config.gunicorn",
        "--bind", f"{host}:{port}", "--workers", str(workers),
        "--threads", threads, "--worker-connections", threads,
    ]  # fmt: skip


@dataclass
class Child:
    """One process of the house, and how to start it again. Steady children come back at once."""

    command: list[str]
    environment: dict[str, str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    ended: float = 0.0
    pause: float = 0.0

    def start(self) -> None:
        """Start it in a session of its own: Ctrl-C reaches the house, and the house ends its children."""
        self.process = subprocess.Popen(
            self.command, env=self.environment, start_new_session=True, preexec_fn=parent.end_with_parent
        )
        self.started, self.ended = time.monotonic(), 0.0

    def alive(self) -> bool:
        """Whether it runs."""
        return self.process is not None and self.process.poll() is None

    def look_after(self, name: str) -> None:
        """Start it again where it ended; after a growing pause where it ends again and again."""
        now = time.monotonic()
        if self.alive():
            return
        if not self.ended:
            steady = now - self.started > STEADY_SECONDS
            self.ended, self.pause = now, 0.0 if steady else min(2 * self.pause + 0.2, LONGEST_PAUSE)
        if now - self.ended >= self.pause:
            print(f"The {name} process ended unexpectedly and is started again.", file=sys.stderr)
            self.start()


@dataclass
class House:
    """The process tree. A child that dies is started again; the end comes from outside only."""

    postgres: PrivatePostgres | None = None
    _children: dict[str, Child] = field(default_factory=dict)
    _ending: bool = False

    def start(self, name: str, command: list[str], environment: dict[str, str]) -> None:
        """Start a child, and look after it from now on."""
        self._children[name] = Child(command, environment)
        self._children[name].start()

    def ask_to_end(self, _signal: int, _frame: FrameType | None) -> None:
        """Signal handler."""
        self._ending = True

    def alive(self, name: str) -> bool:
        """Whether this child runs."""
        return self._children[name].alive()

    def wait(self) -> int:
        """Look after the children until asked to end."""
        while not self._ending:
            time.sleep(LOOK_SECONDS)
            self._look_after_the_database()
            for name, child in self._children.items():
                if not self._ending:
                    child.look_after(name)
        return 0

    def _look_after_the_database(self) -> None:
        if self.postgres is None or self.postgres.alive():
            return
        print("PostgreSQL ended unexpectedly and is started again.", file=sys.stderr)
        try:
            self.postgres.start()
        except PostgresTrouble as trouble:  # pages say meanwhile that the house is away; giving up would help nobody
            print(trouble, file=sys.stderr)
            time.sleep(LONGEST_PAUSE)

    def end(self) -> None:
        """End web and worker, then the database."""
        self._ending = True
        running = [child.process for child in self._children.values() if child.process is not None]
        for process in running:
            if process.poll() is None:
                process.terminate()
        for process in running:
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
        if self.postgres is not None:
            self.postgres.stop()


def _await_answer(arguments: argparse.Namespace, house: House) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until and house.alive("web"):
        with contextlib.suppress(OSError), socket.create_connection((arguments.bind, arguments.port), timeout=1):
            return
        time.sleep(0.05)
    raise CannotStart("The web server did not start; its own message stands above.")


def _greet(arguments: argparse.Namespace, people: list[str]) -> None:
    host = "localhost" if arguments.bind in LOOPBACK else arguments.bind
    print(f"\nKiepe is ready: http://{host}:{arguments.port}/")
    if people and arguments.bind in LOOPBACK:
        print(f"Staff sign in at http://{host}:{arguments.port}/anmelden/mitarbeit/ (demo, one click, no password):")
        for line in people:
            print(f"  {line}")
    print("Ctrl-C ends everything.", flush=True)
