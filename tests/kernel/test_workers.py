"""Jobs of a worker that is gone run again at once; those of one that lives are left alone."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from typing import Any

import psycopg
import pytest
from asgiref.sync import async_to_sync
from django.db import connection
from procrastinate.contrib.django import app, connector_params
from procrastinate.contrib.django.models import ProcrastinateJob

from kiepe.base.kernel import workers
from kiepe.base.kernel.tasks import retry_stalled

HOLD = """
import json, sys, time
from kiepe.base.kernel import workers
workers.hold(int(sys.argv[1]), json.loads(sys.argv[2]))
print("held", flush=True)
time.sleep(60)
"""
pytestmark = [pytest.mark.processes, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _no_jobs(transactional_db: None) -> None:
    """The queue's tables are not Django's own to empty."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")


def _worker() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT worker_id FROM procrastinate_register_worker_v1()")
        row = cursor.fetchone()
    assert row is not None
    return int(row[0])


def _begun(worker: int, queueing_lock: str | None = None) -> int:
    """A job that this worker began."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (task_name, queue_name, queueing_lock, status, worker_id) "
            "VALUES ('probe', 'default', %s, 'doing', %s) RETURNING id",
            [queueing_lock, worker],
        )
        row = cursor.fetchone()
    assert row is not None
    return int(row[0])


def _state(job: int) -> str:
    return str(ProcrastinateJob.objects.get(pk=job).status)


def _address() -> dict[str, Any]:
    return {key: value for key, value in connector_params().items() if isinstance(value, str | int)}


def _holder(worker: int) -> subprocess.Popen[str]:
    child = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(worker), json.dumps(_address())], stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "held\n"
    return child


def test_a_killed_workers_job_runs_again_and_a_living_ones_does_not() -> None:
    first, second = _worker(), _worker()
    cut_off, running = _begun(first), _begun(second)
    dying, living = _holder(first), _holder(second)
    try:
        assert async_to_sync(workers.take_over)(app.job_manager) == []  # both live
        dying.kill()
        dying.wait()
        until = time.monotonic() + 5
        while not (taken := async_to_sync(workers.take_over)(app.job_manager)) and time.monotonic() < until:
            time.sleep(0.02)
        assert taken == [cut_off]
        assert _state(cut_off) == "todo"
        assert _state(running) == "doing"
    finally:
        for child in (dying, living):
            child.kill()
            child.wait()
            assert child.stdout is not None
            child.stdout.close()


def test_a_job_by_the_clock_whose_next_one_waits_holds_up_no_other() -> None:
    gone = _worker()
    twin, other = _begun(gone, "probe"), _begun(gone)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (task_name, queue_name, queueing_lock) VALUES ('probe', 'default', 'probe')"
        )
    async_to_sync(retry_stalled.func)(timestamp=0)
    assert _state(twin) == "aborted"
    assert _state(other) == "todo"


def test_a_worker_that_loses_its_lock_ends() -> None:
    child = _holder(_worker())
    try:
        with psycopg.connect(**_address(), autocommit=True) as other:
            other.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND classid::bigint = %s",
                [workers.LOCKS],
            )
        assert child.wait(10) == workers.ENDED
    finally:
        child.kill()
        child.wait()
        assert child.stdout is not None
        child.stdout.close()
