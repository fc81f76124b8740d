"""What shows only when the whole city pack is read: names that lead nowhere, pages that the law demands."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import cache
from pathlib import Path

from kiepe.base import ui
from kiepe.base.catalogue import markup
from kiepe.base.catalogue.entries import ANALOGUE, City, Page, Service, ServiceText
from kiepe.base.catalogue.lines import Path as EntryPath
from kiepe.base.catalogue.reading import Reading, Source

LEGAL_PAGES = {
    "impressum": "§ 5 DDG",
    "datenschutz": "Art. 13 DSGVO",
    "barrierefreiheit": "Behindertengleichstellungsgesetz des Landes",
}


def findings(city: City, reading: Reading) -> None:
    """Add every finding to `reading`."""
    targets = _targets(city, reading)
    _of_city(city, reading)
    _of_units(city, reading)
    for service in city.services:
        _of_service(service, city, reading)
        for language, text in service.texts.items():
            _of_text(service, language, text, city, reading)
            for index, channel in enumerate(text.channels):
                for problem in markup.target_problems(channel.link, targets):
                    reading.say_of("service", service.slug, ("texts", language, "channels", index, "link"), problem)
            for path, words in _inline_texts(text):
                for problem in markup.inline_problems(words, targets):
                    reading.say_of("service", service.slug, ("texts", language, *path), problem)
    _of_procedures(city, reading)
    for page in city.pages:
        _of_page(page, reading.sources["page", page.slug], targets, reading)
    for page in city.translations:
        _of_page(page, reading.sources["page", f"{page.language}/{page.slug}"], targets, reading)


def _targets(city: City, reading: Reading) -> markup.Targets:
    return {
        "leistungen": None if "service" in reading.broken else {service.slug for service in city.services},
        "seite": None if "page" in reading.broken else {page.slug for page in city.pages},
        "lebenslagen": {situation.key for situation in city.life_situations},
    }


def _unknown(kind: str, name: str, known: Collection[str]) -> str:
    listed = ", ".join(sorted(known)) or "keine"
    return f"{kind} „{name}“ gibt es nicht. Bekannt sind: {listed}."


@cache
def _icons() -> frozenset[str]:
    """The symbols that the design has."""
    sprite = Path(ui.__path__[0]) / "static" / "ui" / "icons.svg"
    return frozenset(re.findall(r'<symbol[^>]* id="([a-z0-9_]+)"', sprite.read_text(encoding="utf-8")))


def _of_city(city: City, reading: Reading) -> None:
    slugs = {service.slug for service in city.services}
    for index, slug in enumerate(city.popular):
        if slug not in slugs and "service" not in reading.broken:
            reading.say_of("city", "", ("popular", index), _unknown("Die Leistung", slug, slugs))
    seen: set[str] = set()
    for index, situation in enumerate(city.life_situations):
        path: EntryPath = ("life_situations", index, "key")
        if situation.key in seen:
            reading.say_of("city", "", path, f"Die Lebenslage „{situation.key}“ steht zweimal da.")
        seen.add(situation.key)
        if situation.icon not in _icons():
            reading.say_of("city", "", (*path[:-1], "icon"), _unknown("Das Symbol", situation.icon, _icons()))
        if not city.services_of(situation.key) and "service" not in reading.broken:
            reading.say_of("city", "", path, f"Zur Lebenslage „{situation.title}“ gehört noch keine Leistung.")
    pages = {page.slug for page in city.pages}
    for slug, norm in LEGAL_PAGES.items():
        if slug not in pages and "page" not in reading.broken:
            file = reading.name(reading.folder / "pages" / f"{slug}.md")
            reading.sentences.append(f"{file} fehlt. Diese Seite verlangt das Gesetz ({norm}).")


def _of_units(city: City, reading: Reading) -> None:
    keys = {unit.key for unit in city.units}
    if "units" in reading.broken:
        return
    for unit in city.units:
        if unit.part_of is not None and (unit.part_of not in keys or unit.part_of == unit.key):
            reading.say_of("units", unit.key, ("part_of",), _unknown("Das Amt", unit.part_of, keys - {unit.key}))
    for office in city.offices:
        for index, key in enumerate(office.units):
            if key not in keys:
                reading.say_of("offices", office.key, ("units", index), _unknown("Das Amt", key, keys))


def _of_service(service: Service, city: City, reading: Reading) -> None:
    def say(path: EntryPath, sentence: str) -> None:
        reading.say_of("service", service.slug, path, sentence)

    situations = {situation.key for situation in city.life_situations}
    for index, key in enumerate(service.life_situations):
        if key not in situations:
            say(("life_situations", index), _unknown("Die Lebenslage", key, situations))
    units = {unit.key for unit in city.units}
    if service.unit is not None and service.unit not in units and "units" not in reading.broken:
        say(("unit",), _unknown("Das Amt", service.unit, units))
    if service.unit is None and service.provider is None:
        say((), "„unit“ fehlt. Welches Amt ist zuständig? Ist es keine Leistung der Stadt, ergänzen Sie „provider“.")
    slugs = {other.slug for other in city.services} - {service.slug}
    for index, slug in enumerate(service.related):
        if slug not in slugs and "service" not in reading.broken:
            say(("related", index), _unknown("Die Leistung", slug, slugs))
    if service.icon not in _icons():
        say(("icon",), _unknown("Das Symbol", service.icon, _icons()))
    procedure = city.procedures.get(service.online) if service.online else None
    if service.online and procedure is None and "procedure" not in reading.broken:
        say(("online",), _unknown("Das Verfahren", service.online, set(city.procedures)))
    if procedure is not None and service.promise_days not in {None, procedure.promise_days}:
        say(
            ("promise_days",), f"Im Verfahren „{procedure.key}“ stehen {procedure.promise_days} Tage. Bitte angleichen."
        )
    first = city.languages[0]
    if first not in service.texts:
        say(("texts",), f"Die Texte in der ersten Sprache der Stadt („{first}“) fehlen.")


def _of_text(service: Service, language: str, text: ServiceText, city: City, reading: Reading) -> None:
    def say(path: EntryPath, sentence: str) -> None:
        reading.say_of("service", service.slug, ("texts", language, *path), sentence)

    if language not in city.languages:
        say((), f"Die Sprache „{language}“ steht nicht in „languages“ von city.toml.")
    if not any(channel.kind in ANALOGUE for channel in text.channels):
        say(("channels",), "Es fehlt ein Weg ohne Internet: Telefon, Papier oder persönlich.")
    if service.online and not text.action:
        say((), "„action“ fehlt. Was steht auf dem Knopf, der den Antrag beginnt?")
    icons = {("facts", index): fact.icon for index, fact in enumerate(text.facts)}
    icons |= {("documents", index): document.icon for index, document in enumerate(text.documents)}
    for (part, index), icon in icons.items():
        if icon not in _icons():
            say((part, index, "icon"), _unknown("Das Symbol", icon, _icons()))
    for index, fee in enumerate(service.fees):
        if language not in fee.what:
            sentence = f"Der Gebühr fehlt die Beschreibung in der Sprache „{language}“."
            reading.say_of("service", service.slug, ("fees", index, "what"), sentence)


def _inline_texts(text: ServiceText) -> Iterator[tuple[EntryPath, str]]:
    yield ("who", "intro"), text.who.intro
    yield ("who", "note"), text.who.note
    for index, point in enumerate(text.who.points):
        yield ("who", "points", index, "text"), point.text
    for index, step in enumerate(text.steps):
        yield ("steps", index, "text"), step.text
    for index, document in enumerate(text.documents):
        yield ("documents", index, "hint"), document.hint
    for index, question in enumerate(text.faq):
        yield ("faq", index, "answer"), question.answer
    yield ("costs",), text.costs
    yield ("duration",), text.duration
    yield ("documents_note",), text.documents_note


def _of_procedures(city: City, reading: Reading) -> None:
    pages = {page.slug for page in city.pages}
    units = {unit.key for unit in city.units}
    prefixes: dict[str, str] = {}
    for key, procedure in city.procedures.items():
        if procedure.unit not in units and "units" not in reading.broken:
            reading.say_of("procedure", key, ("unit",), _unknown("Das Amt", procedure.unit, units))
        if procedure.privacy_page not in pages and "page" not in reading.broken:
            sentence = _unknown("Die Seite", procedure.privacy_page, pages)
            reading.say_of("procedure", key, ("privacy_page",), f"{sentence} Sie ist nach Art. 13 DSGVO nötig.")
        if procedure.letter_days <= procedure.reminder_days:
            sentence = (
                "Der Brief kommt nach der Erinnerung: Hier muss eine größere Zahl stehen als bei „reminder_days“."
            )
            reading.say_of("procedure", key, ("letter_days",), sentence)
        if other := prefixes.get(procedure.number_prefix):
            sentence = f"„{procedure.number_prefix}“ ist schon das Kürzel von „{other}“."
            reading.say_of("procedure", key, ("number_prefix",), sentence)
        prefixes[procedure.number_prefix] = key


def _of_page(page: Page, source: Source, targets: markup.Targets, reading: Reading) -> None:
    file: Path = source.file
    for line, problem in markup.problems(page.body, targets):
        reading.say(file, source.body_line + line, problem)
