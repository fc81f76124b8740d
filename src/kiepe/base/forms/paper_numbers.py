"""Numbers of printed forms: nine digits and a check digit by ISO/IEC 7064, MOD 11,10 (as in the tax number).

It finds every single wrong digit and almost every swap of two neighbours, so a slip at the counter opens no other
form. The number says nothing of anybody.
"""

from __future__ import annotations

import re
import secrets

LENGTH = 10


def check_digit(digits: str) -> str:
    """The digit that belongs behind these (ISO/IEC 7064:2003, hybrid system MOD 11,10)."""
    product = 10
    for digit in digits:
        total = (int(digit) + product) % 10 or 10
        product = total * 2 % 11
    return str((11 - product) % 10)


def fresh() -> str:
    """A new number; whether it is free the database says."""
    digits = f"{secrets.randbelow(900_000_000) + 100_000_000}"
    return digits + check_digit(digits)


def read(typed: str) -> str | None:
    """The number as typed, with or without blanks, points and hyphens; None where it cannot be one."""
    digits = re.sub(r"[\s.\-/]", "", typed)
    if not re.fullmatch(r"[0-9]{10}", digits) or check_digit(digits[:-1]) != digits[-1]:
        return None
    return digits


def shown(number: str) -> str:
    """In groups, as it is printed: `1234 5678 90`."""
    return " ".join(re.findall(r".{1,4}", number))
