"""Beatriz and João live in their own flat with Inês and still pay for it; he is out of work since October."""

from tests.browser.stories.story import Mistake, Paper, Story, in_muenster

# By hand, from the WoGG in force on 2026-11-01 (euro; a year unless said otherwise):
#
# Household   three members (§ 5 Abs. 1 Satz 2 Nr. 1 and 4). Who owns the flat in which he lives has a Lastenzuschuss
#             (§ 3 Abs. 2 Satz 1).
# Income      Beatriz  1.925,50 × 12 = 23.106,00, + a thirteenth wage of 950 (§ 15 Abs. 3)     → 24.056,00
#                      − her way to work, 22 km × 220 days × 0,38 = 1.839,20, more than the flat rate of 1.230
#                                                                                              → 22.216,80
#                      § 16: tax, health and pension insurance, − 30 %                         → 15.551,76
#             João     Arbeitslosengeld 912,30 × 12 (§ 14 Abs. 2 Nr. 6)                        → 10.947,60
#                      the Arbeitsagentur pays his contributions, no tax: no deduction (§ 16 Satz 4)
#             a month, before § 16 (§ 27 Abs. 3 Satz 1 Nr. 3): (22.216,80 + 10.947,60) / 12 = 2.763,70
#             15.551,76 + 10.947,60 = 26.499,36; no allowance of §§ 17, 17a
# Y           26.499,36 / 12 = 2.208,28 a month (§ 13 Abs. 2)
# Belastung   interest 2.846,45 + repayment 2.580,00 (§ 12 Abs. 1 Nr. 1 and 2 WoGV)            →  5.426,45
#             maintenance and running costs 36 × 78 m² = 2.808,00, property tax 389,16, paid to the manager 348,00
#             (§ 13 Abs. 2 WoGV)                                                               →  3.545,16
#             8.971,61 / 12 = 747,634166… a month (§ 10)
#             cap: Anlage 1, three members, Mietenstufe IV 737 + climate 29,60 = 766,60: not reached
# M           747,634166… + heating relief 170,20 = 917,834166…; both above the minima 79 and 906 (Anlage 3 Nr. 1)
# § 19        three members: a = 0,02, b = 0,0002917, c = 0,0000245
#             z1 = 0,02 + 0,2677322264 + 0,05410286 = 0,3418350864
#             z2 = z1 × 2.208,28 = 754,8675845954   z3 = M − z2 = 162,9665820713
#             z4 = 1,15 × z3 = 187,4115693820       rounded (Anlage 3 Nr. 3): 187
#
# Without the 36 euro a square metre the Belastung is 6.163,61 / 12 = 513,634166…, z1 = 0,2735772864,
# z2 = 604,1352500114, z4 = 91,6537541536: 92.
OWNER = Story(
    key="owner",
    question="Zuschuss Eigentumswohnung Kredit",
    answers={
        "application_kind": "first",
        "situation": [],
        "street": "Beispielhof 2",
        "postcode": "48165",
        "town": "Münster",
        "centre_of_life": True,
        "persons": [
            {
                "first_name": "Beatriz",
                "last_name": "Sequeira-Demo",
                "birth_date": "14.8.83",
                "birth_place": "Porto",
                "sex": "female",
                "nationality": "eu",
                "activity": "employee",
                "applies": [],
                "incomes": [
                    {
                        "kind": "lohn",
                        "payer": "Klinik Muster",
                        "amount": "1925,50",
                        "bonus_year": "950 €",
                        "expenses_year": "1.839,20",
                    }
                ],
                "pays_tax": True,
                "pays_health": True,
                "pays_pension": True,
            },
            {
                "first_name": "João",
                "last_name": "Sequeira-Demo",
                "birth_date": "2.12.1979",
                "birth_place": "Guimarães",
                "sex": "male",
                "relation": "spouse",
                "nationality": "eu",
                "activity": "unemployed",
                "applies": [],
                "incomes": [{"kind": "arbeitslosengeld", "payer": "Agentur für Arbeit", "amount": "912,30"}],
                "pays_tax": False,
                "pays_health": False,
                "pays_pension": False,
            },
            {
                "first_name": "Inês",
                "last_name": "Sequeira-Demo",
                "birth_date": "20.06.2015",
                "birth_place": "Münster",
                "sex": "female",
                "relation": "child",
                "nationality": "german",
                "activity": "child",
                "kindergeld": True,
                "custody": "here",
                "applies": [],
            },
        ],
        "change_expected": False,
        "much_saved": False,
        "tenure": "owner",
        "living_area": "78",
        "living_since": "Mai 2014",
        "dwelling_applies": [],
        "burden_basis": "parts",
        "interest_year": "2.846,45 €",
        "repayment_year": "2580,--",
        "property_tax_year": "389,16",
        "administration_year": "348",
        "burden_rare": [],
        "payee": "applicant",
        "account_holder": "João und Beatriz Sequeira-Demo",
        "iban": "DE27 1007 7777 0209 2997 00",
    },
    understood=("14.08.1983", "João", "1.925,50 €", "1.839,20 €", "2.846,45 €", "2.580,00 €", "Mai 2014"),
    papers=(
        Paper("payslips", "photo", sheets=3),
        Paper("work_expenses", "pdf"),
        Paper("replacement_notice", "photo", sheets=2),
        Paper(
            "ownership",
            "lack",
            why="office",
            words="Den Auszug habe ich beim Grundbuchamt bestellt.",
            waived="Das Grundbuch ist eingesehen; eingetragen sind beide.",
        ),
        Paper("loans", "later"),
        Paper("property_tax", "photo"),
        Paper("administration", "pdf", sheets=2),
        Paper("living_area", "pdf"),
    ),
    household=in_muenster(
        id="owner",
        art="lastenzuschuss",
        wohnung={
            "belastung_teile": {
                "zinsen": "2846.45",
                "tilgung": "2580",
                "grundsteuer": "389.16",
                "verwaltung": "348",
            },
            "wohnflaeche": "78",
        },
        personen=[
            {
                "id": "Beatriz",
                "einkuenfte": [
                    {"art": "lohn", "monat": "1925.50", "werbungskosten_jahr": "1839.20"},
                    {"art": "lohn", "jahr": "950"},
                ],
                "einkommensteuer": True,
                "krankenversicherung": True,
                "rentenversicherung": True,
            },
            {"id": "João", "einkuenfte": [{"art": "arbeitslosengeld", "monat": "912.30"}]},
            {"id": "Inês", "geburtsdatum": "2015-06-20", "kind": True},
        ],
    ),
    income="2208.28",
    rent="917.83",
    told_income="2.763,70 €",
    told_rent="747,63 €",
    amount=187,
    mistake=Mistake({"wohnung.wohnflaeche": None}, 92),
    benefit="Lastenzuschuss",
)
