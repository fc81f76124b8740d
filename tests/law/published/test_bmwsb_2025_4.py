"""BMWSB, Beispiele für die Berechnung des Wohngelds, Stand 01.01.2025: Beispiel 4."""

from tests.law.households import rechne

HAUSHALT: dict[str, object] = {
    "id": "bmwsb-2025-4",
    "stichtag": "2026-01-01",
    "art": "lastenzuschuss",
    "mietenstufe": 1,
    "wohnung": {"belastung": "750"},
    "personen": [
        {
            "id": "p1",
            "einkuenfte": [{"art": "lohn", "monat": "2150"}],
            "krankenversicherung": True,
            "rentenversicherung": True,
        },
        {"id": "p2"},
        {"id": "p3", "kind": True},
    ],
}


def test_bmwsb_2025_4() -> None:
    # Einkommen: 12 × 2.150 − 1.230 = 24.570; − 20 % = 19.656; / 12 = 1.638
    # Belastung: 750 über 521 + 29,60 = 550,60; + 170,20 = 720,80
    ergebnis = rechne(HAUSHALT).als_dict()
    assert ergebnis["gesamteinkommen_monat"] == "1638.00"
    assert ergebnis["zu_beruecksichtigende_miete"] == "720.80"
    assert ergebnis["wohngeld"] == 320
