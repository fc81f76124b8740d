"""§§ 9, 11 und 12 WoGG, §§ 2, 6 und 7 WoGV: von der Miete zu M; eine Person, Stufe IV: 511 + 19,20 + 110,40."""

from decimal import Decimal

import pytest

from kiepe.law.wohngeld import haushalt_aus
from kiepe.law.wohngeld import wohngeld as gerechnet
from tests.law.households import Daten, fehler, haushalt, hinweisnormen, m, person, rechne, rentnerin

HEIZ = Decimal("110.40")
GRENZE = Decimal("530.20")


def test_rent_below_and_above_the_limit() -> None:
    assert m({"bruttokaltmiete": "500"}) == 500 + HEIZ
    assert m({"bruttokaltmiete": "530.20"}) == GRENZE + HEIZ
    assert m({"bruttokaltmiete": "530.21"}) == GRENZE + HEIZ


@pytest.mark.parametrize(
    ("enthalten", "felder", "miete"),
    [
        # § 6 Abs. 2 WoGV: 1,25 € je m²: 60,5 × 1,25 = 75,625
        ({"heizung": True}, {}, "424.375"),
        ({"heizung": "80"}, {}, "420"),
        # Warmwasser 9, 17, dann je 3
        ({"warmwasser": True}, {}, "491"),
        ({"warmwasser": True}, {"bewohner": 2}, "483"),
        ({"warmwasser": True}, {"bewohner": 4}, "477"),
        # Haushaltsenergie 41, 74, dann je 15
        ({"haushaltsenergie": True}, {}, "459"),
        ({"haushaltsenergie": True}, {"bewohner": 2}, "426"),
        ({"haushaltsenergie": True}, {"bewohner": 5}, "381"),
        ({"garage": True}, {}, "464"),
        ({"stellplatz": True}, {}, "475"),
        ({"garage": "50", "stellplatz": "10.50"}, {}, "439.50"),
        ({"dienstleistungen": "120"}, {}, "380"),
        # alles zusammen: 500 − 75,625 − 9 − 41 − 36 − 25 − 100
        (
            {
                "heizung": True,
                "warmwasser": True,
                "haushaltsenergie": True,
                "garage": True,
                "stellplatz": True,
                "dienstleistungen": "100",
            },
            {},
            "213.375",
        ),
        ({"dienstleistungen": "700"}, {}, "0"),
    ],
)
def test_what_the_rent_contains(enthalten: Daten, felder: Daten, miete: str) -> None:
    wohnung = {"gesamtmiete": "500", "enthalten": enthalten, "wohnflaeche": "60.5"}
    assert m(wohnung, **felder) == Decimal(miete) + HEIZ


def test_residents_default_to_the_persons_given() -> None:
    # household.schema.json: "default: number of personen"; zwei Personen: 17 € Warmwasser, Heizkosten 142,60.
    wohnung = {"gesamtmiete": "500", "enthalten": {"warmwasser": True}}
    assert m(wohnung, rentnerin(), person()) == 483 + Decimal("142.60")
    tot = person(verstorben_am="2025-12-01")
    assert m(wohnung, rentnerin(), tot) == 483 + Decimal("142.60")


def test_payments_to_third_parties_are_rent() -> None:
    assert m({"bruttokaltmiete": "400", "an_dritte": "30.50"}) == Decimal("430.50") + HEIZ


def test_deductions_in_the_order_of_section_11() -> None:
    # 600 − 60 (Nr. 1) − 90 (Nr. 2) = 450; Nr. 3: zwei Bewohner, Kopfteil 225; − 20 (Nr. 4) − 5 (Nr. 5) = 200
    wohnung = {
        "bruttokaltmiete": "600",
        "geschaeftlich_genutzt": "60",
        "untervermietung": {"anteil": "80", "entgelt": "90"},
        "mitbewohner": [{}],
        "oeffentliche_leistungen": "20",
        "leistungen_68_aufenthg": "5",
    }
    assert m(wohnung) == 200 + HEIZ


