"""What Kiepe asks of an electronic seal (Art. 35 eIDAS; § 36a Abs. 2a Nr. 3 Buchst. a SGB I)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, runtime_checkable


@dataclass(frozen=True, slots=True)
class Sealed:
    """What a seal on a PDF says: whose, when (as the sealer states it), whether it is a qualified one."""

    holder: str
    at: datetime
    qualified: bool


@runtime_checkable
class Seal(Protocol):
    """One way to seal a PDF."""

    @property
    def name(self) -> str:
        """Short key that is kept with what was sealed, such as `demo`."""
        ...

    @property
    def qualified(self) -> bool:
        """Whether it is a qualified electronic seal: only that replaces the written form outside of a demo."""
        ...

    def words(self) -> str:
        """One sentence about the seal, set into the document before it is sealed and shown beside it."""
        ...

    def seal(self, pdf: bytes, *, at: datetime) -> bytes:
        """The same PDF with a seal over all of it. Raises kernel.refusal.Unavailable where the sealer is down."""
        ...

    def read(self, pdf: bytes) -> Sealed | None:
        """What the seal says; None where there is none of this sealer's, or a single byte is another since."""
        ...
