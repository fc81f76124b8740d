"""No scanner: nothing is looked at, and nothing is said about viruses."""

from __future__ import annotations

from kiepe.base.documents.ports import Finding


class NoScanner:
    """The default where KIEPE_CLAMAV is not set."""

    present = False

    def scan(self, data: bytes) -> Finding:  # noqa: ARG002 - the port's signature
        return Finding(checked=False)
