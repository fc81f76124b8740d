"""What runs by the clock: drafts whose day has come go, with their files."""

from __future__ import annotations

import logging

from django.db import transaction
from procrastinate.contrib.django import app

from kiepe.base.forms import taking_in
from kiepe.base.forms.actions import erase
from kiepe.base.forms.models import Draft
from kiepe.base.kernel import clock

log = logging.getLogger(__name__)


@app.periodic(cron="47 3 * * *")
@app.task(name="forms.remove_due", queueing_lock="forms.remove_due")
def remove_due(timestamp: int) -> None:  # noqa: ARG001 - procrastinate passes the planned time
    """Remove drafts whose `delete_on` has come, as their pages announced. One that was changed meanwhile stays."""
    gone = 0
    for draft_id in Draft.objects.filter(delete_on__lte=clock.today()).values_list("pk", flat=True).iterator(500):
        with transaction.atomic():
            draft = Draft.objects.select_for_update(skip_locked=True).filter(pk=draft_id).first()
            if draft is not None and draft.delete_on <= clock.today():
                erase(draft)
                gone += 1
    taking_in.forget_blanks()
    if gone:
        log.info("removed %s drafts whose day had come", gone)
