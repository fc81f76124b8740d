"""Which languages there are: German, and every one with a catalogue. A new language needs files only."""

from __future__ import annotations

import tomllib
from pathlib import Path

from django.conf.locale import LANG_INFO
from django.utils.translation import to_language

SOURCE = "de"
PLAIN = "de-simple"  # "simple" is the registered BCP 47 variant for plain language; Django does not know it
LANG_INFO[PLAIN] = {"bidi": False, "code": PLAIN, "name": "Plain German", "name_local": "Einfache Sprache"}


def found(locale: Path) -> list[tuple[str, str]]:
    """Tag and own name of each language, in the order of the switch: German, plain German, the others by tag.

    `locale` is the folder of base/ui: what every page needs must be there. A folder whose language Django does not
    know raises KeyError with its tag.
    """
    codes = {to_language(path.parents[1].name) for path in locale.glob("*/LC_MESSAGES/django.mo")}
    others = sorted(codes - {SOURCE, PLAIN})
    ordered = [SOURCE, *([PLAIN] if PLAIN in codes else []), *others]
    return [(code, LANG_INFO[code]["name_local"]) for code in ordered]


def offered(locale: Path, pack: Path) -> list[tuple[str, str]]:
    """The languages that the city offers (`languages` in its city.toml). A city.toml that cannot be read is named
    by the check of the pack, with file and line; until then all are offered."""
    try:
        wanted = tomllib.loads((pack / "city.toml").read_text(encoding="utf-8")).get("languages")
    except (OSError, ValueError):
        wanted = None
    there = found(locale)
    return [one for one in there if one[0] == SOURCE or not isinstance(wanted, list) or one[0] in wanted]
