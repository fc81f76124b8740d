"""Jobs of the house itself: stalled jobs are taken up again, old counters removed."""

from __future__ import annotations

import logging

from procrastinate.contrib.django import app

from kiepe.base.kernel import limits, workers

log = logging.getLogger(__name__)
STALLED_SECONDS = 60


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="retry_stalled", pass_context=False)
async def retry_stalled(timestamp: int) -> None:  # noqa: ARG001 - procrastinate's signature
    """Jobs of a worker that is gone run again, and those of one that lives and gives no sign for a minute.

    A worker does the first at its start too (kernel/workers.py); this is for the death of one among several.
    """
    await workers.take_over(app.job_manager)
    for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_SECONDS):
        if job.id is not None:
            await workers.run_again(app.job_manager, job.id)


@app.periodic(cron="17 3 * * *")
@app.task(queueing_lock="forget_attempts")
def forget_attempts(timestamp: int) -> None:  # noqa: ARG001 - procrastinate's signature
    """Counters of ended windows go every night."""
    log.info("removed %s counters", limits.forget())
