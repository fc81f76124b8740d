"""Limits on attempts: sign-in, codes, begun drafts. Counted in the database, so that every process sees them."""

from __future__ import annotations

import hmac
import math
from datetime import UTC, datetime
from hashlib import sha256

from django.conf import settings
from django.db import connection
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from kiepe.base.kernel.models import Attempts
from kiepe.base.kernel.refusal import Refused


def hit(bucket: str, key: str, *, limit: int, seconds: int) -> None:
    """Count one attempt under `key`; raise Refused (429) when more than `limit` came within the window of `seconds`.

    `key` may be an address or a name: only its HMAC is stored, and only until the window ends. Call it outside of a
    transaction that may roll back: the count must stay.
    """
    now = timezone.now()
    window = int(now.timestamp()) // seconds
    ends = datetime.fromtimestamp((window + 1) * seconds, tz=UTC)
    digest = _digest(bucket, key, window)
    with connection.cursor() as cursor:
        cursor.execute(
            'INSERT INTO kernel_attempts (bucket, key, "window", ends_at, count) VALUES (%s, %s, %s, %s, 1)'
            ' ON CONFLICT (bucket, key, "window") DO UPDATE SET count = kernel_attempts.count + 1 RETURNING count',
            [bucket, digest, window, ends],
        )
        (count,) = cursor.fetchone()
    if count > limit:
        minutes = max(1, math.ceil((ends - now).total_seconds() / 60))
        raise Refused(
            _("Das waren zu viele Versuche"),
            _("Bitte warten Sie %(minutes)d Minuten und versuchen Sie es dann noch einmal.") % {"minutes": minutes},
            status=429,
        )


def _digest(bucket: str, key: str, window: int) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), f"{bucket}\0{window}\0{key}".encode(), sha256).hexdigest()


def forgive(bucket: str, key: str, *, seconds: int) -> None:
    """Take one attempt back that `hit` has counted: it was right, and only wrong ones are to add up."""
    window = int(timezone.now().timestamp()) // seconds
    digest = _digest(bucket, key, window)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE kernel_attempts SET count = GREATEST(count - 1, 0)"
            ' WHERE bucket = %s AND key = %s AND "window" = %s',
            [bucket, digest, window],
        )


def origin(request: HttpRequest) -> str:
    """The network address that a request came from, as key of a limit; never stored as it is."""
    return str(request.META.get("REMOTE_ADDR", ""))


def forget() -> int:
    """Remove counters whose window has ended; returns how many."""
    return Attempts.objects.filter(ends_at__lt=timezone.now()).delete()[0]
