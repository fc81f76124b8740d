"""Die Wohnung aus der Schnittstelle ``household.schema.json``."""

from decimal import Decimal

from kiepe.law.wohngeld.haushalt import PAUSCHAL, Art, Belastungsteile, Enthalten, Pauschal, Untervermietung, Wohnung
from kiepe.law.wohngeld.leser import Leser

_MIETE = ("bruttokaltmiete", "gesamtmiete", "mietwert")
_BELASTUNG = ("belastung", "belastung_teile")
_FELDER = (
    *_MIETE,
    *_BELASTUNG,
    "enthalten",
    "wohnflaeche",
    "geschaeftlich_genutzt",
    "untervermietet",
    "mitbewohner_anteil",
    "oeffentliche_leistungen",
    "leistungen_68_aufenthg",
    "heim",
    "an_dritte",
    "untervermietung",
    "mitbewohner",
)
_ENTHALTEN = ("heizung", "warmwasser", "haushaltsenergie", "garage", "stellplatz", "dienstleistungen")
_TEILE = (
    "zinsen",
    "tilgung",
    "grundsteuer",
    "verwaltung",
    "erbbauzins",
    "nebenleistungen",
    "buergschaft",
    "renten",
    "nutzungsentgelt",
    "waermelieferung",
    "garage",
)


def lies_wohnung(haushalt: Leser, art: Art | None) -> Wohnung:
    """Die Wohnung; Fehler stehen danach im Leser."""
    leser = haushalt.objekt("wohnung")
    if leser is None:
        return Wohnung()
    leser.nur(_FELDER)
    heim = leser.ja("heim")
    if art is not None:
        _prüfe_grundlage(leser, art, heim=heim)
    wohnung = Wohnung(
        bruttokaltmiete=leser.euro_oder_nichts("bruttokaltmiete"),
        gesamtmiete=leser.euro_oder_nichts("gesamtmiete"),
        enthalten=_enthalten(leser),
        wohnfläche=leser.zahl("wohnflaeche", "ist die Wohnfläche in m²"),
        belastung=leser.euro_oder_nichts("belastung"),
        belastung_teile=_teile(leser),
        geschäftlich_genutzt=leser.euro("geschaeftlich_genutzt"),
        untervermietet=leser.euro_oder_nichts("untervermietet"),
        untervermietung=_untervermietung(leser),
        mitbewohner_anteil=leser.euro_oder_nichts("mitbewohner_anteil"),
        mitbewohner=_mitbewohner(leser),
        öffentliche_leistungen=leser.euro("oeffentliche_leistungen"),
        leistungen_68_aufenthg=leser.euro("leistungen_68_aufenthg"),
        heim=heim and art is not Art.LASTENZUSCHUSS,
        mietwert=None if art is Art.LASTENZUSCHUSS else leser.euro_oder_nichts("mietwert"),
        an_dritte=leser.euro("an_dritte"),
    )
    _prüfe_wohnung(leser, wohnung)
    return wohnung


def _prüfe_grundlage(leser: Leser, art: Art, *, heim: bool) -> None:
    """Genau eine Grundlage, und die der Art des Wohngelds (§ 1 Abs. 2 WoGG)."""
    miete = [feld for feld in _MIETE if leser.hat(feld)] + (["heim"] if heim else [])
    belastung = [feld for feld in _BELASTUNG if leser.hat(feld)]
    eigene, fremde = (miete, belastung) if art is Art.MIETZUSCHUSS else (belastung, miete)
    erwartet = (
        "bruttokaltmiete, gesamtmiete, mietwert oder heim"
        if art is Art.MIETZUSCHUSS
        else "belastung oder belastung_teile"
    )
    if len(eigene) != 1:
        gegeben = "keines" if not eigene else " und ".join(eigene)
        leser.fehler("", f"Für den {_NAME[art]} wird genau eines gebraucht: {erwartet}. Angegeben ist {gegeben}.")
    for feld in fremde:
        leser.übergehe(
            feld, "§ 1 Abs. 2 WoGG", f"Beim {_NAME[art]} bleibt die Angabe ohne Wirkung; es zählt {erwartet}."
        )


_NAME = {Art.MIETZUSCHUSS: "Mietzuschuss", Art.LASTENZUSCHUSS: "Lastenzuschuss"}


