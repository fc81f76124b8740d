"""Das Wohngeld: WoGG und WoGV für jeden Tag ab dem 01.01.2025.

haushalt = haushalt_aus(daten)      # prüft; raises Ungueltig
ergebnis = wohngeld(haushalt)       # rechnet; raises KeinRecht
ergebnis.wohngeld, ergebnis.schritte, ergebnis.als_dict()
"""

from kiepe.law.parameter import KeinRecht
from kiepe.law.schritt import Hinweis, Schritt
from kiepe.law.wohngeld.ergebnis import Ergebnis, wohngeld
from kiepe.law.wohngeld.haushalt import Haushalt
from kiepe.law.wohngeld.lesen import Fehler, Ungueltig, haushalt_aus

__all__ = [
    "Ergebnis",
    "Fehler",
    "Haushalt",
    "Hinweis",
    "KeinRecht",
    "Schritt",
    "Ungueltig",
    "haushalt_aus",
    "wohngeld",
]
