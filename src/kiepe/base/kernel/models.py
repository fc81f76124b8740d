"""Counters of attempts, without personal data: the key is an HMAC that ends with the window."""

from __future__ import annotations

from django.db import models


class Attempts(models.Model):
    """How often something was tried in one window of time."""

    bucket = models.CharField(max_length=40)
    key = models.CharField(max_length=64)
    window = models.BigIntegerField()  # number of the window since 1970
    ends_at = models.DateTimeField(db_index=True)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["bucket", "key", "window"], name="attempts_once")]

    def __str__(self) -> str:
        return f"{self.bucket}: {self.count}"
