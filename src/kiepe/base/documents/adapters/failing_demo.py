"""A scanner that is set up and never answers: what happens then can be tried out with it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from kiepe.base.documents.ports import Finding
from kiepe.base.kernel.refusal import Unavailable


class FailingScanner:
    """Set up, and down."""

    present = True

    def scan(self, data: bytes) -> Finding:  # noqa: ARG002 - the port's signature
        raise Unavailable(_("Die Prüfung auf Viren"))
