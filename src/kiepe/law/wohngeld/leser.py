"""Felder eines JSON-Objekts lesen und prüfen; jeder Fehler mit JSON-Zeiger und deutschem Satz."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from enum import StrEnum
from typing import TypeVar

from kiepe.law.schritt import Hinweis

_Wahl = TypeVar("_Wahl", bound=StrEnum)

_EURO = re.compile(r"-?[0-9]+([.][0-9]{1,2})?")
_ZAHL = re.compile(r"[0-9]+([.][0-9]+)?")
_DATUM = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_VORKOMMASTELLEN = 12
_NACHKOMMASTELLEN = 12
_JAHRE = (1850, 2200)
_NULL = Decimal(0)


@dataclass(frozen=True, slots=True)
class Fehler:
    """Was an einer Stelle der Eingabe falsch ist; ``pfad`` ist ein JSON-Zeiger, leer für das Ganze."""

    pfad: str
    text: str

    def als_dict(self) -> dict[str, str]:
        """Der Fehler, wie ``result.schema.json`` ihn verlangt."""
        return {"pfad": self.pfad, "text": self.text}


class Ungueltig(ValueError):
    """Die Eingabe lässt sich nicht rechnen; ``fehler`` nennt jede Stelle."""

    def __init__(self, fehler: tuple[Fehler, ...]) -> None:
        super().__init__("; ".join(f"{einzeln.pfad or '/'}: {einzeln.text}" for einzeln in fehler))
        self.fehler = fehler


class Leser:
    """Ein JSON-Objekt an einer Stelle der Eingabe; alle Leser einer Eingabe teilen sich die Fehlerliste."""

    def __init__(
        self,
        daten: Mapping[str, object],
        pfad: str = "",
        fehler: list[Fehler] | None = None,
        übergangen: list[Hinweis] | None = None,
    ) -> None:
        self._daten = daten
        self._pfad = pfad
        self._fehler: list[Fehler] = [] if fehler is None else fehler
        self._übergangen: list[Hinweis] = [] if übergangen is None else übergangen

    def fehler(self, feld: str, text: str) -> None:
        """Merkt einen Fehler vor; ``feld`` leer: das Objekt selbst."""
        self._fehler.append(Fehler(f"{self._pfad}/{feld}" if feld else self._pfad, text))

    def übergehe(self, feld: str, norm: str, warum: str) -> None:
        """Merkt vor, dass eine Angabe ohne Wirkung bleibt: nicht falsch, aber auch nicht still verschwunden."""
        self._übergangen.append(Hinweis(norm, f"{self._pfad}/{feld}: {warum}"))

    @property
    def übergangen(self) -> tuple[Hinweis, ...]:
        """Was die Rechnung nicht verwendet, als Hinweise für den Menschen, der entscheidet."""
        return tuple(self._übergangen)

    def abschluss(self) -> None:
        """Raises Ungueltig, wenn Fehler vorgemerkt sind."""
        if self._fehler:
            raise Ungueltig(tuple(self._fehler))

    def hat(self, feld: str) -> bool:
        """Steht das Feld in der Eingabe?"""
        return feld in self._daten

    def nur(self, erlaubt: Sequence[str]) -> None:
        """Meldet Felder, die es an dieser Stelle nicht gibt."""
        for feld in self._daten:
            if feld not in erlaubt:
                nahe = get_close_matches(str(feld), erlaubt, n=1)
                vorschlag = f" Gemeint ist vielleicht {nahe[0]}." if nahe else f" Erlaubt sind: {', '.join(erlaubt)}."
                self.fehler(_zeiger(str(feld)), f"Das Feld „{feld}“ gibt es hier nicht.{vorschlag}")

    def pflicht(self, feld: str) -> None:
        """Meldet, wenn das Feld fehlt."""
        if feld not in self._daten:
            self.fehler(feld, f"Die Angabe {feld} fehlt.")

    def text(self, feld: str, *, leer_erlaubt: bool = False) -> str | None:
        """Ein Text; ``None``, wenn er fehlt oder falsch ist."""
        wert = self._daten.get(feld)
        if feld not in self._daten:
            return None
        if not isinstance(wert, str):
            self.fehler(feld, "Erwartet ist ein Text in Anführungszeichen.")
            return None
        if not leer_erlaubt and not wert.strip():
            self.fehler(feld, "Der Text ist leer. Bitte ausfüllen oder das Feld weglassen.")
            return None
        return wert

    def ja(self, feld: str) -> bool:
        """Ja oder Nein; fehlt das Feld: nein."""
        wert = self._daten.get(feld, False)
        if not isinstance(wert, bool):
            self.fehler(feld, "Erwartet ist true oder false.")
            return False
        return wert

    def ganzzahl(self, feld: str, mindestens: int, höchstens: int) -> int | None:
        """Eine ganze Zahl in den Grenzen; ``None``, wenn sie fehlt oder falsch ist."""
        if feld not in self._daten:
            return None
        wert = self._daten[feld]
        # JSON kennt nur eine Art Zahl: 4.0 ist dieselbe ganze Zahl wie 4.
        if isinstance(wert, float) and wert.is_integer():
            wert = int(wert)
        if isinstance(wert, bool) or not isinstance(wert, int) or not mindestens <= wert <= höchstens:
            self.fehler(feld, f"Erwartet ist eine ganze Zahl von {mindestens} bis {höchstens}.")
            return None
        return wert

    def euro(self, feld: str, *, negativ_erlaubt: bool = False) -> Decimal:
        """Ein Betrag; fehlt er: 0."""
        return self.euro_oder_nichts(feld, negativ_erlaubt=negativ_erlaubt) or _NULL

    def euro_oder_nichts(self, feld: str, *, negativ_erlaubt: bool = False) -> Decimal | None:
        """Ein Betrag; ``None``, wenn er fehlt oder falsch ist."""
        if feld not in self._daten:
            return None
        wert = self._daten[feld]
        if not isinstance(wert, str):
            self.fehler(feld, 'Beträge stehen als Text in Euro, z. B. "335.50".')
            return None
        if not _EURO.fullmatch(wert):
            self.fehler(
                feld,
                f'„{wert}“ ist kein Betrag. Erwartet sind Euro mit Punkt und höchstens zwei Stellen, z. B. "335.50".',
            )
            return None
        if wert.startswith("-") and not negativ_erlaubt:
            self.fehler(feld, "Der Betrag darf nicht negativ sein.")
            return None
        if len(wert.partition(".")[0]) > _VORKOMMASTELLEN:
            self.fehler(feld, "Der Betrag ist zu hoch. Bitte prüfen.")
            return None
        return Decimal(wert)

    def zahl(self, feld: str, worte: str) -> Decimal | None:
        """Eine nicht negative Zahl als Text; ``worte`` sagt im Fehler, was erwartet ist."""
        if feld not in self._daten:
            return None
        wert = self._daten[feld]
        if not isinstance(wert, str) or not _ZAHL.fullmatch(wert):
            self.fehler(feld, f"Erwartet {worte} als Text mit Punkt.")
            return None
        vor, _, nach = wert.partition(".")
        if len(vor) > _VORKOMMASTELLEN or len(nach) > _NACHKOMMASTELLEN:
            self.fehler(feld, f"Die Zahl hat zu viele Stellen. Erwartet {worte}.")
            return None
        return Decimal(wert)

    def datum(self, feld: str) -> date | None:
        """Ein Tag; ``None``, wenn er fehlt oder falsch ist."""
        if feld not in self._daten:
            return None
        wert = self._daten[feld]
        if isinstance(wert, str) and _DATUM.fullmatch(wert):
            try:
                tag = date.fromisoformat(wert)
            except ValueError:
                self.fehler(feld, f"Den Tag {wert} gibt es nicht.")
                return None
            if _JAHRE[0] <= tag.year < _JAHRE[1]:
                return tag
        self.fehler(feld, 'Erwartet ist ein Datum als Jahr-Monat-Tag, z. B. "2026-01-01".')
        return None

    def auswahl(self, feld: str, wahl: type[_Wahl]) -> _Wahl | None:
        """Ein Wert aus einer festen Liste; ``None``, wenn er fehlt oder falsch ist."""
        if feld not in self._daten:
            return None
        wert = self._daten[feld]
        erlaubt = [eintrag.value for eintrag in wahl]
        if not isinstance(wert, str) or wert not in erlaubt:
            nahe = get_close_matches(wert, erlaubt, n=1) if isinstance(wert, str) else []
            gemeint = f" Gemeint ist vielleicht {nahe[0]}." if nahe else ""
            self.fehler(feld, f"Erwartet ist eines von: {', '.join(erlaubt)}.{gemeint}")
            return None
        return wahl(wert)

    def objekt(self, feld: str) -> "Leser | None":
        """Ein Objekt unter dem Feld; ``None``, wenn es fehlt oder keines ist."""
        if feld not in self._daten:
            return None
        wert = self._daten[feld]
        if not isinstance(wert, Mapping):
            self.fehler(feld, "Erwartet ist ein Objekt { … }.")
            return None
        return Leser(wert, f"{self._pfad}/{feld}", self._fehler, self._übergangen)

    def objekte(self, feld: str) -> Iterator["Leser"]:
        """Die Objekte einer Liste unter dem Feld; was keines ist, wird gemeldet."""
        wert = self._daten.get(feld, ())
        if isinstance(wert, str) or not isinstance(wert, Sequence):
            self.fehler(feld, "Erwartet ist eine Liste [ … ].")
            return
        for nummer, eintrag in enumerate(wert):
            if isinstance(eintrag, Mapping):
                yield Leser(eintrag, f"{self._pfad}/{feld}/{nummer}", self._fehler, self._übergangen)
            else:
                self.fehler(f"{feld}/{nummer}", "Erwartet ist ein Objekt { … }.")

    def ist_null(self, feld: str) -> bool:
        """Steht das Feld da und ist ausdrücklich leer (null)?"""
        return feld in self._daten and self._daten[feld] is None

    def ist_wahr(self, feld: str) -> bool:
        """Steht im Feld genau true?"""
        return self._daten.get(feld) is True

    def ist_falsch(self, feld: str) -> bool:
        """Steht im Feld genau false?"""
        return self._daten.get(feld) is False


def _zeiger(feld: str) -> str:
    """RFC 6901: ~ und / in einem Feldnamen."""
    return feld.replace("~", "~0").replace("/", "~1")
