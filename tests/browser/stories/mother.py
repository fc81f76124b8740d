"""Jana, alone with two children at school: a minijob and the Unterhaltsvorschuss of the Jugendamt."""

from tests.browser.stories.story import NO_DEDUCTIONS, Mistake, Paper, Story, in_muenster

# By hand, from the WoGG in force on 2026-11-01 (euro; a year unless said otherwise):
#
# Household   three members: Jana, Mila (13) and Tom (8) (§ 5 Abs. 1 Satz 2 Nr. 4).
# Income      Jana   minijob, taxed by the firm at a flat rate: 603 × 12 = 7.236, − what it costs her: bus ticket 348
#                    (§ 14 Abs. 1 Satz 3 Nr. 2; no flat rate of 1.230 here)                     → 6.888,00
#                    § 16 Nr. 2 and Satz 2: she insures herself, and Nr. 3: she pays her own part into the
#                    pension insurance, − 20 %                                                  → 5.510,40
#             Mila   Unterhaltsvorschuss 394 × 12 = 4.728,00 (§ 14 Abs. 2 Nr. 21), income of the child; no deduction
#             Tom    Unterhaltsvorschuss 299 × 12 = 3.588,00
#             Kindergeld and Kinderzuschlag do not stand in § 14 and do not count.
#             a month, before § 16 (§ 27 Abs. 3 Satz 1 Nr. 3): (6.888 + 4.728 + 3.588) / 12 = 1.267,00
# § 17 Nr. 3  she lives with children only, one under 18 with Kindergeld: − 1.320
#             5.510,40 + 4.728 + 3.588 − 1.320 = 12.506,40
# Y           12.506,40 / 12 = 1.042,20 a month (§ 13 Abs. 2)
# Rent        845,00, − heating that she cannot tell apart: 1,25 × 67,5 m² = 84,375 (§ 9 Abs. 2 Satz 2, § 6 Abs. 2
#             Nr. 1 WoGV; nothing there says to round)                                         → 760,625
#             cap: Anlage 1, three members, Mietenstufe IV 737 + climate 29,60 = 766,60: not reached
# M           760,625 + heating relief 170,20 = 930,825; both above the minima 79 and 906 (Anlage 3 Nr. 1)
# § 19        three members: a = 0,02, b = 0,0002917, c = 0,0000245
#             z1 = 0,02 + 0,2715216525 + 0,0255339 = 0,3170555525
#             z2 = z1 × 1.042,20 = 330,4352968155   z3 = 930,825 − z2 = 600,3897031845
#             z4 = 1,15 × z3 = 690,4481586622       rounded (Anlage 3 Nr. 3): 690
#
# Without § 17 Nr. 3 Y is 13.826,40 / 12 = 1.152,20, z1 = 0,3197505525, z2 = 368,4165865905, z4 = 646,7696754209: 647.
MOTHER = Story(
    key="mother",
    question="alleinerziehend Zuschuss zur Miete",
    answers={
        "application_kind": "first",
        "situation": [],
        "street": "Musterstiege 7",
        "postcode": "48147",
        "town": "Münster",
        "email": "jana.demo@beispiel.de",
        "centre_of_life": True,
        "persons": [
            {
                "first_name": "Jana",
                "last_name": "Wiśniewska-Demo",
                "birth_date": "12. Juli 1989",
                "birth_place": "Łódź",
                "sex": "female",
                "nationality": "eu",
                "activity": "employee",
                "applies": [],
                "incomes": [
                    {
                        "kind": "minijob_pauschal",
                        "payer": "Bäckerei Muster",
                        "amount": "603",
                        "expenses_year": "348,-",
                    }
                ],
                "pays_tax": False,
                "pays_health": True,
                "pays_pension": True,
            },
            {
                "first_name": "Mila",
                "last_name": "Wiśniewska-Demo",
                "birth_date": "09.05.13",
                "birth_place": "Münster",
                "sex": "female",
                "relation": "child",
                "nationality": "german",
                "activity": "child",
                "kindergeld": True,
                "custody": "here",
                "applies": [],
                "incomes": [{"kind": "unterhaltsvorschuss", "payer": "Jugendamt Münster", "amount": "394 Euro"}],
                **NO_DEDUCTIONS,
            },
            {
                "first_name": "Tom",
                "last_name": "Wiśniewski-Demo",
                "birth_date": "30.1.18",
                "birth_place": "Münster",
                "sex": "male",
                "relation": "child",
                "nationality": "german",
                "activity": "child",
                "kindergeld": True,
                "custody": "here",
                "applies": [],
                "incomes": [{"kind": "unterhaltsvorschuss", "payer": "Jugendamt Münster", "amount": "299,00"}],
                **NO_DEDUCTIONS,
            },
        ],
        "change_expected": False,
        "much_saved": False,
        "tenure": "tenant",
        "living_area": "67,5",
        "living_since": "8/21",
        "dwelling_applies": [],
        "rent_total": "845",
        "rent_contains": ["heating"],
        "heating_unknown": True,
        "landlord": "Familie Muster",
        "payee": "applicant",
        "account_holder": "Jana Wiśniewska-Demo",
        "iban": "de89370400440532013000",
    },
    understood=(
        "Wiśniewska-Demo",
        "Łódź",
        "12.07.1989",
        "09.05.2013",
        "603,00 €",
        "394,00 €",
        "299,00 €",
        "August 2021",
    ),
    papers=(
        Paper("payslips", "photo", sheets=3),
        Paper("work_expenses", "photo"),
        Paper("maintenance_advance", "pdf", sheets=2),
        Paper("maintenance_advance", "later"),
        Paper("kindergeld", "photo"),
        Paper(
            "kindergeld",
            "lack",
            why="office",
            words="Die Familienkasse schickt mir den Bescheid für Tom neu zu.",
            waived="Für § 17 Nr. 3 WoGG genügt der Nachweis für Mila.",
        ),
        Paper("private_insurance", "pdf"),
        Paper("rental_contract", "pdf", sheets=4),
    ),
    household=in_muenster(
        id="mother",
        wohnung={"gesamtmiete": "845", "enthalten": {"heizung": True}, "wohnflaeche": "67.5"},
        alleinerziehend=True,
        personen=[
            {
                "id": "Jana",
                "einkuenfte": [{"art": "minijob_pauschal", "monat": "603", "werbungskosten_jahr": "348"}],
                "krankenversicherung": True,
                "rentenversicherung": True,
            },
            {
                "id": "Mila",
                "geburtsdatum": "2013-05-09",
                "kind": True,
                "einkuenfte": [{"art": "unterhaltsvorschuss", "monat": "394"}],
            },
            {
                "id": "Tom",
                "geburtsdatum": "2018-01-30",
                "kind": True,
                "einkuenfte": [{"art": "unterhaltsvorschuss", "monat": "299"}],
            },
        ],
    ),
    income="1042.20",
    rent="930.83",
    told_income="1.267,00 €",
    told_rent="760,63 €",
    amount=690,
    mistake=Mistake({"alleinerziehend": False}, 647),
)
