"""BMWSB, Beispiele für die Berechnung des Wohngelds, Stand 01.01.2025: Beispiel 10."""

from tests.law.households import rechne

HAUSHALT: dict[str, object] = {
    "id": "bmwsb-2025-10",
    "stichtag": "2026-01-01",
    "art": "mietzuschuss",
    "mietenstufe": 4,
    "wohnung": {"bruttokaltmiete": "570"},
    "personen": [
        {"id": "p1", "einkuenfte": [{"art": "rente", "monat": "880"}], "krankenversicherung": True},
        {"id": "p2", "ausgeschlossen": "SGB II"},
    ],
}


def test_bmwsb_2025_10() -> None:
    # Einkommen: (12 × 880 − 102) × 0,9 = 9.412,20; / 12 = 784,35
    # Gemischter Haushalt, eine von zwei Personen: 570 / 2 = 285 unter (619 + 24,80) / 2; + 142,60 / 2 = 356,30
    ergebnis = rechne(HAUSHALT).als_dict()
    assert ergebnis["gesamteinkommen_monat"] == "784.35"
    assert ergebnis["zu_beruecksichtigende_miete"] == "356.30"
    assert ergebnis["wohngeld"] == 191
