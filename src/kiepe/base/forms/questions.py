"""The questions of one page as templates show them: what stands in a field, what is wrong, what opens below what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as setting

from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kiepe.base.forms import pictures, values
from kiepe.base.forms.checking import controllers
from kiepe.base.forms.doubts import Asked
from kiepe.base.forms.flow import PageAt, Walk, asked, offered_options
from kiepe.base.forms.form import UNKNOWN, Field, Type
from kiepe.base.forms.parsing import choice
from kiepe.base.forms.values import BadValue

KINDS = {
    Type.TEXTAREA: "textarea",
    Type.COUNTRY: "select",
    Type.CHOICES: "checks",
    Type.YESNO: "radios",
    Type.CHOICE: "radios",
}
INPUT_MODES = {
    Type.MONEY: "decimal",
    Type.DECIMAL: "decimal",
    Type.INTEGER: "numeric",
    Type.DATE: "decimal",
    Type.POSTCODE: "numeric",
    Type.PHONE: "tel",
    Type.EMAIL: "email",
}
WIDTHS = {
    Type.MONEY: "money",
    Type.DECIMAL: "short",
    Type.INTEGER: "short",
    Type.POSTCODE: "short",
    Type.DATE: "medium",
    Type.MONTH: "medium",
    Type.PHONE: "long",
}
PLACES = 24  # of answers for which kiepe.css can tell whether a question below belongs to them; else it is shown


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to choose. `reveals` are the questions that it calls for; `opens` that some question hangs on it."""

    id: str
    value: str
    label: str
    hint: str = ""
    chosen: bool = False
    reveals: tuple[Question, ...] = ()
    opens: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """One field of a page, ready to show. `after` are questions that several of its answers call for."""

    name: str
    id: str
    kind: str
    type: str
    label: str
    hint: str = ""
    where: str = ""
    picture: str = ""  # path below the static files
    picture_alt: str = ""
    why: str = ""
    example: str = ""
    error: str = ""
    typed: str = ""
    told: str = ""  # what we understood of it
    doubts: tuple[Asked, ...] = ()
    tells: bool = False  # whether a script may ask what we understood
    optional: bool = False
    width: str = ""
    input_mode: str = ""
    autocomplete: str = "off"
    max_length: int = 0
    choices: tuple[Choice, ...] = ()
    after: tuple[Question, ...] = ()
    opened_by: tuple[int, ...] = ()  # of one that stands `after` another: the places of the answers that call for it
    unknown: bool = False
    unknown_chosen: bool = False
    ids: tuple[str, ...] = setting(default=())

    @property
    def described_by(self) -> str:
        """Ids of what a screen reader reads with the field."""
        parts = [
            f"{self.id}-hilfe" if self.hint else "",
            f"{self.id}-beispiel" if self.example else "",
            f"{self.id}-wo" if self.where else "",
            f"{self.id}-fehler" if self.error else "",
            f"{self.id}-gelesen" if self.tells else "",
        ]
        return " ".join(part for part in parts if part)


Below = list[tuple[Question, list[str]]]  # questions with the answers that call for them


@dataclass(frozen=True, slots=True)
class Problem:
    """One line of the error summary."""

    id: str
    sentence: str


def questions(
    walk: Walk,
    at: PageAt,
    raw: Mapping[str, Sequence[str]] | None = None,
    errors: Mapping[str, str] | None = None,
    doubts: Mapping[str, Sequence[Asked]] | None = None,
) -> list[Question]:
    """What a page shows. `raw` is what was typed when it could not be read; else the stored answers are shown.

    `doubts` are kind questions by field.
    """
    return _Builder(walk, at, raw, errors or {}, doubts or {}).build()


def problems(walk: Walk, at: PageAt, errors: Mapping[str, str]) -> list[Problem]:
    """The error summary; a sentence that stands for several fields is told apart by the field's name."""
    found = []
    sentences = list(errors.values())
    for field in at.page.fields:
        sentence = errors.get(field.key)
        if sentence:
            if sentences.count(sentence) > 1:
                sentence = f"{walk.word(at, field.name).rstrip('?:')}: {sentence}"
            found.append(Problem(f"f-{field.key}", sentence))
    return found


def post_of(raw: Mapping[str, Sequence[str]]) -> QueryDict:
    """Kept raw texts as a POST, to be parsed again."""
    post = QueryDict(mutable=True)
    for key, typed in raw.items():
        post.setlist(key, list(typed))
    return post


