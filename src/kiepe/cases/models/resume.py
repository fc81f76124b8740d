"""How somebody without an account comes back to a draft on another device: a link, and a code beside it."""

from __future__ import annotations

from django.db import models

from kiepe.base.forms.models import Draft


class ResumeLink(models.Model):
    """Of link and code only an HMAC is kept (kiepe.cases.access). A new pair has the next `generation`."""

    draft = models.OneToOneField(Draft, primary_key=True, on_delete=models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    code_hash = models.CharField(max_length=64)
    generation = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"link to draft {self.draft_id}"
