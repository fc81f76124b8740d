"""§ 12 Abs. 2 bis 4a WoGG, Anlage der WoGV: zu welcher Mietenstufe eine Gemeinde gehört."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import lru_cache
from typing import cast

from kiepe.law.parameter import KeinRecht, deutsch, lies_yaml
from kiepe.law.schritt import Hinweis
from kiepe.law.wohngeld.recht import PARAMETER

_GEMEINSAM = "Inseln ohne Festlandanschluss"
_NORM = "§ 12 WoGG, Anlage zu § 1 Abs. 3 WoGV"


class Ortsfehler(ValueError):
    """Die Gemeinde lässt sich keiner Mietenstufe zuordnen; ``feld`` ist, was fehlt oder nicht stimmt."""

    def __init__(self, feld: str, text: str) -> None:
        super().__init__(text)
        self.feld = feld


@dataclass(frozen=True, slots=True)
class Ort:
    """Eine Zeile der Anlage. ``kreis`` ist nur bei den Inseln des § 12 Abs. 4a WoGG bekannt."""

    land: str
    name: str
    mietenstufe: int
    ist_kreis: bool = False
    kreis: str | None = None


@dataclass(frozen=True, slots=True)
class Fund:
    """Die Mietenstufe einer Gemeinde, die Zeile dazu und ein Hinweis, wenn der Name leicht zu verwechseln ist."""

    mietenstufe: int
    land: str
    name: str
    hinweise: tuple[Hinweis, ...] = ()


class Verzeichnis:
    """Alle Gemeinden und Kreise der Anlage in einer Fassung, nach Namen auffindbar."""

    def __init__(self, orte: Iterable[Ort]) -> None:
        self.länder: dict[str, str] = {}
        self.genau: dict[str, list[Ort]] = {}
        self.kurz: dict[str, list[Ort]] = {}
        self.kreise: dict[str, list[Ort]] = {}
        for ort in orte:
            self.länder[_schlüssel(ort.land)] = ort.land
            if ort.ist_kreis:
                self.kreise.setdefault(_kreisschlüssel(ort.name), []).append(ort)
            else:
                self.genau.setdefault(_schlüssel(ort.name), []).append(ort)
                self.kurz.setdefault(_kurzschlüssel(ort.name), []).append(ort)

    def finde(self, gemeinde: str, land: str | None = None, kreis: str | None = None) -> Fund:
        """Die Mietenstufe der Gemeinde; ist sie nicht aufgeführt, die ihres Kreises.

        Raises:
            Ortsfehler: wenn Land oder Kreis fehlen oder es den Ort so nicht gibt.
        """
        amtliches_land = self._land(land)
        kreise = self._kreise(kreis, amtliches_land)
        if len(kreise) == 1:
            amtliches_land = kreise[0].land
        treffer = [ort for ort in self._gemeinden(gemeinde, amtliches_land) if _passt_zum_kreis(ort, kreise)]
        if not treffer:
            return self._nach_kreis(gemeinde, amtliches_land, kreis, kreise)
        if amtliches_land is None:
            treffer += self._gleichnamige_kreise(gemeinde, treffer)
        if len({ort.mietenstufe for ort in treffer}) > 1:
            raise Ortsfehler("gemeinde" if amtliches_land else "land", _mehrere(gemeinde, treffer))
        ort = treffer[0]
        hinweise = self._verwechslung(gemeinde, ort) if amtliches_land is None else ()
        return Fund(ort.mietenstufe, ort.land, ort.name, hinweise)

    def _land(self, land: str | None) -> str | None:
        if land is None:
            return None
        if _schlüssel(land) not in self.länder:
            raise Ortsfehler(
                "land",
                f"Das Land „{land}“ gibt es nicht. Erwartet ist eines von: {', '.join(sorted(self.länder.values()))}.",
            )
        return self.länder[_schlüssel(land)]

    def _kreise(self, kreis: str | None, land: str | None) -> list[Ort]:
        if kreis is None:
            return []
        return [ort for ort in self.kreise.get(_kreisschlüssel(kreis), []) if land in (None, ort.land)]

    def _gemeinden(self, name: str, land: str | None) -> list[Ort]:
        """Zuerst der Name, wie er in der Anlage steht, dann ohne Zusatz wie „, Stadt“."""
        for verzeichnis, schlüssel in ((self.genau, _schlüssel(name)), (self.kurz, _kurzschlüssel(name))):
            treffer = [ort for ort in verzeichnis.get(schlüssel, []) if land in (None, ort.land)]
            if treffer:
                return treffer
        return []

    def _gleichnamige_kreise(self, gemeinde: str, treffer: list[Ort]) -> list[Ort]:
        """Kreise, die genauso heißen wie die gefundene Gemeinde: ohne Land ist nicht klar, was gemeint ist."""
        if _schlüssel(gemeinde) != _schlüssel(treffer[0].name):
            return []
        return self.kreise.get(_schlüssel(gemeinde), [])

    def _verwechslung(self, gemeinde: str, ort: Ort) -> tuple[Hinweis, ...]:
        """Ein Name ohne Zusatz kann auch eine andere Gemeinde meinen, z. B. „Münster“ in Hessen."""
        andere = [o for o in self.kurz[_kurzschlüssel(ort.name)] if o.name != ort.name]
        if _schlüssel(gemeinde) != _kurzschlüssel(gemeinde) or not andere:
            return ()
        weitere = ", ".join(f"„{o.name}“ ({o.land})" for o in andere)
        text = f"Angenommen ist „{ort.name}“ ({ort.land}). So ähnlich heißt auch {weitere}; bitte den Ort prüfen."
        return (Hinweis(_NORM, text),)

    def _nach_kreis(self, gemeinde: str, land: str | None, kreis: str | None, kreise: list[Ort]) -> Fund:
        if kreise:
            return Fund(kreise[0].mietenstufe, kreise[0].land, gemeinde)
        if kreis is not None:
            nahe = get_close_matches(kreis, [o.name for orte in self.kreise.values() for o in orte], n=3)
            raise Ortsfehler(
                "kreis", f"Den Kreis „{kreis}“ gibt es in der Anlage der WoGV{_in(land)} nicht.{_meinten(nahe)}"
            )
        gleichnamig = [o for o in self.kreise.get(_kreisschlüssel(gemeinde), []) if land == o.land]
        if gleichnamig:
            return Fund(gleichnamig[0].mietenstufe, gleichnamig[0].land, gemeinde)
        nahe = get_close_matches(gemeinde, [o.name for orte in self.genau.values() for o in orte], n=3)
        raise Ortsfehler(
            "gemeinde",
            f"Die Gemeinde „{gemeinde}“ steht nicht in der Anlage der WoGV{_in(land)}.{_meinten(nahe)} "
            "Ist sie dort nicht aufgeführt, gilt die Mietenstufe ihres Kreises: bitte kreis (und land) angeben.",
        )


def _passt_zum_kreis(ort: Ort, kreise: list[Ort]) -> bool:
    return ort.kreis is None or not kreise or ort.kreis == kreise[0].name


def _in(land: str | None) -> str:
    return f" für {land}" if land else ""


def _meinten(nahe: list[str]) -> str:
    return f" Ähnlich: {', '.join(f'„{name}“' for name in nahe)}." if nahe else ""


def _mehrere(gemeinde: str, orte: list[Ort]) -> str:
    liste = "; ".join(f"{'Kreis ' if ort.ist_kreis else ''}{ort.name} ({ort.land})" for ort in orte)
    return (
        f"Den Namen „{gemeinde}“ gibt es mehrfach: {liste}. "
        "Bitte land oder kreis angeben, oder den Namen, wie er in der Anlage der WoGV steht."
    )


def _schlüssel(name: str) -> str:
    return " ".join(name.casefold().split())


def _kurzschlüssel(name: str) -> str:
    """Der Name ohne Zusätze: „Münster, Stadt“ und „Friedberg (Hessen), Stadt“ werden zu „münster“, „friedberg“."""
    return _schlüssel(re.split(r",| \(", name.removeprefix("Insel "), maxsplit=1)[0])


def _kreisschlüssel(name: str) -> str:
    return re.sub(r"^(land)?kreis |, (land)?kreis$", "", _schlüssel(name))


@lru_cache(maxsize=1)
def _fassungen() -> tuple[tuple[date, Mapping[str, object]], ...]:
    daten = lies_yaml(PARAMETER / "mietenstufen.yaml")
    fassungen = cast("list[Mapping[str, object]]", daten["fassungen"])
    return tuple((date.fromisoformat(cast("str", fassung["ab"])), fassung) for fassung in fassungen)


@lru_cache(maxsize=4)
def _verzeichnis(nummer: int) -> Verzeichnis:
    fassung = _fassungen()[nummer][1]
    return Verzeichnis((*_aufgeführte(fassung), *_inseln(fassung)))


def verzeichnis_am(tag: date) -> Verzeichnis:
    """Die Anlage der WoGV, die an dem Tag gilt.

    Raises:
        KeinRecht: für Tage vor der ältesten Anlage.
    """
    gültig = [nummer for nummer, (ab, _) in enumerate(_fassungen()) if ab <= tag]
    if not gültig:
        raise KeinRecht(f"Für den {deutsch(tag)} sind keine Mietenstufen hinterlegt.")
    return _verzeichnis(gültig[-1])


def _aufgeführte(fassung: Mapping[str, object]) -> Iterable[Ort]:
    länder = cast("Mapping[str, Mapping[str, Mapping[str, list[str]]]]", fassung["laender"])
    for land, ebenen in länder.items():
        for ebene, stufen in ebenen.items():
            for stufe, namen in stufen.items():
                for name in namen:
                    yield Ort(land, name, int(stufe), ist_kreis=ebene == "kreise")


def _inseln(fassung: Mapping[str, object]) -> Iterable[Ort]:
    """§ 12 Abs. 4a WoGG; auch unter dem gemeinsamen Namen der Anlage auffindbar."""
    inseln = cast("Mapping[str, object]", fassung["inseln"])
    stufe = int(cast("str", inseln["mietenstufe"]))
    for land, kreise in cast("Mapping[str, Mapping[str, list[str]]]", inseln["namen"]).items():
        yield Ort(land, _GEMEINSAM, stufe)
        for kreis, namen in kreise.items():
            for name in namen:
                yield Ort(land, name, stufe, kreis=kreis)


def finde(gemeinde: str, land: str | None, kreis: str | None, tag: date) -> Fund:
    """Die Mietenstufe der Gemeinde an dem Tag.

    Raises:
        Ortsfehler: wenn die Angaben keine Mietenstufe ergeben.
        KeinRecht: für Tage vor der ältesten Anlage.
    """
    return verzeichnis_am(tag).finde(gemeinde, land, kreis)
