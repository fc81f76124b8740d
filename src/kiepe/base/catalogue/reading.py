"""From the files of a city pack to its entries; remembers the file and line of each."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from kiepe.base.catalogue import lines, wording
from kiepe.base.catalogue.entries import City, Entry, Office, Page, Procedure, Service, Unit

HEAD = ("language", "author", "date", "machine_translated")  # what the texts of a file inherit from its head
FRONT = "---"
EntryType = TypeVar("EntryType", bound=Entry)


@dataclass(frozen=True, slots=True)
class Source:
    """Where an entry came from, for findings that show only when all files are read."""

    file: Path
    located: lines.Located
    path: lines.Path = ()
    body_line: int = 1  # of a page: the line on which its text begins


@dataclass
class Reading:
    """One pass over a folder. `sentences` are the findings so far."""

    folder: Path
    sentences: list[str] = field(default_factory=list)
    sources: dict[tuple[str, str], Source] = field(default_factory=dict)  # by kind and key
    broken: set[str] = field(default_factory=set)  # kinds of which a file could not be read

    def name(self, file: Path) -> str:
        """The file as an editor knows it: cities/muenster/services/wohngeld.yaml."""
        folder = self.folder.resolve()
        return (Path(folder.parent.name) / folder.name / file.relative_to(self.folder)).as_posix()

    def say(self, file: Path, line: int, sentence: str) -> None:
        """Note a finding."""
        self.sentences.append(f"{self.name(file)}, Zeile {line}: {sentence}")

    def say_of(self, kind: str, key: str, path: lines.Path, sentence: str) -> None:
        """Note a finding on a field of an entry that was read."""
        source = self.sources[kind, key]
        self.say(source.file, source.located.line((*source.path, *path)), sentence)

    def city(self) -> City | None:
        """The whole city; None where city.toml itself cannot be used."""
        file = self.folder / "city.toml"
        text = self._text(file, missing="Zeigt KIEPE_CITY auf den Ordner einer Stadt?")
        if text is None:
            return None
        try:
            located = lines.read_toml(text)
        except lines.Unreadable as error:
            self.say(file, error.line, error.sentence)
            return None
        self.sources["city", ""] = Source(file, located)
        base = self._entry(City, located.content, Source(file, located))
        parts = {
            "units": self._listed("units", Unit),
            "offices": self._listed("offices", Office),
            "services": self._folder("services", "service", Service),
            "procedures": {
                procedure.key: procedure for procedure in self._folder("procedures", "procedure", Procedure)
            },
            "pages": self._pages(),
            "translations": self._translations(),
        }
        return None if base is None else base.model_copy(update=parts)

    def _text(self, file: Path, missing: str = "") -> str | None:
        try:
            return file.read_text(encoding="utf-8")
        except FileNotFoundError:
            self.sentences.append(f"{self.name(file)} fehlt. {missing}".strip())
        except UnicodeDecodeError:
            self.sentences.append(f"{self.name(file)} ist nicht als UTF-8 gespeichert.")
        except OSError:
            self.sentences.append(f"{self.name(file)} lässt sich nicht öffnen. Darf Kiepe die Datei lesen?")
        return None

    def _yaml(self, file: Path, missing: str = "") -> lines.Located | None:
        text = self._text(file, missing)
        if text is None:
            return None
        try:
            return lines.read_yaml(text)
        except lines.Unreadable as error:
            self.say(file, error.line, error.sentence)
            return None

    def _entry(self, model: type[EntryType], content: object, source: Source) -> EntryType | None:
        try:
            return model.model_validate(content)
        except ValidationError as error:
            for finding in error.errors(include_url=False):
                line = source.located.line((*source.path, *finding["loc"]))
                self.say(source.file, line, wording.sentence(finding))
            return None

    def _remember(self, kind: str, key: str, source: Source) -> bool:
        """Whether the key is new; says where the first one stands if not."""
        first = self.sources.get((kind, key))
        if first is None:
            self.sources[kind, key] = source
            return True
        at = f"{self.name(first.file)}, Zeile {first.located.line((*first.path, 'key'))}"
        line = source.located.line((*source.path, "slug" if kind in {"service", "page"} else "key"))
        self.say(source.file, line, f"„{key}“ gibt es schon: {at}. Bitte einen anderen Namen wählen.")
        return False

    def _listed(self, kind: str, model: type[EntryType]) -> tuple[EntryType, ...]:
        """The entries of units.yaml and offices.yaml: one list under the file's name."""
        file = self.folder / f"{kind}.yaml"
        located = self._yaml(file, f"Die Datei beginnt mit „{kind}:“ und zählt auf.")
        content = located.content if located else None
        items = content.get(kind) if isinstance(content, dict) else None
        if located is None or not isinstance(items, list):
            self.broken.add(kind)
            if located is not None:
                self.say(file, 1, f"Hier wird eine Liste unter „{kind}:“ erwartet.")
            return ()
        found: list[EntryType] = []
        for index, item in enumerate(items):
            source = Source(file, located, (kind, index))
            entry = self._entry(model, item, source)
            if entry is None:
                self.broken.add(kind)
            elif self._remember(kind, getattr(entry, "key", ""), source):
                found.append(entry)
        return tuple(found)

    def _folder(self, folder: str, kind: str, model: type[EntryType]) -> tuple[EntryType, ...]:
        """One entry a file, in the order of the file names."""
        found: list[EntryType] = []
        for file in sorted((self.folder / folder).glob("*.yaml")):
            located = self._yaml(file)
            source = None if located is None else Source(file, located)
            entry = (
                None if located is None or source is None else self._entry(model, inherited(located.content), source)
            )
            if entry is None or source is None:
                self.broken.add(kind)
            elif self._remember(kind, getattr(entry, "slug", "") or getattr(entry, "key", ""), source):
                found.append(entry)
        return tuple(found)

    def _pages(self) -> tuple[Page, ...]:
        """pages/*.md: a head between two lines `---`, then the text."""
        found: list[Page] = []
        for file in sorted((self.folder / "pages").glob("*.md")):
            page = self._page(file)
            if page is None:
                self.broken.add("page")
            else:
                found.append(page)
        return tuple(found)

    def _translations(self) -> tuple[Page, ...]:
        """pages/<language>/*.md: the same pages in another language."""
        found: list[Page] = []
        for file in sorted((self.folder / "pages").glob("*/*.md")):
            page = self._page(file)
            if page is None:
                self.broken.add("page")
            elif page.language != file.parent.name:
                self.say(file, 2, f"Im Ordner „{file.parent.name}“ muss „language: {file.parent.name}“ stehen.")
            elif not (file.parents[1] / file.name).exists():
                self.say(file, 1, f"Zu dieser Übersetzung fehlt die deutsche Seite „{file.name}“ im Ordner „pages“.")
            else:
                found.append(page)
        return tuple(found)

    def _page(self, file: Path) -> Page | None:
        text = self._text(file)
        if text is None:
            return None
        rows = text.splitlines()
        end = next((number for number, row in enumerate(rows[1:], start=1) if row.strip() == FRONT), 0)
        if not rows or rows[0].strip() != FRONT or not end:
            self.say(
                file, 1, "Die Seite beginnt mit einer Zeile „---“, dann folgen title, author, date, dann wieder „---“."
            )
            return None
        try:
            located = lines.read_yaml("\n".join(rows[1:end]), first_line=2)
        except lines.Unreadable as error:
            self.say(file, error.line, error.sentence)
            return None
        source = Source(file, located, body_line=end + 2)
        head = located.content if isinstance(located.content, dict) else {}
        page = self._entry(Page, {"slug": file.stem, **head, "body": "\n".join(rows[end + 1 :])}, source)
        key = file.stem if file.parent.name == "pages" else f"{file.parent.name}/{file.stem}"
        return page if page is not None and self._remember("page", key, source) else None


def inherited(content: object) -> object:
    """A service's content with author, day and language of its head handed down to each of its texts."""
    if not isinstance(content, dict) or not isinstance(content.get("texts"), dict):
        return content
    head = {name: content[name] for name in HEAD if name in content}
    texts = {
        language: {**head, "language": language, **text} if isinstance(text, dict) else text
        for language, text in content["texts"].items()
    }
    return {**{name: value for name, value in content.items() if name not in HEAD}, "texts": texts}
