"""The private PostgreSQL: comes back after a kill, keeps modes, asks for passwords."""

from __future__ import annotations

import os
import shutil
import signal
from pathlib import Path

import psycopg
import pytest

from kiepe.base.kernel.postgres import PostgresTrouble, PrivatePostgres


def test_it_survives_a_kill_and_asks_for_a_password(tmp_path: Path) -> None:
    house = tmp_path / "house"
    house.mkdir(mode=0o755)
    modes = {folder: folder.stat().st_mode for folder in [house, *house.parents]}
    server = PrivatePostgres(house / "postgres", tmp_path / "keys")
    server.start()
    try:
        with psycopg.connect(server.url(), autocommit=True) as connection:
            connection.execute("CREATE TABLE kept (n int)")
            connection.execute("INSERT INTO kept VALUES (1)")
        with pytest.raises(psycopg.OperationalError, match="password"):
            psycopg.connect(server.url().replace(server.password("kiepe_owner"), "guessed"))
        pid = int((server.data / "postmaster.pid").read_text().splitlines()[0])
        os.kill(pid, signal.SIGKILL)
        assert server._process is not None
        server._process.wait()
        assert not server.alive()
        server.start()
        with psycopg.connect(server.url()) as connection:
            assert connection.execute("SELECT n FROM kept").fetchall() == [(1,)]
    finally:
        server.stop()
        shutil.rmtree(server.folder)
    assert {folder: folder.stat().st_mode for folder in modes} == modes


def test_broken_data_is_one_sentence(tmp_path: Path) -> None:
    server = PrivatePostgres(tmp_path / "postgres", tmp_path / "keys")
    server._make_folders()
    server.data.mkdir(parents=True)
    (server.data / "PG_VERSION").write_text("18")
    with pytest.raises(PostgresTrouble, match=r"does not start\. Its last words:"):
        server.start()
    shutil.rmtree(server.folder)
