"""Tage und Monate, wie §§ 6, 15 und 25 WoGG sie zählen."""

from calendar import monthrange
from datetime import date, timedelta
from fractions import Fraction


def monatszahl(tag: date) -> int:
    """Fortlaufende Nummer des Monats, in dem der Tag liegt."""
    return tag.year * 12 + tag.month - 1


def plus_monate(tag: date, monate: int) -> date:
    """Derselbe Tag so viele Monate später (negativ: früher), höchstens der Letzte jenes Monats (§ 188 Abs. 3 BGB)."""
    jahr, monat = divmod(monatszahl(tag) + monate, 12)
    return date(jahr, monat + 1, min(tag.day, monthrange(jahr, monat + 1)[1]))


def volle_monate(von: date, bis: date) -> int | None:
    """Wie viele volle Monate ``von`` bis einschließlich ``bis`` umfasst; ``None``, wenn es nicht aufgeht."""
    danach = bis + timedelta(days=1)
    monate = monatszahl(danach) - monatszahl(von)
    return monate if monate >= 1 and plus_monate(von, monate) == danach else None


def alter(geburtsdatum: date, tag: date) -> int:
    """Vollendete Lebensjahre an dem Tag."""
    noch_nicht = (tag.month, tag.day) < (geburtsdatum.month, geburtsdatum.day)
    return tag.year - geburtsdatum.year - noch_nicht


def anteil_im(von: date, bis: date, beginn: date, ende: date) -> Fraction:
    """Welcher Teil des Zeitraums ``von`` bis ``bis`` in den Zeitraum ``beginn`` bis ``ende`` fällt.

    Ganze Kalendermonate zählen als Monate, alles andere nach Tagen; alle vier Tage gehören dazu.
    """
    erster, letzter = max(von, beginn), min(bis, ende)
    if erster > letzter:
        return Fraction(0)
    gemeinsam, gesamt = _kalendermonate(erster, letzter), _kalendermonate(von, bis)
    if gemeinsam is not None and gesamt is not None:
        return Fraction(gemeinsam, gesamt)
    return Fraction((letzter - erster).days + 1, (bis - von).days + 1)


def _kalendermonate(von: date, bis: date) -> int | None:
    danach = bis + timedelta(days=1)
    if von.day != 1 or danach.day != 1:
        return None
    return monatszahl(danach) - monatszahl(von)
