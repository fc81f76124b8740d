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
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kiepe.base.forms import amounts, dates, ibans, texts
from kiepe.base.forms.amounts import NO_BREAK, amount, grouped
from kiepe.base.forms.badvalue import BadValue
from kiepe.base.forms.form import Field, Type
from kiepe.base.forms.texts import MAX_TEXT, clean

__all__ = ["MAX_TEXT", "BadValue", "amount", "bank_of", "clean", "countries", "edit", "parse", "said", "show", "told"]

MAX_TYPED = 10_000
TOLD = frozenset({Type.MONEY, Type.DATE, Type.MONTH, Type.IBAN})  # of which we say how they were understood


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


def _date(field: Field, raw: str) -> str:
    low, high = dates.bound(field.min), dates.bound(field.max)
    found = dates.parse_day(unicodedata.normalize("NFKC", raw), low, high)
    if found is None or found.year < 1880:
        raise BadValue(dates.not_a_day(raw, field.example or "27.3.1961"))
    if high is not None and found > high:
        if field.max == "today":
            day = {"day": dates.in_words(found)}
            raise BadValue(_("Der %(day)s liegt in der Zukunft. Prüfen Sie bitte das Jahr.") % day)
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
    Type.TEXT: texts.line,
    Type.TEXTAREA: texts.free,
    Type.EMAIL: texts.email,
    Type.PHONE: texts.phone,
    Type.POSTCODE: texts.postcode,
    Type.IBAN: ibans.iban,
    Type.COUNTRY: _country,
    Type.MONEY: amounts.money,
    Type.INTEGER: amounts.integer,
    Type.DECIMAL: amounts.decimal,
    Type.DATE: _date,
    Type.MONTH: _month,
    Type.CHOICE: _choice,
    Type.YESNO: _yesno,
}


def said(text: str) -> str:
    """A text of a form.yaml in the reader's language."""
    return _(text) if text else ""


def show(field: Field, value: object) -> str:
    """A stored value as people read it: `690,00 €`, `24.03.1961`, the option's label; empty for None."""
    if value is None:
        return ""
    if field.type is Type.MONEY:
        return f"{grouped(Decimal(str(value)))}{NO_BREAK}€".replace("-", "−")
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


def told(field: Field, value: object) -> str:
    """What we understood, where what was typed can be read in more than one way: `3. April 1987`; else empty."""
    if value is None:
        return ""
    if field.type is Type.DATE:
        return dates.in_words(date.fromisoformat(str(value)))
    if field.type is Type.IBAN:
        name = bank_of(field, value)
        return f"{show(field, value)} ({name})" if name else show(field, value)
    return show(field, value) if field.type in TOLD else ""


def bank_of(field: Field, value: object) -> str:
    """The name of an account's bank, as its number tells it; empty where that is not known."""
    return ibans.bank(str(value)) if field.type is Type.IBAN and value else ""
