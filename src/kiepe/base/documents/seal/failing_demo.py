"""A sealer that is always down: shows what happens to a notice then. For demos and tests."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from kiepe.base.documents.seal.port import Sealed
from kiepe.base.kernel.refusal import Unavailable


class FailingSeal:
    """Implements port.Seal."""

    name = "failing_demo"
    qualified = False

    def words(self) -> str:
        """As for a seal that would work."""
        return _("Dieses PDF trägt ein Vorführ-Siegel. Es ist kein qualifiziertes elektronisches Siegel.")

    def seal(self, pdf: bytes, *, at: datetime) -> bytes:  # noqa: ARG002 - the port's signature
        """Never works."""
        raise Unavailable(_("Der Siegeldienst"))

    def read(self, pdf: bytes) -> Sealed | None:  # noqa: ARG002 - the port's signature
        """Nothing was ever sealed."""
        return None


SEAL = FailingSeal()
