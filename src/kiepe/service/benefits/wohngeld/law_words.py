"""What the law's steps are called, in the reader's language.

The law speaks German, and a decision keeps what it said (`law/` knows no gettext). `said` finds the sentence that a
stored text was made from, and says it anew with the same names and amounts. `tests/languages` holds the list against
every step that the published cases bring about.
"""

from __future__ import annotations

import re
from functools import cache
from string import Formatter

from django.conf import settings
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from kiepe.base.ui.languages import German

# {what} is itself one of these; every other placeholder is a name, a number or a norm and stays. The first that fits
# is taken: more exact ones stand first.
TEMPLATES = (
    # who counts, and income
    gettext_noop("Zu berücksichtigende Haushaltsmitglieder"),
    gettext_noop("Jahreseinkommen von {who}"),
    gettext_noop("Gesamteinkommen im Jahr"),
    gettext_noop("Monatliches Gesamteinkommen (Y)"),
    gettext_noop("Freibetrag für Alleinerziehende"),
    gettext_noop("Freibetrag für schwerbehinderte Menschen ({who})"),
    gettext_noop("Freibetrag für Opfer nationalsozialistischer Verfolgung ({who})"),
    gettext_noop("Freibetrag für eigene Erwerbseinnahmen des Kindes ({who})"),
    gettext_noop("Freibetrag bei Grundrentenzeiten, aus {sum} gesetzlicher Rente ({who})"),
    gettext_noop("Gezahlter Unterhalt {sum}, höchstens {most} ({who})"),
    gettext_noop("Gezahlter Unterhalt {sum}, festgelegt {most} ({who})"),
    gettext_noop("Arbeitslohn"),
    gettext_noop("Steuerfreie Zuschläge für Sonntags-, Feiertags- oder Nachtarbeit"),
    gettext_noop("Pauschal besteuerter Arbeitslohn (Minijob)"),
    gettext_noop("Gesetzliche Rente"),
    gettext_noop("Private Rente"),
    gettext_noop("Unfallrente"),
    gettext_noop("Versorgungsbezüge"),
    gettext_noop("Einkünfte aus selbständiger Arbeit"),
    gettext_noop("Einkünfte aus Gewerbebetrieb"),
    gettext_noop("Einkünfte aus Land- und Forstwirtschaft"),
    gettext_noop("Einkünfte aus Vermietung und Verpachtung"),
    gettext_noop("Kapitalerträge"),
    gettext_noop("Arbeitslosengeld"),
    gettext_noop("Krankengeld"),
    gettext_noop("Kurzarbeitergeld"),
    gettext_noop("Mutterschaftsgeld"),
    gettext_noop("Elterngeld"),
    gettext_noop("Elterngeld Plus"),
    gettext_noop("Unterhaltsvorschuss"),
    gettext_noop("Leistungen anderer Personen zur Miete"),
    gettext_noop("Ausbildungsförderung als Zuschuss"),
    gettext_noop("Erhaltener Unterhalt"),
    gettext_noop("Sonstige Einnahmen"),
    gettext_noop("Einnahmen"),
    gettext_noop("Steuern vom Einkommen"),
    gettext_noop("Beiträge zur Kranken- und Pflegeversicherung"),
    gettext_noop("Beiträge zur Rentenversicherung"),
    gettext_noop("Aufwendungen"),
    gettext_noop("Werbungskosten, nachgewiesen"),
    gettext_noop("Werbungskosten-Pauschbetrag"),
    gettext_noop("Davon zählt die Hälfte"),
    gettext_noop("Freier Betrag des Elterngelds"),
    gettext_noop("Freier Betrag des Elterngelds Plus"),
    gettext_noop("Freier Betrag der Kapitalerträge"),
    gettext_noop("Frei, soweit für eine Pflegeperson"),
    gettext_noop("Frei, weil nicht gesetzlich geschuldet"),
    # rent, burden and the most that counts
    gettext_noop("Im Heim: Höchstbetrag und Klimakomponente als Miete"),
    gettext_noop("Gesamtmiete im Monat"),
    gettext_noop("Bruttokaltmiete im Monat"),
    gettext_noop("Mietwert im Monat"),
    gettext_noop("Belastung im Monat"),
    gettext_noop("An Dritte gezahlt"),
    gettext_noop("Miete"),
    gettext_noop("Mietwert"),
    gettext_noop("Enthalten, Pauschbetrag: {what}"),
    gettext_noop("Enthalten: {what}"),
    gettext_noop("Heizkosten"),
    gettext_noop("Warmwasser"),
    gettext_noop("Haushaltsenergie"),
    gettext_noop("Garage"),
    gettext_noop("Stellplatz"),
    gettext_noop("Leistungen über das Wohnen hinaus"),
    gettext_noop("Zinsen"),
    gettext_noop("Laufende Nebenleistungen"),
    gettext_noop("Tilgung"),
    gettext_noop("Laufende Bürgschaftskosten"),
    gettext_noop("Erbbauzinsen"),
    gettext_noop("Renten und wiederkehrende Leistungen"),
    gettext_noop("Nutzungsentgelt"),
    gettext_noop("Instandhaltung und Betrieb: {sum} × {area} im Jahr"),
    gettext_noop("Grundsteuer"),
    gettext_noop("An Dritte gezahlte Verwaltung"),
    gettext_noop("Darin Wärmelieferung"),
    gettext_noop("Darin Garage oder Stellplatz"),
    gettext_noop("Geschäftlich genutzter Teil"),
    gettext_noop("Anderen überlassener Teil"),
    gettext_noop("Anderen überlassener Teil: Entgelt statt {sum}"),
    gettext_noop("Anteil mitbewohnender Personen"),
    gettext_noop("Mitbewohnende Personen: {count} von {all}, Kopfteil {sum} oder Entgelt"),
    gettext_noop("Öffentliche Leistungen zur Senkung der Miete"),
    gettext_noop("Leistungen nach § 68 AufenthG"),
    gettext_noop("Anteil von {count} der {all} Haushaltsmitglieder"),
    gettext_noop("Miete oder Belastung, höchstens Höchstbetrag und Klimakomponente"),
    gettext_noop("{what}, davon {share}"),
    gettext_noop("Höchstbetrag für 1 Person in Mietenstufe {level}"),
    gettext_noop("Höchstbetrag für {count} Personen in Mietenstufe {level}"),
    gettext_noop("Klimakomponente"),
    gettext_noop("Entlastung bei den Heizkosten"),
    gettext_noop("Zu berücksichtigende Miete oder Belastung (M)"),
    # the amount
    gettext_noop("M unter dem Mindestwert für {count}: ersetzt"),
    gettext_noop("Y unter dem Mindestwert für {count}: ersetzt"),
    gettext_noop("z{number} = {formula}"),
    gettext_noop("Gerundet auf volle Euro"),
    gettext_noop("{count} weitere Haushaltsmitglieder je {sum}, höchstens bis M"),
    gettext_noop("Höchstens bis M"),
    gettext_noop("Wohngeld im Monat"),
    gettext_noop("{count} von {all}"),
    # why there is none
    gettext_noop(
        "Alle Haushaltsmitglieder sind vom Wohngeld ausgeschlossen (§ 21 Nr. 2 in Verbindung mit §§ 7, 8 Abs. 1 WoGG)."
    ),
    gettext_noop("Allen Haushaltsmitgliedern steht dem Grunde nach Ausbildungsförderung zu (§ 20 Abs. 2 WoGG)."),
    gettext_noop("Das Wohngeld würde weniger als {sum} Euro im Monat betragen ({norm})."),
    # how an income is put together, and whose it is
    gettext_noop("{percent} Prozent: {what}"),
    gettext_noop("{what}: Verlust, wird nicht ausgeglichen"),
    gettext_noop("{what}, einmalig {sum}: Anteil im Bewilligungszeitraum"),
    gettext_noop("{what}: 12 × {sum}"),
    gettext_noop("{what} im Jahr"),
    gettext_noop("{who}: {what}"),
)


def said(text: str) -> str:
    """A step, a value or a reason in the reader's language; `German` where nothing in the list fits.

    Free words of a caseworker are such a text: they stay as they were written.
    """
    if not text or get_language() in {None, settings.LANGUAGE_CODE}:
        return text
    found = _retold(text)
    return German(text) if found is None else found


def _retold(text: str) -> str | None:
    for template in TEMPLATES:
        fits = _pattern(template).fullmatch(text)
        if fits is None:
            continue
        parts = fits.groupdict()
        if "what" in parts:
            inner = _retold(parts["what"])
            if inner is None:
                continue
            parts["what"] = inner
        return _(template).format_map(parts)
    return None


@cache
def _pattern(template: str) -> re.Pattern[str]:
    """`Jahreseinkommen von {who}` finds the name. A placeholder is as short as can be: `{who}` ends early."""
    parts = []
    for words, name, _spec, _conversion in Formatter().parse(template):
        parts.append(re.escape(words))
        if name:
            parts.append(f"(?P<{name}>.+?)")
    return re.compile("".join(parts))
