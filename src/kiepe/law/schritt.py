"""Ergebnisse, die sich selbst erklären: jeder Schritt nennt seine Norm, sagt was er ist und was herauskommt."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal

# Sechzig Stellen tragen jeden Drittel- und Zwölftelbetrag weit über die zehn Stellen der Anlage 3 hinaus.
RECHENGENAUIGKEIT = Context(prec=60)

_CENT = Decimal("0.01")
_DREISSIG_STELLEN = Decimal("1e-30")


@dataclass(frozen=True, slots=True)
class Schritt:
    """Ein Rechenschritt.

    Attributes:
        norm: die Vorschrift, z. B. ``§ 16 Nr. 2 WoGG``.
        bezeichnung: was der Schritt ist, in Worten.
        wert: was herauskommt, lesbar, z. B. ``1.162,35 €``.
        betrag: derselbe Wert genau und mit Vorzeichen, in Euro; ``None``, wo der Schritt keinen Betrag hat.
    """

    norm: str
    bezeichnung: str
    wert: str
    betrag: Decimal | None = None

    def als_dict(self) -> dict[str, str]:
        """Der Schritt, wie ``result.schema.json`` ihn verlangt."""
        return {"norm": self.norm, "bezeichnung": self.bezeichnung, "wert": self.wert}


@dataclass(frozen=True, slots=True)
class Hinweis:
    """Was ein Mensch ansehen muss; entscheidet nie selbst."""

    norm: str
    text: str

    def als_dict(self) -> dict[str, str]:
        """Der Hinweis, wie ``result.schema.json`` ihn verlangt."""
        return {"norm": self.norm, "text": self.text}


def cent(betrag: Decimal) -> Decimal:
    """Kaufmännisch auf Cent gerundet, nur zum Anzeigen."""
    return betrag.quantize(_CENT, rounding=ROUND_HALF_UP, context=RECHENGENAUIGKEIT)


def glatt(betrag: Decimal) -> Decimal:
    """Derselbe Betrag ohne Rechenrest.

    Ein Drittel hat keine endliche Dezimalzahl. Was sich nach Teilen und Malnehmen wieder zu einer
    endlichen Zahl fügt, trägt einen Rest jenseits der 50. Stelle; er darf kein Runden kippen.
    """
    return betrag.quantize(_DREISSIG_STELLEN, context=RECHENGENAUIGKEIT).normalize(RECHENGENAUIGKEIT)


def euro(betrag: Decimal) -> str:
    """Ein Betrag, wie er in deutschen Texten steht: ``1.162,35 €``."""
    return f"{zahl(cent(betrag))} €"


def zahl(wert: Decimal) -> str:
    """Eine Zahl mit deutschem Komma und Tausenderpunkten."""
    return f"{wert:,f}".translate(_DEUTSCH)


_DEUTSCH = str.maketrans(",.", ".,")


def geldschritt(norm: str, bezeichnung: str, betrag: Decimal) -> Schritt:
    """Ein Schritt, dessen Ergebnis ein Betrag in Euro ist."""
    return Schritt(norm, bezeichnung, euro(betrag), betrag)
