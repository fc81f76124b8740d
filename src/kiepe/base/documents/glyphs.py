"""Which characters the letters' fonts can show. Reads the fonts' own table (OpenType `cmap`, format 4)."""

from __future__ import annotations

import struct
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

FONTS = Path(__file__).with_name("fonts")
REPLACEMENT = "\ufffd"
KEPT_CONTROLS = "\n\t"


@cache
def covered() -> frozenset[int]:
    """The code points that every cut of Noto Sans has a glyph for, and those of Noto Sans Math (−, ≤, →), its help."""
    cuts = (_characters(path.read_bytes()) for path in sorted(FONTS.glob("NotoSans-*.ttf")))
    return frozenset.intersection(*cuts) | _characters((FONTS / "NotoSansMath-Regular.ttf").read_bytes())


def printable(text: str) -> str:
    """The text with composed letters, without invisible controls, and with U+FFFD for what the font lacks.

    DIN 91379, which every letter of the font's covers, names the replacement character for exactly this. The person's
    own text is untouched in the case; only the letter shows the sign.
    """
    shown = covered()
    signs = []
    for sign in unicodedata.normalize("NFC", text):
        if unicodedata.category(sign) in {"Cc", "Cf", "Cs"}:
            signs.append(sign if sign in KEPT_CONTROLS else "")  # a hidden turn of direction must not forge a text
        else:
            signs.append(sign if ord(sign) in shown or sign == "\u2028" else REPLACEMENT)
    return "".join(signs)


def _characters(font: bytes) -> frozenset[int]:
    (tables,) = struct.unpack_from(">H", font, 4)
    for number in range(tables):
        tag, _checksum, offset, _length = struct.unpack_from(">4sLLL", font, 12 + 16 * number)
        if tag == b"cmap":
            return _of_cmap(font, offset)
    raise ValueError("a font without cmap")


def _of_cmap(font: bytes, start: int) -> frozenset[int]:
    (tables,) = struct.unpack_from(">H", font, start + 2)
    for number in range(tables):
        _platform, _encoding, offset = struct.unpack_from(">HHL", font, start + 4 + 8 * number)
        if struct.unpack_from(">H", font, start + offset) == (4,):
            return frozenset(_of_format_4(font, start + offset))
    raise ValueError("a font without a cmap of format 4")


def _of_format_4(font: bytes, start: int) -> Iterator[int]:
    """Code points with a glyph, segment by segment, as OpenType's specification of `cmap` describes it."""
    (doubled,) = struct.unpack_from(">H", font, start + 6)
    ends, starts = start + 14, start + 16 + doubled
    for at in range(0, doubled, 2):
        (last,) = struct.unpack_from(">H", font, ends + at)
        (first,) = struct.unpack_from(">H", font, starts + at)
        (delta,) = struct.unpack_from(">H", font, starts + doubled + at)
        place = starts + 2 * doubled + at
        (offset,) = struct.unpack_from(">H", font, place)
        for code in range(first, last + 1):
            if offset == 0:
                glyph = (code + delta) & 0xFFFF
            else:
                (glyph,) = struct.unpack_from(">H", font, place + offset + 2 * (code - first))
            if glyph and code != 0xFFFF:
                yield code
