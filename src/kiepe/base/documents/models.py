"""One row a stored file. The bytes lie encrypted in a folder; without the row's wrapped key nobody reads them."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone


class StoredFile(models.Model):
    """A file that is kept: what it is, how long, and its own key, wrapped by the master key.

    `sha256` is of the readable bytes. `flattened` says that a PDF carried active content (scripts, attachments), so
    that only its visible pages were taken. `delete_on` is the first day on which it may no longer exist.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=160)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    pages = models.PositiveSmallIntegerField(default=0)
    sha256 = models.CharField(max_length=64)
    purpose = models.CharField(max_length=60)
    flattened = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)
    delete_on = models.DateField(null=True, blank=True)
    key_id = models.CharField(max_length=16)
    wrapped_key = models.BinaryField()

    class Meta:
        ordering = ["created_at", "id"]
        indexes = [
            models.Index(fields=["delete_on"], name="file_delete_on", condition=models.Q(delete_on__isnull=False))
        ]

    def __str__(self) -> str:
        return str(self.id)
