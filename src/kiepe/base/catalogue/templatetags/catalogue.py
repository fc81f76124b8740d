"""Filters for the texts of a city pack: `{% load catalogue %}`."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString

from kiepe.base.catalogue import markup

register = template.Library()


@register.filter
def inline(words: str) -> SafeString:
    """One line of a pack with its links and bold words."""
    return markup.inline(words)


@register.filter
def rendered(text: str) -> SafeString:
    """A whole text of a pack."""
    return markup.render(text)
