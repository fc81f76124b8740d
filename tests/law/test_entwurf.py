"""Der Entwurf für 2027 wird nur verglichen und gilt nie von selbst; Werte aus BT-Drs. 21/8284, siehe Parameterdatei."""

from decimal import Decimal

import pytest

from tests.law.households import haushalt, person, rechne, rentnerin


@pytest.mark.parametrize(
    ("wohnung", "personen", "felder", "heute", "entwurf"),
    [
        # Von Hand: eine Person in Münster, Lohn 1.600, Miete 600: Y = (19.200 − 1.230) × 0,7 / 12 = 1.048,25.
        # Heute Stufe IV: M = 530,20 + 110,40 = 640,60
        # z1 = 0,04 + 0,30729582 + 0,0427686 = 0,39006442; z4 = 266,47 → 266
        # Entwurf Stufe V: M = 562 + 19,20 + 62,40 = 643,60, c = 6,446E-5: z1 = 0,41630511; z4 = 238,29 → 238
        (
            {"bruttokaltmiete": "600"},
            [
                person(
                    {"art": "lohn", "monat": "1600"},
                    einkommensteuer=True,
                    krankenversicherung=True,
                    rentenversicherung=True,
                )
            ],
            {},
            266,
            238,
        ),
    ],
)
def test_comparison_for_muenster(
    wohnung: dict[str, object],
    personen: list[dict[str, object]],
    felder: dict[str, object],
    heute: int,
    entwurf: int,
) -> None:
    daten = haushalt(*personen, wohnung=wohnung, gemeinde="Münster, Stadt", **felder)
    del daten["mietenstufe"]
    assert rechne(daten).wohngeld == heute
    verglichen = rechne(daten, "2027")
    assert verglichen.wohngeld == entwurf
    # M = min(600, 581,20) + 62,40
    assert verglichen.zu_berücksichtigende_miete == Decimal("643.60")


def test_comparison_is_marked() -> None:
    daten = rechne(haushalt(rentnerin()), "2027").als_dict()
    assert daten["entwurf"] == "2027"
    assert "Entwurf" in str(daten["hinweise"])
    assert "entwurf" not in rechne(haushalt(rentnerin(), stichtag="2027-06-01")).als_dict()


def test_the_draft_changes_what_it_says() -> None:
    # Kapital erst über 1.000 €; Werbungskosten nur als Pauschbetrag; Pflege ohne Pflegegrad gibt keinen Freibetrag
    def jahr(entwurf: str | None, *einkünfte: dict[str, object], **felder: object) -> Decimal:
        return rechne(haushalt(person(*einkünfte, **felder)), entwurf).einkommen.jahr

    assert jahr("2027", {"art": "kapital", "jahr": "1200"}) == 200
    lohn: dict[str, object] = {"art": "lohn", "monat": "1000", "werbungskosten_jahr": "3000"}
    assert [jahr(None, lohn), jahr("2027", lohn)] == [9000, 10770]
    rente: dict[str, object] = {"art": "rente", "monat": "1000"}
    pflege = {"gdb": 60, "pflegebeduerftig": "haeuslich"}
    assert [jahr(None, rente, **pflege), jahr("2027", rente, **pflege)] == [10098, 11898]
    stellplatz = {"gesamtmiete": "400", "enthalten": {"stellplatz": True}}
    assert rechne(haushalt(rentnerin(), wohnung=stellplatz), "2027").miete.ausgang == 364


def test_the_draft_caps_at_the_rent_and_pays_from_15_euro() -> None:
    # Acht Personen ohne Einkommen, Miete 10: M = 10 + 127,40 + 3 × 15,60 = 184,20; Y = 2.037
    # z1 = −0,03 + 0,02915886 + 0,05310459 = 0,05226345; z2 = 106,46…; z3 = 77,73…; z4 = 89,39 → unter M
    acht = haushalt(*[person()] * 8, wohnung={"bruttokaltmiete": "10"})
    assert rechne(acht, "2027").wohngeld == 89
    # Zwölf Personen ohne Einkommen, Miete 10, heute: M = 10 + 225,40 + 7 × 27,60 = 428,60; Y = 2.943;
    # z1 = −0,12 + 0,04744602 + 0,0650403 = −0,00751368; z2 = −22,11…; z4 = 518,32 → 518, mehr als die Miete
    zwölf = haushalt(*[person()] * 12, wohnung={"bruttokaltmiete": "10"})
    assert rechne(zwölf).wohngeld == 518


def test_unknown_drafts_are_refused() -> None:
    with pytest.raises(ValueError, match="2027"):
        rechne(haushalt(rentnerin()), "2028")
