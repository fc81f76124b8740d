"""Parse what citizens type on the pages of their cases."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class OpenForm(forms.Form):
    """Number and access code."""

    number = forms.CharField(
        label=_("Nummer des Vorgangs"),
        help_text=_("Zum Beispiel WG-2026-000017"),
        max_length=40,
        error_messages={"required": _("Geben Sie die Nummer Ihres Vorgangs ein.")},
    )
    code = forms.CharField(
        label=_("Zugangscode"),
        help_text=_("Zehn Zeichen. Sie haben ihn nach dem Absenden gesehen."),
        max_length=40,
        error_messages={"required": _("Geben Sie den Zugangscode ein.")},
    )