@pytest.mark.parametrize(
    ("felder", "miete"),
    [
        ({"untervermietung": {"anteil": "100"}}, "400"),
        ({"untervermietung": {"anteil": "100", "entgelt": "90"}}, "400"),
        ({"untervermietung": {"anteil": "100", "entgelt": "130"}}, "370"),
        ({"untervermietet": "70"}, "430"),
        ({"mitbewohner_anteil": "70"}, "430"),
        # ein Mitbewohner neben einer Person: Kopfteil 250
        ({"mitbewohner": [{"entgelt": "200"}]}, "250"),
        ({"mitbewohner": [{"entgelt": "260"}]}, "240"),
        # zwei Mitbewohner: Kopfteil 500/3; der zweite zahlt mehr: 500 − 500/3 − 200 = 133,33…
        ({"mitbewohner": [{}, {"entgelt": "200"}]}, None),
        ({"mitbewohner": [{"entgelt": "900"}]}, "0"),
        ({"oeffentliche_leistungen": "600"}, "0"),
    ],
)
def test_parts_of_others(felder: Daten, miete: str | None) -> None:
    erwartet = Decimal(400) / 3 if miete is None else Decimal(miete)
    assert abs(m({"bruttokaltmiete": "500", **felder}) - erwartet - HEIZ) < Decimal("1e-20")


def test_head_share_counts_excluded_members_as_residents() -> None:
    # Zwei Haushaltsmitglieder (eines ausgeschlossen), ein Mitbewohner: 600 × 2/3 = 400, davon 1/2; + 142,60 / 2
    wohnung = {"bruttokaltmiete": "600", "mitbewohner": [{}]}
    assert m(wohnung, rentnerin(), person(ausgeschlossen="SGB II")) == Decimal("271.30")


def test_home_takes_the_maximum() -> None:
    # § 11 Abs. 1 Satz 2: Höchstbetrag + Heizkosten + Klimakomponente, ohne Abzüge
    assert m({"heim": True}) == GRENZE + HEIZ
    ergebnis = rechne(haushalt(rentnerin(), wohnung={"heim": True, "oeffentliche_leistungen": "100"}))
    assert ergebnis.zu_berücksichtigende_miete == GRENZE + HEIZ
    assert "§ 11 Abs. 1 Satz 2 WoGG" in hinweisnormen(ergebnis)


def test_home_in_a_mixed_household() -> None:
    # zwei Personen, eine ausgeschlossen: (619 + 24,80 + 142,60) / 2
    assert m({"heim": True}, rentnerin(), person(ausgeschlossen="SGB XII")) == Decimal("393.20")


def test_rental_value_is_the_rent() -> None:
    assert m({"mietwert": "450"}) == 450 + HEIZ


@pytest.mark.parametrize(
    ("personen", "ausgeschlossen", "miete", "erwartet"),
    [
        # 3 Personen, 2 zu berücksichtigen, Stufe IV: (min(900; 737 + 29,60) + 170,20) × 2/3 = 936,80 × 2/3
        (3, 1, "900", Decimal("624.533333333333333333333333333333")),
        (3, 1, "600", Decimal("513.466666666666666666666666666667")),
        # 4 Personen, 1 zu berücksichtigen: (600 + 197,80) / 4
        (4, 3, "600", Decimal("199.45")),
        # 7 Personen, alle zu berücksichtigen: 982 + 2 × 119 + 39,20 + 2 × 4,80 = 1.268,80; + 225,40 + 2 × 27,60
        (7, 0, "2000", Decimal("1549.40")),
    ],
)
def test_mixed_households(personen: int, ausgeschlossen: int, miete: str, erwartet: Decimal) -> None:
    leute = [rentnerin() for _ in range(personen - ausgeschlossen)]
    leute += [person(ausgeschlossen="SGB II") for _ in range(ausgeschlossen)]
    assert m({"bruttokaltmiete": miete}, *leute) == erwartet


HÖCHSTBETRÄGE = {  # Anlage 1 (zu § 12 Abs. 1 WoGG), BGBl. 2024 I Nr. 314
    1: (361, 408, 456, 511, 562, 615, 677),
    2: (437, 493, 551, 619, 680, 745, 820),
    3: (521, 587, 657, 737, 809, 887, 975),
    4: (608, 686, 766, 858, 946, 1035, 1139),
    5: (694, 782, 875, 982, 1080, 1183, 1302),
    6: (776, 876, 981, 1101, 1209, 1332, 1465),
}


