"""§§ 14 und 15 WoGG: was einer Person zufließt und in welcher Höhe es zählt.

Jede Einkunft wird zuerst dem Bewilligungszeitraum zugerechnet (§ 15), dann mit denen ihrer Gruppe
zusammengezählt; davon gehen die Aufwendungen, der Pauschbetrag oder der freie Betrag der Gruppe
ab, nie mehr als die Gruppe ergibt.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum, auto

from kiepe.law.schritt import Schritt, geldschritt, glatt, zahl
from kiepe.law.wohngeld.haushalt import Einkunft, Einkunftsart, Haushalt, Person, Zahler
from kiepe.law.wohngeld.recht import Recht
from kiepe.law.wohngeld.zeitraum import anteil_im, monatszahl, plus_monate

NULL = Decimal(0)


class Gruppe(Enum):
    """Einkünfte, von denen gemeinsam abgezogen wird, was ihnen zusteht."""

    LOHN = auto()
    VERSORGUNG = auto()
    RENTE = auto()
    GEWINN_SELBSTSTÄNDIG = auto()
    GEWINN_GEWERBE = auto()
    GEWINN_LAND_FORST = auto()
    VERMIETUNG = auto()
    KAPITAL = auto()
    MINIJOB = auto()
    ELTERNGELD = auto()
    ELTERNGELD_PLUS = auto()
    UNTERHALT_PFLEGE = auto()
    UNTERHALT_PFLEGE_EHEGATTE = auto()
    UNTERHALT_NICHT_VERPFLICHTET = auto()
    HALB = auto()
    VOLL = auto()


@dataclass(frozen=True, slots=True)
class _Regel:
    norm: str
    bezeichnung: str
    gruppe: Gruppe


_E = Einkunftsart
REGELN: dict[Einkunftsart, _Regel] = {
    _E.LOHN: _Regel("§ 14 Abs. 1 WoGG, § 19 EStG", "Arbeitslohn", Gruppe.LOHN),
    _E.STEUERFREIE_ZUSCHLÄGE: _Regel(
        "§ 14 Abs. 2 Nr. 11 WoGG", "Steuerfreie Zuschläge für Sonntags-, Feiertags- oder Nachtarbeit", Gruppe.VOLL
    ),
    _E.MINIJOB_PAUSCHAL: _Regel(
        "§ 14 Abs. 1 Satz 3 Nr. 2 WoGG", "Pauschal besteuerter Arbeitslohn (Minijob)", Gruppe.MINIJOB
    ),
    _E.RENTE: _Regel("§ 14 Abs. 1, Abs. 2 Nr. 3 WoGG", "Gesetzliche Rente", Gruppe.RENTE),
    _E.RENTE_PRIVAT: _Regel("§ 14 Abs. 1, Abs. 2 Nr. 3 WoGG", "Private Rente", Gruppe.RENTE),
    _E.RENTE_UNFALL: _Regel("§ 14 Abs. 2 Nr. 5 WoGG", "Unfallrente", Gruppe.VOLL),
    _E.VERSORGUNGSBEZÜGE: _Regel("§ 14 Abs. 1, Abs. 2 Nr. 1 WoGG", "Versorgungsbezüge", Gruppe.VERSORGUNG),
    _E.SELBSTSTÄNDIG: _Regel(
        "§ 14 Abs. 1 WoGG, § 18 EStG", "Einkünfte aus selbständiger Arbeit", Gruppe.GEWINN_SELBSTSTÄNDIG
    ),
    _E.GEWERBE: _Regel("§ 14 Abs. 1 WoGG, § 15 EStG", "Einkünfte aus Gewerbebetrieb", Gruppe.GEWINN_GEWERBE),
    _E.LAND_FORST: _Regel(
        "§ 14 Abs. 1 WoGG, § 13 EStG", "Einkünfte aus Land- und Forstwirtschaft", Gruppe.GEWINN_LAND_FORST
    ),
    _E.VERMIETUNG: _Regel("§ 14 Abs. 1 WoGG, § 21 EStG", "Einkünfte aus Vermietung und Verpachtung", Gruppe.VERMIETUNG),
    _E.KAPITAL: _Regel("§ 14 Abs. 1, Abs. 2 Nr. 15 WoGG", "Kapitalerträge", Gruppe.KAPITAL),
    _E.ARBEITSLOSENGELD: _Regel("§ 14 Abs. 2 Nr. 6 WoGG", "Arbeitslosengeld", Gruppe.VOLL),
    _E.KRANKENGELD: _Regel("§ 14 Abs. 2 Nr. 6 WoGG", "Krankengeld", Gruppe.VOLL),
    _E.KURZARBEITERGELD: _Regel("§ 14 Abs. 2 Nr. 6 WoGG", "Kurzarbeitergeld", Gruppe.VOLL),
    _E.MUTTERSCHAFTSGELD: _Regel("§ 14 Abs. 2 Nr. 6 WoGG", "Mutterschaftsgeld", Gruppe.VOLL),
    _E.ELTERNGELD: _Regel("§ 14 Abs. 2 Nr. 6 WoGG", "Elterngeld", Gruppe.ELTERNGELD),
    _E.ELTERNGELD_PLUS: _Regel("§ 14 Abs. 2 Nr. 6 WoGG", "Elterngeld Plus", Gruppe.ELTERNGELD_PLUS),
    _E.UNTERHALTSVORSCHUSS: _Regel("§ 14 Abs. 2 Nr. 21 WoGG", "Unterhaltsvorschuss", Gruppe.VOLL),
    _E.MIETE_VON_DRITTEN: _Regel("§ 14 Abs. 2 Nr. 22 WoGG", "Leistungen anderer Personen zur Miete", Gruppe.VOLL),
    _E.BAFÖG: _Regel("§ 14 Abs. 2 Nr. 27 WoGG", "Ausbildungsförderung als Zuschuss", Gruppe.HALB),
}
# Arten, deren Aufwendungen das Einkommensteuerrecht abziehen lässt; bei allen anderen zählt die Einnahme selbst.
MIT_AUFWENDUNGEN = frozenset(
    {_E.LOHN, _E.RENTE, _E.RENTE_PRIVAT, _E.VERSORGUNGSBEZÜGE, _E.SELBSTSTÄNDIG, _E.GEWERBE, _E.LAND_FORST}
    | {_E.VERMIETUNG, _E.MINIJOB_PAUSCHAL}
)
_ERWERB = frozenset(
    {Gruppe.LOHN, Gruppe.MINIJOB, Gruppe.GEWINN_SELBSTSTÄNDIG, Gruppe.GEWINN_GEWERBE, Gruppe.GEWINN_LAND_FORST}
)
_HALB_BEZEICHNUNG = "Davon zählt die Hälfte"


@dataclass(frozen=True, slots=True)
class Einnahmen:
    """Was einer Person nach §§ 14, 15 WoGG im Jahr zuzurechnen ist, vor den Abzügen des § 16.

    Attributes:
        posten: die Summanden; ihre Beträge ergeben zusammen ``summe``.
        erwerb: der Teil aus Erwerbstätigkeit (§ 17 Nr. 4).
        gesetzliche_rente: die gesetzliche Rente brutto (§ 17a).
    """

    posten: tuple[Schritt, ...]
    summe: Decimal
    erwerb: Decimal
    gesetzliche_rente: Decimal


def zugerechnet(einkunft: Einkunft, haushalt: Haushalt) -> Decimal:
    """Der Jahresbetrag einer Einkunft im Bewilligungszeitraum, § 15 WoGG; ein Verlust zählt 0 (§ 14 Abs. 1 Satz 4)."""
    betrag = max(NULL, einkunft.jahr)
    if not einkunft.einmalig or not betrag:
        return betrag
    if not _nah_genug(einkunft.zufluss, haushalt.tag_des_antrags):
        return NULL
    von, bis = zurechnungszeitraum(einkunft, haushalt.stichtag)
    anteil = anteil_im(von, bis, haushalt.stichtag, haushalt.ende)
    # § 15 Abs. 4: das Zwölffache des monatlichen Durchschnitts im Bewilligungszeitraum.
    return glatt(betrag * anteil.numerator * 12 / (anteil.denominator * haushalt.monate))


def _nah_genug(zufluss: date | None, antrag_am: date) -> bool:
    """§ 15 Abs. 2 Satz 3: vor der Antragstellung Zugeflossenes zählt nur, wenn es höchstens ein Jahr zurückliegt."""
    return zufluss is None or zufluss >= plus_monate(antrag_am, -12)


def zurechnungszeitraum(einkunft: Einkunft, stichtag: date) -> tuple[date, date]:
    """§ 15 Abs. 2 Satz 1 und 2: der Zeitraum, für den gezahlt wird, sonst die zwölf Monate nach dem Zuflussmonat.

    Ist auch der Tag des Zuflusses nicht bekannt, sind es die zwölf Monate ab Beginn des Bewilligungszeitraums.
    """
    if einkunft.von is not None and einkunft.bis is not None:
        return einkunft.von, einkunft.bis
    beginn = stichtag if einkunft.zufluss is None else plus_monate(einkunft.zufluss.replace(day=1), 1)
    return beginn, plus_monate(beginn, 12) - timedelta(days=1)


def einnahmen(person: Person, haushalt: Haushalt, recht: Recht, *, mietwert: Decimal = NULL) -> Einnahmen:
    """Alles, was der Person nach §§ 14, 15 WoGG zuzurechnen ist, mit den Abzügen ihrer Gruppe.

    Args:
        mietwert: Mietwert im Monat, der als Einnahme dieser Person zählt (§ 14 Abs. 2 Nr. 31).
    """
    gruppen: dict[Gruppe, list[tuple[Einkunft, Decimal]]] = {}
    posten: list[Schritt] = []
    summe = erwerb = gesetzliche_rente = NULL
    for einkunft in person.einkünfte:
        gruppen.setdefault(gruppe_von(einkunft, recht), []).append((einkunft, zugerechnet(einkunft, haushalt)))
    for gruppe, einträge in gruppen.items():
        posten.extend(_posten(einkunft, betrag) for einkunft, betrag in einträge)
        brutto = sum((betrag for _, betrag in einträge), NULL)
        abzug = _abzug(gruppe, einträge, brutto, haushalt, recht)
        netto = brutto
        if abzug is not None:
            posten.append(abzug)
            assert abzug.betrag is not None
            netto += abzug.betrag
        summe += netto
        erwerb += netto if gruppe in _ERWERB else sum((b for e, b in einträge if _ist_zuschlag(e)), NULL)
        gesetzliche_rente += sum((betrag for e, betrag in einträge if e.art is _E.RENTE), NULL)
    if mietwert:
        posten.append(geldschritt("§ 14 Abs. 2 Nr. 31 WoGG", f"Mietwert: 12 × {zahl(mietwert)} €", 12 * mietwert))
        summe += 12 * mietwert
    return Einnahmen(tuple(posten), summe, erwerb, gesetzliche_rente)


def _ist_zuschlag(einkunft: Einkunft) -> bool:
    return einkunft.art is _E.STEUERFREIE_ZUSCHLÄGE or einkunft.nummer == 11


def gruppe_von(einkunft: Einkunft, recht: Recht) -> Gruppe:
    """Mit welchen anderen Einkünften diese ihre Abzüge teilt."""
    if einkunft.art is _E.UNTERHALT_ERHALTEN or einkunft.nummer in (19, 20):
        return _gruppe_unterhalt(einkunft)
    if einkunft.art is not _E.SONSTIGE:
        return REGELN[einkunft.art].gruppe
    if einkunft.nummer == 15:
        return Gruppe.KAPITAL
    return Gruppe.HALB if einkunft.nummer in recht.halbe_nummern else Gruppe.VOLL


def _gruppe_unterhalt(einkunft: Einkunft) -> Gruppe:
    vom_ehegatten = einkunft.zahler is Zahler.EHEGATTE or einkunft.nummer == 20
    if einkunft.für_pflege or (einkunft.nummer == 19 and einkunft.buchstabe == "a"):
        return Gruppe.UNTERHALT_PFLEGE_EHEGATTE if vom_ehegatten else Gruppe.UNTERHALT_PFLEGE
    nicht_verpflichtet = einkunft.zahler in (Zahler.NICHT_VERPFLICHTET, Zahler.JURISTISCH)
    if einkunft.nummer != 20 and (nicht_verpflichtet or (einkunft.nummer == 19 and einkunft.buchstabe == "b")):
        return Gruppe.UNTERHALT_NICHT_VERPFLICHTET
    return Gruppe.VOLL


def _posten(einkunft: Einkunft, betrag: Decimal) -> Schritt:
    norm, was = _norm_und_name(einkunft)
    if einkunft.jahr < 0:
        return geldschritt("§ 14 Abs. 1 Satz 4 WoGG", f"{was}: Verlust, wird nicht ausgeglichen", NULL)
    if einkunft.einmalig:
        return geldschritt(
            f"{norm}, § 15 Abs. 2 WoGG",
            f"{was}, einmalig {zahl(einkunft.jahr)} €: Anteil im Bewilligungszeitraum",
            betrag,
        )
    if einkunft.monat is not None:
        return geldschritt(norm, f"{was}: 12 × {zahl(einkunft.monat)} €", betrag)
    return geldschritt(norm, f"{was} im Jahr", betrag)


def _norm_und_name(einkunft: Einkunft) -> tuple[str, str]:
    if einkunft.art is _E.UNTERHALT_ERHALTEN:
        nummer = 20 if einkunft.zahler is Zahler.EHEGATTE else 19
        return f"§ 14 Abs. 2 Nr. {nummer} WoGG", "Erhaltener Unterhalt"
    if einkunft.art is not _E.SONSTIGE:
        regel = REGELN[einkunft.art]
        return regel.norm, regel.bezeichnung
    if einkunft.nummer is None:
        return "§ 14 WoGG", "Sonstige Einnahmen"
    buchstabe = f" Buchst. {einkunft.buchstabe}" if einkunft.buchstabe else ""
    return f"§ 14 Abs. 2 Nr. {einkunft.nummer}{buchstabe} WoGG", "Einnahmen"


def _abzug(
    gruppe: Gruppe,
    einträge: Sequence[tuple[Einkunft, Decimal]],
    brutto: Decimal,
    haushalt: Haushalt,
    recht: Recht,
) -> Schritt | None:
    """Was von der Gruppe abgeht, als negativer Schritt; ``None``, wenn nichts abgeht."""
    if not brutto:
        return None
    if gruppe is Gruppe.MINIJOB:
        abzug = sum((min(betrag, e.werbungskosten_jahr) for e, betrag in einträge), NULL)
        return _negativ("§ 14 Abs. 1 Satz 3 WoGG", "Aufwendungen", abzug, brutto)
    aufwendungen = sum((e.werbungskosten_jahr for e, _ in einträge), NULL)
    if gruppe in (Gruppe.LOHN, Gruppe.RENTE, Gruppe.VERSORGUNG):
        return _werbungskosten(gruppe, aufwendungen, brutto, recht)
    if gruppe in _ERWERB or gruppe is Gruppe.VERMIETUNG:
        return _negativ("§ 2 Abs. 2 EStG", "Aufwendungen", aufwendungen, brutto)
    if gruppe is Gruppe.HALB:
        return _negativ("§ 14 Abs. 2 WoGG", _HALB_BEZEICHNUNG, brutto / 2, brutto)
    if gruppe in (Gruppe.ELTERNGELD, Gruppe.ELTERNGELD_PLUS):
        return _elterngeld_frei(gruppe, [einkunft for einkunft, _ in einträge], brutto, haushalt, recht)
    return _freier_betrag(gruppe, brutto, recht)


def _elterngeld_frei(
    gruppe: Gruppe, einkünfte: Sequence[Einkunft], brutto: Decimal, haushalt: Haushalt, recht: Recht
) -> Schritt | None:
    """§ 10 BEEG: frei ist ein Betrag für jeden Monat, für den Elterngeld gezahlt wird, im Jahr höchstens zwölf."""
    absatz, name, satz = (
        (1, "Elterngelds", recht.elterngeld_frei)
        if gruppe is Gruppe.ELTERNGELD
        else (3, "Elterngelds Plus", recht.elterngeld_plus_frei)
    )
    monate = NULL
    for einkunft in einkünfte:
        monate += 12 if not einkunft.einmalig else _monate_im_jahr(einkunft, haushalt)
    frei = glatt(satz * min(Decimal(12), monate))
    return _negativ(f"§ 10 Abs. {absatz} BEEG", f"Freier Betrag des {name}", frei, brutto)


def _monate_im_jahr(einkunft: Einkunft, haushalt: Haushalt) -> Decimal:
    """Wie viele Monate einer einmaligen Zahlung in den Zeitraum fallen, auf zwölf hochgerechnet (§ 15 Abs. 4)."""
    von, bis = zurechnungszeitraum(einkunft, haushalt.stichtag)
    erster, letzter = max(von, haushalt.stichtag), min(bis, haushalt.ende)
    if erster > letzter:
        return NULL
    return Decimal((monatszahl(letzter) - monatszahl(erster) + 1) * 12) / haushalt.monate


def _werbungskosten(gruppe: Gruppe, nachgewiesen: Decimal, brutto: Decimal, recht: Recht) -> Schritt | None:
    nummer, pauschal = {
        Gruppe.LOHN: ("1 Buchst. a", recht.pausch_arbeitnehmer),
        Gruppe.VERSORGUNG: ("1 Buchst. b", recht.pausch_versorgungsbezüge),
        Gruppe.RENTE: ("3", recht.pausch_renten),
    }[gruppe]
    if gruppe is Gruppe.LOHN and not recht.nachweis_arbeitnehmer:
        nachgewiesen = NULL
    if nachgewiesen > pauschal:
        return _negativ("§ 9 EStG", "Werbungskosten, nachgewiesen", nachgewiesen, brutto)
    return _negativ(f"§ 9a Satz 1 Nr. {nummer} EStG", "Werbungskosten-Pauschbetrag", pauschal, brutto)


def _freier_betrag(gruppe: Gruppe, brutto: Decimal, recht: Recht) -> Schritt | None:
    freie: dict[Gruppe, tuple[str, str, Decimal]] = {
        Gruppe.KAPITAL: ("§ 14 Abs. 2 Nr. 15 WoGG", "Freier Betrag der Kapitalerträge", recht.kapital_frei),
        Gruppe.UNTERHALT_PFLEGE: (
            "§ 14 Abs. 2 Nr. 19 Buchst. a WoGG",
            "Frei, soweit für eine Pflegeperson",
            recht.unterhalt_frei_pflege,
        ),
        Gruppe.UNTERHALT_PFLEGE_EHEGATTE: (
            "§ 14 Abs. 2 Nr. 20 Buchst. a WoGG",
            "Frei, soweit für eine Pflegeperson",
            recht.unterhalt_frei_pflege,
        ),
        Gruppe.UNTERHALT_NICHT_VERPFLICHTET: (
            "§ 14 Abs. 2 Nr. 19 Buchst. b WoGG",
            "Frei, weil nicht gesetzlich geschuldet",
            recht.unterhalt_frei_nicht_verpflichtet,
        ),
    }
    if gruppe not in freie:
        return None
    norm, bezeichnung, betrag = freie[gruppe]
    return _negativ(norm, bezeichnung, betrag, brutto)


def _negativ(norm: str, bezeichnung: str, abzug: Decimal, höchstens: Decimal) -> Schritt | None:
    abzug = min(abzug, höchstens)
    return geldschritt(norm, bezeichnung, -abzug) if abzug else None
