"""Names, other texts, addresses of mail, numbers of phones and postcodes as people type them."""

from __future__ import annotations

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from kiepe.base.forms.badvalue import BadValue
from kiepe.base.forms.form import Field, Type
from kiepe.base.kernel.letters import Letters, foreign, normal

MAX_TEXT = {Type.TEXT: 200, Type.TEXTAREA: 2000, Type.EMAIL: 254, Type.PHONE: 40}
NUL_SHOWN = "\u2400"  # ␀: what the form keeps of a null byte, which no database takes
_TYPESET = str.maketrans({"‐": "-", "‑": "-", "–": "-", "—": "-", "−": "-", "„": '"', "“": '"', "”": '"', "‘": "’"})
_JOINERS = {"\u200c", "\u200d"}  # they shape words and emoji in free text


def clean(text: str) -> str:
    """NFC, without invisible control characters, blanks in one."""
    text = unicodedata.normalize("NFC", text).replace(NUL_SHOWN, " ")
    text = "".join(" " if unicodedata.category(one) in {"Cc", "Zs", "Zl", "Zp"} else one for one in text)
    return " ".join("".join(one for one in text if one in _JOINERS or not _hidden(one)).split())


def _hidden(sign: str) -> bool:
    return unicodedata.category(sign) in {"Cc", "Cf", "Co", "Cs", "Cn"} or sign == NUL_SHOWN


def free(field: Field, raw: str) -> str:
    """Words of one's own, line by line, in any letters."""
    lines = [clean(line) for line in raw.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    return _fitting(field, "\n".join(lines).strip())


def line(field: Field, raw: str) -> str:
    """A name of a person (`letters: name`) or another text, in the letters of DIN 91379 and never changed by us.

    Other texts may be typed with a typographer's dashes and quotes; the norm has only the plain ones.
    """
    text = normal(raw)
    if field.letters is Letters.TEXT:
        text = text.translate(_TYPESET)
    sign = foreign(text, field.letters)
    if sign:
        raise BadValue(_no_such_sign(sign, field.letters))
    if field.letters is Letters.NAME and text != "-" and not any(one.isalpha() for one in text):
        raise BadValue(_("Ein Name hat Buchstaben. Wer nur einen Namen hat, schreibt hier einen Strich: -"))
    return _fitting(field, text)


def _fitting(field: Field, text: str) -> str:
    longest = field.max_length or MAX_TEXT[field.type]
    if len(text) > longest:
        said = {"longest": longest, "now": len(text)}
        raise BadValue(_("Schreiben Sie höchstens %(longest)d Zeichen. Es sind jetzt %(now)d.") % said)
    return text


def _no_such_sign(sign: str, letters: Letters) -> str:
    """Which sign it is and what to write instead."""
    kind = unicodedata.category(sign[0])
    if _hidden(sign[0]):
        return _("Hier steckt ein Zeichen, das man nicht sieht. Löschen Sie alles im Feld und tippen Sie es neu.")
    if sign in "‐‑–—−":
        return _("Der Strich „%(sign)s“ ist zu lang. Nehmen Sie den kurzen Strich: -") % {"sign": sign}
    if sign == "‘":
        return _("Nehmen Sie statt „‘“ dieses Zeichen: ’")
    if kind == "Nd" and letters is Letters.NAME:
        return _("In einem Namen steht keine Ziffer. Löschen Sie bitte „%(sign)s“.") % {"sign": sign}
    if kind.startswith("M"):
        what = _(
            "Über oder unter einem Buchstaben steht ein Zeichen, das nicht passt: „%(sign)s“. So wie im Pass geht es."
        )
        return what % {"sign": f"◌{sign}"}
    if kind.startswith("L"):
        what = _("Den Buchstaben „%(sign)s“ können wir nicht verwenden. Schreiben Sie lateinisch, so wie im Pass.")
        return what % {"sign": sign}
    return _("Das Zeichen „%(sign)s“ geht hier nicht. Löschen Sie es bitte.") % {"sign": sign}


def email(_field: Field, raw: str) -> str:
    """An address of mail; see mail_address."""
    return mail_address(raw)


def mail_address(raw: str) -> str:
    """An address of mail, without blanks; `mailto:` before it is taken away. Raises BadValue with a sentence."""
    text = _of_type(raw, Type.EMAIL).replace(" ", "").removeprefix("mailto:")
    if "@" not in text:
        raise BadValue(_("In der E-Mail-Adresse fehlt das Zeichen @. Sie sieht zum Beispiel so aus: erika@beispiel.de"))
    if text.count("@") > 1:
        raise BadValue(_("Das Zeichen @ steht hier mehr als einmal. Geben Sie nur eine E-Mail-Adresse ein."))
    try:
        validate_email(text)
    except ValidationError:
        raise BadValue(_("Geben Sie eine E-Mail-Adresse ein, zum Beispiel erika@beispiel.de")) from None
    return text


def phone(_field: Field, raw: str) -> str:
    """A number of a phone as it was typed."""
    text = _of_type(raw, Type.PHONE)
    digits = sum(one.isdigit() for one in text)
    if not re.fullmatch(r"[+0-9 ()/.\-–]+", text) or not 4 <= digits <= 20:
        raise BadValue(_("Geben Sie die Telefonnummer mit Vorwahl ein, zum Beispiel 0251 492 0"))
    return text


def _of_type(raw: str, kind: Type) -> str:
    text, longest = clean(raw), MAX_TEXT[kind]
    if len(text) > longest:
        said = {"longest": longest, "now": len(text)}
        raise BadValue(_("Schreiben Sie höchstens %(longest)d Zeichen. Es sind jetzt %(now)d.") % said)
    return text


def postcode(_field: Field, raw: str) -> str:
    """A German postcode: five digits; `D-` or `DE` before it is taken away, and blanks."""
    text = re.sub(r"^DE?[\s-]*", "", clean(unicodedata.normalize("NFKC", raw)).upper()).replace(" ", "")
    if re.fullmatch(r"[0-9]{5}", text) and text >= "01000":
        return text
    if re.fullmatch(r"[0-9]+", text) and len(text) != 5:
        now = {"now": len(text)}
        raise BadValue(_("Eine Postleitzahl hat 5 Ziffern, zum Beispiel 48143. Ihre Eingabe hat %(now)d.") % now)
    raise BadValue(_("Eine Postleitzahl hat 5 Ziffern, zum Beispiel 48143."))