def _prüfe_wohnung(leser: Leser, wohnung: Wohnung) -> None:
    for einzeln, genauer in (("untervermietet", "untervermietung"), ("mitbewohner_anteil", "mitbewohner")):
        if leser.hat(einzeln) and leser.hat(genauer):
            leser.fehler(einzeln, f"Bitte entweder {einzeln} oder {genauer} angeben, nicht beides.")
    if leser.hat("enthalten") and not leser.hat("gesamtmiete"):
        leser.übergehe("enthalten", "§ 9 Abs. 2 WoGG", "Nur von gesamtmiete geht ab, was darin enthalten ist.")
    if leser.hat("an_dritte") and not (leser.hat("gesamtmiete") or leser.hat("bruttokaltmiete")):
        leser.übergehe("an_dritte", "§ 2 WoGV", "Die Angabe gehört zu einer Miete und bleibt hier ohne Wirkung.")
    if leser.hat("wohnflaeche"):
        if wohnung.wohnfläche == 0:
            leser.fehler("wohnflaeche", "Die Wohnfläche muss größer als 0 sein.")
        return
    if leser.hat("gesamtmiete") and wohnung.enthalten.heizung is PAUSCHAL:
        leser.fehler(
            "wohnflaeche", "Für den Pauschbetrag der Heizung wird die Wohnfläche gebraucht (§ 6 Abs. 2 Nr. 1 WoGV)."
        )
    if wohnung.belastung_teile is not None and not wohnung.belastung_teile.nutzungsentgelt:
        leser.übergehe(
            "wohnflaeche",
            "§ 13 Abs. 2 WoGV",
            "Die Wohnfläche fehlt; ohne sie sind Instandhaltung und Betrieb nicht angesetzt. Bitte nachtragen, "
            "es sei denn, Zinsen und Tilgung erreichen schon den Höchstbetrag (§ 10 Abs. 2 Satz 2 WoGG).",
        )


def _enthalten(wohnung: Leser) -> Enthalten:
    leser = wohnung.objekt("enthalten")
    if leser is None:
        return Enthalten()
    leser.nur(_ENTHALTEN)
    return Enthalten(
        heizung=_euro_oder_pauschal(leser, "heizung"),
        warmwasser=_euro_oder_pauschal(leser, "warmwasser"),
        haushaltsenergie=_euro_oder_pauschal(leser, "haushaltsenergie"),
        garage=_euro_oder_pauschal(leser, "garage"),
        stellplatz=_euro_oder_pauschal(leser, "stellplatz"),
        dienstleistungen=leser.euro_oder_nichts("dienstleistungen"),
    )


def _euro_oder_pauschal(leser: Leser, feld: str) -> Decimal | Pauschal | None:
    """Ein Betrag, oder true: enthalten, aber nicht bekannt."""
    if leser.ist_wahr(feld):
        return PAUSCHAL
    if leser.ist_falsch(feld):
        leser.fehler(feld, "Erwartet ist ein Betrag oder true. Ist nichts enthalten, bitte das Feld weglassen.")
        return None
    return leser.euro_oder_nichts(feld)


def _teile(wohnung: Leser) -> Belastungsteile | None:
    leser = wohnung.objekt("belastung_teile")
    if leser is None:
        return None
    leser.nur(_TEILE)
    return Belastungsteile(
        zinsen=leser.euro_oder_nichts("zinsen"),
        tilgung=leser.euro_oder_nichts("tilgung"),
        nebenleistungen=leser.euro_oder_nichts("nebenleistungen"),
        bürgschaft=leser.euro_oder_nichts("buergschaft"),
        erbbauzins=leser.euro_oder_nichts("erbbauzins"),
        renten=leser.euro_oder_nichts("renten"),
        grundsteuer=leser.euro_oder_nichts("grundsteuer"),
        verwaltung=leser.euro_oder_nichts("verwaltung"),
        nutzungsentgelt=leser.euro_oder_nichts("nutzungsentgelt"),
        wärmelieferung=leser.euro_oder_nichts("waermelieferung"),
        garage=leser.euro_oder_nichts("garage"),
    )


def _untervermietung(wohnung: Leser) -> Untervermietung | None:
    leser = wohnung.objekt("untervermietung")
    if leser is None:
        return None
    leser.nur(("anteil", "entgelt"))
    leser.pflicht("anteil")
    return Untervermietung(anteil=leser.euro("anteil"), entgelt=leser.euro("entgelt"))


def _mitbewohner(wohnung: Leser) -> tuple[Decimal, ...]:
    entgelte = []
    for leser in wohnung.objekte("mitbewohner"):
        leser.nur(("entgelt",))
        entgelte.append(leser.euro("entgelt"))
    return tuple(entgelte)
