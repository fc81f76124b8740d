"""News from rooms below, each taken in by one call."""

from __future__ import annotations

from django.dispatch import receiver

from kiepe.base.documents.models import StoredFile
from kiepe.base.documents.signals import virus_found
from kiepe.cases import actions


@receiver(virus_found)
def _virus_found(sender: object, file: StoredFile, **_more: object) -> None:  # noqa: ARG001 - Django's signature
    actions.block_file(file.pk)
