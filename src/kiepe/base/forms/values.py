"""Values as people write them, as they are stored, and as they are shown.

`parse` turns what was typed into the stored value or raises BadValue with a sentence that says what to write;
`show` words a stored value for reading, `edit` for the input field.
"""

from __future__ import annotations

import gettext as catalogues
import re
import unicodedata
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import cache

import pycountry
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from schwifty import IBAN
from schwifty.exceptions import (
    InvalidChecksumDigits,
    InvalidCountryCode,
    InvalidLength,
    SchwiftyException,
)

from kiepe.base.forms import dates
from kiepe.base.forms.form import Field, Type

MAX_TEXT = {Type.TEXT: 200, Type.TEXTAREA: 2000, Type.EMAIL: 254, Type.PHONE: 40}
MAX_MONEY = Decimal("9999999.99")
MAX_TYPED = 10_000
NO_BREAK = "\u00a0"
_CURRENCY = re.compile(r"€|\beur(?:o)?\b|(?<=\d)eur(?:o)?\b", re.IGNORECASE)
_DASHED = re.compile(r"[,.]\s*[-–—]+$")


class BadValue(ValueError):
    """What was typed cannot be used. `sentence` says what to write instead."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def parse(field: Field, raw: str | list[str]) -> object:
    """The stored value of what was typed; raises BadValue. `raw` is a list for `choices` only.

    An empty text is not for this function: whether a question may stay open is the flow's to say.
    """
    if field.type is Type.CHOICES:
        return _choices(field, raw if isinstance(raw, list) else [raw])
    text = raw[-1] if isinstance(raw, list) else raw
    if len(text) > MAX_TYPED:
        raise BadValue(_("Das ist zu lang. Bitte kürzen Sie den Text."))
    return _PARSERS[field.type](field, text)


def clean(text: str) -> str:
    """NFC, without invisible control characters, blanks in one."""
    text = unicodedata.normalize("NFC", text)
    text = "".join(" " if unicodedata.category(one) in {"Cc", "Zs", "Zl", "Zp"} else one for one in text)
    return " ".join("".join(one for one in text if unicodedata.category(one) not in {"Cf", "Co", "Cs"}).split())


def _text(field: Field, raw: str) -> str:
    if field.type is Type.TEXTAREA:
        lines = [clean(line) for line in raw.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
        text = "\n".join(lines).strip()
    else:
        text = clean(raw)
    longest = field.max_length or MAX_TEXT[field.type]
    if len(text) > longest:
        raise BadValue(
            _("Schreiben Sie höchstens %(longest)d Zeichen. Es sind jetzt %(now)d.")
            % {"longest": longest, "now": len(text)}
        )
    return text


def _email(field: Field, raw: str) -> str:
    text = _text(field, raw).replace(" ", "").removeprefix("mailto:")
    try:
        validate_email(text)
    except ValidationError:
        raise BadValue(_("Geben Sie eine E-Mail-Adresse ein, zum Beispiel erika@beispiel.de")) from None
    return text


def _phone(field: Field, raw: str) -> str:
    text = _text(field, raw)
    digits = sum(one.isdigit() for one in text)
    if not re.fullmatch(r"[+0-9 ()/.\-–]+", text) or not 4 <= digits <= 20:
        raise BadValue(_("Geben Sie die Telefonnummer mit Vorwahl ein, zum Beispiel 0251 492 0"))
    return text


def _iban(_field: Field, raw: str) -> str:
    text = re.sub(r"[\s.\-]", "", clean(raw)).upper().removeprefix("IBAN").lstrip(":")
    if re.fullmatch(r"\d{6,24}", text):
        raise BadValue(_("Die IBAN beginnt mit zwei Buchstaben, zum Beispiel DE. Sie steht auf Ihrer Bankkarte."))
    try:
        return str(IBAN(text))
    except InvalidChecksumDigits:
        raise BadValue(
            _("In dieser IBAN sind Ziffern vertauscht oder falsch. Vergleichen Sie sie mit Ihrer Bankkarte.")
        ) from None
    except InvalidLength:
        if text.startswith("DE"):
            what = _("Eine deutsche IBAN hat 22 Stellen: DE und 20 Ziffern. Ihre Eingabe hat %(now)d.")
            raise BadValue(what % {"now": len(text)}) from None
        raise BadValue(_("Diese IBAN hat nicht die richtige Länge. Vergleichen Sie sie mit Ihrer Bankkarte.")) from None
    except InvalidCountryCode:
        raise BadValue(_("Die IBAN beginnt mit zwei Buchstaben für das Land, zum Beispiel DE.")) from None
    except SchwiftyException:
        raise BadValue(
            _("Geben Sie die IBAN so ein, wie sie auf Ihrer Bankkarte steht, zum Beispiel DE02 1203 0000 0000 2020 51")
        ) from None


@cache
def countries(language: str) -> tuple[tuple[str, str], ...]:
    """Codes after ISO 3166-1 with names in a language, sorted; Germany first."""
    words = catalogues.translation("iso3166-1", pycountry.LOCALES_DIR, languages=[language], fallback=True)
    named = [(one.alpha_2, words.gettext(getattr(one, "common_name", one.name))) for one in pycountry.countries]

    def order(one: tuple[str, str]) -> tuple[bool, str]:
        return one[0] != "DE", unicodedata.normalize("NFD", one[1]).casefold()

    return tuple(sorted(named, key=order))


def _country(_field: Field, raw: str) -> str:
    text = clean(raw)
    for code, name in countries(get_language() or "de"):
        if text.casefold() in {code.casefold(), name.casefold()}:
            return code
    raise BadValue(_("Wählen Sie ein Land aus der Liste."))


def amount(text: str) -> Decimal | None:
    """A number as people write amounts: 1.250 · 1250,- € · 1 250,00 · 690,00 · 690.00; None where it is none.

    A comma or point before three digits is read as thousands for the point (German) and refused for the comma.
    """
    text = _CURRENCY.sub("", unicodedata.normalize("NFKC", text)).strip()
    text = _DASHED.sub("", text).replace("−", "-")
    text = re.sub(r"(?<=\d)[\s'’](?=\d{3}(?!\d))", "", text).strip()
    if re.fullmatch(r"-?\d{1,3}(\.\d{3})+(,\d+)?", text) or re.fullmatch(r"-?\d+(,\d+)?", text):
        return Decimal(text.replace(".", "").replace(",", "."))
    if re.fullmatch(r"-?\d{1,3}(,\d{3})+\.\d+", text) or re.fullmatch(r"-?\d+\.\d{1,2}", text):
        return Decimal(text.replace(",", ""))
    return None


def _money(field: Field, raw: str) -> str:
    example = field.example or _("690,00")
    number = amount(raw)
    if number is None:
        raise BadValue(_("Geben Sie den Betrag als Zahl ein, zum Beispiel %(example)s") % {"example": example})
    if int(number.as_tuple().exponent) < -2:
        raise BadValue(
            _("Nach dem Komma stehen höchstens zwei Stellen. Tausend schreiben Sie mit Punkt oder ohne: 1.250,00")
        )
    _within(field, number, Decimal(0), MAX_MONEY, lambda bound: f"{_grouped(bound)}{NO_BREAK}€")
    return f"{number:.2f}"


def _integer(field: Field, raw: str) -> int:
    number = amount(raw)
    if number is None or number != number.to_integral_value():
        example = field.example or "3"
        raise BadValue(_("Geben Sie eine ganze Zahl ein, zum Beispiel %(example)s") % {"example": example})
    _within(field, number, Decimal(0), Decimal(10**9), lambda bound: f"{bound:f}")
    return int(number)


def _decimal(field: Field, raw: str) -> str:
    number = amount(re.sub(r"(m²|m2|qm|%)\s*$", "", raw.strip(), flags=re.IGNORECASE))
    if number is None:
        example = field.example or "58,5"
        raise BadValue(_("Geben Sie eine Zahl ein, zum Beispiel %(example)s") % {"example": example})
    _within(field, number, Decimal(0), Decimal(10**9), lambda bound: f"{bound:f}".replace(".", ","))
    plain = f"{number:f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def _within(field: Field, number: Decimal, low: Decimal, high: Decimal, word: Callable[[Decimal], str]) -> None:
    low = low if field.min is None else Decimal(str(field.min))
    high = high if field.max is None else Decimal(str(field.max))
    if number < low:
        if low == 0:
            raise BadValue(_("Geben Sie die Zahl ohne Minus ein."))
        raise BadValue(_("Der Wert muss mindestens %(bound)s sein.") % {"bound": word(low)})
    if number > high:
        raise BadValue(_("Der Wert darf höchstens %(bound)s sein.") % {"bound": word(high)})


def _date(field: Field, raw: str) -> str:
    low, high = dates.bound(field.min), dates.bound(field.max)
    found = dates.parse_day(unicodedata.normalize("NFKC", raw), low, high)
    if found is None or found.year < 1880:
        example = field.example or "27.3.1961"
        raise BadValue(_("Geben Sie ein Datum mit Tag, Monat und Jahr ein, zum Beispiel %(day)s") % {"day": example})
    if high is not None and found > high:
        if field.max == "today":
            raise BadValue(_("Dieses Datum liegt in der Zukunft. Prüfen Sie bitte das Jahr."))
        raise BadValue(_("Das Datum darf nicht nach dem %(day)s liegen.") % {"day": f"{high:%d.%m.%Y}"})
    if low is not None and found < low:
        raise BadValue(_("Das Datum darf nicht vor dem %(day)s liegen.") % {"day": f"{low:%d.%m.%Y}"})
    return found.isoformat()


def _month(field: Field, raw: str) -> str:
    found = dates.parse_month(unicodedata.normalize("NFKC", raw))
    if found is None:
        example = field.example or "11/2026"
        raise BadValue(_("Geben Sie Monat und Jahr ein, zum Beispiel %(month)s") % {"month": example})
    low, high = dates.bound(field.min), dates.bound(field.max)
    if low is not None and found < f"{low:%Y-%m}":
        raise BadValue(_("Der Monat darf nicht vor %(month)s liegen.") % {"month": f"{low:%m/%Y}"})
    if high is not None and found > f"{high:%Y-%m}":
        raise BadValue(_("Der Monat darf nicht nach %(month)s liegen.") % {"month": f"{high:%m/%Y}"})
    return found


def _choice(field: Field, raw: str) -> str:
    if raw not in {option.value for option in field.options}:
        raise BadValue(_("Wählen Sie eine der Antworten aus."))
    return raw


def _choices(field: Field, raw: list[str]) -> list[str]:
    known = [option.value for option in field.options]
    if any(value not in known for value in raw):
        raise BadValue(_("Wählen Sie aus den Antworten aus."))
    return [value for value in known if value in raw]


def _yesno(_field: Field, raw: str) -> bool:
    if raw not in {"yes", "no"}:
        raise BadValue(_("Wählen Sie Ja oder Nein."))
    return raw == "yes"


_PARSERS: dict[Type, Callable[[Field, str], object]] = {
    Type.TEXT: _text,
    Type.TEXTAREA: _text,
    Type.EMAIL: _email,
    Type.PHONE: _phone,
    Type.IBAN: _iban,
    Type.COUNTRY: _country,
    Type.MONEY: _money,
    Type.INTEGER: _integer,
    Type.DECIMAL: _decimal,
    Type.DATE: _date,
    Type.MONTH: _month,
    Type.CHOICE: _choice,
    Type.YESNO: _yesno,
}


def _grouped(number: Decimal) -> str:
    return f"{number:,.2f}".translate(str.maketrans(",.", ".,"))


def said(text: str) -> str:
    """A text of a form.yaml in the reader's language."""
    return _(text) if text else ""


