"""Where an entry stands: a path such as ("texts", "de", "title") to the line of its file, counted from 1."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import yaml

Path = tuple[str | int, ...]


class Unreadable(Exception):
    """The file cannot be read at all. `line` counts from 1; 0 where there is none."""

    def __init__(self, sentence: str, line: int = 0) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.line = line


@dataclass(frozen=True, slots=True)
class Located:
    """A file's content with the line of each entry."""

    content: object
    lines: Mapping[Path, int] = field(default_factory=dict)

    def line(self, path: Path) -> int:
        """The line of an entry; for one that is missing, of the nearest entry around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def read_yaml(text: str, first_line: int = 1) -> Located:
    """YAML with the lines of its nodes. A key that stands twice is refused, for the second would win silently.

    `first_line` is the line of the file on which `text` begins.
    """
    try:
        loader = _Loader(text)
        try:
            node = loader.get_single_node()
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as broken:
        mark = broken.problem_mark or broken.context_mark
        raise Unreadable(_yaml_sentence(broken), (mark.line if mark else 0) + first_line) from None
    except yaml.YAMLError:
        raise Unreadable("Die Datei enthält ein Zeichen, das in YAML nicht vorkommen darf.", first_line) from None
    if node is None:
        return Located(content=None, lines={(): first_line})
    lines: dict[Path, int] = {}
    return Located(content=_value(node, (), lines, first_line), lines=lines)


class _Loader(yaml.SafeLoader):
    """SafeLoader is enough: only single scalars are constructed with it."""


def _value(node: yaml.Node, path: Path, lines: dict[Path, int], first: int) -> object:
    lines.setdefault(path, node.start_mark.line + first)
    if isinstance(node, yaml.MappingNode):
        mapping: dict[str, object] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            line = key_node.start_mark.line + first
            if key in mapping:
                raise Unreadable(f"„{key}“ steht hier ein zweites Mal. Bitte einen der beiden Einträge löschen.", line)
            lines[(*path, key)] = line
            mapping[key] = _value(value_node, (*path, key), lines, first)
        return mapping
    if isinstance(node, yaml.SequenceNode):
        return [_value(item, (*path, index), lines, first) for index, item in enumerate(node.value)]
    return _scalar(node, first)


def _scalar(node: yaml.Node, first: int) -> str | int | float | bool | date | None:
    try:
        value: str | int | float | bool | date | None = _Loader("").construct_object(node)
    except (ValueError, yaml.YAMLError):
        sentence = f"„{node.value}“ ist kein gültiger Wert. Ist ein Text gemeint, setzen Sie ihn in Anführungszeichen."
        raise Unreadable(sentence, node.start_mark.line + first) from None
    return value


def _yaml_sentence(broken: yaml.MarkedYAMLError) -> str:
    problem = broken.problem or ""
    if "mapping values are not allowed" in problem:
        return "Hier steht ein Doppelpunkt in einem Text. Setzen Sie den ganzen Text in Anführungszeichen."
    if "cannot start any token" in problem and "\\t" in problem:
        return "Die Zeile ist mit einem Tabulator eingerückt. Verwenden Sie Leerzeichen."
    if "found unexpected end of stream" in problem:
        return "Ein Anführungszeichen wird geöffnet, aber nicht geschlossen."
    if "expected <block end>" in problem or "could not find expected ':'" in problem:
        return "Die Einrückung passt nicht, oder nach einem Namen fehlt der Doppelpunkt."
    return "Die Datei ist hier kein gültiges YAML. Prüfen Sie Einrückung, Doppelpunkte und Anführungszeichen."


TABLE = re.compile(r"^\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(#.*)?$")
KEY = re.compile(r'^\s*"?([A-Za-z0-9_-]+)"?\s*=')


def read_toml(text: str) -> Located:
    """TOML with the lines of its tables and keys (tomllib itself keeps none)."""
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as broken:
        at = re.search(r"line (\d+)", str(broken))
        twice = "overwrite" in str(broken).lower() or "twice" in str(broken).lower()
        sentence = (
            "Hier steht ein Eintrag zum zweiten Mal."
            if twice
            else "Die Datei ist hier kein gültiges TOML. Texte stehen in Anführungszeichen, Listen in eckigen Klammern."
        )
        raise Unreadable(sentence, int(at[1]) if at else len(text.splitlines())) from None
    return Located(content=content, lines=_toml_lines(text))


def _toml_lines(text: str) -> dict[Path, int]:
    lines: dict[Path, int] = {(): 1}
    table: Path = ()
    counts: dict[Path, int] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if header := TABLE.match(line):
            table = tuple(part.strip().strip('"') for part in header[2].split("."))
            lines.setdefault(table, number)
            if header[1] == "[[":
                counts[table] = counts.get(table, -1) + 1
                table = (*table, counts[table])
                lines[table] = number
        elif key := KEY.match(line):
            lines.setdefault((*table, key[1]), number)
    return lines
