"""An account's number: read as people type it, its bank by name, and what is wrong with a wrong one.

The banks' names come with `schwifty` (docs/decisions/0051): nothing is asked of anybody outside.
"""

from __future__ import annotations

import re

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from schwifty import IBAN
from schwifty.exceptions import InvalidChecksumDigits, InvalidCountryCode, InvalidLength, SchwiftyException

from kiepe.base.forms.badvalue import BadValue
from kiepe.base.forms.form import Field
from kiepe.base.forms.texts import clean

DIGITS_ONLY = frozenset({"DE", "AT"})  # countries whose accounts have no letters: an O is a zero there


def iban(_field: Field, raw: str) -> str:
    """The IBAN without blanks, checked by its check digits (ISO 13616); any country that SEPA payments reach."""
    text = re.sub(r"[\s.\-/_]", "", clean(raw)).upper().removeprefix("IBAN").lstrip(":")
    if not text:
        raise BadValue(_("Geben Sie die IBAN ein. Sie steht auf Ihrer Bankkarte."))
    if re.fullmatch(r"\d{6,34}", text):
        raise BadValue(_("Die IBAN beginnt mit zwei Buchstaben, zum Beispiel DE. Sie steht auf Ihrer Bankkarte."))
    _letters_for_digits(text)
    try:
        found = IBAN(text)
    except InvalidChecksumDigits:
        raise BadValue(_wrong_digits(text)) from None
    except InvalidLength:
        raise BadValue(_wrong_length(text)) from None
    except InvalidCountryCode:
        raise BadValue(_("Die IBAN beginnt mit zwei Buchstaben für das Land, zum Beispiel DE.")) from None
    except SchwiftyException:
        raise BadValue(
            _("Geben Sie die IBAN so ein, wie sie auf Ihrer Bankkarte steht, zum Beispiel DE02 1203 0000 0000 2020 51")
        ) from None
    if not found.in_sepa_zone:
        raise BadValue(_("In dieses Land können wir kein Geld überweisen. Nehmen Sie ein Konto in Europa."))
    return str(found)


def bank(stored: str) -> str:
    """The bank's name; '' where it is not known."""
    try:
        found = IBAN(stored).bank
    except SchwiftyException:  # a stored one that a later register no longer takes
        return ""
    return str(found.name) if found else ""


def _letters_for_digits(text: str) -> None:
    if text[:2] in DIGITS_ONLY and re.search(r"[A-Z]", text[2:]):
        letter = re.search(r"[A-Z]", text[2:])
        assert letter is not None
        said = {"letter": letter.group()}
        if letter.group() in "OIL":
            raise BadValue(_("In der IBAN steht ein Buchstabe „%(letter)s“. Ist es eine Ziffer, 0 oder 1?") % said)
        raise BadValue(
            _("Nach den ersten zwei Buchstaben hat die IBAN nur Ziffern. Hier steht ein „%(letter)s“.") % said
        )


def _wrong_digits(text: str) -> str:
    """Which slip it looks like. No other IBAN is named: the right one stands on the card."""
    for at in range(2, len(text) - 1):
        swapped = f"{text[:at]}{text[at + 1]}{text[at]}{text[at + 2 :]}"
        if swapped != text and _sums_up(swapped):
            return _("In dieser IBAN sind wohl zwei Ziffern vertauscht. Vergleichen Sie sie mit Ihrer Bankkarte.")
    return _("In dieser IBAN ist wohl eine Ziffer falsch. Vergleichen Sie sie mit Ihrer Bankkarte.")


def _sums_up(text: str) -> bool:
    """ISO 7064, MOD 97-10: the country and check digits behind the rest, letters as 10 to 35, leave 1."""
    turned = text[4:] + text[:4]
    return turned.isalnum() and int("".join(str(int(sign, 36)) for sign in turned)) % 97 == 1


def _wrong_length(text: str) -> str:
    length = IBAN(text, allow_invalid=True).spec.iban_length
    gap = length - len(text)
    said = {"gap": abs(gap), "country": text[:2], "length": length}
    if gap > 0:
        what = ngettext("Es fehlt %(gap)d Zeichen.", "Es fehlen %(gap)d Zeichen.", gap)
    else:
        what = ngettext("Es ist %(gap)d Zeichen zu viel.", "Es sind %(gap)d Zeichen zu viel.", -gap)
    rule = _("Eine IBAN mit %(country)s am Anfang hat %(length)d Zeichen.")
    return f"{what % said} {rule % said}"
