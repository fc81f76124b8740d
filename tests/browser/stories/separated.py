"""Katharina left her husband: since 15 November she lives with Emil in a flat of her own, on the 20th she applies."""

from tests.browser.stories.story import NO_DEDUCTIONS, Mistake, Paper, Story, in_muenster

# By hand, from the WoGG in force on 2026-11-01 (euro; a year unless said otherwise):
#
# Household   two members: Katharina and Emil. Her husband lives apart for good and does not live in this flat: he is
#             no member, though they are still married (§ 5 Abs. 1 Satz 2 Nr. 1).
# Beginning   § 25 Abs. 2: on the first of the month of the application. She moved in within that month, so no later
#             month is concerned (Satz 2): from 01.11.2026, for twelve months (Abs. 1). The rent is that of a whole
#             month (§ 9 Abs. 1); no norm divides a month.
# Income      Katharina  1.720,40 × 12 = 20.644,80, − flat rate 1.230 (§ 9a Satz 1 Nr. 1 Buchst. a EStG) → 19.414,80
#                        § 16: wage tax (class V to the end of the year), health and pension insurance, − 30 %
#                                                                                              → 13.590,36
#             Emil       his father pays 428,50 × 12 = 5.142,00 (§ 14 Abs. 2 Nr. 19; a father must, so the 480 of
#                        Buchst. b do not apply), income of the child; no deduction
#             a month, before § 16 (§ 27 Abs. 3 Satz 1 Nr. 3): (19.414,80 + 5.142,00) / 12 = 2.046,40
# § 17 Nr. 3  she lives with a child only, under 18, with Kindergeld: − 1.320
#             13.590,36 + 5.142,00 − 1.320 = 17.412,36
# Y           17.412,36 / 12 = 1.451,03 a month (§ 13 Abs. 2)
# Rent        655,00 without heating, which she pays to the municipal works
#             cap: Anlage 1, two members, Mietenstufe IV 619 + climate 24,80 = 643,80: reached
# M           643,80 + heating relief 142,60 = 786,40; both above the minima 67 and 679 (Anlage 3 Nr. 1)
# § 19        two members: a = 0,03, b = 0,0003571, c = 0,0000304
#             z1 = 0,03 + 0,28082344 + 0,044111312 = 0,3549347520
#             z2 = z1 × 1.451,03 = 515,0209731946   z3 = 786,40 − z2 = 271,3790268054
#             z4 = 1,15 × z3 = 312,0858808262       rounded (Anlage 3 Nr. 3): 312
#
# Were the husband counted, without income: three members, no § 17 Nr. 3, rent 655 below the cap 766,60, M = 825,20,
# Y = 18.732,36 / 12 = 1.561,03, z1 = 0,2989560750, z2 = 466,6794017573, z4 = 412,2986879791: 412.
SEPARATED = Story(
    key="separated",
    question="Trennung neue Wohnung",
    answers={
        "application_kind": "first",
        "situation": [],
        "street": "Musterbogen 31, 2. OG",
        "postcode": "48153",
        "town": "Münster",
        "centre_of_life": True,
        "persons": [
            {
                "first_name": "Katharina",
                "last_name": "Dreßler-Demo",
                "birth_name": "von der Heide",
                "birth_date": "27.10.1990",
                "birth_place": "Kyjiw",
                "sex": "female",
                "nationality": "german",
                "activity": "employee",
                "applies": [],
                "incomes": [{"kind": "lohn", "payer": "Kita Muster", "amount": "1.720,40 €"}],
                "pays_tax": True,
                "pays_health": True,
                "pays_pension": True,
            },
            {
                "first_name": "Emil",
                "last_name": "Dreßler-Demo",
                "birth_date": "4.6.2019",
                "birth_place": "Münster",
                "sex": "male",
                "relation": "child",
                "nationality": "german",
                "activity": "child",
                "kindergeld": True,
                "custody": "here",
                "applies": [],
                "incomes": [
                    {
                        "kind": "unterhalt_erhalten",
                        "payer": "der Vater",
                        "amount": "428,50",
                        "maintenance_payer": "verpflichtet",
                        "maintenance_for_care": False,
                    }
                ],
                **NO_DEDUCTIONS,
            },
        ],
        "change_expected": False,
        "much_saved": False,
        "tenure": "tenant",
        "living_area": "54",
        "living_since": "15.11.26",
        "dwelling_applies": [],
        "rent_total": "655 Euro",
        "rent_contains": [],
        "landlord": "Wohnbau Beispiel eG",
        "payee": "applicant",
        "account_holder": "Katharina Dreßler-Demo",
        "iban": "DE12500105170648489890",
    },
    understood=("27.10.1990", "Dreßler-Demo", "1.720,40 €", "428,50 €", "November 2026", "655,00 €"),
    papers=(
        Paper("payslips", "photo", sheets=3),
        Paper(
            "maintenance_received",
            "lack",
            why="danger",
            words="Bitte schreiben Sie ihm nicht. Er kennt meine Adresse nicht.",
            waived="Ein Nachweis wäre nur über den Vater zu bekommen (§ 65 Abs. 1 Nr. 2 SGB I).",
        ),
        Paper("kindergeld", "later"),
        Paper("rental_contract", "photo", sheets=2),
    ),
    household=in_muenster(
        id="separated",
        wohnung={"bruttokaltmiete": "655", "wohnflaeche": "54"},
        alleinerziehend=True,
        personen=[
            {
                "id": "Katharina",
                "einkuenfte": [{"art": "lohn", "monat": "1720.40"}],
                "einkommensteuer": True,
                "krankenversicherung": True,
                "rentenversicherung": True,
            },
            {
                "id": "Emil",
                "geburtsdatum": "2019-06-04",
                "kind": True,
                "einkuenfte": [{"art": "unterhalt_erhalten", "monat": "428.50", "zahler": "verpflichtet"}],
            },
        ],
    ),
    income="1451.03",
    rent="786.40",
    told_income="2.046,40 €",
    told_rent="655,00 €",
    amount=312,
    mistake=Mistake({"alleinerziehend": False, "personen.2": {"id": "Ehemann"}}, 412),
)
