"""Tags that every template may use without loading them: icons, euro, days. German notation (DIN 5008)."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from django import template
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from kiepe.base.ui import languages

register = template.Library()
NO_BREAK = "\u00a0"


@register.simple_tag
def icon(name: str, size: str = "", extra: str = "") -> SafeString:
    """A decorative icon of static/ui/icons.svg; `size` is '', 's' or 'xs', `extra` a class such as 'ms-ok'."""
    sized = f" ms-i--{size}" if size else ""
    return format_html(
        '<svg class="ms-i{}{}" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>',
        sized,
        f" {extra}" if extra else "",
        static("ui/icons.svg"),
        name,
    )


@register.simple_tag(takes_context=True)
def languages_of(context: template.Context) -> list[languages.Offered]:
    """Every language with the address of this page in it. `language_path` in the context: where a GET finds it."""
    request = context.get("request")
    return (
        languages.offered(request, str(context.get("language_path") or "")) if isinstance(request, HttpRequest) else []
    )


@register.simple_tag(takes_context=True)
def absolute(context: template.Context, path: str) -> str:
    """A path with scheme and host, as `hreflang` wants it."""
    return context["request"].build_absolute_uri(path)  # type: ignore[no-any-return]  # a template's context has no types


@register.filter
def own_link(target: str) -> str:
    """A link of a city pack, kept in the reader's language."""
    return languages.own_link(target)


@register.filter
def foreign(language: str) -> SafeString:
    """` lang="de"` for a part that is not in the language of the page (WCAG 3.1.2), else nothing."""
    return SafeString() if language == get_language() else format_html(' lang="{}"', language)


@register.filter
def spoken(text: str) -> str | SafeString:
    """A text, marked as German where it is in no other language (languages.German)."""
    if isinstance(text, languages.German) and foreign("de"):
        return format_html('<span lang="de">{}</span>', text)
    return text


@register.filter
def euro(amount: object) -> str:
    """`1234.5` becomes `1.234,50 €` with a no-break space; what is no amount is shown as it is."""
    try:
        value = Decimal(str(amount))
    except InvalidOperation:
        return str(amount)
    whole = f"{value:,.2f}".translate(str.maketrans(",.", ".,"))
    return f"{whole}{NO_BREAK}€".replace("-", "−")


@register.filter
def full_euro(amount: object) -> str:
    """`372` becomes `372 €`."""
    return f"{int(Decimal(str(amount))):,}".replace(",", ".") + f"{NO_BREAK}€"


@register.filter
def day(value: date | datetime | str | None) -> str:
    """`20.11.2026`; a stored ISO text is taken too."""
    if value is None or value == "":
        return ""
    if isinstance(value, str):
        value = date.fromisoformat(value)
    if isinstance(value, datetime):
        value = timezone.localtime(value).date()
    return f"{value:%d.%m.%Y}"


@register.filter
def moment(value: datetime | None) -> str:
    """`20.11.2026, 14:32 Uhr` in the city's time."""
    return "" if value is None else f"{timezone.localtime(value):%d.%m.%Y, %H:%M} Uhr"
