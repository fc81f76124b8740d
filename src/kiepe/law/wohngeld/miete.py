"""§§ 9 bis 12 WoGG und Teile 2 und 3 der WoGV: die zu berücksichtigende Miete oder Belastung (M)."""

from dataclasses import dataclass, replace
from decimal import Decimal

from kiepe.law.schritt import Schritt, euro, geldschritt, glatt, zahl
from kiepe.law.wohngeld.haushalt import Art, Belastungsteile, Haushalt, Pauschal, Wohnung
from kiepe.law.wohngeld.recht import Recht

NULL = Decimal(0)


@dataclass(frozen=True, slots=True)
class Haushaltsgröße:
    """Haushaltsmitglieder: alle (§ 5), die zu berücksichtigenden (§§ 6 bis 8) und die lebenden."""

    gesamt: int
    berücksichtigt: int
    lebend: int

    @property
    def gemischt(self) -> bool:
        """Ist mindestens ein Haushaltsmitglied ausgeschlossen (§ 11 Abs. 3)?"""
        return self.berücksichtigt < self.gesamt

    def anteil(self, betrag: Decimal) -> Decimal:
        """Der Teil des Betrags, der auf die zu berücksichtigenden Haushaltsmitglieder entfällt."""
        if not self.gemischt:
            return betrag
        return glatt(betrag * self.berücksichtigt / self.gesamt)


@dataclass(frozen=True, slots=True)
class Mietberechnung:
    """Der Weg von der Miete oder Belastung zu M; Beträge im Monat.

    Attributes:
        ausgang: Miete nach § 9 oder Belastung nach § 10 (§ 27 Abs. 3 Satz 1 Nr. 2).
        nach_abzügen: nach § 11 Abs. 2.
        vor_kappung: nach § 11 Abs. 3, vor der Grenze des § 11 Abs. 1.
        höchstbetrag, klimakomponente, heizkosten: § 12 Abs. 1, 7 und 6, bei gemischten Haushalten anteilig.
        nach_kappung: der kleinere Betrag aus Miete und Grenze.
        m: die zu berücksichtigende Miete oder Belastung.
    """

    ausgang: Decimal
    nach_abzügen: Decimal
    vor_kappung: Decimal
    höchstbetrag: Decimal
    klimakomponente: Decimal
    heizkosten: Decimal
    nach_kappung: Decimal
    m: Decimal
    schritte: tuple[Schritt, ...]


def zu_berücksichtigen(miete: Decimal, größe: Haushaltsgröße, mietenstufe: int, recht: Recht) -> Decimal:
    """M aus der Miete des ganzen Haushalts, §§ 11, 12 WoGG.

    Der Anteil des § 11 Abs. 3 ist für Miete, Höchstbetrag, Heizkosten und Klimakomponente derselbe;
    deshalb wird einmal am Ende geteilt, und kein Drittel rundet dazwischen.
    """
    grenze = recht.höchstbeträge[mietenstufe - 1].für(größe.gesamt) + recht.klimakomponente.für(größe.gesamt)
    return größe.anteil(min(miete, grenze) + recht.heizkosten.für(größe.gesamt))


def mietberechnung(haushalt: Haushalt, größe: Haushaltsgröße, mietenstufe: int, recht: Recht) -> Mietberechnung:
    """Die zu berücksichtigende Miete oder Belastung mit allen Schritten."""
    wohnung = haushalt.wohnung
    höchstbetrag = recht.höchstbeträge[mietenstufe - 1].für(größe.gesamt)
    klima = recht.klimakomponente.für(größe.gesamt)
    heizkosten = recht.heizkosten.für(größe.gesamt)
    schritte: list[Schritt] = []
    if wohnung.heim:
        ausgang = nach_abzügen = höchstbetrag + klima
        schritte.append(
            geldschritt("§ 9 Abs. 3 Satz 2 WoGG", "Im Heim: Höchstbetrag und Klimakomponente als Miete", ausgang)
        )
    else:
        ausgang = _ausgang(haushalt, recht, schritte)
        nach_abzügen = _abzüge(wohnung, ausgang, größe, schritte)
    m = zu_berücksichtigen(nach_abzügen, größe, mietenstufe, recht)
    berechnung = Mietberechnung(
        ausgang=ausgang,
        nach_abzügen=nach_abzügen,
        vor_kappung=größe.anteil(nach_abzügen),
        höchstbetrag=größe.anteil(höchstbetrag),
        klimakomponente=größe.anteil(klima),
        heizkosten=größe.anteil(heizkosten),
        nach_kappung=größe.anteil(min(nach_abzügen, höchstbetrag + klima)),
        m=m,
        schritte=(),
    )
    return replace(berechnung, schritte=(*schritte, *_schritte_grenze(berechnung, größe, mietenstufe)))


