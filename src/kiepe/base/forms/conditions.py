"""Conditions of form.yaml and evidence.yaml: a small language that looks like Python and runs none of it.

A text is parsed with `ast`, every node is checked against a white list, and what is left is turned into closures.
Nothing is ever handed to `eval`. Answers that are absent are None; a comparison with them is false and never raises.

Names: the answers; in pages of an item also `item`, `parent`, `index` and the item's own fields as plain names;
`today` (ISO text). Functions: `len(list)`, `any(… for x in list)`, `all(…)`, `age(date)` (completed years today).
Money is stored as text; beside a number it is compared as a number: `rent_total > 500`.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache

from django.utils.translation import gettext as _

from kiepe.base.kernel import clock

Scope = dict[str, object]
Value = Callable[[Scope], object]
Shape = Mapping[str, object]  # what an item holds: field name -> None, or the shape of a nested list's items
SPECIAL = frozenset({"item", "parent", "index", "today"})
FUNCTIONS = frozenset({"len", "any", "all", "age"})
MAX_TEXT = 1000


class BadCondition(ValueError):
    """A condition that cannot be used. `sentence` says why, in German, for the one who wrote it."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Condition:
    """One compiled condition. `names` are the free names it reads, without `item`, `parent`, `index`, `today`."""

    text: str
    names: frozenset[str]
    tree: ast.expr = field(repr=False, compare=False)
    run: Value = field(repr=False, compare=False)

    def holds(
        self,
        answers: Mapping[str, object],
        item: Mapping[str, object] | None = None,
        parent: Mapping[str, object] | None = None,
        index: int = 0,
    ) -> bool:
        """Whether it is true for these answers."""
        scope: Scope = {"": answers, "item": item, "parent": parent, "index": index}
        return bool(self.run(scope))

    def check(self, answers: Shape, item: Shape | None = None, parent: Shape | None = None) -> None:
        """Raise BadCondition where a name is no answer of this form. Shapes say which names there are."""
        _Checker(answers, item, parent).visit(self.tree, {})


@cache
def compile(text: str, item_names: frozenset[str] | None = None) -> Condition:  # noqa: A001 - reads as conditions.compile
    """Turn a text into a condition; raises BadCondition.

    `item_names` are the fields of the item that the condition stands for. With them a plain name is the item's
    field even where it has no answer yet; without them the item is asked first and then the answers.
    """
    if not text.strip() or len(text) > MAX_TEXT:
        raise BadCondition(_("Die Bedingung ist leer oder zu lang."))
    try:
        tree = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise BadCondition(_("Die Bedingung „%(text)s“ ist so nicht lesbar.") % {"text": text}) from None
    names: set[str] = set()
    run = _Builder(text, item_names, names).build(tree, frozenset())
    return Condition(text.strip(), frozenset(names), tree, run)


