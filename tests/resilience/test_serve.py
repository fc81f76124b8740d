"""Starting and ending: every trouble is one sentence, nothing is left behind, no folder's mode is changed."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from tests.processes import ROOT, Kiepe, free_port, remove, running
from tests.resilience.acting import Person, named, tree

pytestmark = pytest.mark.processes
COMMANDS = ["law", "serve", "worker", "cases", "staff"]
END_SECONDS = 30


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path
    remove(tmp_path)


@pytest.fixture(scope="module")
def used(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with a demo that was started before: starting again takes little."""
    folder = tmp_path_factory.mktemp("used")
    with running(folder):
        pass
    yield folder
    remove(folder)


def kiepe(folder: Path, *words: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run `kiepe WORDS` that is to end by itself."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("KIEPE_")}
    return subprocess.run(
        [sys.executable, "-m", "kiepe.entrances.commandline", *words],
        env={**environment, "KIEPE_VAR": str(folder / "var"), "KIEPE_KEYS": str(folder / "keys"), **settings},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def one_sentence(done: subprocess.CompletedProcess[str], *parts: str) -> None:
    """Exit code 2, one line on stderr that says these things, nothing on stdout."""
    assert done.returncode == 2, done
    assert done.stderr.count("\n") == 1, done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
    for part in parts:
        assert part in done.stderr


def serve(folder: Path, *words: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """`kiepe serve` that cannot start."""
    return kiepe(folder, "serve", "--port", str(free_port()), *words, **settings)


def test_port_taken(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        one_sentence(kiepe(folder, "serve", "--port", str(port)), f"Port {port} is taken", "--port")
    assert not (folder / "var").exists()


@pytest.mark.parametrize(("port", "says"), [("70000", "does not exist"), ("-1", "does not exist")])
def test_no_such_port(folder: Path, port: str, says: str) -> None:
    one_sentence(kiepe(folder, "serve", "--port", port), says)


def test_no_such_address(folder: Path) -> None:
    one_sentence(serve(folder, "--bind", "203.0.113.7"), "Cannot listen on 203.0.113.7")
    one_sentence(serve(folder, "--bind", "kein.name.invalid"), "Cannot listen on kein.name.invalid")


def test_database_unreachable(folder: Path) -> None:
    url = f"postgresql://kiepe:geheim@127.0.0.1:{free_port()}/kiepe"
    done = serve(folder, KIEPE_DATABASE_URL=url)
    one_sentence(done, "database does not answer")
    assert "geheim" not in done.stderr


def test_database_is_no_address(folder: Path) -> None:
    one_sentence(serve(folder, KIEPE_DATABASE_URL="mysql://localhost/kiepe"), "KIEPE_DATABASE_URL", "postgresql://")


def test_broken_data_folder(folder: Path) -> None:
    from kiepe.base.kernel.postgres import PrivatePostgres

    server = PrivatePostgres(folder / "var" / "postgres", folder / "keys")
    server._make_folders()
    server.data.mkdir(parents=True)
    (server.data / "PG_VERSION").write_text("18")
    one_sentence(serve(folder), "PostgreSQL in", "does not start")


def test_folder_that_is_a_file(folder: Path) -> None:
    (folder / "var").write_text("")
    one_sentence(serve(folder), str(folder / "var"))


def test_entry_missing_in_the_city_pack(folder: Path) -> None:
    pack = folder / "stadt"
    shutil.copytree(ROOT / "cities" / "muenster", pack)
    file = pack / "services" / "wohngeld.yaml"
    lines = [line for line in file.read_text().splitlines(keepends=True) if not line.startswith("unit:")]
    file.write_text("".join(lines))
    one_sentence(serve(folder, KIEPE_CITY=str(pack)), "services/wohngeld.yaml, Zeile ", "„unit“ fehlt")


def test_no_city_pack(folder: Path) -> None:
    one_sentence(serve(folder, KIEPE_CITY=str(folder / "nichts")), "nichts/city.toml fehlt", "KIEPE_CITY")


def test_set_day_without_demo(folder: Path) -> None:
    one_sentence(serve(folder, "--no-demo", KIEPE_TODAY="2026-11-20"), "KIEPE_TODAY", "demo")


def test_day_that_is_none(folder: Path) -> None:
    one_sentence(serve(folder, KIEPE_TODAY="20.11.2026"), "KIEPE_TODAY", "2026-11-20")


def test_help_explains() -> None:
    said = kiepe(Path("/nonexistent"), "--help")
    assert said.returncode == 0
    for word in COMMANDS:
        assert f"    {word} " in said.stdout
        one = kiepe(Path("/nonexistent"), word, "--help")
        assert one.returncode == 0, one.stderr
        assert f"usage: kiepe {word}" in one.stdout
        assert len(one.stdout.split("options:")[0].strip().splitlines()) >= 3, f"{word} does not say what it does"


def test_unknown_command() -> None:
    done = kiepe(Path("/nonexistent"), "fly")
    assert done.returncode == 2
    assert "'fly'" in done.stderr
    assert all(word in done.stderr for word in COMMANDS)
    assert "Traceback" not in done.stderr


def modes(*roots: Path) -> dict[Path, int]:
    """The modes of folders, of all above them, and of all that lies in them; and of those that root could reach for."""
    system = [Path("/var/lib"), Path("/tmp"), Path(sys.prefix)]
    found = {above: above.stat().st_mode for root in [*roots, *system] for above in [root, *root.parents]}
    for root in roots:
        for place in root.rglob("*"):
            if ".venv" not in place.parts and "__pycache__" not in place.parts and not place.is_symlink():
                found[place] = place.stat().st_mode
    return found


def test_without_demo(folder: Path) -> None:
    """No demo people; no mode of what was there before is changed by the first start."""
    places = [folder / "var", folder / "keys"]
    for place, mode in zip(places, (0o755, 0o700), strict=True):
        place.mkdir()
        place.chmod(mode)
    before = modes(*places, ROOT / "src", ROOT / "cities")
    with running(folder, demo=False) as house:
        person = Person(house.address, "", "")
        assert "Demo" not in person.get("/anmelden/mitarbeit/").text
        assert person.post("/anmelden/vorfuehrung/1/", {}).status in {403, 404}
        with psycopg.connect(house.owner_url()) as database:
            assert database.execute("SELECT count(*) FROM accounts_account").fetchone() == (0,)
            assert database.execute("SELECT count(*) FROM cases_case").fetchone() == (0,)
        _web_role(house)
        after = modes(*places, ROOT / "src", ROOT / "cities")
        assert {place: after.get(place) for place in before} == before


def _web_role(house: Kiepe) -> None:
    """What web and worker connect as owns no table and may not touch the record or its triggers."""
    from kiepe.base.kernel.postgres import WEB, PrivatePostgres

    url = PrivatePostgres(house.var / "postgres", house.folder / "keys").url(WEB)
    with psycopg.connect(url, autocommit=True) as web:
        owned = web.execute("SELECT count(*) FROM pg_class WHERE relowner = current_user::regrole").fetchone()
        assert owned == (0,)
        assert web.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").fetchone() == (False,)
        for statement in (
            b"UPDATE cases_caseevent SET verb = 'decided'",
            b"DELETE FROM cases_caseevent",
            b"TRUNCATE cases_caseevent",
            b"DELETE FROM cases_checkpoint",
            b"UPDATE cases_deletionentry SET norm = ''",
            b"ALTER TABLE cases_caseevent DISABLE TRIGGER ALL",
            b"DROP TRIGGER cases_caseevent_kept ON cases_caseevent",
            b"SET session_replication_role = replica",
            b"CREATE TABLE mine (n int)",
            b"ALTER FUNCTION cases_refuse_change() RENAME TO anything",
            b"UPDATE django_migrations SET name = ''",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                web.execute(statement)
        assert web.execute("SELECT count(*) FROM cases_caseevent").fetchone() == (0,)  # reading is allowed
    with psycopg.connect(house.owner_url()) as owner:
        seen = owner.execute(
            "SELECT DISTINCT usename FROM pg_stat_activity "
            "WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'"
        ).fetchall()
    assert seen == [("kiepe_web",)]


def test_other_addresses_have_no_demo_sign_in(used: Path) -> None:
    port = free_port()
    with running(used, port=port, words=["--bind", "0.0.0.0"]) as house:
        page = Person(house.address, "", "").get("/anmelden/mitarbeit/")
        assert page.status == 200
        assert "Ayşe Demo" not in page.text
        assert Person(house.address, "", "").post("/anmelden/vorfuehrung/1/", {}).status in {403, 404}


@contextmanager
def alone(used: Path) -> Iterator[tuple[Kiepe, dict[int, str]]]:
    """A running Kiepe and its processes."""
    with running(used) as house:
        Person(house.address, "", "").patiently("/")
        below = tree(house.process.pid)
        assert len(below) > 8
        yield house, below


def gone(pids: dict[int, str], seconds: float = END_SECONDS) -> bool:
    """Whether all of these end in time."""
    until = time.monotonic() + seconds
    left = dict(pids)
    while left and time.monotonic() < until:
        left = {pid: words for pid, words in left.items() if _runs(pid, words)}
        time.sleep(0.05)
    assert left == {}
    return True


def _runs(pid: int, words: str) -> bool:
    try:
        same = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z" and bool(same)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_ends_cleanly(used: Path, number: signal.Signals) -> None:
    before = (used / "stderr.txt").read_text()
    with alone(used) as (house, below):
        house.process.send_signal(number)
        assert house.process.wait(END_SECONDS) == 0
        assert gone(below, 1)
    assert (used / "stderr.txt").read_text()[len(before) :] == ""


def test_ctrl_c_in_a_terminal_ends_cleanly(used: Path) -> None:
    """A terminal sends the signal to every process of the group, not to `serve` alone."""
    with alone(used) as (house, below):
        for pid in [house.process.pid, *named(house, "gunicorn"), *named(house, "worker")]:
            if os.getpgid(pid) == os.getpgid(house.process.pid):
                os.kill(pid, signal.SIGINT)
        assert house.process.wait(END_SECONDS) == 0
        assert gone(below, 1)
        assert not any(os.getpgid(pid) == os.getpgid(house.process.pid) for pid in below if _runs(pid, ""))


def test_killed_serve_leaves_nothing_behind(used: Path) -> None:
    port = free_port()
    with running(used, port=port) as house:
        below = tree(house.process.pid)
        house.process.kill()
        house.process.wait()
        assert gone(below)
    with running(used, port=port) as house:
        assert Person(house.address, "", "").get("/").status == 200


def test_killed_serve_can_be_started_again_at_once(used: Path) -> None:
    """Also while what the killed one left is still ending."""
    with running(used) as house:
        house.process.kill()
        house.process.wait()
    with running(used) as house:
        assert Person(house.address, "", "").get("/").status == 200
