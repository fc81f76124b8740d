"""§ 19 WoGG und Anlagen 2 und 3: vom M und Y zum Wohngeld in vollen Euro."""

from dataclasses import dataclass
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal

from kiepe.law.schritt import Schritt, euro, geldschritt, glatt, zahl
from kiepe.law.wohngeld.recht import Recht

_HALB = Decimal("0.5")
_ZEHN_STELLEN = Decimal("1e-10")
_FESTKOMMA = Context(prec=60, rounding=ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Rechnung:
    """Die Rechenschritte der Anlage 3.

    Attributes:
        m, y: nach der Ersetzung durch die Mindestwerte.
        z1, z2, z3, z4: Festkommazahlen mit zehn Nachkommastellen.
        gerundet: nach Anlage 3 Nr. 3, auch unter 0.
        betrag: mit der Erhöhung für das 13. und jedes weitere Mitglied (§ 19 Abs. 3), vor § 21.
    """

    m: Decimal
    y: Decimal
    z1: Decimal
    z2: Decimal
    z3: Decimal
    z4: Decimal
    gerundet: int
    betrag: int


def rechnung(mitglieder: int, m: Decimal, y: Decimal, recht: Recht) -> Rechnung:
    """Das Wohngeld im Monat für so viele zu berücksichtigende Haushaltsmitglieder.

    Args:
        mitglieder: mindestens eines; für mehr als zwölf gelten die Werte für zwölf (§ 19 Abs. 3).
        m: die zu berücksichtigende Miete oder Belastung im Monat.
        y: das monatliche Gesamteinkommen, ungerundet.
    """
    spalte = min(mitglieder, recht.größte_formel) - 1
    m_ersetzt = max(m, recht.mindest_m[spalte])
    y_ersetzt = max(y, recht.mindest_y[spalte])
    z1 = _festkomma(recht.a[spalte] + recht.b[spalte] * m_ersetzt + recht.c[spalte] * y_ersetzt)
    z2 = _festkomma(z1 * y_ersetzt)
    z3 = _festkomma(m_ersetzt - z2)
    z4 = _festkomma(recht.faktor * z3)
    gerundet = int((z4 + _HALB).to_integral_value(rounding=ROUND_FLOOR))
    betrag = gerundet
    weitere = max(0, mitglieder - recht.größte_formel)
    if weitere:
        betrag += weitere * int(recht.je_weiterem_mitglied)
    if weitere or recht.höchstens_miete:
        # Voller Euro, der M nicht übersteigt: aufgerundet läge das Wohngeld über der Miete.
        betrag = min(betrag, int(glatt(m).to_integral_value(rounding=ROUND_FLOOR)))
    return Rechnung(m_ersetzt, y_ersetzt, z1, z2, z3, z4, gerundet, betrag)


def _festkomma(wert: Decimal) -> Decimal:
    return wert.quantize(_ZEHN_STELLEN, context=_FESTKOMMA)


def auszuzahlen(betrag: int, recht: Recht) -> int:
    """§ 21 Nr. 1 WoGG: unter 10 Euro besteht kein Anspruch."""
    return betrag if betrag >= recht.bagatellgrenze else 0


def schritte(mitglieder: int, m: Decimal, y: Decimal, r: Rechnung, recht: Recht) -> tuple[Schritt, ...]:
    """Die Rechnung in Schritten, die ein Mensch nachrechnen kann."""
    spalte = min(mitglieder, recht.größte_formel) - 1
    liste: list[Schritt] = []
    for name, vorher, nachher in (("M", m, r.m), ("Y", y, r.y)):
        if nachher > vorher:
            worte = f"{name} unter dem Mindestwert für {min(mitglieder, recht.größte_formel)}: ersetzt"
            liste.append(geldschritt("Anlage 3 Nr. 1 WoGG", worte, nachher))
    a, b, c = recht.a[spalte], recht.b[spalte], recht.c[spalte]
    liste += [
        _rechenschritt("z1", f"{zahl(a)} + {zahl(b)} × M + {zahl(c)} × Y", r.z1),
        _rechenschritt("z2", "z1 × Y", r.z2),
        _rechenschritt("z3", "M − z2", r.z3),
        _rechenschritt("z4", f"{zahl(recht.faktor)} × z3", r.z4),
        geldschritt("Anlage 3 Nr. 3 WoGG", "Gerundet auf volle Euro", Decimal(r.gerundet)),
    ]
    weitere = mitglieder - recht.größte_formel
    if weitere > 0:
        worte = f"{weitere} weitere Haushaltsmitglieder je {euro(recht.je_weiterem_mitglied)}, höchstens bis M"
        liste.append(geldschritt("§ 19 Abs. 3 WoGG", worte, Decimal(r.betrag)))
    elif recht.höchstens_miete and r.betrag < r.gerundet:
        liste.append(geldschritt("§ 19 Abs. 4 WoGG-E", "Höchstens bis M", Decimal(r.betrag)))
    return tuple(liste)


def _rechenschritt(name: str, formel: str, wert: Decimal) -> Schritt:
    return Schritt("§ 19 Abs. 1 WoGG, Anlage 3 Nr. 2", f"{name} = {formel}", zahl(wert))
