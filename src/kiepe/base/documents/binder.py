"""Several letters of ours as one PDF for the printer."""

from __future__ import annotations

import io
from collections.abc import Iterable

import pikepdf


def bind(letters: Iterable[bytes]) -> bytes:
    """One PDF; each letter begins on the front of a sheet, also on a printer that prints both sides."""
    with pikepdf.new() as bound:
        for letter in letters:
            with pikepdf.open(io.BytesIO(letter)) as one:
                bound.pages.extend(one.pages)
                if len(one.pages) % 2:
                    bound.add_blank_page(page_size=(595.276, 841.89))
        out = io.BytesIO()
        bound.save(out)
    return out.getvalue()
