"""What pydantic finds wrong, in words that an editor understands."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic_core import ErrorDetails

# The names of fields stand in the files, so they are quoted as they are; only what is wrong is explained.
SENTENCES: Mapping[str, str] = {
    "missing": "„{field}“ fehlt. Bitte ergänzen.",
    "extra_forbidden": "„{field}“ ist hier nicht vorgesehen. Ist der Name richtig geschrieben?",
    "string_type": "„{field}“ muss ein Text sein. Setzen Sie den Wert in Anführungszeichen.",
    "string_too_short": "„{field}“ ist leer. Bitte einen Text eintragen oder die Zeile löschen.",
    "string_pattern_mismatch": "„{field}“ hat nicht die richtige Form: „{value}“. {pattern}",
    "int_type": "„{field}“ muss eine ganze Zahl sein, ist aber „{value}“.",
    "int_parsing": "„{field}“ muss eine ganze Zahl sein, ist aber „{value}“.",
    "int_from_float": "„{field}“ muss eine ganze Zahl sein, ist aber „{value}“.",
    "decimal_type": '„{field}“ muss ein Betrag sein, zum Beispiel "46.00".',
    "decimal_parsing": '„{field}“ muss ein Betrag sein, zum Beispiel "46.00", ist aber „{value}“.',
    "decimal_max_places": "„{field}“ darf höchstens zwei Stellen nach dem Punkt haben, ist aber „{value}“.",
    "bool_type": "„{field}“ muss true oder false sein, ist aber „{value}“.",
    "bool_parsing": "„{field}“ muss true oder false sein, ist aber „{value}“.",
    "date_type": "„{field}“ muss ein Tag sein, zum Beispiel 2026-11-20.",
    "date_parsing": "„{field}“ muss ein Tag sein, zum Beispiel 2026-11-20, ist aber „{value}“.",
    "date_from_datetime_parsing": "„{field}“ muss ein Tag sein, zum Beispiel 2026-11-20, ist aber „{value}“.",
    "date_from_datetime_inexact": "„{field}“ muss ein Tag ohne Uhrzeit sein, zum Beispiel 2026-11-20.",
    "tuple_type": "„{field}“ muss eine Liste sein. Beginnen Sie jede Zeile mit „- “.",
    "too_short": "„{field}“ braucht mindestens einen Eintrag.",
    "dict_type": "„{field}“ muss eine Gruppe von Einträgen sein (Name: Wert).",
    "mapping_type": "„{field}“ muss eine Gruppe von Einträgen sein (Name: Wert).",
    "model_type": "„{field}“ muss eine Gruppe von Einträgen sein (Name: Wert).",
    "enum": "„{field}“ kennt den Wert „{value}“ nicht. Möglich sind: {expected}.",
    "greater_than": "„{field}“ muss größer als {gt} sein, ist aber „{value}“.",
    "greater_than_equal": "„{field}“ darf nicht kleiner als {ge} sein, ist aber „{value}“.",
}
PATTERNS: Mapping[str, str] = {
    r"^99\d{12}$": "Ein LeiKa-Schlüssel hat 14 Ziffern, beginnt mit 99 und steht in Anführungszeichen.",
    r"^[a-z0-9]+(-[a-z0-9]+)*$": "Erlaubt sind Kleinbuchstaben a–z, Ziffern und Bindestriche.",
    r"^[A-Z]{1,4}$": "Erlaubt sind ein bis vier Großbuchstaben.",
    r"^[a-z]{2}(-[A-Za-z]+)?$": "Gemeint ist ein Sprachkürzel wie de, en oder uk.",
}


def place(path: tuple[str | int, ...]) -> str:
    """The field's name with enough around it: `documents, 2. Eintrag: title`."""
    words: list[str] = []
    for part in path:
        if isinstance(part, int):
            words.append(f"{part + 1}. Eintrag")
        elif part != "[key]":
            words.append(part)
    return " › ".join(words) or "die Datei"


def sentence(error: ErrorDetails) -> str:
    """One finding of pydantic as a German sentence with the field's name and the value that was wrong."""
    context = error.get("ctx", {})
    words = SENTENCES.get(error["type"], "„{field}“ ist so nicht verwendbar: „{value}“.")
    return words.format(
        field=place(error["loc"]),
        value=_shown(error["input"]),
        pattern=PATTERNS.get(str(context.get("pattern", "")), ""),
        expected=str(context.get("expected", "")).replace(" or ", " oder ").replace("'", ""),
        gt=context.get("gt", ""),
        ge=context.get("ge", ""),
    )


def _shown(value: object) -> str:
    text = str(value)
    return text if len(text) <= 60 else text[:57] + "…"
