"""Das Wohngeldrecht eines Tages als Zahlen, aus den Parameterdateien."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import cast

from kiepe.law.parameter import Parametersatz, dezimal, dezimale, ja, lies_parameter

PARAMETER = Path(__file__).parent / "parameter"

# Was den Rechtsstand ausmacht: die Berechnungsgrößen des § 43 Abs. 1 WoGG und die Beträge des § 12.
_BERECHNUNGSGRÖSSEN = (
    "hoechstbetraege",
    "heizkosten",
    "klimakomponente",
    "formelwerte",
    "mindestwerte",
    "grosse_haushalte",
    "bagatellgrenze",
)


@dataclass(frozen=True, slots=True)
class Staffel:
    """Beträge für ein bis fünf Haushaltsmitglieder und der Mehrbetrag für jedes weitere."""

    tabelle: tuple[Decimal, ...]
    mehrbetrag: Decimal

    def für(self, mitglieder: int) -> Decimal:
        """Der Betrag für diese Anzahl Haushaltsmitglieder (mindestens eines)."""
        stufen = len(self.tabelle)
        return self.tabelle[min(mitglieder, stufen) - 1] + self.mehrbetrag * max(0, mitglieder - stufen)


@dataclass(frozen=True, slots=True)
class Pauschsätze:
    """§ 6 Abs. 2 WoGV, im Monat; die Staffeln: eine Person, zwei Personen, jede weitere."""

    heizung_je_m2: Decimal
    warmwasser: Staffel
    haushaltsenergie: Staffel
    garage: Decimal
    stellplatz: Decimal


@dataclass(frozen=True, slots=True)
class Recht:
    """Alle Zahlen, die das Wohngeld an einem Tag bestimmen; Beträge in Euro."""

    rechtsstand: date
    entwurf: str | None
    höchstbeträge: tuple[Staffel, ...]
    heizkosten: Staffel
    klimakomponente: Staffel
    a: tuple[Decimal, ...]
    b: tuple[Decimal, ...]
    c: tuple[Decimal, ...]
    faktor: Decimal
    mindest_m: tuple[Decimal, ...]
    mindest_y: tuple[Decimal, ...]
    je_weiterem_mitglied: Decimal
    höchstens_miete: bool
    bagatellgrenze: Decimal
    vermögen_erste: Decimal
    vermögen_weitere: Decimal
    vermögen_höchstens: Decimal | None
    pausch_arbeitnehmer: Decimal
    pausch_versorgungsbezüge: Decimal
    pausch_renten: Decimal
    nachweis_arbeitnehmer: bool
    kapital_frei: Decimal
    elterngeld_frei: Decimal
    elterngeld_plus_frei: Decimal
    unterhalt_frei_pflege: Decimal
    unterhalt_frei_nicht_verpflichtet: Decimal
    halbe_nummern: frozenset[int]
    weggefallene_nummern: frozenset[int]
    abzug_je_pflichtbeitrag: Decimal
    frei_schwerbehinderung: Decimal
    frei_bei_pflege: bool
    frei_ns_verfolgung: Decimal
    frei_alleinerziehend: Decimal
    frei_kind_höchstens: Decimal
    grundrente_jahre: Decimal
    grundrente_sockel: Decimal
    grundrente_anteil: Decimal
    grundrente_höchstens: Decimal
    regelbedarf: tuple[Decimal, ...]
    kindergeld: Decimal
    unterhalt_höchstens: tuple[Decimal, ...]
    pauschsätze: Pauschsätze
    belastung_je_m2: Decimal
    mietenstufen_neu: Mapping[str, Mapping[str, int]]

    @property
    def größte_formel(self) -> int:
        """Bis zu so vielen zu berücksichtigenden Haushaltsmitgliedern gibt es Werte a, b, c (Anlage 2)."""
        return len(self.a)


@lru_cache(maxsize=1)
def _geltend() -> Parametersatz:
    return lies_parameter(PARAMETER / "wohngeld.yaml")


def entwürfe() -> tuple[str, ...]:
    """Die Namen der Entwürfe, mit denen verglichen werden kann, z. B. ``2027``."""
    return tuple(sorted(datei.stem.removeprefix("entwurf_") for datei in PARAMETER.glob("entwurf_*.yaml")))


@lru_cache(maxsize=8)
def _entwurf(name: str) -> Parametersatz:
    if name not in entwürfe():
        raise ValueError(f"Den Entwurf {name} gibt es nicht. Vorhanden: {', '.join(entwürfe()) or 'keiner'}.")
    return lies_parameter(PARAMETER / f"entwurf_{name}.yaml")


@lru_cache(maxsize=2048)
def recht_am(tag: date, entwurf: str | None = None) -> Recht:
    """Das Recht, das an dem Tag gilt, oder – nur zum Vergleich – der genannte Entwurf darüber.

    Ein Entwurf wird mit dem Recht verglichen, das an dem Tag gilt, auch wenn der Tag vor seinem
    Inkrafttreten liegt: Verglichen wird derselbe Haushalt nach beidem.

    Raises:
        KeinRecht: für Tage vor dem ältesten hinterlegten Recht.
        ValueError: wenn es den Entwurf nicht gibt.
    """
    satz = _geltend()
    rechtsstand = max(satz.am(schlüssel, tag).ab for schlüssel in _BERECHNUNGSGRÖSSEN)
    stufen_neu: dict[str, dict[str, int]] = {}
    stichtag = tag
    if entwurf is not None:
        neu = _entwurf(entwurf)
        rechtsstand = max(fassung.ab for fassungen in neu.werte.values() for fassung in fassungen)
        stichtag = max(tag, rechtsstand)
        satz = satz.überlagert(neu)
        stufen_neu = _stufen(satz, stichtag)
    return _recht(satz, stichtag, rechtsstand, entwurf, stufen_neu)


def _stufen(satz: Parametersatz, tag: date) -> dict[str, dict[str, int]]:
    if "mietenstufen" not in satz.werte:
        return {}
    länder = cast("Mapping[str, Mapping[str, str]]", satz.am("mietenstufen", tag).wert)
    return {land: {name: int(stufe) for name, stufe in orte.items()} for land, orte in länder.items()}


def _recht(
    satz: Parametersatz, tag: date, rechtsstand: date, entwurf: str | None, stufen_neu: dict[str, dict[str, int]]
) -> Recht:
    höchst = satz.am("hoechstbetraege", tag)
    zeilen = [dezimale(zeile) for zeile in cast("list[object]", höchst.feld("tabelle"))]
    formel = satz.am("formelwerte", tag)
    mindest = satz.am("mindestwerte", tag)
    vermögen = satz.am("vermoegen", tag)
    vermögen_grenze = cast("Mapping[str, object]", vermögen.wert).get("hoechstens")
    pausch = satz.am("pauschbetraege", tag)
    elterngeld = satz.am("elterngeld_frei_monat", tag)
    unterhalt_frei = satz.am("unterhalt_frei", tag)
    nummern = satz.am("nummern", tag)
    frei = satz.am("freibetraege", tag)
    grundrente = satz.am("grundrente", tag)
    regelbedarf = satz.am("regelbedarf", tag).liste()
    return Recht(
        rechtsstand=rechtsstand,
        entwurf=entwurf,
        höchstbeträge=tuple(
            Staffel(tuple(zeile[stufe] for zeile in zeilen), mehr)
            for stufe, mehr in enumerate(höchst.zahlen("mehrbetrag"))
        ),
        heizkosten=_staffel(satz, "heizkosten", tag),
        klimakomponente=_staffel(satz, "klimakomponente", tag),
        a=formel.zahlen("a"),
        b=formel.zahlen("b"),
        c=formel.zahlen("c"),
        faktor=formel.zahl("faktor"),
        mindest_m=mindest.zahlen("m"),
        mindest_y=mindest.zahlen("y"),
        je_weiterem_mitglied=satz.am("grosse_haushalte", tag).dezimal(),
        höchstens_miete=satz.am("hoechstens_miete", tag).ja(),
        bagatellgrenze=satz.am("bagatellgrenze", tag).dezimal(),
        vermögen_erste=vermögen.zahl("erste_person"),
        vermögen_weitere=vermögen.zahl("jede_weitere"),
        vermögen_höchstens=None if vermögen_grenze is None else dezimal(vermögen_grenze),
        pausch_arbeitnehmer=pausch.zahl("arbeitnehmer"),
        pausch_versorgungsbezüge=pausch.zahl("versorgungsbezuege"),
        pausch_renten=pausch.zahl("renten"),
        nachweis_arbeitnehmer=satz.am("nachweis_arbeitnehmer", tag).ja(),
        kapital_frei=satz.am("kapital_frei", tag).dezimal(),
        elterngeld_frei=elterngeld.zahl("basis"),
        elterngeld_plus_frei=elterngeld.zahl("plus"),
        unterhalt_frei_pflege=unterhalt_frei.zahl("pflege"),
        unterhalt_frei_nicht_verpflichtet=unterhalt_frei.zahl("nicht_verpflichtet"),
        halbe_nummern=frozenset(int(nummer) for nummer in nummern.zahlen("halb")),
        weggefallene_nummern=frozenset(int(nummer) for nummer in nummern.zahlen("weggefallen")),
        abzug_je_pflichtbeitrag=satz.am("abzug_je_pflichtbeitrag", tag).dezimal(),
        frei_schwerbehinderung=frei.zahl("schwerbehinderung"),
        frei_bei_pflege=ja(frei.feld("bei_pflege")),
        frei_ns_verfolgung=frei.zahl("ns_verfolgung"),
        frei_alleinerziehend=frei.zahl("alleinerziehend"),
        frei_kind_höchstens=frei.zahl("kind_hoechstens"),
        grundrente_jahre=grundrente.zahl("jahre"),
        grundrente_sockel=grundrente.zahl("sockel"),
        grundrente_anteil=grundrente.zahl("anteil"),
        grundrente_höchstens=12 * grundrente.zahl("regelbedarf_anteil") * regelbedarf[0],
        regelbedarf=regelbedarf,
        kindergeld=satz.am("kindergeld", tag).dezimal(),
        unterhalt_höchstens=satz.am("unterhalt", tag).liste(),
        pauschsätze=_pauschsätze(satz, tag),
        belastung_je_m2=satz.am("belastung_je_m2", tag).dezimal(),
        mietenstufen_neu=stufen_neu,
    )


def _staffel(satz: Parametersatz, schlüssel: str, tag: date) -> Staffel:
    fassung = satz.am(schlüssel, tag)
    return Staffel(fassung.zahlen("tabelle"), fassung.zahl("mehrbetrag"))


def _pauschsätze(satz: Parametersatz, tag: date) -> Pauschsätze:
    fassung = satz.am("miete_pauschal", tag)
    warmwasser = fassung.zahlen("warmwasser")
    energie = fassung.zahlen("haushaltsenergie")
    return Pauschsätze(
        heizung_je_m2=fassung.zahl("heizung_je_m2"),
        warmwasser=Staffel(warmwasser[:2], warmwasser[2]),
        haushaltsenergie=Staffel(energie[:2], energie[2]),
        garage=fassung.zahl("garage"),
        stellplatz=fassung.zahl("stellplatz"),
    )
