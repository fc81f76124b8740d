"""Wie schnell das Wohngeldrecht rechnet: ein Haushalt mit Erklärung, und eine Million Haushalte.

Aufruf: ``python benchmarks/law.py`` mit ``src`` im Suchpfad. Mediane; die Ziele stehen daneben.
"""

import statistics
import time
from collections.abc import Callable
from datetime import date

import numpy as np

from kiepe.law.wohngeld import haushalt_aus, vektor, wohngeld

ANZAHL = 1_000_000
HAUSHALT: dict[str, object] = {
    "stichtag": "2026-01-01",
    "art": "mietzuschuss",
    "gemeinde": "Münster, Stadt",
    "wohnung": {
        "gesamtmiete": "900",
        "enthalten": {"heizung": True, "warmwasser": True, "stellplatz": "30"},
        "wohnflaeche": "82.5",
    },
    "alleinerziehend": True,
    "personen": [
        {
            "id": "p1",
            "einkuenfte": [{"art": "lohn", "monat": "1850"}, {"art": "kapital", "jahr": "250"}],
            "einkommensteuer": True,
            "krankenversicherung": True,
            "rentenversicherung": True,
        },
        {"id": "p2", "kind": True, "einkuenfte": [{"art": "unterhaltsvorschuss", "monat": "299"}]},
        {"id": "p3", "kind": True, "einkuenfte": [{"art": "minijob_pauschal", "monat": "200"}]},
    ],
}


def median(aufruf: Callable[[], object], wiederholungen: int) -> float:
    """Median der Dauer eines Aufrufs in Sekunden, nach einem Aufruf zum Warmwerden."""
    aufruf()
    dauern = []
    for _ in range(wiederholungen):
        beginn = time.perf_counter()
        aufruf()
        dauern.append(time.perf_counter() - beginn)
    return statistics.median(dauern)


def main() -> None:
    """Misst und druckt eine Tabelle."""
    zufall = np.random.default_rng(1)
    mitglieder = zufall.integers(1, 9, ANZAHL)
    gesamt = mitglieder + (zufall.random(ANZAHL) < 0.1)
    stufe = zufall.integers(1, 8, ANZAHL)
    miete = zufall.integers(20_000, 180_000, ANZAHL) / 100
    einkommen = zufall.integers(0, 450_000, ANZAHL) / 100
    tag = date(2026, 1, 1)
    messungen = [
        (
            "ein Haushalt: lesen, rechnen, erklären",
            median(lambda: wohngeld(haushalt_aus(HAUSHALT)).als_dict(), 500),
            0.001,
        ),
        (
            "1.000.000 Haushalte",
            median(lambda: vektor.wohngeld(mitglieder, stufe, miete, einkommen, stichtag=tag), 15),
            0.2,
        ),
        (
            "1.000.000 Haushalte, davon 10 % gemischt",
            median(
                lambda: vektor.wohngeld(mitglieder, stufe, miete, einkommen, stichtag=tag, gesamtmitglieder=gesamt), 15
            ),
            0.2,
        ),
    ]
    print(f"{'':42} {'Median':>12} {'Ziel unter':>12}")
    for name, dauer, ziel in messungen:
        print(f"{name:42} {dauer * 1000:9.3f} ms {ziel * 1000:9.3f} ms")


if __name__ == "__main__":
    main()
