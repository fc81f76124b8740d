"""Reads form.yaml. Whatever is wrong is named with file, line and a German sentence."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import yaml
from django.utils.translation import gettext as _
from pydantic import ValidationError

from kiepe.base.forms.conditions import BadCondition
from kiepe.base.forms.form import Form

Place = tuple[str | int, ...]


class FormError(ValueError):
    """A form.yaml that cannot be used; the message names file and line."""


class Lines:
    """Where each entry of a YAML file stands."""

    def __init__(self, path: Path, node: yaml.Node | None) -> None:
        self.path = path
        self._lines: dict[Place, int] = {}
        if node is not None:
            self._walk(node, ())

    def _walk(self, node: yaml.Node, place: Place) -> None:
        self._lines.setdefault(place, node.start_mark.line + 1)
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                self._lines[(*place, key.value)] = key.start_mark.line + 1
                self._walk(value, (*place, key.value))
        elif isinstance(node, yaml.SequenceNode):
            for at, value in enumerate(node.value):
                self._walk(value, (*place, at))

    def error(self, place: Sequence[str | int], sentence: str) -> FormError:
        """The error at `place`, or at the nearest entry around it."""
        found = tuple(place)
        while found and found not in self._lines:
            found = found[:-1]
        line = self._lines.get(found, 1)
        return FormError(_("%(file)s, Zeile %(line)d: %(what)s") % {"file": self.path, "line": line, "what": sentence})


def read(path: Path) -> tuple[Form, Lines]:
    """The form and where its entries stand; raises FormError."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise FormError(_("%(file)s lässt sich nicht lesen.") % {"file": path}) from None
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        data = yaml.safe_load(text)
    except yaml.YAMLError as trouble:
        mark = getattr(trouble, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        what = _("Das ist kein gültiges YAML (%(problem)s). Texte mit Sonderzeichen brauchen Anführungszeichen.") % {
            "problem": getattr(trouble, "problem", "") or ""
        }
        raise FormError(_("%(file)s, Zeile %(line)d: %(what)s") % {"file": path, "line": line, "what": what}) from None
    lines = Lines(path, node)
    if not isinstance(data, dict):
        raise lines.error((), _("Hier wird „form: …“ mit Abschnitten und Seiten erwartet."))
    try:
        return Form.model_validate(data), lines
    except ValidationError as trouble:
        first = trouble.errors()[0]
        raise lines.error(_place(first["loc"]), _sentence(first["type"], first["loc"], first.get("ctx"))) from None


def _place(loc: Sequence[str | int]) -> Place:
    return tuple(part for part in loc if not (isinstance(part, str) and part.startswith(("function", "constrained"))))


_RULES = {
    "options": "Auswahlfragen (choice, choices) brauchen „options“, andere Fragen haben keine.",
    "twice": "Derselbe Wert steht zweimal unter „options“.",
    "unknown": "„unknown“ ist der Wert von „Weiß ich nicht“ und kann keine eigene Antwort sein.",
    "list-or-fields": "Eine Seite hat entweder „fields“ oder „list“.",
    "list-titles": "Eine Listenseite braucht „item_title“ und „add_label“.",
    "condition": "Eine Bedingung steht als Text in Anführungszeichen.",
}


def _sentence(kind: str, loc: Sequence[str | int], context: object) -> str:
    name = str(loc[-1]) if loc else ""
    error = context.get("error") if isinstance(context, dict) else None
    if isinstance(error, BadCondition):
        return error.sentence
    if isinstance(error, ValueError) and str(error) in _RULES:
        return _(_RULES[str(error)])
    if kind == "missing":
        return _("„%(name)s“ fehlt.") % {"name": name}
    if kind == "extra_forbidden":
        return _("„%(name)s“ ist hier kein bekannter Eintrag.") % {"name": name}
    if kind == "string_pattern_mismatch":
        return _("„%(name)s“ besteht aus kleinen Buchstaben ohne Umlaute, Ziffern und Unterstrichen.") % {"name": name}
    if kind in {"enum", "literal_error"}:
        expected = context.get("expected", "") if isinstance(context, dict) else ""
        return _("„%(name)s“ kennt nur: %(known)s.") % {"name": name, "known": str(expected).replace(" or ", ", ")}
    return _("„%(name)s“ hat nicht die erwartete Form.") % {"name": name}
