"""Matthias has a bicycle workshop, Simone a part-time job; Lena studies and lives at home, Jonas goes to school."""

from tests.browser.stories.story import NO_DEDUCTIONS, Mistake, Paper, Story, in_muenster

# By hand, from the WoGG in force on 2026-11-01 (euro; a year unless said otherwise):
#
# Household   four members (§ 5 Abs. 1 Satz 2 Nr. 1 and 4). Lena can have BAföG, but § 20 Abs. 2 excludes a household
#             only where that is so for all of its members.
# Income      Matthias profit of his trade, expected for the next twelve months (§ 15 Abs. 1): 21.480,00
#                      § 16: voluntary health insurance and a private pension, no income tax, − 20 %  → 17.184,00
#             Simone   640,50 × 12 = 7.686,00, + Christmas money 320 (§ 15 Abs. 3), − flat rate 1.230
#                      (§ 9a Satz 1 Nr. 1 Buchst. a EStG)                                             →  6.776,00
#                      § 16: health and pension insurance, no tax, − 20 %                             →  5.420,80
#             Lena     BAföG, the half that is no loan: 155 × 12 = 1.860, of which half counts
#                      (§ 14 Abs. 2 Nr. 27 Buchst. a)                                                 →    930,00
#                      minijob 250 × 12                                                               →  3.000,00
#                      insured with the family at no cost, no tax: no deduction
#             a month, before § 16 (§ 27 Abs. 3 Satz 1 Nr. 3): (21.480 + 6.776 + 3.930) / 12 = 2.682,166… = 2.682,17
# § 17 Nr. 4  Lena is 20 and works: her earnings, at most 1.200                                        → − 1.200
#             17.184 + 5.420,80 + 3.930 − 1.200 = 25.334,80
# Y           25.334,80 / 12 = 2.111,2333… a month (§ 13 Abs. 2)
# Rent        1.185,00, − heating 120, − hot water 45, − parking space 40 (§ 9 Abs. 2)                 → 980,00
#             cap: Anlage 1, four members, Mietenstufe IV 858 + climate 34,40 = 892,40: reached
# M           892,40 + heating relief 197,80 = 1.090,20; both above the minima 92 and 1.132 (Anlage 3 Nr. 1)
# § 19        four members: a = 0,01, b = 0,0002163, c = 0,0000176
#             z1 = 0,01 + 0,23581026 + 0,0371577067 = 0,2829679667
#             z2 = z1 × 2.111,2333… = 597,4114035626   z3 = 1.090,20 − z2 = 492,7885964374
#             z4 = 1,15 × z3 = 566,7068859030          rounded (Anlage 3 Nr. 3): 567
#
# Who typed the BAföG with the loan, 310 a month, would have 1.860 instead of 930 counted: Y = 26.264,80 / 12 =
# 2.188,7333…, z1 = 0,2843319667, z2 = 622,3268532485, z4 = 538,0541187642: 538.
FAMILY = Story(
    key="family",
    question="Miete zu hoch Familie",
    answers={
        "application_kind": "first",
        "situation": [],
        "street": "An der Musterschleuse 3",
        "postcode": "48161",
        "town": "Münster",
        "centre_of_life": True,
        "persons": [
            {
                "first_name": "Matthias",
                "last_name": "Rehberg-Demo",
                "birth_date": "22/11/1978",
                "birth_place": "Coesfeld",
                "sex": "male",
                "nationality": "german",
                "activity": "self_employed",
                "applies": [],
                "incomes": [
                    {
                        "kind": "gewerbe",
                        "payer": "Fahrradwerkstatt Speiche",
                        "frequency": "yearly",
                        "amount": "21.480,-",
                    }
                ],
                "pays_tax": False,
                "pays_health": True,
                "pays_pension": True,
            },
            {
                "first_name": "Simone",
                "last_name": "Rehberg-Demo",
                "birth_date": "1. März 1980",
                "birth_place": "Rheine",
                "sex": "female",
                "relation": "spouse",
                "nationality": "german",
                "activity": "employee",
                "applies": [],
                "incomes": [
                    {"kind": "lohn", "payer": "Praxis Muster", "amount": "640,50 Euro", "bonus_year": "320"},
                ],
                "pays_tax": False,
                "pays_health": True,
                "pays_pension": True,
            },
            {
                "first_name": "Lena",
                "last_name": "Rehberg-Demo",
                "birth_date": "17.02.2006",
                "birth_place": "Münster",
                "sex": "female",
                "relation": "child",
                "nationality": "german",
                "activity": "training",
                "kindergeld": True,
                "custody": "here",
                "applies": ["training"],
                "training_aid": "dem_grunde_nach",
                "incomes": [
                    {"kind": "bafoeg", "payer": "Studierendenwerk", "amount": "155"},
                    {"kind": "minijob_pauschal", "payer": "Café Muster", "amount": "250,00 €"},
                ],
                **NO_DEDUCTIONS,
            },
            {
                "first_name": "Jonas",
                "last_name": "Rehberg-Demo",
                "birth_date": "5.9.12",
                "birth_place": "Münster",
                "sex": "male",
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
        "tenure": "tenant",
        "living_area": "92 m²",
        "living_since": "10.2015",
        "dwelling_applies": [],
        "rent_total": "1185,-",
        "rent_contains": ["heating", "hot_water", "parking"],
        "heating": "120",
        "hot_water": "45,00",
        "parking": "40 €",
        "landlord": "Hausverwaltung Beispiel",
        "payee": "applicant",
        "account_holder": "Matthias Rehberg-Demo",
        "iban": "DE75 5121 0800 1245 1261 99",
    },
    understood=("22.11.1978", "21.480,00 €", "640,50 €", "320,00 €", "155,00 €", "Oktober 2015", "1.185,00 €"),
    papers=(
        Paper("business_accounts", "later"),
        Paper("private_insurance", "pdf"),
        Paper("payslips", "photo", sheets=3),
        Paper(
            "payslips",
            "lack",
            why="never",
            words="Der Lohn im Café kommt nur mit einer Nachricht aufs Handy.",
            waived="Das Café hat 250 Euro im Monat am Telefon bestätigt.",
        ),
        Paper("training_proof", "pdf"),
        Paper("bafoeg_notice", "photo", sheets=2),
        Paper("rental_contract", "pdf", sheets=6),
    ),
    household=in_muenster(
        id="family",
        wohnung={
            "gesamtmiete": "1185",
            "enthalten": {"heizung": "120", "warmwasser": "45", "stellplatz": "40"},
            "wohnflaeche": "92",
        },
        personen=[
            {
                "id": "Matthias",
                "einkuenfte": [{"art": "gewerbe", "jahr": "21480"}],
                "krankenversicherung": True,
                "rentenversicherung": True,
            },
            {
                "id": "Simone",
                "einkuenfte": [{"art": "lohn", "monat": "640.50"}, {"art": "lohn", "jahr": "320"}],
                "krankenversicherung": True,
                "rentenversicherung": True,
            },
            {
                "id": "Lena",
                "geburtsdatum": "2006-02-17",
                "kind": True,
                "ausbildungsfoerderung": "dem_grunde_nach",
                "einkuenfte": [{"art": "bafoeg", "monat": "155"}, {"art": "minijob_pauschal", "monat": "250"}],
            },
            {"id": "Jonas", "geburtsdatum": "2012-09-05", "kind": True},
        ],
    ),
    income="2111.23",
    rent="1090.20",
    told_income="2.682,17 €",
    told_rent="980,00 €",
    amount=567,
    mistake=Mistake({"personen.2.einkuenfte.0.monat": "310"}, 538),
)
