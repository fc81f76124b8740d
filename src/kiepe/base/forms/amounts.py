"""Amounts and numbers as people write them: 1.250 · 1250,- € · 1 250,00 · 690.00."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from decimal import Decimal

from django.utils.translation import gettext as _

from kiepe.base.forms.badvalue import BadValue
from kiepe.base.forms.form import Field

MAX_MONEY = Decimal("9999999.99")
NO_BREAK = "\u00a0"
_CURRENCY = re.compile(r"^(?:€|euro?\b)\s*|\s*(?:€|euro?\b)\s*$", re.IGNORECASE)  # inside, 690€50 is no 69.050
_FOREIGN = re.compile(r"[$£¥₺₽]|\b(?:usd|chf|gbp|pln|dollar|franken|lira|zloty|dm)\b", re.IGNORECASE)
_DASHED = re.compile(r"[,.]\s*[-–—]+$")
_ABOUT = re.compile(r"^(?:ca\.?|circa|etwa|ungefähr|rund|ungef\.?|~|≈)\s*(.+)$", re.IGNORECASE)


def amount(text: str) -> Decimal | None:
    """A number as people write amounts; None where it is none.

    A point before three digits is read as thousands (German). A comma before three digits is refused by `money`, as
    it may be either; with a point further right it is thousands (1,250.00).
    """
    text = _bare(text)
    if re.fullmatch(r"-?\d{1,3}(\.\d{3})+(,\d+)?", text) or re.fullmatch(r"-?\d+(,\d+)?", text):
        return Decimal(text.replace(".", "").replace(",", "."))
    if re.fullmatch(r"-?\d{1,3}(,\d{3})+\.\d+", text) or re.fullmatch(r"-?\d+\.\d{1,2}", text):
        return Decimal(text.replace(",", ""))
    return None


def _bare(text: str) -> str:
    """Without currency, the dash for no cents, and what stands between thousands."""
    text = _CURRENCY.sub("", unicodedata.normalize("NFKC", text)).strip()
    text = _DASHED.sub("", text).replace("−", "-")
    return re.sub(r"(?<=\d)[\s'’](?=\d{3}(?!\d))", "", text).strip()


def grouped(number: Decimal) -> str:
    """`1.250,00`."""
    return f"{number:,.2f}".translate(str.maketrans(",.", ".,"))


def money(field: Field, raw: str) -> str:
    """Euro and cents, as `690.00`."""
    number = amount(raw)
    if number is None:
        raise BadValue(_not_an_amount(field, raw))
    if int(number.as_tuple().exponent) < -2:
        raise BadValue(_cents(number))
    within(field, number, MAX_MONEY, lambda bound: f"{grouped(bound)}{NO_BREAK}€")
    return f"{number:.2f}"


def _cents(number: Decimal) -> str:
    """1,250 may be 1.250 or 1,25: a question, no guess."""
    if int(number.as_tuple().exponent) == -3 and 1 <= abs(number) < 1000:
        said = {"thousands": grouped(number * 1000)[:-3], "small": grouped(number)}
        return _("Meinen Sie %(thousands)s Euro oder %(small)s Euro? Schreiben Sie es bitte so.") % said
    return _("Nach dem Komma stehen höchstens zwei Stellen, zum Beispiel 1.250,00")


def _not_an_amount(field: Field, raw: str) -> str:
    """What it is instead, where that can be told, and what to write."""
    text = _bare(raw)
    example = {"example": field.example or _("690,00")}
    about = _ABOUT.match(text)
    if about is not None and amount(about.group(1)) is not None:
        plain = {"number": about.group(1)}
        return _("Schreiben Sie nur die Zahl, ohne „ca.“ oder „etwa“: %(number)s") % plain
    if _FOREIGN.search(text):
        return _("Geben Sie den Betrag in Euro ein, zum Beispiel %(example)s") % example
    if re.fullmatch(r"[\d.,\s]*\d\s*(?:-|–|—|bis|oder)\s*\d[\d.,\s]*", text):
        return _("Das sind zwei Beträge. Schreiben Sie bitte einen, zum Beispiel den Durchschnitt.")
    if re.fullmatch(r"[\d.,\s]*\d\s*[+*/x]\s*\d[\d.,\s]*", text):
        return _("Rechnen Sie die Beträge bitte zusammen und schreiben Sie nur die Summe.")
    if re.fullmatch(r"[^\W\d_][\w\s-]*", text) and not re.search(r"\d", text):
        return _("Schreiben Sie den Betrag mit Ziffern, zum Beispiel %(example)s") % example
    return _("Geben Sie den Betrag als Zahl ein, zum Beispiel %(example)s") % example


def integer(field: Field, raw: str) -> int:
    """A whole number."""
    number = amount(raw)
    if number is None or number != number.to_integral_value():
        example = field.example or "3"
        raise BadValue(_("Geben Sie eine ganze Zahl ein, zum Beispiel %(example)s") % {"example": example})
    within(field, number, Decimal(10**9), lambda bound: f"{bound:f}")
    return int(number)


def decimal(field: Field, raw: str) -> str:
    """A number with or without comma, as `58.5`; a unit of area behind it is taken away."""
    bare = re.sub(r"(m²|m2|qm|quadratmeter|%)\s*$", "", raw.strip(), flags=re.IGNORECASE)
    number = amount(bare)
    if number is None:
        example = field.example or "58,5"
        raise BadValue(_("Geben Sie eine Zahl ein, zum Beispiel %(example)s") % {"example": example})
    within(field, number, Decimal(10**9), lambda bound: f"{bound:f}".replace(".", ","))
    plain = f"{number:f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def within(field: Field, number: Decimal, high: Decimal, word: Callable[[Decimal], str]) -> None:
    """Raise BadValue where a number lies outside the field's bounds; without bounds from 0 to `high`."""
    low = Decimal(0) if field.min is None else Decimal(str(field.min))
    high = high if field.max is None else Decimal(str(field.max))
    if number < low:
        if low == 0:
            raise BadValue(_("Geben Sie die Zahl ohne Minus ein."))
        raise BadValue(_("Der Wert muss mindestens %(bound)s sein.") % {"bound": word(low)})
    if number > high:
        raise BadValue(_("Der Wert darf höchstens %(bound)s sein.") % {"bound": word(high)})
