"""What runs by the clock: blobs without a row go, files whose day has come; what was taken unchecked is checked."""

from __future__ import annotations

import logging
import time
from pathlib import Path
from uuid import UUID

from django.db import transaction
from django.db.models import ProtectedError, RestrictedError
from procrastinate.contrib.django import app

from kiepe.base.documents import actions, queries, vault
from kiepe.base.documents.models import Scan, StoredFile
from kiepe.base.documents.ports import scanner
from kiepe.base.documents.signals import virus_found
from kiepe.base.kernel import clock
from kiepe.base.kernel.refusal import Unavailable

SCANS_AT_ONCE = 200
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


@app.periodic(cron="*/5 * * * *")
@app.task(name="documents.scan_pending", queueing_lock="documents.scan_pending")
def scan_pending(timestamp: int) -> None:  # noqa: ARG001 - procrastinate passes the planned time
    """Look for viruses in what was taken while the scanner did not answer. What is found is kept back, and told."""
    try:
        for file in queries.pending(SCANS_AT_ONCE):
            _scan(file)
    except Unavailable as trouble:
        log.warning("files wait to be checked: %s", trouble.what)


def _scan(file: StoredFile) -> None:
    if not scanner().present:  # it was taken away: then nothing is claimed
        actions.mark_scan(file, Scan.NONE)
        return
    found = scanner().scan(queries.content(file))
    with transaction.atomic():
        if not found.virus:
            actions.mark_scan(file, Scan.CLEAN if found.checked else Scan.NONE)
            return
        log.warning("file %s carries a virus and is kept back", file.pk)
        actions.mark_scan(file, Scan.FOUND)
        virus_found.send(StoredFile, file=file)
