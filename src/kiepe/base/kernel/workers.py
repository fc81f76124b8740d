"""Which workers live, and what happens to the jobs of the others.

A worker holds an advisory lock under its own number for as long as it lives. PostgreSQL lets go of it the moment the
process is gone, so jobs of a killed worker are known at once, on whichever machine it ran, and run again when the
next worker starts: nobody waits minutes for a notice. The heartbeat remains for a worker that lives and hangs.
"""

from __future__ import annotations

import logging
import os
import threading
import time
from typing import Any

import psycopg
from procrastinate import exceptions, jobs
from procrastinate.manager import JobManager
from procrastinate.utils import utcnow

LOCKS = 0x6B696570  # first half of the lock's name ("kiep"); the second is the worker's number
WATCH_SECONDS = 1.0
ENDED = 75  # exit status of a worker that lost its lock (sysexits: try again)
LEFT_BEHIND = """
    SELECT job.id FROM procrastinate_jobs job
    WHERE job.status = 'doing' AND NOT EXISTS (
        SELECT 1 FROM pg_locks held
        WHERE held.locktype = 'advisory' AND held.granted AND held.classid::bigint = %(locks)s
          AND held.objid::bigint = job.worker_id
          AND held.database = (SELECT oid FROM pg_database WHERE datname = current_database())
    ) ORDER BY job.id
"""
log = logging.getLogger(__name__)


async def take_over(manager: JobManager) -> list[int]:
    """Let the jobs run again that a worker began which is gone; returns their numbers. Handlers are idempotent."""
    rows = await manager.connector.execute_query_all_async(query=LEFT_BEHIND, locks=LOCKS)
    return [row["id"] for row in rows if await run_again(manager, row["id"])]


async def run_again(manager: JobManager, job_id: int) -> bool:
    """One job that was cut off runs again. False where that is not needed: it has ended, or its twin waits already."""
    try:
        await manager.retry_job_by_id_async(job_id=job_id, retry_at=utcnow())
    except exceptions.UniqueViolation:  # a job by the clock, whose next one is waiting: that one does the work
        await manager.finish_job_by_id_async(job_id=job_id, status=jobs.Status.ABORTED, delete_job=False)
        return False
    except exceptions.ConnectorException:
        rows = await manager.connector.execute_query_all_async(
            query="SELECT 1 FROM procrastinate_jobs WHERE id = %(job)s AND status = 'doing'", job=job_id
        )
        if rows:
            raise
        return False
    log.warning("job %s was cut off and runs again", job_id)
    return True


class LivingManager(JobManager):
    """Registers a worker together with its lock, and takes over what others left behind, before its first job."""

    def __init__(self, connector: Any, address: dict[str, Any]) -> None:
        super().__init__(connector)
        self._address = address

    async def register_worker(self) -> int:
        worker_id = await super().register_worker()
        hold(worker_id, self._address)
        await take_over(self)
        return worker_id


def hold(worker_id: int, address: dict[str, Any]) -> psycopg.Connection[Any]:
    """Hold the worker's lock for as long as this process lives. Where it is lost, the process ends at once.

    A worker without its lock would look dead, and its jobs would be done twice; whoever started it starts it again.
    """
    connection = psycopg.connect(**{**address, "autocommit": True})
    connection.execute("SELECT pg_advisory_lock(%s, %s)", [LOCKS, worker_id])
    threading.Thread(target=_watch, args=[connection], name="worker lock", daemon=True).start()
    return connection


def _watch(connection: psycopg.Connection[Any]) -> None:
    while True:
        time.sleep(WATCH_SECONDS)
        try:
            connection.execute("SELECT 1")
        except psycopg.Error:
            log.warning("this worker lost its connection to the database and ends")
            os._exit(ENDED)  # no clean-up: it would need the database
