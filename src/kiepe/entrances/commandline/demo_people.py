"""The invented households of the demo. Every name says so; nothing here is taken from a real person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Answers = dict[str, object]
IBAN = "DE02120300000000202051"  # the example account that German banks print in their leaflets


@dataclass(frozen=True, slots=True)
class Household:
    """One application: who, what was answered, which evidence was left out, and what its papers say.

    `days_ago`: when it arrived. `account`: mail address of the citizen's account, empty for one with number and code.
    `papers`: evidence key -> lines of label and value on the invented document.
    """

    name: str
    answers: Answers
    days_ago: int
    account: str = ""
    left_out: frozenset[str] = frozenset()
    papers: Mapping[str, list[tuple[str, str]]] = field(default_factory=dict)


def person(first: str, last: str, born: str, sex: str, *, activity: str = "employee", **more: object) -> Answers:
    """One member of a household."""
    return {
        "first_name": first,
        "last_name": last,
        "birth_date": born,
        "birth_place": "Beispielstadt",
        "sex": sex,
        "nationality": "german",
        "activity": activity,
        "applies": [],
        "incomes": [],
        **more,
    }


def child(first: str, last: str, born: str, sex: str, number: int) -> Answers:
    """A child of the applicant, with Kindergeld."""
    more = {"relation": "child", "kindergeld": True, "custody": "here"}
    return {"id": f"p{number}", **person(first, last, born, sex, activity="child", **more)}


def income(kind: str, payer: str, amount: str, number: int = 1, **more: object) -> Answers:
    """A monthly income."""
    return {"id": f"p{number}", "kind": kind, "payer": payer, "frequency": "monthly", "amount": amount, **more}


def taxed(who: Answers, *incomes: Answers, tax: bool = True, health: bool = True, pension: bool = True) -> Answers:
    """A person with incomes, and what is paid on them."""
    return {**who, "incomes": list(incomes), "pays_tax": tax, "pays_health": health, "pays_pension": pension}


def tenant(rent: str, heating: str, area: str, *people: Answers, **more: object) -> Answers:
    """The answers of a household that rents in Münster."""
    first, *others = people
    return {
        "application_kind": "first",
        "situation": [],
        "street": "Beispielstraße 12",
        "postcode": "48143",
        "town": "Münster",
        "email": "vorfuehrung@example.org",
        "centre_of_life": True,
        "post_elsewhere": False,
        "persons": [{**first, "id": "applicant"}, *others],
        "change_expected": False,
        "much_saved": False,
        "tenure": "tenant",
        "living_area": area,
        "living_since": "2019-04",
        "dwelling_applies": [],
        "rent_total": rent,
        "rent_contains": ["heating"],
        "heating": heating,
        "landlord": "Beispiel Wohnen eG",
        "payee": "applicant",
        "account_holder": f"{first['first_name']} {first['last_name']}",
        "iban": IBAN,
        **more,
    }


def rent_paper(rent: str, heating: str) -> list[tuple[str, str]]:
    """What a rental contract says."""
    return [("Miete im Monat, gesamt", f"{rent} €"), ("davon Heizung", f"{heating} €"), ("Mietbeginn", "01.04.2019")]


def pay_paper(amount: str) -> list[tuple[str, str]]:
    """What three payslips say."""
    return [(f"Bruttolohn {month}", f"{amount} €") for month in ("August", "September", "Oktober")]


def households() -> list[Household]:
    """Eleven applications in different states; what happens to each stands in demo.py."""
    erika = taxed(person("Erika", "Albers-Demo", "1988-03-14", "female"), income("lohn", "Beispiel GmbH", "3020.00"))
    heinz = taxed(
        person("Heinz", "Schulze-Demo", "1951-07-02", "male", activity="retired"),
        income("rente", "Rentenversicherung", "1180.00"),
        tax=False,
        pension=False,
    )
    yusuf = taxed(person("Yusuf", "Demir-Demo", "1985-11-23", "male"), income("lohn", "Beispiel Logistik", "2650.00"))
    leyla = person("Leyla", "Demir-Demo", "1987-05-09", "female", activity="other", relation="spouse")
    halyna = taxed(
        person("Halyna", "Kowal-Demo", "1990-01-30", "female"), income("lohn", "Beispiel Pflege gGmbH", "1890.00")
    )
    samuel = taxed(person("Samuel", "Okafor-Demo", "1979-09-17", "male"), income("lohn", "Beispiel Gastro", "2100.00"))
    petra = taxed(
        person("Petra", "Niehues-Demo", "1966-12-05", "female", activity="unemployed"),
        income("arbeitslosengeld", "Agentur für Arbeit", "980.00"),
        tax=False,
        pension=False,
    )
    marie = taxed(
        person("Marie", "Kötter-Demo", "1992-08-21", "female"), income("lohn", "Beispiel Bäckerei", "1540.00")
    )
    aylin = taxed(person("Aylin", "Yıldız-Demo", "1983-04-11", "female"), income("lohn", "Beispiel Kita", "2480.00"))
    karl = taxed(person("Karl", "Brinkmann-Demo", "1974-02-28", "male"), income("lohn", "Beispiel AG", "5200.00"))
    ingrid = taxed(
        person("Ingrid", "Wessels-Demo", "1949-10-30", "female", activity="retired"),
        income("rente", "Rentenversicherung", "1060.00"),
        tax=False,
        pension=False,
    )
    wilhelm = taxed(
        person("Wilhelm", "Tacke-Demo", "1954-01-18", "male", activity="retired"),
        income("rente", "Rentenversicherung", "1210.00"),
        tax=False,
        pension=False,
    )
    return [
        Household(
            "Erika Albers-Demo",
            tenant(
                "790.00",
                "100.00",
                "74",
                erika,
                child("Mia", "Albers-Demo", "2016-06-01", "female", 2),
                child("Ben", "Albers-Demo", "2019-02-10", "male", 3),
            ),
            days_ago=18,
            account="erika.demo@example.org",
            papers={"rental_contract": rent_paper("790,00", "100,00"), "payslips": pay_paper("3.060,00")},
        ),
        Household(
            "Heinz Schulze-Demo",
            tenant("520.00", "70.00", "48", heinz),
            days_ago=14,
            account="heinz.demo@example.org",
            papers={
                "rental_contract": rent_paper("520,00", "70,00"),
                "pension_notice": [("Monatliche Rente, brutto", "1.180,00 €"), ("gilt ab", "01.07.2026")],
            },
        ),
        Household(
            "Yusuf Demir-Demo",
            tenant(
                "980.00",
                "130.00",
                "92",
                yusuf,
                {"id": "p2", **leyla},
                child("Deniz", "Demir-Demo", "2013-10-04", "male", 3),
                child("Elif", "Demir-Demo", "2017-12-19", "female", 4),
            ),
            days_ago=45,
            papers={"rental_contract": rent_paper("980,00", "130,00"), "payslips": pay_paper("2.650,00")},
        ),
        Household(
            "Halyna Kowal-Demo",
            tenant("640.00", "80.00", "58", halyna, child("Marko", "Kowal-Demo", "2018-03-03", "male", 2)),
            days_ago=12,
            left_out=frozenset({"payslips"}),
            papers={"rental_contract": rent_paper("640,00", "80,00")},
        ),
        Household(
            "Samuel Okafor-Demo",
            tenant("560.00", "75.00", "51", samuel),
            days_ago=30,
            left_out=frozenset({"payslips", "rental_contract"}),
        ),
        Household(
            "Petra Niehues-Demo",
            tenant("495.00", "65.00", "46", petra),
            days_ago=2,
            left_out=frozenset({"replacement_notice"}),
            papers={"rental_contract": rent_paper("495,00", "65,00")},
        ),
        Household(
            "Marie Kötter-Demo",
            tenant("540.00", "60.00", "50", marie),
            days_ago=24,
            account="marie.demo@example.org",
            papers={"rental_contract": rent_paper("540,00", "60,00"), "payslips": pay_paper("1.540,00")},
        ),
        Household(
            "Ingrid Wessels-Demo",
            tenant("470.00", "60.00", "44", ingrid),
            days_ago=20,
            account="ingrid.demo@example.org",
            papers={"rental_contract": rent_paper("470,00", "60,00")},
        ),
        Household(
            "Wilhelm Tacke-Demo",
            tenant("610.00", "85.00", "55", wilhelm),
            days_ago=16,
            papers={"rental_contract": rent_paper("610,00", "85,00")},
        ),
        Household(
            "Aylin Yıldız-Demo",
            tenant("720.00", "90.00", "66", aylin, child("Can", "Yıldız-Demo", "2015-07-27", "male", 2)),
            days_ago=38,
            papers={"rental_contract": rent_paper("720,00", "90,00"), "payslips": pay_paper("2.300,00")},
        ),
        Household(
            "Karl Brinkmann-Demo",
            tenant("850.00", "110.00", "70", karl),
            days_ago=9,
            papers={"rental_contract": rent_paper("850,00", "110,00"), "payslips": pay_paper("5.200,00")},
        ),
    ]
