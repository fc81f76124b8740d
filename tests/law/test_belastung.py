"""§ 10 WoGG, §§ 8 bis 15 WoGV: die Belastung. Eine Person in Stufe IV, Heizkosten 110,40."""

from decimal import Decimal

import pytest

from kiepe.law.wohngeld import haushalt_aus
from tests.law.households import Daten, fehler, haushalt, m, rentnerin

HEIZ = Decimal("110.40")


def _m(wohnung: Daten) -> Decimal:
    return m(wohnung, art="lastenzuschuss")


def test_given_burden() -> None:
    assert _m({"belastung": "400"}) == 400 + HEIZ


@pytest.mark.parametrize(
    ("teile", "jahr"),
    [
        # § 13 Abs. 2: 36 € × 50 m² = 1.800 kommt immer hinzu
        ({}, 1800),
        ({"zinsen": "1200", "tilgung": "600"}, 3600),
        ({"grundsteuer": "240", "verwaltung": "360"}, 2400),
        ({"erbbauzins": "100", "nebenleistungen": "20", "buergschaft": "30", "renten": "90"}, 2040),
        # Wärmelieferung und Garage sind in den Entgelten enthalten und gehen wieder heraus
        ({"verwaltung": "1000", "waermelieferung": "400", "garage": "432"}, 1968),
        ({"waermelieferung": "9000"}, 0),
        # § 14 Abs. 1: Nutzungsentgelt an Stelle von Instandhaltung und Betrieb; unmittelbar Gezahltes kommt dazu
        ({"nutzungsentgelt": "3000"}, 3000),
        ({"nutzungsentgelt": "3000", "zinsen": "600"}, 3600),
    ],
)
def test_parts(teile: Daten, jahr: int) -> None:
    assert _m({"belastung_teile": teile, "wohnflaeche": "50"}) == Decimal(jahr) / 12 + HEIZ


def test_parts_are_capped_like_rent() -> None:
    assert _m({"belastung_teile": {"zinsen": "12000"}, "wohnflaeche": "80"}) == Decimal("530.20") + HEIZ


def test_living_space_is_needed_unless_a_charge_stands_for_it() -> None:
    ohne = haushalt(rentnerin(), art="lastenzuschuss", wohnung={"belastung_teile": {"zinsen": "1200"}})
    assert any("/wohnung/wohnflaeche" in hinweis.text for hinweis in haushalt_aus(ohne).hinweise)
    assert _m({"belastung_teile": {"zinsen": "1200"}}) == 100 + HEIZ
    assert _m({"belastung_teile": {"nutzungsentgelt": "3000"}}) == 250 + HEIZ


@pytest.mark.parametrize(
    ("wohnung", "stelle"),
    [
        ({}, "/wohnung"),
        ({"belastung": "1", "belastung_teile": {}}, "/wohnung"),
        ({"belastung_teile": {"zins": "1"}, "wohnflaeche": "50"}, "/wohnung/belastung_teile/zins"),
    ],
)
def test_bad_burdens_are_refused(wohnung: Daten, stelle: str) -> None:
    assert stelle in fehler(haushalt(rentnerin(), art="lastenzuschuss", wohnung=wohnung))


@pytest.mark.parametrize("feld", [{"bruttokaltmiete": "999"}, {"heim": True}, {"an_dritte": "99"}, {"mietwert": "999"}])
def test_what_belongs_to_rent_has_no_effect_and_is_said(feld: Daten) -> None:
    daten = haushalt(rentnerin(), art="lastenzuschuss", wohnung={"belastung": "100", **feld})
    assert _m({"belastung": "100", **feld}) == _m({"belastung": "100"})
    assert any(f"/wohnung/{next(iter(feld))}" in hinweis.text for hinweis in haushalt_aus(daten).hinweise)
