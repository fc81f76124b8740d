"""Which characters the letters' font can show. Reads the font's own table (OpenType `cmap`, format 12)."""

from __future__ import annotations

import struct
import unicodedata
from functools import cache
from pathlib import Path

FONTS = Path(__file__).with_name("fonts")
REPLACEMENT = "\ufffd"
KEPT_CONTROLS = "\n\t"


@cache
def covered() -> frozenset[int]:
    """The code points that every cut of the font has a glyph for."""
    return frozenset.intersection(*(_characters(path.read_bytes()) for path in sorted(FONTS.glob("*.ttf"))))


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
    found: set[int] = set()
    (tables,) = struct.unpack_from(">H", font, start + 2)
    for number in range(tables):
        _platform, _encoding, offset = struct.unpack_from(">HHL", font, start + 4 + 8 * number)
        (layout,) = struct.unpack_from(">H", font, start + offset)
        if layout == 12:
            (groups,) = struct.unpack_from(">L", font, start + offset + 12)
            for group in range(groups):
                first, last, _glyph = struct.unpack_from(">LLL", font, start + offset + 16 + 12 * group)
                found.update(range(first, last + 1))
    if not found:
        raise ValueError("a font without a cmap of format 12")
    return frozenset(found)
