"""Hildegard, 75, alone: a statutory and a small occupational pension, 35 years and four months insured."""

from tests.browser.stories.story import Mistake, Paper, Story, in_muenster

# By hand, from the WoGG in force on 2026-11-01 (euro; a year unless said otherwise):
#
# Household   one member (§ 5 Abs. 1 Satz 1), none excluded.
# Income      statutory pension 1.284,37 × 12 = 15.412,44 (§ 14 Abs. 1, Abs. 2 Nr. 3: all of it counts)
#             occupational pension 96,20 × 12 =  1.154,40
#             one flat rate of § 9a Satz 1 Nr. 3 EStG for both pensions together: − 102,00  → 16.464,84
#             a month, as the notice must say (§ 27 Abs. 3 Satz 1 Nr. 3): 16.464,84 / 12 = 1.372,07
#             § 16 Nr. 2: she pays health insurance, − 10 %                               → 14.818,356
# § 17a       424 months of Grundrentenzeiten are 35 years and 4 months, at least 33. Only the statutory pension:
#             1.200 + 30 % × (15.412,44 − 1.200) = 1.200 + 4.263,732 = 5.463,732, at most
#             12 × 50 % of Regelbedarfsstufe 1 (563 in 2026) = 3.378                      → 11.440,356
# Y           11.440,356 / 12 = 953,363 a month (§ 13 Abs. 2)
# Rent        598,50 as she transfers it, − heating 85,00, − hot water, whose part she does not know:
#             flat rate for one resident 9,00 (§ 9 Abs. 2 Satz 2, § 6 Abs. 2 Nr. 2 WoGV)  → 504,50
#             cap: Anlage 1, one member, Mietenstufe IV 511 + climate 19,20 (§ 12 Abs. 7) = 530,20: not reached
# M           504,50 + heating relief 110,40 (§ 12 Abs. 6) = 614,90; both above the minima 54 and 396 (Anlage 3 Nr. 1)
# § 19        one member: a = 0,04, b = 0,0004797, c = 0,0000408
#             z1 = 0,04 + 0,29496753 + 0,0388972104 = 0,3738647404
#             z2 = z1 × 953,363 = 356,4288105020   z3 = 614,90 − z2 = 258,4711894980
#             z4 = 1,15 × z3 = 297,2418679227      rounded (Anlage 3 Nr. 3): 297
#
# Without § 17a Y is 14.818,356 / 12 = 1.234,863, z1 = 0,3853499404, z2 = 475,8543834522, z4 = 159,9024590300: 160.
PENSIONER = Story(
    key="pensioner",
    question="Rente reicht nicht für die Miete",
    answers={
        "application_kind": "first",
        "situation": [],
        "street": "Am Beispielkanal 12a",
        "postcode": "48155",
        "town": "Münster",
        "phone": "0251 / 55 01 23",
        "centre_of_life": True,
        "persons": [
            {
                "first_name": "Hildegard",
                "last_name": "Brömmel-Demo",
                "birth_name": "Thüßing",
                "birth_date": "3.4.51",
                "birth_place": "Münster",
                "sex": "female",
                "nationality": "german",
                "activity": "retired",
                "applies": ["long_insured"],
                "insured_basis": "months",
                "insured_months": "424",
                "incomes": [
                    {"kind": "rente", "payer": "Deutsche Rentenversicherung", "amount": "1.284,37"},
                    {"kind": "rente_privat", "payer": "Pensionskasse Muster", "amount": "96,20 €"},
                ],
                "pays_tax": False,
                "pays_health": True,
                "pays_pension": False,
            }
        ],
        "change_expected": False,
        "much_saved": False,
        "tenure": "tenant",
        "living_area": "46,5 qm",
        "living_since": "März 1994",
        "dwelling_applies": [],
        "rent_total": "598,50",
        "rent_contains": ["heating", "hot_water"],
        "heating": "85,- €",
        "hot_water_unknown": True,
        "landlord": "Wohnbau Beispiel eG",
        "payee": "applicant",
        "account_holder": "Hildegard Brömmel-Demo",
        "iban": "DE02 1203 0000 0000 2020 51",
    },
    understood=("03.04.1951", "1.284,37 €", "96,20 €", "März 1994", "598,50 €", "85,00 €", "46,5"),
    papers=(
        Paper("pension_notice", "photo", sheets=2),
        Paper("pension_notice", "later"),
        Paper(
            "insured_years",
            "lack",
            why="never",
            words="Die Zahl hat mir die Rentenversicherung am Telefon gesagt.",
            waived="Die Rentenversicherung hat die 424 Monate mitgeteilt (§ 17a Abs. 3 WoGG).",
        ),
        Paper("rental_contract", "photo", sheets=3),
    ),
    household=in_muenster(
        id="pensioner",
        wohnung={"gesamtmiete": "598.50", "enthalten": {"heizung": "85", "warmwasser": True}, "wohnflaeche": "46.5"},
        personen=[
            {
                "id": "Hildegard",
                "geburtsdatum": "1951-04-03",
                "einkuenfte": [
                    {"art": "rente", "monat": "1284.37"},
                    {"art": "rente_privat", "monat": "96.20"},
                ],
                "krankenversicherung": True,
                "grundrentenzeiten_monate": 424,
            }
        ],
    ),
    income="953.36",
    rent="614.90",
    told_income="1.372,07 €",
    told_rent="504,50 €",
    amount=297,
    mistake=Mistake({"personen.0.grundrentenzeiten_monate": 0}, 160),
)
