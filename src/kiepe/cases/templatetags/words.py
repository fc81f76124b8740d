"""Filters for what a case keeps in German: `{% load words %}`."""

from __future__ import annotations

from django import template

from kiepe.base.forms import values
from kiepe.cases import evidence, history
from kiepe.cases.models import EvidenceItem
from kiepe.cases.types import case_type

register = template.Library()


@register.filter
def title_said(item: EvidenceItem) -> str:
    """The title of a document in the reader's language."""
    return evidence.retold(case_type(item.case.case_type), item.title)


@register.filter
def hint_said(item: EvidenceItem) -> str:
    """Its explanation in the reader's language."""
    return evidence.retold(case_type(item.case.case_type), item.hint)


@register.filter
def reason_said(item: EvidenceItem) -> str:
    """Why it came back: ours in the reader's language, a caseworker's words as they are."""
    return history.kept_said(item.reason)


@register.filter
def said(text: str) -> str:
    """A text of a form.yaml in the reader's language."""
    return values.said(text)
