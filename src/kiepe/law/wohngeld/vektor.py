"""Der letzte Teil des Wohngeldrechts (§§ 11, 12, 19 und 21) über viele Haushalte auf einmal.

Gerechnet wird in Gleitkommazahlen, deren Fehler weit unter einem zehntausendstel Euro bleibt. Wo ein
Ergebnis so nahe an einer Rundungsgrenze liegt, dass dieser Fehler zählen könnte, rechnet der genaue Weg
(``miete.zu_berücksichtigen``, ``hoehe.rechnung``) nach: Das Ergebnis ist auf den Euro dasselbe.

Ein Gleitkommabetrag steht für die kürzeste Dezimalzahl, die er darstellt: 1162.35 ist 1162,35 Euro.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, localcontext
from functools import lru_cache
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from kiepe.law.schritt import RECHENGENAUIGKEIT
from kiepe.law.wohngeld import hoehe
from kiepe.law.wohngeld.miete import Haushaltsgröße, zu_berücksichtigen
from kiepe.law.wohngeld.recht import Recht, recht_am

_Zahlen = npt.NDArray[np.float64]
_Ganze = npt.NDArray[np.int64]
_Wahr = npt.NDArray[np.bool_]
_Wert = TypeVar("_Wert", bound=np.generic)

# z1 ist auf 10 Stellen gerundet und wird mit Y malgenommen: Bis Y = 500.000 bleibt der Unterschied darunter.
_NÄHE = 1e-4
_NÄHE_M = 1e-6
# Darüber ist das Ergebnis für jeden zulässigen Haushalt 0.
_Y_HÖCHSTENS = 1e6
_MITGLIEDER_HÖCHSTENS = 10_000
_STÜCK = 1 << 14
_PARALLEL_AB = 1 << 17


@dataclass(frozen=True, slots=True)
class _Tafel:
    """Die Werte eines Rechtsstands als Felder; ``grenze`` ist Höchstbetrag und Klimakomponente je Größe und Stufe."""

    grenze: _Zahlen
    heizkosten: _Zahlen
    formel: _Zahlen
    faktor: float
    je_weiterem: int
    bagatelle: int
    größte_formel: int


@dataclass(frozen=True, slots=True)
class _Eingabe:
    mitglieder: _Ganze
    gesamt: _Ganze | None
    stufe: _Ganze
    miete: _Zahlen
    einkommen: _Zahlen

    def stück(self, teil: slice) -> "_Eingabe":
        gesamt = None if self.gesamt is None else self.gesamt[teil]
        return _Eingabe(self.mitglieder[teil], gesamt, self.stufe[teil], self.miete[teil], self.einkommen[teil])


def wohngeld(
    mitglieder: npt.ArrayLike,
    mietenstufe: npt.ArrayLike,
    bruttokaltmiete: npt.ArrayLike,
    gesamteinkommen: npt.ArrayLike,
    *,
    stichtag: date,
    gesamtmitglieder: npt.ArrayLike | None = None,
) -> npt.NDArray[np.int64]:
    """Das Wohngeld im Monat in vollen Euro; 0, wo kein Anspruch besteht.

    Args:
        mitglieder: Anzahl der zu berücksichtigenden Haushaltsmitglieder, ab 1.
        mietenstufe: 1 bis 7.
        bruttokaltmiete: Miete des ganzen Haushalts im Monat, in Euro.
        gesamteinkommen: monatliches Gesamteinkommen (Y) in Euro.
        stichtag: bestimmt das Recht.
        gesamtmitglieder: Anzahl aller Haushaltsmitglieder, wenn ausgeschlossene darunter sind (§ 11 Abs. 3).

    Die Felder werden aneinander angepasst wie in numpy üblich (broadcasting).

    Raises:
        ValueError: wenn eine Angabe keine Zahl ist, außerhalb ihrer Grenzen liegt oder die Formen nicht passen.
        KeinRecht: für Stichtage, zu denen kein Recht hinterlegt ist.
    """
    recht = recht_am(stichtag)
    roh: list[npt.NDArray[np.generic]] = [
        np.asarray(wert) for wert in (mitglieder, mietenstufe, bruttokaltmiete, gesamteinkommen)
    ]
    if gesamtmitglieder is not None:
        roh.append(np.asarray(gesamtmitglieder))
    try:
        form = np.broadcast_shapes(*(feld.shape for feld in roh))
    except ValueError:
        formen = ", ".join(str(feld.shape) for feld in roh)
        raise ValueError(f"Die Felder passen in ihrer Form nicht zusammen: {formen}.") from None
    n = _ganze(roh[0], "mitglieder", 1, _MITGLIEDER_HÖCHSTENS)
    stufe = _ganze(roh[1], "mietenstufe", 1, 7)
    miete = _beträge(roh[2], "bruttokaltmiete")
    einkommen = _beträge(roh[3], "gesamteinkommen")
    gesamt = _ganze(roh[4], "gesamtmitglieder", 1, _MITGLIEDER_HÖCHSTENS) if gesamtmitglieder is not None else None
    if gesamt is not None and np.any(np.less(gesamt, n)):
        raise ValueError("gesamtmitglieder darf nirgends kleiner sein als mitglieder.")
    eingabe = _Eingabe(
        _flach(n, form),
        None if gesamt is None else _flach(gesamt, form),
        _flach(stufe, form),
        _flach(miete, form),
        _flach(einkommen, form),
    )
    ergebnis, unsicher = _rechne(eingabe, stichtag)
    if unsicher.size:
        _rechne_nach(ergebnis, unsicher, eingabe, (_flach(roh[2], form), _flach(roh[3], form)), recht)
    return ergebnis.reshape(form)


def _flach(feld: npt.NDArray[_Wert], form: tuple[int, ...]) -> npt.NDArray[_Wert]:
    return feld.reshape(-1) if feld.shape == form else np.broadcast_to(feld, form).reshape(-1)


def _ganze(feld: npt.NDArray[np.generic], name: str, mindestens: int, höchstens: int) -> _Ganze:
    """Das Feld als ganze Zahlen in den Grenzen; Gleitkommazahlen nur, wenn sie ganz sind."""
    if feld.dtype.kind not in "iuf":
        raise ValueError(f"{name}: Erwartet sind ganze Zahlen.")
    if feld.size:
        kleinste, größte = feld.min(), feld.max()
        if not (kleinste >= mindestens and größte <= höchstens):
            raise ValueError(f"{name}: Erwartet sind ganze Zahlen von {mindestens} bis {höchstens}.")
        if feld.dtype.kind == "f" and np.any(feld != np.floor(feld)):
            raise ValueError(f"{name}: Erwartet sind ganze Zahlen.")
    return feld.astype(np.int64, copy=False)


def _beträge(feld: npt.NDArray[np.generic], name: str) -> _Zahlen:
    """Das Feld als Beträge; float32 trägt keine Cent und wird abgelehnt."""
    if feld.dtype.kind == "O":
        if not all(isinstance(wert, Decimal | int) and not isinstance(wert, bool) for wert in feld.reshape(-1)):
            raise ValueError(f"{name}: Erwartet sind Zahlen.")
    elif feld.dtype.kind not in "iuf":
        raise ValueError(f"{name}: Erwartet sind Zahlen.")
    elif feld.dtype.kind == "f" and feld.dtype.itemsize < 8:
        raise ValueError(f"{name}: {feld.dtype} ist für Beträge mit Cent zu ungenau; erwartet ist float64.")
    beträge = feld.astype(np.float64, copy=False)
    if beträge.size and not (beträge.min() >= 0 and beträge.max() < np.inf):
        raise ValueError(f"{name}: Erwartet sind Beträge in Euro, nicht negativ und keine fehlenden Werte.")
    return beträge


@lru_cache(maxsize=16)
def _tafel(stichtag: date, größte: int) -> _Tafel:
    recht = recht_am(stichtag)
    größen = range(1, größte + 1)
    klima = [recht.klimakomponente.für(größe) for größe in größen]
    grenze = [
        [float(staffel.für(größe) + zuschlag) for staffel in recht.höchstbeträge]
        for größe, zuschlag in zip(größen, klima, strict=True)
    ]
    werte = (recht.mindest_m, recht.mindest_y, recht.a, recht.b, recht.c)
    return _Tafel(
        grenze=np.array(grenze).reshape(-1),
        heizkosten=np.array([float(recht.heizkosten.für(größe)) for größe in größen]),
        formel=np.array([[float(wert) for wert in reihe] for reihe in werte]),
        faktor=float(recht.faktor),
        je_weiterem=int(recht.je_weiterem_mitglied),
        bagatelle=int(recht.bagatellgrenze),
        größte_formel=recht.größte_formel,
    )


def _rechne(eingabe: _Eingabe, stichtag: date) -> tuple[_Ganze, _Ganze]:
    """Ergebnis je Zeile und die Zeilen, die der genaue Weg nachrechnen muss."""
    anzahl = eingabe.mitglieder.size
    ergebnis = np.empty(anzahl, dtype=np.int64)
    größen = eingabe.mitglieder if eingabe.gesamt is None else eingabe.gesamt
    if not anzahl:
        return ergebnis, np.empty(0, dtype=np.int64)
    tafel = _tafel(stichtag, _aufgerundet(int(größen.max())))
    hälften = [slice(0, anzahl)] if anzahl < _PARALLEL_AB else [slice(0, anzahl // 2), slice(anzahl // 2, anzahl)]

    def bereich(teil: slice) -> list[_Ganze]:
        return list(_stücke(eingabe, teil, tafel, ergebnis))

    if len(hälften) == 1:
        unsicher = bereich(hälften[0])
    else:
        # numpy rechnet ohne die Sperre des Interpreters: Zwei Fäden nutzen zwei Kerne.
        with ThreadPoolExecutor(len(hälften)) as fäden:
            unsicher = [zeilen for gefunden in fäden.map(bereich, hälften) for zeilen in gefunden]
    return ergebnis, np.concatenate(unsicher)


def _aufgerundet(größte: int) -> int:
    """Wenige Tafelgrößen statt einer je Aufruf."""
    return max(16, 1 << (größte - 1).bit_length())


def _stücke(eingabe: _Eingabe, bereich: slice, tafel: _Tafel, ergebnis: _Ganze) -> Iterator[_Ganze]:
    """Rechnet in Stücken, die in den Zwischenspeicher des Prozessors passen."""
    for beginn in range(bereich.start, bereich.stop, _STÜCK):
        teil = slice(beginn, min(beginn + _STÜCK, bereich.stop))
        unsicher = _stück(eingabe.stück(teil), tafel, ergebnis[teil])
        yield np.flatnonzero(unsicher) + beginn


def _stück(e: _Eingabe, tafel: _Tafel, ergebnis: _Ganze) -> _Wahr:
    spalte = np.minimum(e.mitglieder, tafel.größte_formel) - 1
    m = _m(e, tafel)
    m_ersetzt = np.maximum(m, tafel.formel[0].take(spalte))
    y = np.minimum(e.einkommen, _Y_HÖCHSTENS)
    np.maximum(y, tafel.formel[1].take(spalte), out=y)
    z = tafel.formel[4].take(spalte)
    z *= y
    z += tafel.formel[3].take(spalte) * m_ersetzt
    z += tafel.formel[2].take(spalte)
    z *= y
    np.subtract(m_ersetzt, z, out=z)
    z *= tafel.faktor
    z += 0.5
    gerundet = np.floor(z)
    z -= gerundet
    unsicher: _Wahr = (z < _NÄHE) | (z > 1 - _NÄHE)
    unsicher &= gerundet >= tafel.bagatelle - 1
    ergebnis[:] = gerundet
    if int(e.mitglieder.max()) > tafel.größte_formel:
        unsicher |= _große_haushalte(e.mitglieder, m, z, ergebnis, tafel)
    ergebnis[ergebnis < tafel.bagatelle] = 0
    return unsicher


def _m(e: _Eingabe, tafel: _Tafel) -> _Zahlen:
    """Die zu berücksichtigende Miete, §§ 11, 12 WoGG."""
    größe = (e.mitglieder if e.gesamt is None else e.gesamt) - 1
    m = np.minimum(e.miete, tafel.grenze.take(größe * 7 + (e.stufe - 1)))
    m += tafel.heizkosten.take(größe)
    if e.gesamt is not None:
        m *= e.mitglieder
        m /= e.gesamt
    return m


def _große_haushalte(mitglieder: _Ganze, m: _Zahlen, rest: _Zahlen, ergebnis: _Ganze, tafel: _Tafel) -> _Wahr:
    """§ 19 Abs. 3 WoGG für die Zeilen mit mehr als zwölf Mitgliedern; sagt, welche nachzurechnen sind."""
    groß = mitglieder > tafel.größte_formel
    erhöht = ergebnis + (mitglieder - tafel.größte_formel) * tafel.je_weiterem
    ganzes_m = np.rint(m)
    np.copyto(ergebnis, np.minimum(erhöht, np.floor(m).astype(np.int64)), where=groß)
    an_rundung = (rest < _NÄHE) | (rest > 1 - _NÄHE)
    an_grenze = (np.abs(m - ganzes_m) < _NÄHE_M) & (erhöht >= ganzes_m - 1)
    return groß & (an_rundung | an_grenze)


def _rechne_nach(
    ergebnis: _Ganze,
    zeilen: _Ganze,
    e: _Eingabe,
    beträge: tuple[npt.NDArray[np.generic], npt.NDArray[np.generic]],
    recht: Recht,
) -> None:
    mieten, einkommen = beträge
    with localcontext(RECHENGENAUIGKEIT):
        for zeile in zeilen.tolist():
            n = int(e.mitglieder[zeile])
            gesamt = n if e.gesamt is None else int(e.gesamt[zeile])
            größe = Haushaltsgröße(gesamt=gesamt, berücksichtigt=n, lebend=gesamt)
            m = zu_berücksichtigen(_genau(mieten[zeile]), größe, int(e.stufe[zeile]), recht)
            betrag = hoehe.rechnung(n, m, _genau(einkommen[zeile]), recht).betrag
            ergebnis[zeile] = hoehe.auszuzahlen(betrag, recht)


def _genau(betrag: object) -> Decimal:
    return Decimal(str(betrag))