class _Builder:
    """Builds the questions of one page."""

    def __init__(
        self,
        walk: Walk,
        at: PageAt,
        raw: Mapping[str, Sequence[str]] | None,
        errors: Mapping[str, str],
        doubts: Mapping[str, Sequence[Asked]],
    ) -> None:
        self.doubts = doubts
        self.walk = walk
        self.at = at
        self.raw = raw
        self.errors = errors
        self.context = walk.context(at)
        self.holder = walk.answers if self.context.item is None else self.context.item
        self.kept = walk.stored(at)

    def build(self) -> list[Question]:
        """Questions that stand on their own; the others lie inside the choice that calls for them."""
        fields = self.at.page.fields
        below: dict[str, Below] = {}
        alone: list[Question] = []
        for number in range(len(fields) - 1, -1, -1):  # from the last: what hangs on a question is built before it
            field = fields[number]
            question = self._question(field, below.pop(field.key, []))
            found = controllers(field, fields[:number])
            if not found:
                if asked(field.when, self.walk.answers, self.context):
                    alone.insert(0, question)
                continue
            opening = self._values_that_ask(field, found[0])
            if opening:
                below.setdefault(found[0].key, []).insert(0, (question, opening))
        return alone

    def _possible(self, controller: Field) -> list[str]:
        if controller.type is Type.YESNO:
            return ["yes", "no"]
        return [one.value for one in offered_options(controller, self.walk.answers, self.context)]

    def _values_that_ask(self, field: Field, controller: Field) -> list[str]:
        """With which answers to `controller` the field would be asked, everything else being as it is."""
        found = []
        for value in self._possible(controller):
            meant: object = value
            if controller.type is Type.CHOICES:
                meant = [value]
            elif controller.type is Type.YESNO:
                meant = value == "yes"
            holder = {**self.holder, controller.key: meant}
            inside = self.context.item is not None
            if asked(
                field.when,
                self.walk.answers if inside else holder,
                replace(self.context, item=holder) if inside else self.context,
            ):
                found.append(value)
        return found

    def _typed(self, field: Field) -> list[str]:
        if self.raw is not None and field.key in self.raw:
            return list(self.raw[field.key])
        value = self.kept.get(field.key)
        if value is None and not self.kept.get(field.unknown_key):
            return self._suggested(field)
        if isinstance(value, list):
            return [str(one) for one in value]
        return [values.edit(field, value)]

    def _suggested(self, field: Field) -> list[str]:
        """What stands in a field that nobody has answered yet."""
        if self.walk.done is not None and self.at.address in self.walk.done:
            return []
        if field.prefill:
            other = self.holder.get(field.prefill, self.walk.answers.get(field.prefill))
            return [] if other is None else [values.edit(field, other)]
        if field.default is None:
            return []
        return [values.edit(field, field.default) if field.type is not Type.YESNO else _yes(field.default)]

    def _question(self, field: Field, below: Below) -> Question:
        typed = self._typed(field)
        kind = "select" if field.display == "select" else KINDS.get(field.type, "input")
        if self.raw is not None and field.unknown_key in self.raw:
            unknown = bool(self.raw[field.unknown_key])
        else:
            unknown = bool(self.kept.get(field.unknown_key))
        return Question(
            name=field.key,
            id=f"f-{field.key}",
            kind=kind,
            type=field.type.value,
            label=self.walk.word(self.at, field.label),
            hint=self.walk.word(self.at, field.hint),
            where=self.walk.word(self.at, field.where),
            picture=pictures.static_path(field.picture) if field.picture else "",
            picture_alt=str(pictures.ALTS[field.picture]) if field.picture else "",
            why=self.walk.word(self.at, field.why),
            example=field.example,
            error=self.errors.get(field.key, ""),
            typed=typed[-1] if typed else "",
            told=self._told(field, typed),
            doubts=tuple(self.doubts.get(field.key, ())),
            tells=field.type in values.TOLD,
            optional=field.required is False,
            width=WIDTHS.get(field.type, ""),
            input_mode=INPUT_MODES.get(field.type, ""),
            autocomplete=field.autocomplete or "off",
            max_length=field.max_length or values.MAX_TEXT.get(field.type, 0),
            choices=self._choices(field, kind, typed, below, unknown=unknown),
            after=self._after(field, kind, below),
            unknown=field.unknown and not choice(field),
            unknown_chosen=unknown,
        )

    def _after(self, field: Field, kind: str, below: Below) -> tuple[Question, ...]:
        places = {value: number for number, (value, _label, _hint) in enumerate(self._offers(field))} if below else {}
        found = []
        for question, opening in below:
            if kind == "select" or len(opening) > 1:
                by = tuple(places[value] for value in opening)
                found.append(replace(question, opened_by=by if max(by) < PLACES else ()))
        return tuple(found)

    def _told(self, field: Field, typed: list[str]) -> str:
        """What was understood of what stands in the field, where that is said."""
        if field.type not in values.TOLD or self.errors.get(field.key) or not any(text.strip() for text in typed):
            return ""
        try:
            return values.told(field, values.parse(field, typed[-1]))
        except BadValue:
            return ""

    def _choices(
        self,
        field: Field,
        kind: str,
        typed: list[str],
        below: Below,
        *,
        unknown: bool,
    ) -> tuple[Choice, ...]:
        if kind not in {"radios", "checks", "select"}:
            return ()
        made = []
        for number, (value, label, hint) in enumerate(self._offers(field)):
            chosen = unknown if value == UNKNOWN and field.unknown else value in typed and not unknown
            made.append(
                Choice(
                    id=f"f-{field.key}" if number == 0 else f"f-{field.key}-{number}",
                    value=value,
                    label=label,
                    hint=hint,
                    chosen=chosen,
                    reveals=tuple(question for question, opening in below if opening == [value]),
                    opens=any(value in opening and len(opening) > 1 for _question, opening in below),
                )
            )
        return tuple(made)

    def _offers(self, field: Field) -> list[tuple[str, str, str]]:
        if field.type is Type.COUNTRY:
            return [(code, name, "") for code, name in values.countries(get_language() or "de")]
        if field.type is Type.YESNO:
            offers = [("yes", _("Ja"), ""), ("no", _("Nein"), "")]
        else:
            offers = [
                (one.value, self.walk.word(self.at, one.label), self.walk.word(self.at, one.hint))
                for one in offered_options(field, self.walk.answers, self.context)
            ]
        return [*offers, (UNKNOWN, _("Weiß ich nicht"), "")] if field.unknown and choice(field) else offers


def _yes(default: object) -> str:
    return default if isinstance(default, str) else "yes" if default else "no"
