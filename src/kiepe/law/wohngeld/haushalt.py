"""Was für das Wohngeld festzustellen ist: der Haushalt an einem Tag.

Die Klassen tragen nur Tatsachen und kennen kein Recht. Beträge sind Euro; ob im Monat oder im
Jahr, sagt jedes Feld. ``lesen.haushalt_aus`` baut sie aus der Schnittstelle und prüft sie dabei.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from kiepe.law.schritt import Hinweis
from kiepe.law.wohngeld.zeitraum import plus_monate, volle_monate


class Art(StrEnum):
    """§ 1 Abs. 2 WoGG."""

    MIETZUSCHUSS = "mietzuschuss"
    LASTENZUSCHUSS = "lastenzuschuss"


class Einkunftsart(StrEnum):
    """Art einer Einkunft oder Einnahme, §§ 14, 15 WoGG."""

    LOHN = "lohn"
    STEUERFREIE_ZUSCHLÄGE = "steuerfreie_zuschlaege"
    MINIJOB_PAUSCHAL = "minijob_pauschal"
    RENTE = "rente"
    RENTE_PRIVAT = "rente_privat"
    RENTE_UNFALL = "rente_unfall"
    VERSORGUNGSBEZÜGE = "versorgungsbezuege"
    SELBSTSTÄNDIG = "selbststaendig"
    GEWERBE = "gewerbe"
    LAND_FORST = "land_forst"
    VERMIETUNG = "vermietung"
    KAPITAL = "kapital"
    ARBEITSLOSENGELD = "arbeitslosengeld"
    KRANKENGELD = "krankengeld"
    KURZARBEITERGELD = "kurzarbeitergeld"
    MUTTERSCHAFTSGELD = "mutterschaftsgeld"
    ELTERNGELD = "elterngeld"
    ELTERNGELD_PLUS = "elterngeld_plus"
    UNTERHALT_ERHALTEN = "unterhalt_erhalten"
    UNTERHALTSVORSCHUSS = "unterhaltsvorschuss"
    MIETE_VON_DRITTEN = "miete_von_dritten"
    BAFÖG = "bafoeg"
    SONSTIGE = "sonstige"


class Zahler(StrEnum):
    """Wer Unterhalt zahlt, § 14 Abs. 2 Nr. 19 und 20 WoGG."""

    EHEGATTE = "ehegatte"
    VERPFLICHTET = "verpflichtet"
    NICHT_VERPFLICHTET = "nicht_verpflichtet"
    JURISTISCH = "juristisch"


class Pflege(StrEnum):
    """Wie eine pflegebedürftige Person gepflegt wird, § 17 Nr. 1 WoGG."""

    NEIN = "nein"
    HÄUSLICH = "haeuslich"
    TEILSTATIONÄR = "teilstationaer"
    KURZZEIT = "kurzzeit"
    VOLLSTATIONÄR = "vollstationaer"


class Ausbildungsförderung(StrEnum):
    """§ 20 Abs. 2 WoGG."""

    NEIN = "nein"
    DEM_GRUNDE_NACH = "dem_grunde_nach"
    NUR_DARLEHEN = "nur_darlehen"


class Pauschal(StrEnum):
    """In der Miete enthalten, der Betrag ist nicht bekannt (§ 9 Abs. 2 Satz 2 WoGG)."""

    PAUSCHAL = "pauschal"


PAUSCHAL = Pauschal.PAUSCHAL


@dataclass(frozen=True, slots=True)
class Einkunft:
    """Eine Einkunft oder Einnahme einer Person.

    Attributes:
        jahr: der Betrag im Jahr; ein Monatsbetrag steht hier mit zwölf malgenommen. Ein Verlust ist negativ.
        monat: der Monatsbetrag, wenn er so angegeben war; nur für die Erklärung.
        nummer: Nummer in § 14 Abs. 2 WoGG, nur bei ``SONSTIGE``; ``buchstabe`` dazu, sonst leer.
        zufluss, von, bis: bei einmaligem Einkommen der Tag des Zuflusses und der Zeitraum, für den es gezahlt wird.
    """

    art: Einkunftsart
    jahr: Decimal
    monat: Decimal | None = None
    einmalig: bool = False
    werbungskosten_jahr: Decimal = Decimal(0)
    nummer: int | None = None
    buchstabe: str = ""
    zufluss: date | None = None
    von: date | None = None
    bis: date | None = None
    zahler: Zahler | None = None
    für_pflege: bool = False


@dataclass(frozen=True, slots=True)
class Unterhaltszahlung:
    """Unterhalt an eine Person, § 18 WoGG, im Jahr; ``tituliert`` ist der Betrag laut Urkunde, Titel oder Bescheid."""

    nummer: int
    jahr: Decimal
    tituliert: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """Ein Haushaltsmitglied.

    Attributes:
        ausgeschlossen: weshalb die Person nach § 7 oder § 8 WoGG ausgeschlossen ist; ``None``: nicht ausgeschlossen.
        grundrentenzeiten_monate: Grundrentenzeiten in Monaten (§ 17a Abs. 2 Satz 3 WoGG).
        grundrentenzeiten_jahre: dieselben Zeiten in Jahren, wenn die Monate nicht angegeben sind.
    """

    id: str
    geburtsdatum: date | None = None
    kind: bool = False
    ausgeschlossen: str | None = None
    einkünfte: tuple[Einkunft, ...] = ()
    einkommensteuer: bool = False
    krankenversicherung: bool = False
    rentenversicherung: bool = False
    gdb: int = 0
    pflegebedürftig: Pflege = Pflege.NEIN
    ns_verfolgt: bool = False
    grundrentenzeiten_jahre: Decimal | None = None
    grundrentenzeiten_monate: int | None = None
    unterhalt_gezahlt: tuple[Unterhaltszahlung, ...] = ()
    ausbildungsförderung: Ausbildungsförderung = Ausbildungsförderung.NEIN
    verstorben_am: date | None = None


@dataclass(frozen=True, slots=True)
class Enthalten:
    """Was die Gesamtmiete enthält, im Monat: ein Betrag, ``PAUSCHAL`` oder nichts (``None``)."""

    heizung: Decimal | Pauschal | None = None
    warmwasser: Decimal | Pauschal | None = None
    haushaltsenergie: Decimal | Pauschal | None = None
    garage: Decimal | Pauschal | None = None
    stellplatz: Decimal | Pauschal | None = None
    dienstleistungen: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Belastungsteile:
    """Die Teile der Wohngeld-Lastenberechnung, §§ 8 bis 15 WoGV, im Jahr; ``None``: nicht angegeben."""

    zinsen: Decimal | None = None
    tilgung: Decimal | None = None
    nebenleistungen: Decimal | None = None
    bürgschaft: Decimal | None = None
    erbbauzins: Decimal | None = None
    renten: Decimal | None = None
    grundsteuer: Decimal | None = None
    verwaltung: Decimal | None = None
    nutzungsentgelt: Decimal | None = None
    wärmelieferung: Decimal | None = None
    garage: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Untervermietung:
    """§ 11 Abs. 2 Nr. 2 WoGG, im Monat: der Anteil an der Miete und das Entgelt."""

    anteil: Decimal
    entgelt: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Wohnung:
    """Der Wohnraum und was er kostet, im Monat (``belastung_teile``: im Jahr).

    Genau eines von ``bruttokaltmiete``, ``gesamtmiete``, ``mietwert``, ``heim`` (Mietzuschuss) oder
    ``belastung``, ``belastung_teile`` (Lastenzuschuss) ist gesetzt.

    Attributes:
        mitbewohner: je mitbewohnender Person, die kein Haushaltsmitglied ist, ihr Entgelt (0: unentgeltlich).
    """

    bruttokaltmiete: Decimal | None = None
    gesamtmiete: Decimal | None = None
    enthalten: Enthalten = Enthalten()
    wohnfläche: Decimal | None = None
    belastung: Decimal | None = None
    belastung_teile: Belastungsteile | None = None
    geschäftlich_genutzt: Decimal = Decimal(0)
    untervermietet: Decimal | None = None
    untervermietung: Untervermietung | None = None
    mitbewohner_anteil: Decimal | None = None
    mitbewohner: tuple[Decimal, ...] = ()
    öffentliche_leistungen: Decimal = Decimal(0)
    leistungen_68_aufenthg: Decimal = Decimal(0)
    heim: bool = False
    mietwert: Decimal | None = None
    an_dritte: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Haushalt:
    """Ein Haushalt mit allen Tatsachen für einen Bewilligungszeitraum.

    Attributes:
        stichtag: erster Tag des Bewilligungszeitraums; er bestimmt das Recht.
        ende: letzter Tag des Bewilligungszeitraums; nicht angegeben: zwölf Monate.
        mietenstufe: 1 bis 7.
        gemeinde, land: wie angegeben und, wo sie gefunden sind, wie in der Anlage der WoGV.
        bewohner: Bewohner für die Pauschbeträge des § 6 Abs. 2 WoGV; ``None``: die Haushaltsmitglieder.
        hinweise: was beim Feststellen auffiel, z. B. ein Gemeindename, der öfter vorkommt.
    """

    stichtag: date
    art: Art
    mietenstufe: int
    wohnung: Wohnung
    personen: tuple[Person, ...]
    id: str | None = None
    alleinerziehend: bool = False
    vermögen: Decimal = Decimal(0)
    antrag_am: date | None = None
    bis: date | None = None
    bewohner: int | None = None
    gemeinde: str | None = None
    land: str | None = None
    kreis: str | None = None
    hinweise: tuple[Hinweis, ...] = field(default=())

    @property
    def ende(self) -> date:
        """Letzter Tag des Bewilligungszeitraums (§ 25 Abs. 1 WoGG)."""
        return self.bis or plus_monate(self.stichtag, 12) - timedelta(days=1)

    @property
    def monate(self) -> int:
        """Länge des Bewilligungszeitraums in Monaten."""
        return volle_monate(self.stichtag, self.ende) or 12

    def verstorben(self, person: "Person") -> bool:
        """Ob die Person bei Antragstellung und Beginn des Zeitraums schon tot war.

        Ein späterer Todesfall gehört nicht zu den Verhältnissen, die bei der Antragstellung zu erwarten sind
        (§ 24 Abs. 2 Satz 2 und 3 WoGG); bis dahin zählt die Person wie jede andere.
        """
        tag = person.verstorben_am
        return tag is not None and tag <= max(self.stichtag, self.tag_des_antrags)

    @property
    def tag_des_antrags(self) -> date:
        """Der Tag der Antragstellung; nicht angegeben: der erste Tag des Bewilligungszeitraums."""
        return self.antrag_am or self.stichtag
