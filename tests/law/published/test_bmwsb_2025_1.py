"""BMWSB, Beispiele für die Berechnung des Wohngelds, Stand 01.01.2025: Beispiel 1."""

from tests.law.households import rechne

HAUSHALT: dict[str, object] = {
    "id": "bmwsb-2025-1",
    "stichtag": "2026-01-01",
    "art": "mietzuschuss",
    "mietenstufe": 1,
    "wohnung": {"bruttokaltmiete": "335"},
    "personen": [{"id": "p1", "einkuenfte": [{"art": "rente", "monat": "1300"}], "krankenversicherung": True}],
}


def test_bmwsb_2025_1() -> None:
    # Einkommen: 12 × 1.300 = 15.600; − 102 (§ 9a EStG) = 15.498; − 10 % (§ 16 Nr. 2) = 13.948,20; / 12 = 1.162,35
    # Miete: 335 unter 361 + 19,20; + 110,40 Heizkosten = 445,40
    # z1 = 0,04 + 0,0004797 × 445,40 + 0,0000408 × 1.162,35 = 0,30108226; z2 = 349,96296; z4 = 1,15 × 95,43704 = 109,75
    ergebnis = rechne(HAUSHALT).als_dict()
    assert ergebnis["gesamteinkommen_monat"] == "1162.35"
    assert ergebnis["zu_beruecksichtigende_miete"] == "445.40"
    assert ergebnis["wohngeld"] == 110
