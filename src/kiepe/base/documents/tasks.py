"""What runs by the clock: blobs without a row go, and files whose day has come."""

from __future__ import annotations

import logging
import time
from pathlib import Path
from uuid import UUID

from django.db import transaction
from django.db.models import ProtectedError, RestrictedError
from procrastinate.contrib.django import app

from kiepe.base.documents import actions, vault
from kiepe.base.documents.models import StoredFile
from kiepe.base.kernel import clock

ORPHAN_SECONDS = 86_400  # longer than any transaction that still may write the row
log = logging.getLogger(__name__)


@app.periodic(cron="17 3 * * *")
@app.task(name="documents.remove_orphans", queueing_lock="documents.remove_orphans")
def remove_orphans(timestamp: int) -> None:  # noqa: ARG001 - procrastinate passes the planned time
    """Remove blobs, staged ones too, that are older than a day and have no row."""
    gone = sum(_remove_orphans_of(prefix) for prefix in vault.folder().glob("[0-9a-f][0-9a-f]"))
    if gone:
        log.info("removed %s blobs without a row", gone)


def _remove_orphans_of(prefix: Path) -> int:
    oldest = time.time() - ORPHAN_SECONDS
    gone = 0
    for blob in prefix.iterdir():
        if blob.stat().st_mtime > oldest:
            continue
        if blob.name.startswith(".") or not StoredFile.objects.filter(pk=UUID(blob.name)).exists():
            blob.unlink(missing_ok=True)
            gone += 1
    return gone


@app.periodic(cron="37 3 * * *")
@app.task(name="documents.remove_due", queueing_lock="documents.remove_due")
def remove_due(timestamp: int) -> None:  # noqa: ARG001 - procrastinate passes the planned time
    """Remove the files whose `delete_on` has come. One that another row still holds stays, and is named in the log."""
    for file in StoredFile.objects.filter(delete_on__lte=clock.today()).iterator(500):
        try:
            with transaction.atomic():
                actions.remove(file)
        except (ProtectedError, RestrictedError):
            log.warning("file %s is due for removal and still in use", file.pk)
