"""Jobs of the house itself: stalled jobs are taken up again, old counters removed."""

from __future__ import annotations

import logging

from procrastinate.contrib.django import app

from kiepe.base.kernel import limits

log = logging.getLogger(__name__)
STALLED_SECONDS = 60


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="retry_stalled", pass_context=False)
async def retry_stalled(timestamp: int) -> None:  # noqa: ARG001 - procrastinate's signature
    """A worker that was killed leaves its job 'doing' and its heartbeat stops: such jobs run again."""
    for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_SECONDS):
        log.warning("job %s had stalled and runs again", job.id)
        await app.job_manager.retry_job(job)


@app.periodic(cron="17 3 * * *")
@app.task(queueing_lock="forget_attempts")
def forget_attempts(timestamp: int) -> None:  # noqa: ARG001 - procrastinate's signature
    """Counters of ended windows go every night."""
    log.info("removed %s counters", limits.forget())