class _Builder:
    """Turns allowed nodes into closures; everything else is refused."""

    def __init__(self, text: str, item_names: frozenset[str] | None, names: set[str]) -> None:
        self.text = text
        self.item_names = item_names
        self.names = names

    def refuse(self, node: ast.AST) -> BadCondition:
        found = ast.unparse(node) if isinstance(node, ast.expr) else type(node).__name__
        return BadCondition(
            _("In der Bedingung „%(text)s“ ist „%(part)s“ nicht erlaubt.") % {"text": self.text, "part": found}
        )

    def build(self, node: ast.expr, local: frozenset[str]) -> Value:
        maker = {
            ast.BoolOp: self._bool,
            ast.UnaryOp: self._not,
            ast.Compare: self._compare,
            ast.Name: self._name,
            ast.Attribute: self._attribute,
            ast.Constant: self._constant,
            ast.Tuple: self._sequence,
            ast.List: self._sequence,
            ast.Call: self._call,
        }.get(type(node))
        if maker is None:
            raise self.refuse(node)
        return maker(node, local)

    def _bool(self, node: ast.expr, local: frozenset[str]) -> Value:
        assert isinstance(node, ast.BoolOp)
        parts = [self.build(value, local) for value in node.values]
        if isinstance(node.op, ast.And):
            return lambda scope: all(part(scope) for part in parts)
        return lambda scope: any(part(scope) for part in parts)

    def _not(self, node: ast.expr, local: frozenset[str]) -> Value:
        assert isinstance(node, ast.UnaryOp)
        inner = self.build(node.operand, local)
        if isinstance(node.op, ast.Not):
            return lambda scope: not inner(scope)
        negative = isinstance(node.op, ast.USub) and isinstance(node.operand, ast.Constant)
        if negative and type(node.operand.value) in {int, float}:  # type: ignore[attr-defined]  # checked above
            return lambda scope: -inner(scope)  # type: ignore[operator]  # a number, checked above
        raise self.refuse(node)

    def _compare(self, node: ast.expr, local: frozenset[str]) -> Value:
        assert isinstance(node, ast.Compare)
        values = [self.build(value, local) for value in [node.left, *node.comparators]]
        tests = [_COMPARISONS.get(type(op)) for op in node.ops]
        if any(test is None for test in tests):
            raise self.refuse(node)
        known = [test for test in tests if test is not None]

        def run(scope: Scope) -> bool:
            found = [value(scope) for value in values]
            return all(test(found[at], found[at + 1]) for at, test in enumerate(known))

        return run

    def _name(self, node: ast.expr, local: frozenset[str]) -> Value:
        assert isinstance(node, ast.Name)
        name = node.id
        if name.startswith("_"):
            raise self.refuse(node)
        if name in local or name in {"item", "parent", "index"}:
            return lambda scope: scope.get(name)
        if name == "today":
            return lambda _scope: clock.today().isoformat()
        self.names.add(name)
        if self.item_names is None:
            return lambda scope: _of(scope["item"], name) if _has(scope["item"], name) else _of(scope[""], name)
        level = "item" if name in self.item_names else ""
        return lambda scope: _of(scope[level], name)

    def _attribute(self, node: ast.expr, local: frozenset[str]) -> Value:
        assert isinstance(node, ast.Attribute)
        if node.attr.startswith("_") or not isinstance(node.value, ast.Name | ast.Attribute):
            raise self.refuse(node)
        base, name = self.build(node.value, local), node.attr
        return lambda scope: _of(base(scope), name)

    def _constant(self, node: ast.expr, local: frozenset[str]) -> Value:  # noqa: ARG002 - one signature for all
        assert isinstance(node, ast.Constant)
        value = node.value
        if value is not None and type(value) not in {str, int, float, bool}:
            raise self.refuse(node)
        return lambda _scope: value

    def _sequence(self, node: ast.expr, local: frozenset[str]) -> Value:
        assert isinstance(node, ast.Tuple | ast.List)
        parts = [self.build(part, local) for part in node.elts]
        return lambda scope: [part(scope) for part in parts]

    def _call(self, node: ast.expr, local: frozenset[str]) -> Value:
        assert isinstance(node, ast.Call)
        named = isinstance(node.func, ast.Name) and node.func.id in FUNCTIONS
        if not named or node.keywords or len(node.args) != 1:
            raise self.refuse(node)
        function, argument = node.func.id, node.args[0]  # type: ignore[attr-defined]  # a Name, checked above
        if function in {"any", "all"}:
            if not isinstance(argument, ast.GeneratorExp):
                raise self.refuse(node)
            walk = self._generator(argument, local)
            return (lambda scope: any(walk(scope))) if function == "any" else (lambda scope: all(walk(scope)))
        inner = self.build(argument, local)
        return (lambda scope: _length(inner(scope))) if function == "len" else (lambda scope: _age(inner(scope)))

    def _generator(self, node: ast.GeneratorExp, local: frozenset[str]) -> Callable[[Scope], Iterator[object]]:
        steps: list[tuple[str, Value, list[Value]]] = []
        for part in node.generators:
            target = part.target
            if part.is_async or not isinstance(target, ast.Name) or target.id in SPECIAL | FUNCTIONS:
                raise self.refuse(node)
            source = self.build(part.iter, local)
            local |= {target.id}
            steps.append((target.id, source, [self.build(test, local) for test in part.ifs]))
        result = self.build(node.elt, local)

        def walk(scope: Scope, at: int = 0) -> Iterator[object]:
            if at == len(steps):
                yield result(scope)
                return
            name, source, tests = steps[at]
            for one in _listed(source(scope)):
                inner = {**scope, name: one}
                if all(test(inner) for test in tests):
                    yield from walk(inner, at + 1)

        return walk


