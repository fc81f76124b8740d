"""What is typed at sign-in, checked and worded."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class EmailForm(forms.Form):
    email = forms.EmailField(
        label=_("Ihre Mailadresse"),
        error_messages={
            "required": _("Geben Sie Ihre Mailadresse ein"),
            "invalid": _("Geben Sie eine Mailadresse ein, zum Beispiel erika@beispiel.de"),
        },
    )


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Code aus der Mail"),
        max_length=20,
        error_messages={"required": _("Geben Sie den Code aus der Mail ein")},
    )

    def clean_code(self) -> str:
        """Spaces and hyphens that a mail program put in do not matter."""
        return "".join(sign for sign in self.cleaned_data["code"] if sign.isdigit())


class StaffForm(forms.Form):
    email = forms.EmailField(label=_("Mailadresse"), error_messages={"required": _("Geben Sie Ihre Mailadresse ein")})
    password = forms.CharField(
        label=_("Passwort"), strip=False, error_messages={"required": _("Geben Sie Ihr Passwort ein")}
    )
