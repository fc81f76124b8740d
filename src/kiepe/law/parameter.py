"""Werte des Rechts: mit Datum, Norm, Quelle und dem Tag, an dem zuletzt jemand nachgesehen hat.

Eine Parameterdatei (YAML) führt je Schlüssel die Norm und ihre Fassungen. Jede Fassung gilt von
ihrem ``ab`` an, bis eine spätere sie ablöst. Zahlen bleiben beim Lesen Text und werden zu
``Decimal``: Kein Wert läuft durch eine Gleitkommazahl.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, cast

import yaml

if TYPE_CHECKING:
    from yaml import BaseLoader as _Lader
else:
    # Der Lader in C ist zehnmal so schnell; ohne ihn geht es auch.
    _Lader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class KeinRecht(LookupError):
    """Für diesen Tag ist kein Recht hinterlegt. Der Text der Ausnahme ist ein Satz für Menschen."""


class Parameterfehler(ValueError):
    """Eine Parameterdatei ist falsch; der Text nennt Datei und Schlüssel."""


def deutsch(tag: date) -> str:
    """Ein Datum, wie es in deutschen Texten steht: 01.01.2025."""
    return f"{tag:%d.%m.%Y}"


@dataclass(frozen=True, slots=True)
class Fassung:
    """Ein Wert in der Fassung, die von ``ab`` an gilt."""

    norm: str
    ab: date
    quelle: str
    geprüft: date
    wert: object

    def dezimal(self) -> Decimal:
        """Der Wert als Zahl."""
        return dezimal(self.wert)

    def liste(self) -> tuple[Decimal, ...]:
        """Der Wert als Reihe von Zahlen."""
        return dezimale(self.wert)

    def ja(self) -> bool:
        """Der Wert als Ja oder Nein."""
        return ja(self.wert)

    def feld(self, name: str) -> object:
        """Ein Eintrag des Wertes, wenn der Wert eine Zuordnung ist."""
        return cast("Mapping[str, object]", self.wert)[name]

    def zahl(self, name: str) -> Decimal:
        """Ein Eintrag des Wertes als Zahl."""
        return dezimal(self.feld(name))

    def zahlen(self, name: str) -> tuple[Decimal, ...]:
        """Ein Eintrag des Wertes als Reihe von Zahlen."""
        return dezimale(self.feld(name))


def dezimal(wert: object) -> Decimal:
    """Der Text einer Parameterdatei als Zahl."""
    return Decimal(cast("str", wert))


def dezimale(wert: object) -> tuple[Decimal, ...]:
    """Eine Reihe von Texten einer Parameterdatei als Zahlen."""
    return tuple(dezimal(einzeln) for einzeln in cast("Sequence[object]", wert))


def ja(wert: object) -> bool:
    """``ja`` oder ``nein`` einer Parameterdatei; alles andere ist ein Fehler der Datei."""
    if wert not in ("ja", "nein"):
        raise Parameterfehler(f"Erwartet ist ja oder nein, da steht {wert!r}.")
    return wert == "ja"


@dataclass(frozen=True, slots=True)
class Parametersatz:
    """Alle Werte einer Parameterdatei, je Schlüssel die Fassungen nach Datum."""

    werte: Mapping[str, tuple[Fassung, ...]]

    def am(self, schlüssel: str, tag: date) -> Fassung:
        """Die Fassung des Schlüssels, die an dem Tag gilt.

        Raises:
            KeinRecht: wenn der Tag vor der ältesten Fassung liegt.
        """
        fassungen = self.werte[schlüssel]
        for fassung in reversed(fassungen):
            if fassung.ab <= tag:
                return fassung
        raise KeinRecht(
            f"Für den {deutsch(tag)} ist kein Recht hinterlegt. "
            f"Gerechnet werden kann ab dem {deutsch(fassungen[0].ab)} ({fassungen[0].norm})."
        )

    def überlagert(self, entwurf: "Parametersatz") -> "Parametersatz":
        """Dieser Satz, in dem der Entwurf jeden Schlüssel, den er nennt, ganz ersetzt."""
        return Parametersatz({**self.werte, **entwurf.werte})


def lies_parameter(datei: Path) -> Parametersatz:
    """Die Parameterdatei als Parametersatz.

    Raises:
        Parameterfehler: wenn ein Schlüssel keine Norm, keine Fassung oder keine Quelle nennt oder seine
            Fassungen nicht nach Datum geordnet sind.
    """
    rohdaten = lies_yaml(datei)
    werte: dict[str, tuple[Fassung, ...]] = {}
    for schlüssel, eintrag in rohdaten.items():
        try:
            werte[schlüssel] = _fassungen(cast("Mapping[str, object]", eintrag))
        except (KeyError, TypeError, ValueError) as fehler:
            raise Parameterfehler(f"{datei.name}, {schlüssel}: {fehler}") from fehler
    return Parametersatz(werte)


def lies_yaml(datei: Path) -> Mapping[str, object]:
    """Die Zuordnung einer YAML-Datei; jeder Wert bleibt Text."""
    with datei.open(encoding="utf-8") as strom:
        inhalt = yaml.load(strom, Loader=_Lader)  # noqa: S506  der BaseLoader baut nur Texte, Listen und Zuordnungen
    if not isinstance(inhalt, dict):
        raise Parameterfehler(f"{datei.name}: Erwartet ist eine Zuordnung.")
    return inhalt


def _fassungen(eintrag: Mapping[str, object]) -> tuple[Fassung, ...]:
    fassungen = tuple(
        Fassung(
            norm=cast("str", eintrag["norm"]),
            ab=date.fromisoformat(cast("str", roh["ab"])),
            quelle=cast("str", roh["quelle"]),
            geprüft=date.fromisoformat(cast("str", roh["geprueft"])),
            wert=roh["wert"],
        )
        for roh in cast("Sequence[Mapping[str, object]]", eintrag["fassungen"])
    )
    tage = [fassung.ab for fassung in fassungen]
    if not tage or tage != sorted(set(tage)):
        raise Parameterfehler("Die Fassungen fehlen oder stehen nicht nach Datum geordnet.")
    return fassungen