class _Checker:
    """Follows every name to the shape it stands for."""

    def __init__(self, answers: Shape, item: Shape | None, parent: Shape | None) -> None:
        self.answers = answers
        self.item = item
        self.parent = parent

    def visit(self, node: ast.AST, local: dict[str, object]) -> object:
        """The shape of what `node` gives (None for a plain value); raises BadCondition for an unknown name."""
        if isinstance(node, ast.Name):
            return self._name(node, local)
        if isinstance(node, ast.Attribute):
            base = self.visit(node.value, local)
            if not isinstance(base, Mapping) or node.attr not in base:
                raise BadCondition(_("Die Angabe „%(name)s“ gibt es nicht.") % {"name": ast.unparse(node)})
            return base[node.attr]
        if isinstance(node, ast.GeneratorExp):
            inner = dict(local)
            for part in node.generators:
                inner[part.target.id] = self.visit(part.iter, inner)  # type: ignore[attr-defined]  # a Name, see build
                for test in part.ifs:
                    self.visit(test, inner)
            self.visit(node.elt, inner)
            return None
        if isinstance(node, ast.Call):
            self.visit(node.args[0], local)
            return None
        for child in ast.iter_child_nodes(node):
            self.visit(child, local)
        return None

    def _name(self, node: ast.Name, local: dict[str, object]) -> object:
        name = node.id
        if name in local:
            return local[name]
        if name in {"today", "index"}:
            return None
        if name in {"item", "parent"}:
            shape = self.item if name == "item" else self.parent
            if shape is None:
                raise BadCondition(_("„%(name)s“ gibt es nur auf Seiten mit „each“.") % {"name": name})
            return shape
        for level in (self.item, self.answers):
            if level is not None and name in level:
                return level[name]
        raise BadCondition(_("Die Angabe „%(name)s“ gibt es nicht.") % {"name": name})


def _has(holder: object, name: str) -> bool:
    return isinstance(holder, Mapping) and name in holder


def _of(holder: object, name: str) -> object:
    return holder.get(name) if isinstance(holder, Mapping) else None


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _length(value: object) -> int:
    return len(value) if isinstance(value, list | str | Mapping) else 0


def _age(value: object) -> int | None:
    """Completed years on the city's day; None for what is no date."""
    try:
        born = date.fromisoformat(str(value))
    except ValueError:
        return None
    today = clock.today()
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def _alike(left: object, right: object) -> tuple[object, object]:
    """Both sides in one kind: text beside a number becomes a number, where it is one."""
    numbers = int | float | Decimal
    if isinstance(left, str) and isinstance(right, numbers) and not isinstance(right, bool):
        return _number(left), _number(right)
    if isinstance(right, str) and isinstance(left, numbers) and not isinstance(left, bool):
        return _number(left), _number(right)
    return left, right


def _number(value: object) -> Decimal | None:
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return None


def _equal(left: object, right: object) -> bool:
    left, right = _alike(left, right)
    return left == right and isinstance(left, bool) == isinstance(right, bool)


def _ordered(test: Callable[[object, object], bool]) -> Callable[[object, object], bool]:
    def compare(left: object, right: object) -> bool:
        left, right = _alike(left, right)
        if left is None or right is None:
            return False
        try:
            return test(left, right)
        except TypeError:
            return False

    return compare


def _in(left: object, right: object) -> bool:
    if isinstance(right, list):
        return any(_equal(left, one) for one in right)
    return isinstance(left, str) and isinstance(right, str) and left in right


_COMPARISONS: dict[type[ast.cmpop], Callable[[object, object], bool]] = {
    ast.Eq: _equal,
    ast.NotEq: lambda left, right: not _equal(left, right),
    ast.Is: _equal,  # `x is None` reads naturally
    ast.IsNot: lambda left, right: not _equal(left, right),
    ast.Lt: _ordered(lambda left, right: left < right),  # type: ignore[operator]  # TypeError is caught
    ast.LtE: _ordered(lambda left, right: left <= right),  # type: ignore[operator]  # TypeError is caught
    ast.Gt: _ordered(lambda left, right: left > right),  # type: ignore[operator]  # TypeError is caught
    ast.GtE: _ordered(lambda left, right: left >= right),  # type: ignore[operator]  # TypeError is caught
    ast.In: _in,
    ast.NotIn: lambda left, right: not _in(left, right),
}
