"""BMWSB, Beispiele für die Berechnung des Wohngelds, Stand 01.01.2025: Beispiel 8."""

from tests.law.households import rechne

HAUSHALT: dict[str, object] = {
    "id": "bmwsb-2025-8",
    "stichtag": "2026-01-01",
    "art": "mietzuschuss",
    "mietenstufe": 5,
    "wohnung": {"bruttokaltmiete": "870"},
    "personen": [
        {
            "id": "p1",
            "einkuenfte": [{"art": "lohn", "monat": "2750"}],
            "einkommensteuer": True,
            "krankenversicherung": True,
            "rentenversicherung": True,
        },
        {"id": "p2"},
        {"id": "p3", "kind": True, "einkuenfte": [{"art": "lohn", "monat": "60"}]},
        {"id": "p4", "kind": True},
        {"id": "p5", "kind": True},
    ],
}


def test_bmwsb_2025_8() -> None:
    # Einkommen: (12 × 2.750 − 1.230) × 0,7 = 22.239
    # Lohn des Kindes 720 − 1.230: 0, also auch kein Freibetrag; / 12 = 1.853,25
    # Miete: 870 unter 1.080 + 39,20; + 225,40 = 1.095,40
    ergebnis = rechne(HAUSHALT).als_dict()
    assert ergebnis["gesamteinkommen_monat"] == "1853.25"
    assert ergebnis["zu_beruecksichtigende_miete"] == "1095.40"
    assert ergebnis["wohngeld"] == 747
