"""One row a stored file. The bytes lie encrypted in a folder; without the row's wrapped key nobody reads them."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Scan(models.TextChoices):
    """Whether somebody looked for viruses. Only `clean` may be called checked."""

    NONE = "", _("nicht geprüft")  # there is no scanner
    PENDING = "pending", _("noch nicht geprüft")  # there is one, and it did not answer: a job asks again
    CLEAN = "clean", _("auf Viren geprüft")
    FOUND = "found", _("Virus gefunden")  # later, by the job: the file is kept back from everybody


class StoredFile(models.Model):
    """A file that is kept: what it is, how long, and its own key, wrapped by the master key.

    `sha256` is of the readable bytes. `flattened` says that a PDF carried active content (scripts, attachments), so
    that only its visible pages were taken. `photo`: it was sent as a picture. `turn`: by how many degrees its pages are
    turned clockwise wherever they are shown; the bytes stay as they are. `delete_on` is the first day on which it may
    no longer exist.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=160)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    pages = models.PositiveSmallIntegerField(default=0)
    sha256 = models.CharField(max_length=64)
    purpose = models.CharField(max_length=60)
    flattened = models.BooleanField(default=False)
    photo = models.BooleanField(default=False)
    turn = models.PositiveSmallIntegerField(default=0)
    scan = models.CharField(max_length=7, choices=Scan.choices, default=Scan.NONE, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    delete_on = models.DateField(null=True, blank=True)
    key_id = models.CharField(max_length=16)
    wrapped_key = models.BinaryField()

    class Meta:
        ordering = ["created_at", "id"]
        indexes = [
            models.Index(fields=["delete_on"], name="file_delete_on", condition=models.Q(delete_on__isnull=False)),
            models.Index(fields=["created_at"], name="file_scan_pending", condition=models.Q(scan=Scan.PENDING)),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(turn__in=[0, 90, 180, 270]), name="file_turn_quarters"),
            models.CheckConstraint(condition=models.Q(scan__in=Scan.values), name="file_scan_known"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Preview(models.Model):
    """The first page of a file as a small JPEG, unturned, encrypted with the file's own key. It goes with the file."""

    file = models.OneToOneField(StoredFile, on_delete=models.CASCADE, primary_key=True, related_name="preview")
    data = models.BinaryField()

    def __str__(self) -> str:
        return f"preview of {self.file_id}"