def _schritte_grenze(b: Mietberechnung, größe: Haushaltsgröße, mietenstufe: int) -> list[Schritt]:
    anteil = ""
    schritte: list[Schritt] = []
    if größe.gemischt:
        anteil = f", davon {größe.berücksichtigt}/{größe.gesamt}"
        schritte.append(
            geldschritt(
                "§ 11 Abs. 3 WoGG",
                f"Anteil von {größe.berücksichtigt} der {größe.gesamt} Haushaltsmitglieder",
                b.vor_kappung,
            )
        )
    personen = "1 Person" if größe.gesamt == 1 else f"{größe.gesamt} Personen"
    worte = f"Höchstbetrag für {personen} in Mietenstufe {RÖMISCH[mietenstufe - 1]}{anteil}"
    schritte += [
        geldschritt("§ 12 Abs. 1 WoGG, Anlage 1", worte, b.höchstbetrag),
        geldschritt("§ 12 Abs. 7 WoGG", f"Klimakomponente{anteil}", b.klimakomponente),
        geldschritt(
            "§ 11 Abs. 1 WoGG", "Miete oder Belastung, höchstens Höchstbetrag und Klimakomponente", b.nach_kappung
        ),
        geldschritt("§ 12 Abs. 6 WoGG", f"Entlastung bei den Heizkosten{anteil}", b.heizkosten),
        geldschritt("§ 11 Abs. 1 WoGG", "Zu berücksichtigende Miete oder Belastung (M)", b.m),
    ]
    return schritte


RÖMISCH = ("I", "II", "III", "IV", "V", "VI", "VII")


def _ausgang(haushalt: Haushalt, recht: Recht, schritte: list[Schritt]) -> Decimal:
    """Miete nach § 9 oder Belastung nach § 10 WoGG."""
    wohnung = haushalt.wohnung
    if haushalt.art is Art.LASTENZUSCHUSS:
        if wohnung.belastung_teile is not None:
            return _belastung(wohnung.belastung_teile, wohnung.wohnfläche, recht, schritte)
        belastung = wohnung.belastung or NULL
        schritte.append(geldschritt("§ 10 Abs. 1 WoGG", "Belastung im Monat", belastung))
        return belastung
    if wohnung.mietwert is not None:
        schritte.append(geldschritt("§ 9 Abs. 3 Satz 1 WoGG, § 7 WoGV", "Mietwert im Monat", wohnung.mietwert))
        return wohnung.mietwert
    if wohnung.gesamtmiete is not None:
        schritte.append(geldschritt("§ 9 Abs. 1 WoGG", "Gesamtmiete im Monat", wohnung.gesamtmiete))
        summe = wohnung.gesamtmiete + _enthaltene_kosten(haushalt, recht, schritte)
    else:
        summe = wohnung.bruttokaltmiete or NULL
        schritte.append(geldschritt("§ 9 Abs. 1 WoGG", "Bruttokaltmiete im Monat", summe))
    if wohnung.an_dritte:
        schritte.append(geldschritt("§ 2 Abs. 1 WoGV", "An Dritte gezahlt", wohnung.an_dritte))
    miete = max(NULL, summe) + wohnung.an_dritte
    if len(schritte) > 1:
        schritte.append(geldschritt("§ 9 WoGG", "Miete", miete))
    return miete


def _enthaltene_kosten(haushalt: Haushalt, recht: Recht, schritte: list[Schritt]) -> Decimal:
    """§ 9 Abs. 2 WoGG, § 6 WoGV: was in der Gesamtmiete außer Betracht bleibt, als negative Summe."""
    enthalten = haushalt.wohnung.enthalten
    bewohner = haushalt.bewohner or len(haushalt.personen)
    sätze = recht.pauschsätze
    heizung = sätze.heizung_je_m2 * (haushalt.wohnung.wohnfläche or NULL)
    posten: tuple[tuple[Decimal | Pauschal | None, int, str, Decimal, int], ...] = (
        (enthalten.heizung, 1, "Heizkosten", heizung, 1),
        (enthalten.warmwasser, 1, "Warmwasser", sätze.warmwasser.für(bewohner), 2),
        (enthalten.haushaltsenergie, 3, "Haushaltsenergie", sätze.haushaltsenergie.für(bewohner), 3),
        (enthalten.garage, 4, "Garage", sätze.garage, 4),
        (enthalten.stellplatz, 4, "Stellplatz", sätze.stellplatz, 4),
        (enthalten.dienstleistungen, 5, "Leistungen über das Wohnen hinaus", NULL, 0),
    )
    summe = NULL
    for wert, nummer, name, pauschal, satz_nummer in posten:
        if wert is None:
            continue
        if isinstance(wert, Pauschal):
            betrag, worte = pauschal, f"Enthalten, Pauschbetrag: {name}"
            norm = f"§ 9 Abs. 2 Satz 2 WoGG, § 6 Abs. 2 Nr. {satz_nummer} WoGV"
        else:
            betrag, worte, norm = wert, f"Enthalten: {name}", f"§ 9 Abs. 2 Nr. {nummer} WoGG"
        schritte.append(geldschritt(norm, worte, -betrag))
        summe -= betrag
    return summe


