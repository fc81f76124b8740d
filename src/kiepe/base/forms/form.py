"""What a form.yaml says, as frozen objects: sections, pages, fields, options. Read and checked by `reading`."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, model_validator
from pydantic import Field as Setting

from kiepe.base.forms import conditions
from kiepe.base.forms.conditions import Condition
from kiepe.base.kernel.letters import Letters


class Type(StrEnum):
    """Kinds of answers. What each is stored as stands in docs/reference/form-yaml.md."""

    TEXT = "text"
    TEXTAREA = "textarea"
    EMAIL = "email"
    PHONE = "phone"
    POSTCODE = "postcode"
    IBAN = "iban"
    COUNTRY = "country"
    MONEY = "money"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"
    MONTH = "month"
    CHOICE = "choice"
    CHOICES = "choices"
    YESNO = "yesno"


def _condition(value: object) -> object:
    if isinstance(value, bool):
        return conditions.compile(str(value))
    if not isinstance(value, str):
        raise ValueError("condition")  # noqa: TRY004 - pydantic turns a ValueError into an entry of its list
    return conditions.compile(value)


UNKNOWN = "unknown"  # what the radio button 'Weiß ich nicht' sends
When = Annotated[Condition | None, BeforeValidator(_condition)]
Key = Annotated[str, Setting(pattern=r"^[a-z][a-z0-9_]{0,59}$")]
Bound = int | float | str | None


class Entry(BaseModel):
    """Frozen, and no unknown key slips through."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


class Section(Entry):
    key: Key
    title: str


class Option(Entry):
    value: str
    label: str
    hint: str = ""
    when: When = None


class Field(Entry):
    """One question. `required: soft` is recommended and never blocks; `unknown` adds 'Weiß ich nicht'."""

    key: Key
    type: Type
    label: str
    short: str = ""  # label on the check page, in the PDF and at the desk, where the question is long
    hint: str = ""
    example: str = ""
    where: str = ""  # on which paper the answer stands
    picture: str = ""  # a sketch of that paper, see pictures.py
    known: bool = False  # people know this without a paper
    why: str = ""  # why it is asked, where the page's own `why` does not say it
    ask: str = ""  # sentence where a required answer is missing
    required: bool | Literal["soft"] = True
    when: When = None
    unknown: bool = False
    min: Bound = None
    max: Bound = None
    max_length: int | None = None
    default: str | int | float | bool | None = None
    prefill: str = ""  # key of another answer that is suggested here while this one is open
    options: tuple[Option, ...] = ()
    letters: Letters = Letters.TEXT  # of DIN 91379: a person's name, or any other text
    display: Literal["radio", "select"] = "radio"
    autocomplete: str = ""
    own: bool = True  # false: a household member who fills in the own part is not asked this

    @model_validator(mode="after")
    def _options_where_needed(self) -> Field:
        needs = self.type in {Type.CHOICE, Type.CHOICES}
        if needs != bool(self.options):
            raise ValueError("options")
        values = [option.value for option in self.options]
        if len(set(values)) != len(values):
            raise ValueError("twice")
        if self.unknown and UNKNOWN in values:
            raise ValueError("unknown")
        return self

    @property
    def unknown_key(self) -> str:
        """Where 'Weiß ich nicht' is stored."""
        return f"{self.key}_unknown"

    @property
    def name(self) -> str:
        """How the question is called outside its page."""
        return self.short or self.label


class Page(Entry):
    """One address of the form: questions of one topic, or a list to which items are added."""

    key: Annotated[str, Setting(pattern=r"^[a-z][a-z0-9_-]{0,59}$")]
    section: Key
    title: str
    short: str = ""  # heading on the check page
    intro: str | tuple[str, ...] = ""
    why: str = ""
    note: str = ""
    when: When = None
    each: str = ""
    fields: tuple[Field, ...] = ()
    of: str = Setting(default="", alias="list")
    item_title: str = ""
    add_label: str = ""
    empty: str = ""  # what stands there while the list is empty
    min: int = 0
    max: int = 30
    first: str = ""
    noun: str = ""  # what one item is called on paper, e.g. 'Person'
    paper: Annotated[int, Setting(ge=1, le=8)] = 2  # how many items the printed form has room for
    invite: bool = False  # items but the first may be filled in by the person concerned, with an own link and code

    @model_validator(mode="after")
    def _list_or_fields(self) -> Page:
        if bool(self.of) == bool(self.fields):
            raise ValueError("list-or-fields")
        if self.of and not (self.item_title and self.add_label):
            raise ValueError("list-titles")
        return self

    @property
    def is_list(self) -> bool:
        return bool(self.of)

    @property
    def level(self) -> str:
        """Path of the list whose items this page asks: '' (the form), 'persons', 'persons.jobs'."""
        return self.each

    @property
    def list_path(self) -> str:
        """Full path of the list that this page manages."""
        return f"{self.each}.{self.of}" if self.each else self.of

    @property
    def intros(self) -> tuple[str, ...]:
        return ((self.intro,) if self.intro else ()) if isinstance(self.intro, str) else self.intro


class Form(Entry):
    """A whole form.yaml."""

    form: Key
    version: int
    title: str
    minutes: int | None = None  # how long it takes, for the start page
    ready: tuple[str, ...] = ()  # what to have at hand, for the start page
    declaration: tuple[str, ...] = ()  # what the last checkbox confirms
    keeps_date: tuple[str, ...] = ()  # keys of the pages after which one may apply at once, so that the day counts
    sections: tuple[Section, ...]
    pages: tuple[Page, ...]
