"""Jobs: what a change of a case sets off, and what runs by the clock. Each may run twice and does its work once."""

from __future__ import annotations

import logging
from datetime import timedelta

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from kiepe.base.kernel import clock
from kiepe.cases import checkpoints, jobs, portal_watch, receipt, retention
from kiepe.cases.actions.issue import issue as issue_notice
from kiepe.cases.models import AccessEntry, NoticeDocument

ACCESS_DAYS = 365  # the access log's own retention
PATIENCE = timedelta(minutes=15)  # a notice that is not out by then gets a new job
AGAIN = RetryStrategy(max_attempts=10, exponential_wait=4)
log = logging.getLogger(__name__)


@app.task(name=jobs.ISSUE, retry=AGAIN)
def issue(case_id: int) -> None:
    """Render and issue the notice of a decided case."""
    if issue_notice(case_id):
        log.info("case %s: notice issued", case_id)


@app.task(name=jobs.RECEIPT, retry=AGAIN)
def make_receipt(case_id: int) -> None:
    """Render the confirmation of receipt."""
    receipt.make(case_id)


@app.periodic(cron="7 * * * *")
@app.task(name="cases.checkpoint", queueing_lock="cases.checkpoint", pass_context=False)
def checkpoint(timestamp: int) -> None:  # noqa: ARG001 - procrastinate passes the planned time
    """Sign the heads of all cases."""
    taken = checkpoints.take()
    log.info("checkpoint %s over %s cases", taken.number, taken.cases)


@app.periodic(cron="*/15 * * * *")
@app.task(name="cases.reissue", queueing_lock="cases.reissue")
def reissue(timestamp: int) -> None:  # noqa: ARG001 - procrastinate passes the planned time
    """A decided case whose notice is still not out gets a new job: its old one gave up."""
    late = NoticeDocument.objects.filter(issued_at__isnull=True, decision__decided_at__lt=clock.now() - PATIENCE)
    for case_id in late.values_list("decision__case_id", flat=True):
        log.warning("case %s: notice is late, trying again", case_id)
        jobs.issue(case_id)


@app.periodic(cron="* * * * *")
@app.task(name="cases.portal", queueing_lock="cases.portal")
def follow_portal(timestamp: int) -> None:  # noqa: ARG001 - procrastinate passes the planned time
    """Notices that lie in the portal: note which mails left, remind, lay a letter into the post where it must be."""
    for case_id in portal_watch.follow():
        log.info("case %s: delivery in the portal followed up", case_id)


@app.periodic(cron="41 2 * * *")
@app.task(name="cases.retention", queueing_lock="cases.retention")
def forget(timestamp: int) -> None:  # noqa: ARG001 - procrastinate passes the planned time
    """Erase what may not be kept any longer: contents of closed cases by their rule, old entries of the access log."""
    for number in retention.erase_due():
        log.info("case %s: contents erased by retention", number)
    AccessEntry.objects.filter(at__lt=clock.now() - timedelta(days=ACCESS_DAYS)).delete()