def show(field: Field, value: object) -> str:
    """A stored value as people read it: `690,00 €`, `24.03.1961`, the option's label; empty for None."""
    if value is None:
        return ""
    if field.type is Type.MONEY:
        return f"{_grouped(Decimal(str(value)))}{NO_BREAK}€".replace("-", "−")
    if field.type is Type.YESNO:
        return _("Ja") if value else _("Nein")
    if field.type is Type.CHOICE:
        return next((said(option.label) for option in field.options if option.value == value), str(value))
    if field.type is Type.CHOICES:
        chosen = value if isinstance(value, list) else [value]
        return ", ".join(said(option.label) for option in field.options if option.value in chosen)
    if field.type is Type.IBAN:
        return NO_BREAK.join(re.findall(r".{1,4}", str(value)))
    if field.type is Type.MONTH:
        year, month = str(value).split("-")
        return f"{_(dates.MONTHS[int(month) - 1])} {year}"
    if field.type is Type.COUNTRY:
        return dict(countries(get_language() or "de")).get(str(value), str(value))
    return edit(field, value)


def edit(field: Field, value: object) -> str:
    """A stored value as it stands in the input field."""
    if value is None:
        return ""
    if field.type is Type.MONEY:
        return f"{Decimal(str(value)):.2f}".replace(".", ",")
    if field.type is Type.DECIMAL:
        return str(value).replace(".", ",")
    if field.type is Type.DATE:
        return f"{date.fromisoformat(str(value)):%d.%m.%Y}"
    if field.type is Type.MONTH:
        year, month = str(value).split("-")
        return f"{month}/{year}"
    if field.type is Type.YESNO:
        return "yes" if value else "no"
    return show(field, value) if field.type is Type.IBAN else str(value)
