"""The sketches of papers that a form.yaml may name (`picture:`), with the words for whoever does not see them.

Drawn by script/pictures into static/forms/pictures/. Adding one is a line there and a line here.
"""

from __future__ import annotations

from pathlib import Path

from django.utils.translation import gettext_lazy as _

FOLDER = Path(__file__).with_name("static") / "forms" / "pictures"
WIDTH, HEIGHT = 320, 200  # px
ALTS = {
    "bank-balance": _("Skizze: Kontoauszug. Eingekreist ist „Kontostand“."),
    "bank-card": _("Skizze: Ihre Bank. Eingekreist ist „IBAN“."),
    "bank-incoming": _("Skizze: Kontoauszug. Eingekreist ist „Kim Muster“."),
    "bank-transfer": _("Skizze: Kontoauszug. Eingekreist ist „Unterhalt Mia“."),
    "benefit-notice": _("Skizze: Bescheid vom Jobcenter. Eingekreist ist „Auszahlung“."),
    "benefit-refused": _("Skizze: Bescheid vom Jobcenter. Eingekreist ist „Kein Anspruch ab“."),
    "child-support-title": _("Skizze: Urkunde vom Jugendamt. Eingekreist ist „Unterhalt im Monat“."),
    "disability-card": _("Skizze: Schwerbehinderten-Ausweis. Eingekreist ist „GdB“."),
    "floor-plan": _("Skizze: Grundriss. Eingekreist ist „Arbeitszimmer“."),
    "heating-bill": _("Skizze: Heizkosten-Abrechnung. Eingekreist ist „Heizung“."),
    "heating-bill-water": _("Skizze: Heizkosten-Abrechnung. Eingekreist ist „Warmes Wasser“."),
    "house-contract": _("Skizze: Vertrag zum Haus. Eingekreist ist „Betrag im Jahr“."),
    "id-card-birth": _("Skizze: Personalausweis. Eingekreist ist „Geburtstag“."),
    "kindergeld-notice": _("Skizze: Familienkasse. Eingekreist ist „Kindergeld für“."),
    "loan-interest": _("Skizze: Jahresauszug Darlehen. Eingekreist ist „Zinsen“."),
    "loan-repayment": _("Skizze: Jahresauszug Darlehen. Eingekreist ist „Tilgung“."),
    "manager-bill": _("Skizze: Abrechnung Hausverwaltung. Eingekreist ist „Verwaltung“."),
    "payslip-bonus": _("Skizze: Lohnabrechnung November. Eingekreist ist „Weihnachtsgeld“."),
    "payslip-gross": _("Skizze: Lohnabrechnung. Eingekreist ist „Gesamtbrutto“."),
    "payslip-pension": _("Skizze: Lohnabrechnung. Eingekreist ist „bAV Arbeitgeber“."),
    "payslip-surcharge": _("Skizze: Lohnabrechnung. Eingekreist ist „Nachtzuschlag frei“."),
    "payslip-tax": _("Skizze: Lohnabrechnung. Eingekreist ist „Lohnsteuer“."),
    "pension-months": _("Skizze: Anlage Grundrentenzuschlag. Eingekreist ist „Monate“."),
    "pension-notice": _("Skizze: Rentenbescheid. Eingekreist ist „Rente im Monat“."),
    "property-tax": _("Skizze: Bescheid der Stadt. Eingekreist ist „Grundsteuer im Jahr“."),
    "rent-contract-area": _("Skizze: Mietvertrag. Eingekreist ist „Wohnfläche“."),
    "rent-contract-landlord": _("Skizze: Mietvertrag. Eingekreist ist „Vermieter“."),
    "rent-contract-start": _("Skizze: Mietvertrag. Eingekreist ist „Mietbeginn“."),
    "rent-contract-total": _("Skizze: Mietvertrag. Eingekreist ist „Gesamtmiete“."),
    "rent-letter-energy": _("Skizze: Ihre Miete ab Mai. Eingekreist ist „Strom“."),
    "rent-letter-garage": _("Skizze: Ihre Miete ab Mai. Eingekreist ist „Stellplatz, Garage“."),
    "rent-letter-services": _("Skizze: Ihre Miete ab Mai. Eingekreist ist „Betreuung, Essen“."),
    "residence-card": _("Skizze: Aufenthaltstitel. Eingekreist ist „Art des Titels“."),
    "support-letter": _("Skizze: Bescheid zur Miete. Eingekreist ist „Zuschuss im Monat“."),
    "tax-assessment": _("Skizze: Steuerbescheid. Eingekreist ist „Werbungskosten“."),
    "town-bill": _("Skizze: Rechnung der Stadt. Eingekreist ist „Müll im Monat“."),
    "wohngeld-burden": _("Skizze: Bescheid Lastenzuschuss. Eingekreist ist „Belastung im Monat“."),
    "wohngeld-deducted": _("Skizze: Bescheid über Wohngeld. Eingekreist ist „Abzug“."),
    "wohngeld-number": _("Skizze: Bescheid über Wohngeld. Eingekreist ist „Wohngeld-Nummer“."),
    "wohngeld-until": _("Skizze: Bescheid über Wohngeld. Eingekreist ist „Zeitraum“."),
}


def static_path(name: str) -> str:
    """Where the static files have it."""
    return f"forms/pictures/{name}.svg"
