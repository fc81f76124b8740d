"""Letters of names as DIN 91379:2022-08 fixes them: which signs a name may have, how it is found and sorted.

The code points below are the norm's: Latin letters (bll), sequences of a letter and combining signs, non-letters N1
(bnlreq) and N2 (bnl). `tests/kernel/test_letters.py` holds them against the lists and the XSD. Texts are in
Unicode's form NFC, as the norm wants it; a sequence without a composed letter (K͟h) stays a sequence.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from enum import StrEnum
from functools import cache

_LETTERS = """
0041-005A 0061-007A 00C0-00D6 00D8-00F6 00F8-017E 0187-0188 018F 0197 01A0-01A1 01AF-01B0 01B7 01CD-01DC 01DE-01DF
01E2-01F0 01F4-01F5 01F8-01FF 0212-0213 0218-021B 021E-021F 0227-0233 0259 0268 0292 1E02-1E03 1E06-1E07 1E0A-1E11 1E17
1E1C-1E2B 1E2F-1E37 1E3A-1E3B 1E40-1E49 1E52-1E5B 1E5E-1E63 1E6A-1E6F 1E80-1E87 1E8C-1E97 1E9E 1EA0-1EF9
"""
_N1 = "0020 0027 002C-002E 0060 007E 00A8 00B4 00B7 02B9-02BA 02BE-02BF 02C8 02CC 2019 2021"
_N2 = """
0021-0026 0028-002B 002F-0040 005B-005F 007B-007D 00A1-00A3 00A5 00A7 00A9-00AC 00AE-00B3 00B5-00B6 00B9-00BB 00BF
00D7 00F7 20AC
"""
# What follows a letter: the combining signs, and the letters that the norm has it with.
_SEQUENCES = {
    "030B": "Aa", "0300": "CFGKMPSTZcfgkmpstz", "0304": "CFHKNPSTZcfhknpstzÛûḲḳṢṣṬṭỤụ", "0306": "CMNRZcmnrzÇç",
    "0308": "CTZczẠạỌọỤụ", "0315": "CKPTckptČč", "0323": "CPcpČč", "0326": "CHKLNchklnŽž", "0328 0306": "Cc",
    "0302": "DKLMNdklmn", "0331": "HSs", "0301": "JjÿĪī", "030C": "J", "0307": "KUku", "031B": "KTkt",
    "035F 0048": "K", "035F 0068": "Kk", "0325": "LRlr", "0325 0304": "LRlr", "0310": "Mm", "031B 0304": "Ss",
    "0327": "ZzŽž", "030D": "ēō",
}  # fmt: skip
# What stands for a letter in the norm's search form (basic letters, after ICAO Doc 9303) where taking off its signs
# does not already give it. With diaeresis A, O, U become AE, OE, UE, whatever else they carry; Å is AA, Ø is OE.
_BASIC = {
    "Æ": "AE", "Ð": "D", "Ø": "OE", "Þ": "TH", "Đ": "D", "Ħ": "H", "Ĳ": "IJ", "ĸ": "K", "Ŀ": "L", "Ł": "L", "ŉ": "N",
    "Ŋ": "N", "Œ": "OE", "Ŧ": "T", "Ƈ": "C", "Ə": "E", "Ɨ": "I", "Ʒ": "Z", "Ǥ": "G", "ẞ": "SS", "ß": "SS", "ı": "I",
}  # fmt: skip
_DIAERESIS, _RING = "\u0308", "\u030a"


class Letters(StrEnum):
    """Which signs a text may have: data type A (names of people) or B (other names, streets, towns) of the norm."""

    NAME = "name"
    TEXT = "text"


def normal(text: str) -> str:
    """The text in NFC, blanks at the ends away, every run of blanks (also a no-break one) as one. No case changes."""
    return re.sub(r"[ \t\n\r\u00a0\u2000-\u200a\u202f\u3000]+", " ", unicodedata.normalize("NFC", text)).strip(" ")


def foreign(text: str, letters: Letters) -> str:
    """The first sign of a normal text that the norm does not have, with what is combined with it; '' where all fit."""
    at = _allowed(letters).match(text)
    rest = text[at.end() :] if at else text
    if not rest:
        return ""
    found = rest[0]
    for sign in rest[1:]:
        if not unicodedata.combining(sign):
            break
        found += sign
    return found


def search_form(text: str) -> str:
    """Basic letters A to Z as the norm's list maps them: Müller is MUELLER, Şahin SAHIN; what is no letter stays."""
    return "".join(_basic(base, marks, umlaut=True) for base, marks in _letters(text))


def sort_key(name: str) -> str:
    """For lists of names in the order of DIN 5007-1 (ä as a, ß as ss, é as e, ł as l), compared byte by byte."""
    return "".join(_basic(base, marks, umlaut=False) for base, marks in _letters(name)).casefold()


def search_pattern(word: str) -> str:
    """A regular expression over sort keys that finds a word written with umlauts, without, or as in a passport.

    'Mueller', 'Müller' and 'MÜLLER' all find Müller and Mueller; 'Sahin' finds Şahin, 'Soerensen' finds Sørensen.
    """
    plain = re.escape(search_form(word).casefold())
    return re.sub("aa|(?<=[aou])e", lambda found: "aa?" if found.group() == "aa" else "e?", plain)


def _letters(text: str) -> Iterator[tuple[str, str]]:
    """Each base letter with the signs on it, taken apart."""
    for found in re.finditer(r"([^\u0300-\u036f])([\u0300-\u036f]*)", unicodedata.normalize("NFD", text)):
        yield found.group(1), found.group(2)


def _basic(base: str, marks: str, *, umlaut: bool) -> str:
    upper = base if base in _BASIC else base.upper() if len(base.upper()) == 1 else base
    plain = _BASIC.get(upper, upper)
    if not umlaut:
        return "O" if upper == "Ø" else plain
    if upper in "AOU" and _DIAERESIS in marks:
        return f"{plain}E"
    return "AA" if upper == "A" and _RING in marks else plain


def _points(listed: str) -> str:
    """A character class of a regular expression from hexadecimal ranges."""
    made = []
    for part in listed.split():
        first, _dash, last = part.partition("-")
        made.append(f"\\u{first}-\\u{last or first}")
    return "".join(made)


@cache
def _allowed(letters: Letters) -> re.Pattern[str]:
    ways = []
    for marks, bases in _SEQUENCES.items():
        signs = "".join(f"\\u{point}" for point in marks.split())
        ways.append(f"[{bases}]{signs}(?![\\u0300-\\u036f])")
    single = f"[{_points(_LETTERS + _N1 + (_N2 if letters is Letters.TEXT else ''))}](?![\\u0300-\\u036f])"
    return re.compile(f"(?:{'|'.join(ways)}|{single})*")