@pytest.mark.parametrize("stufe", range(1, 8))
@pytest.mark.parametrize("personen", HÖCHSTBETRÄGE)
def test_every_maximum(personen: int, stufe: int) -> None:
    ergebnis = rechne(haushalt(*[rentnerin()] * personen, mietenstufe=stufe, wohnung={"bruttokaltmiete": "5000"}))
    assert ergebnis.miete.höchstbetrag == HÖCHSTBETRÄGE[personen][stufe - 1]


@pytest.mark.parametrize(
    ("personen", "heizkosten", "klima"),
    [  # § 12 Abs. 6 und 7 WoGG
        (1, "110.40", "19.20"),
        (2, "142.60", "24.80"),
        (3, "170.20", "29.60"),
        (4, "197.80", "34.40"),
        (5, "225.40", "39.20"),
        (6, "253.00", "44.00"),
        (14, "473.80", "82.40"),
    ],
)
def test_heating_and_climate(personen: int, heizkosten: str, klima: str) -> None:
    miete = rechne(haushalt(*[rentnerin()] * personen)).miete
    assert (miete.heizkosten, miete.klimakomponente) == (Decimal(heizkosten), Decimal(klima))


@pytest.mark.parametrize(
    ("wohnung", "stelle"),
    [
        ({}, "/wohnung"),
        ({"bruttokaltmiete": "500", "gesamtmiete": "600"}, "/wohnung"),
        ({"bruttokaltmiete": "500", "heim": True}, "/wohnung"),
        ({"gesamtmiete": "500", "enthalten": {"heizung": True}}, "/wohnung/wohnflaeche"),
        ({"gesamtmiete": "500", "enthalten": {"heizung": False}}, "/wohnung/enthalten/heizung"),
        ({"bruttokaltmiete": "500", "wohnflaeche": "0"}, "/wohnung/wohnflaeche"),
        ({"bruttokaltmiete": 500}, "/wohnung/bruttokaltmiete"),
        ({"bruttokaltmiete": "500,00"}, "/wohnung/bruttokaltmiete"),
        ({"bruttokaltmiete": "-1"}, "/wohnung/bruttokaltmiete"),
        ({"bruttokaltmiete": "9999999999999"}, "/wohnung/bruttokaltmiete"),
        (
            {"bruttokaltmiete": "500", "untervermietet": "1", "untervermietung": {"anteil": "1"}},
            "/wohnung/untervermietet",
        ),
        ({"bruttokaltmiete": "500", "mitbewohner_anteil": "1", "mitbewohner": [{}]}, "/wohnung/mitbewohner_anteil"),
        ({"bruttokaltmiete": "500", "untervermietung": {}}, "/wohnung/untervermietung/anteil"),
        ({"bruttokaltmiete": "500", "bruttokaltmite": "1"}, "/wohnung/bruttokaltmite"),
    ],
)
def test_bad_dwellings_are_refused(wohnung: Daten, stelle: str) -> None:
    assert stelle in fehler(haushalt(rentnerin(), wohnung=wohnung))


@pytest.mark.parametrize(
    ("wohnung", "feld"),
    [
        ({"bruttokaltmiete": "300", "belastung": "1"}, "belastung"),
        ({"bruttokaltmiete": "300", "enthalten": {"heizung": "50"}}, "enthalten"),
        ({"mietwert": "300", "an_dritte": "10"}, "an_dritte"),
    ],
)
def test_what_does_not_apply_has_no_effect_and_is_said(wohnung: Daten, feld: str) -> None:
    gelesen = haushalt_aus(haushalt(rentnerin(), wohnung=wohnung))
    ohne = {name: wert for name, wert in wohnung.items() if name != feld}
    anders = haushalt_aus(haushalt(rentnerin(), wohnung=ohne))
    assert gerechnet(gelesen).zu_berücksichtigende_miete == gerechnet(anders).zu_berücksichtigende_miete
    assert any(f"/wohnung/{feld}" in hinweis.text for hinweis in gelesen.hinweise)
