"""BMWSB, Beispiele für die Berechnung des Wohngelds, Stand 01.01.2025: Beispiel 5."""

from tests.law.households import rechne

HAUSHALT: dict[str, object] = {
    "id": "bmwsb-2025-5",
    "stichtag": "2026-01-01",
    "art": "mietzuschuss",
    "mietenstufe": 6,
    "wohnung": {"bruttokaltmiete": "700"},
    "personen": [
        {
            "id": "p1",
            "einkuenfte": [{"art": "lohn", "monat": "1530"}],
            "krankenversicherung": True,
            "rentenversicherung": True,
        },
        {"id": "p2", "kind": True, "einkuenfte": [{"art": "unterhaltsvorschuss", "monat": "348"}]},
        {"id": "p3", "kind": True, "einkuenfte": [{"art": "unterhaltsvorschuss", "monat": "348"}]},
    ],
    "alleinerziehend": True,
}


def test_bmwsb_2025_5() -> None:
    # Einkommen: (12 × 1.530 − 1.230) × 0,8 = 13.704; + 2 × 4.176 Unterhaltsvorschuss = 22.056
    # − 1.320 (§ 17 Nr. 3) = 20.736
    # Miete: 700 unter 887 + 29,60; + 170,20 = 870,20
    ergebnis = rechne(HAUSHALT).als_dict()
    assert ergebnis["gesamteinkommen_monat"] == "1728.00"
    assert ergebnis["zu_beruecksichtigende_miete"] == "870.20"
    assert ergebnis["wohngeld"] == 372
