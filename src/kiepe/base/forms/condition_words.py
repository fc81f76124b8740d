"""Conditions of a form in words, for paper: `tenure == 'owner'` reads 'bei Frage 57: „Im eigenen Haus …“'.

What is known on paper (the number of a person) is worked out; what is left is told. A condition that cannot be told
raises BadCondition: a form that would print a riddle is found by its test, not by the reader.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kiepe.base.forms.checking import PLACEHOLDER
from kiepe.base.forms.conditions import BadCondition, Condition
from kiepe.base.forms.flow import Flow
from kiepe.base.forms.form import Field
from kiepe.base.forms.values import said

Told = bool | str  # True or False where it is known, else the words


@dataclass(frozen=True, slots=True)
class Scene:
    """Where a condition stands: the level of its page, and what paper knows of the item."""

    flow: Flow
    level: str = ""
    index: int | None = None
    noun: str = ""  # what {placeholders} of the item become


def numbers(flow: Flow) -> dict[tuple[str, str], int]:
    """The number of each question on paper, by level and key, in the order in which the form asks first."""
    found: dict[tuple[str, str], int] = {}
    for page in flow.form.pages:
        for field in page.fields:
            found.setdefault((page.each, field.key), len(found) + 1)
    return found


def told(condition: Condition | None, scene: Scene) -> Told:
    """True where it always holds here, False where it never does, else in words (without 'nur wenn')."""
    return True if condition is None else _Teller(scene).tell(condition.tree, {})


class _Teller:
    def __init__(self, scene: Scene) -> None:
        self.scene = scene

    def tell(self, node: ast.expr, local: Mapping[str, str], *, negated: bool = False) -> Told:
        """`local` maps names bound by any() to the level of their items."""
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            return self.tell(node.operand, local, negated=not negated)
        if isinstance(node, ast.BoolOp):
            return self._joined(node, local, negated=negated)
        if isinstance(node, ast.Compare):
            return self._compare(node, local, negated=negated)
        if isinstance(node, ast.Call):
            return self._any(node, local, negated=negated)
        if self._unasked(node, local):
            return negated
        field = self._field(node, local)
        return self._is(field, _("Nein oder leer") if negated else _("Ja"))

    def _unasked(self, node: ast.expr, local: Mapping[str, str]) -> bool:
        """Whether nobody asks this of the person with this number, so that it is known to be empty."""
        level, key = self._place(node, local)
        if self.scene.index is None or level != self.scene.level or (level, key) not in self.scene.flow.fields:
            return False
        pages = self.scene.flow.by_level.get(level, ())
        asking = [page for page in pages if any(field.key == key for field in page.fields)]
        return all(told(page.when, self.scene) is False for page in asking)

    def _joined(self, node: ast.BoolOp, local: Mapping[str, str], *, negated: bool) -> Told:
        parts = [self.tell(part, local, negated=negated) for part in node.values]
        both = isinstance(node.op, ast.And) != negated
        if (not both and True in parts) or (both and False in parts):
            return not both
        words = [part for part in parts if isinstance(part, str)]
        if not words:
            return both
        return (_(" und ") if both else _(" oder ")).join(dict.fromkeys(words))

    def _compare(self, node: ast.Compare, local: Mapping[str, str], *, negated: bool) -> Told:
        if len(node.ops) != 1:
            raise self._riddle(node)
        left, op, right = node.left, node.ops[0], node.comparators[0]
        if isinstance(left, ast.Name) and left.id == "index":
            return self._index(op, right, negated=negated)
        if isinstance(left, ast.Constant) and isinstance(op, ast.In | ast.NotIn):  # 'x' in several
            against = isinstance(op, ast.NotIn) != negated
            if self._unasked(right, local):
                return against
            field = self._field(right, local)
            chosen = self._labels(field, [left.value])
            return self._is(field, chosen, against=against)
        if isinstance(left, ast.Call) and isinstance(left.func, ast.Name):
            return self._measured(left, op, right, local, negated=negated)
        nothing = isinstance(right, ast.Constant) and right.value is None
        if self._unasked(left, local):
            alike = isinstance(op, ast.Is | ast.Eq) if nothing else isinstance(op, ast.NotEq | ast.NotIn)
            return alike != negated  # nothing is nothing, and differs from everything else
        field = self._field(left, local)
        if nothing:
            empty = isinstance(op, ast.Is | ast.Eq) != negated
            return self._is(field, _("leer") if empty else _("ausgefüllt"))
        if isinstance(op, ast.Eq | ast.NotEq | ast.In | ast.NotIn):
            against = isinstance(op, ast.NotEq | ast.NotIn) != negated
            return self._equal(field, right, against=against)
        return self._is(field, self._bound(op, right, negated=negated))

    def _equal(self, field: Field, right: ast.expr, *, against: bool) -> str:
        nodes = right.elts if isinstance(right, ast.Tuple | ast.List) else [right]
        values = [node.value for node in nodes if isinstance(node, ast.Constant)]
        if len(values) != len(nodes):
            raise self._riddle(right)
        if values in ([True], [False]):
            return self._is(field, _("Ja") if (values == [True]) != against else _("Nein"))
        return self._is(field, self._labels(field, values), against=against)

    def _index(self, op: ast.cmpop, right: ast.expr, *, negated: bool) -> bool:
        number = self.scene.index
        if number is None or not isinstance(right, ast.Constant) or not isinstance(right.value, int):
            raise self._riddle(right)
        wanted = right.value
        holds = {
            ast.Eq: number == wanted,
            ast.NotEq: number != wanted,
            ast.Gt: number > wanted,
            ast.GtE: number >= wanted,
            ast.Lt: number < wanted,
            ast.LtE: number <= wanted,
        }[type(op)]
        return holds != negated

    def _measured(
        self, call: ast.Call, op: ast.cmpop, right: ast.expr, local: Mapping[str, str], *, negated: bool
    ) -> str:
        name = call.func.id if isinstance(call.func, ast.Name) else ""
        bound = self._bound(op, right, negated=negated)
        if name == "len":
            if self._place(call.args[0], local) in self.scene.flow.fields:  # crosses of a question
                return self._is(self._field(call.args[0], local), _("%s angekreuzt") % bound)
            said_of = {"list": self._list_name(call.args[0], local), "bound": bound}
            some = isinstance(op, ast.Gt) and not negated and ast.literal_eval(right) == 0
            words = _("wenn unter „%(list)s“ etwas steht") if some else _("wenn unter „%(list)s“ %(bound)s stehen")
            return words % said_of
        if name == "age":
            return self._is(self._field(call.args[0], local), _("Alter in Jahren %s") % bound)
        raise self._riddle(call)

    def _any(self, node: ast.Call, local: Mapping[str, str], *, negated: bool) -> Told:
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        argument = node.args[0]
        if name not in {"any", "all"} or not isinstance(argument, ast.GeneratorExp):
            raise self._riddle(node)
        inner = dict(local)
        for part in argument.generators:
            target = part.target.id if isinstance(part.target, ast.Name) else ""
            source = part.iter
            level, key = self._place(source, inner)
            path = f"{level}.{key}" if level else key
            inner[target] = path if path in self.scene.flow.by_level else key
        words = self.tell(argument.elt, inner)
        start = {
            ("any", False): _("bei mindestens einem Eintrag: %s"),
            ("any", True): _("bei keinem Eintrag: %s"),
            ("all", False): _("bei allen Einträgen: %s"),
            ("all", True): _("nicht bei allen Einträgen: %s"),
        }[(name, negated)]
        return words if isinstance(words, bool) else start % words

    def _bound(self, op: ast.cmpop, right: ast.expr, *, negated: bool) -> str:
        value: object = ast.literal_eval(right)
        kind = type(op)
        if negated:
            opposite: dict[type[ast.cmpop], type[ast.cmpop]] = {
                ast.Lt: ast.GtE,
                ast.LtE: ast.Gt,
                ast.Gt: ast.LtE,
                ast.GtE: ast.Lt,
                ast.Eq: ast.NotEq,
                ast.NotEq: ast.Eq,
            }
            kind = opposite[kind]
        words: dict[type[ast.cmpop], str] = {
            ast.Lt: _("weniger als %s"),
            ast.LtE: _("höchstens %s"),
            ast.Gt: _("mehr als %s"),
            ast.GtE: _("mindestens %s"),
            ast.Eq: _("genau %s"),
            ast.NotEq: _("nicht %s"),
        }
        return words[kind] % (value,)

    def _field(self, node: ast.expr, local: Mapping[str, str]) -> Field:
        level, key = self._place(node, local)
        for place in (level, "") if isinstance(node, ast.Name) else (level,):
            found = self.scene.flow.fields.get((place, key))
            if found is not None:
                return found[1]
        raise self._riddle(node)

    def _place(self, node: ast.expr, local: Mapping[str, str]) -> tuple[str, str]:
        level = self.scene.level
        if isinstance(node, ast.Name):
            return level, node.id
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            places = {"item": level, "parent": level.rpartition(".")[0], **local}
            return places.get(node.value.id, ""), node.attr
        raise self._riddle(node)

    def _list_name(self, node: ast.expr, local: Mapping[str, str]) -> str:
        level, key = self._place(node, local)
        wanted = {f"{level}.{key}" if level else key, key}
        page = next((page for page in self.scene.flow.form.pages if page.is_list and page.list_path in wanted), None)
        if page is None:
            raise self._riddle(node)
        noun = _("jede %(noun)s") % {"noun": self._noun_of(page.each)} if page.each else self.scene.noun
        return plain(said(page.title), noun).rstrip("?:")

    def _noun_of(self, level: str) -> str:
        page = next(page for page in self.scene.flow.form.pages if page.is_list and page.list_path == level)
        return said(page.noun) or _("Person")

    def _labels(self, field: Field, values: Sequence[object]) -> str:
        labels = {option.value: plain(said(option.label), self.scene.noun) for option in field.options}
        found = [labels[str(value)] if str(value) in labels else str(value) for value in values]
        return _(" oder ").join(f"„{label}“" for label in found)

    def _is(self, field: Field, value: str, *, against: bool = False) -> str:
        pattern = _("bei Frage %(number)d nicht %(value)s") if against else _("bei Frage %(number)d: %(value)s")
        return pattern % {"number": self._number(field), "value": value}

    def _number(self, field: Field) -> int:
        """The field's own number; of two pages that ask the same, it is the same."""
        known = numbers(self.scene.flow)
        place = next(place for place, (_page, one) in self.scene.flow.fields.items() if one is field)
        return known[place]

    def _riddle(self, node: ast.expr) -> BadCondition:
        return BadCondition(_("„%(text)s“ lässt sich auf Papier nicht sagen.") % {"text": ast.unparse(node)})


def plain(text: str, noun: str) -> str:
    """A text of the form on paper: {placeholders} of an item become `noun`, such as 'Person 2', {index} its number."""
    text = text.replace("{index}", noun.rpartition(" ")[2])
    return " ".join(re.sub(rf"(?:{PLACEHOLDER.pattern})(?:\s+(?:{PLACEHOLDER.pattern}))*", noun, text).split())