def _belastung(teile: Belastungsteile, wohnfläche: Decimal | None, recht: Recht, schritte: list[Schritt]) -> Decimal:
    """§§ 12 bis 15 WoGV: die Belastung im Monat aus ihren Teilen im Jahr."""
    posten: list[tuple[str, str, Decimal | None]] = [
        ("§ 12 Abs. 1 Nr. 1 WoGV", "Zinsen", teile.zinsen),
        ("§ 12 Abs. 1 Nr. 1 WoGV", "Laufende Nebenleistungen", teile.nebenleistungen),
        ("§ 12 Abs. 1 Nr. 2 WoGV", "Tilgung", teile.tilgung),
        ("§ 12 Abs. 1 Nr. 3 WoGV", "Laufende Bürgschaftskosten", teile.bürgschaft),
        ("§ 12 Abs. 1 Nr. 4 WoGV", "Erbbauzinsen", teile.erbbauzins),
        ("§ 12 Abs. 1 Nr. 4 WoGV", "Renten und wiederkehrende Leistungen", teile.renten),
        ("§ 14 Abs. 1 WoGV", "Nutzungsentgelt", teile.nutzungsentgelt),
    ]
    if not teile.nutzungsentgelt and wohnfläche is not None:
        # Ein Nutzungsentgelt steht an Stelle von Instandhaltungs- und Betriebskosten (§ 14 Abs. 1 Satz 1 WoGV).
        worte = f"Instandhaltung und Betrieb: {zahl(recht.belastung_je_m2)} € × {zahl(wohnfläche)} m²"
        posten.append(("§ 13 Abs. 2 Satz 1 WoGV", worte, recht.belastung_je_m2 * wohnfläche))
    posten += [
        ("§ 13 Abs. 2 Satz 1 WoGV", "Grundsteuer", teile.grundsteuer),
        ("§ 13 Abs. 2 Satz 2 WoGV", "An Dritte gezahlte Verwaltung", teile.verwaltung),
        ("§ 14 Abs. 2, § 15 Abs. 2 WoGV", "Darin Wärmelieferung", _negativ(teile.wärmelieferung)),
        ("§ 15 Abs. 3 WoGV", "Darin Garage oder Stellplatz", _negativ(teile.garage)),
    ]
    summe = NULL
    for norm, worte, betrag in posten:
        if betrag:
            schritte.append(geldschritt(norm, f"{worte} im Jahr", betrag))
            summe += betrag
    belastung = glatt(max(NULL, summe) / 12)
    schritte.append(geldschritt("§ 10 Abs. 1 WoGG", "Belastung im Monat", belastung))
    return belastung


def _negativ(betrag: Decimal | None) -> Decimal | None:
    return None if betrag is None else -betrag


def _abzüge(wohnung: Wohnung, miete: Decimal, größe: Haushaltsgröße, schritte: list[Schritt]) -> Decimal:
    """§ 11 Abs. 2 WoGG in seiner Reihenfolge; nie unter 0."""
    rest = miete
    for nummer, worte, betrag in (
        (1, "Geschäftlich genutzter Teil", wohnung.geschäftlich_genutzt),
        (2, *_untervermietet(wohnung)),
    ):
        rest = _abziehen(nummer, worte, betrag, rest, schritte)
    rest = _abziehen(3, *_mitbewohner(wohnung, rest, größe), rest, schritte)
    rest = _abziehen(4, "Öffentliche Leistungen zur Senkung der Miete", wohnung.öffentliche_leistungen, rest, schritte)
    return _abziehen(5, "Leistungen nach § 68 AufenthG", wohnung.leistungen_68_aufenthg, rest, schritte)


def _abziehen(nummer: int, worte: str, betrag: Decimal, rest: Decimal, schritte: list[Schritt]) -> Decimal:
    if not betrag:
        return rest
    abzug = min(betrag, rest)
    schritte.append(geldschritt(f"§ 11 Abs. 2 Nr. {nummer} WoGG", worte, -abzug))
    return rest - abzug


def _untervermietet(wohnung: Wohnung) -> tuple[str, Decimal]:
    """§ 11 Abs. 2 Nr. 2: der Anteil, oder das Entgelt, wenn es höher ist."""
    if wohnung.untervermietung is None:
        return "Anderen überlassener Teil", wohnung.untervermietet or NULL
    teil = wohnung.untervermietung
    if teil.entgelt > teil.anteil:
        return f"Anderen überlassener Teil: Entgelt statt {euro(teil.anteil)}", teil.entgelt
    return "Anderen überlassener Teil", teil.anteil


def _mitbewohner(wohnung: Wohnung, miete: Decimal, größe: Haushaltsgröße) -> tuple[str, Decimal]:
    """§ 11 Abs. 2 Nr. 3: je mitbewohnender Person ihr Kopfteil, oder ihr Entgelt, wenn es höher ist."""
    if not wohnung.mitbewohner:
        return "Anteil mitbewohnender Personen", wohnung.mitbewohner_anteil or NULL
    bewohner = größe.lebend + len(wohnung.mitbewohner)
    kopfteil = miete / bewohner
    summe = sum((max(kopfteil, entgelt) for entgelt in wohnung.mitbewohner), NULL)
    worte = f"Mitbewohnende Personen: {len(wohnung.mitbewohner)} von {bewohner}, Kopfteil {euro(kopfteil)} oder Entgelt"
    return worte, glatt(summe)
