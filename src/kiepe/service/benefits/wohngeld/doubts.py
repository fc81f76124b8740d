"""What hardly fits together in an application for Wohngeld: kind questions, no errors, no bearing on the amount.

The bounds are everyday ones, not the law's: wide enough that few honest people are asked, narrow enough to catch a
year's amount in a field for a month, or two digits of a year the wrong way round.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from kiepe.base.forms.doubts import Doubt, Spot
from kiepe.base.kernel import clock
from kiepe.base.kernel.letters import sort_key
from kiepe.service.benefits.wohngeld.doubts_home import home

Item = Mapping[str, Any]
JOBS = frozenset({"lohn", "minijob_pauschal"})
EARNED = JOBS | {"selbststaendig", "gewerbe", "land_forst"}
WORKING = frozenset({"employee", "civil_servant", "self_employed"})
PARENT_YEARS, GRANDPARENT_YEARS = 12, 26  # fewer years between the births are hardly possible
OLDEST = 110  # years
WORK_FROM = 13  # years: § 5 Abs. 3 JArbSchG lets children work from then on
MARRY_FROM = 18  # years: § 1303 BGB
MONTH_LOOKS_LIKE_YEAR = Decimal(10_000)
YEAR_LOOKS_LIKE_MONTH = Decimal(1_000)
FULL_WAGE = Decimal(2_500)  # a month, beside school or studies


def doubts(answers: Item) -> Sequence[Doubt]:
    """Every kind question that pruned answers call for, in the order of the form."""
    persons = [one for one in answers.get("persons", ()) if isinstance(one, Mapping)]
    return [*_address(answers), *_people(persons), *_money(persons), *_outlook(answers), *home(answers, len(persons))]


def _of(person: Item, key: str) -> Spot:
    return Spot(key, "persons", (str(person["id"]),))


def _born(person: Item) -> date | None:
    text = person.get("birth_date")
    return date.fromisoformat(text) if isinstance(text, str) else None


def _years(earlier: date, later: date) -> int:
    return later.year - earlier.year - ((later.month, later.day) < (earlier.month, earlier.day))


def _age(person: Item) -> int | None:
    born = _born(person)
    return None if born is None else _years(born, clock.today())


def _called(person: Item) -> str:
    return str(person.get("first_name") or _("Diese Person"))


def _address(answers: Item) -> Iterator[Doubt]:
    street = answers.get("street")
    if isinstance(street, str) and not any(sign.isdigit() for sign in street):
        yield Doubt("no_house_number", _("In Ihrer Adresse steht keine Hausnummer. Fehlt sie noch?"), (Spot("street"),))


def _people(persons: Sequence[Item]) -> Iterator[Doubt]:
    for place, person in enumerate(persons):
        yield from _ages(person)
        if place:
            yield from _beside_applicant(persons[0], person)
        twin = next((one for one in persons[:place] if _same(one, person)), None)
        if twin is not None:
            question = _("Zwei Menschen haben hier den gleichen Namen und Geburtstag. Ist es einer?")
            yield Doubt("same_person", question, (_of(person, "first_name"), _of(twin, "first_name")))


def _ages(person: Item) -> Iterator[Doubt]:
    age, name = _age(person), {"name": _called(person)}
    if age is None:
        return
    born = _of(person, "birth_date")
    if age > OLDEST:
        said = {**name, "age": age}
        yield Doubt(
            "very_old", _("%(name)s ist nach dieser Angabe %(age)d Jahre alt. Stimmt das Jahr?") % said, (born,)
        )
    if age < WORK_FROM and person.get("activity") in WORKING | {"retired"}:
        question = _("%(name)s ist noch ein Kind, aber als Tätigkeit steht hier ein Beruf oder eine Rente. Stimmt das?")
        yield Doubt("working_child", question % name, (_of(person, "activity"), born))
    if age >= 30 and person.get("activity") == "child":
        question = _("%(name)s ist erwachsen, aber als Tätigkeit steht hier „Kind oder Schulkind“. Stimmt das?")
        yield Doubt("grown_child", question % name, (_of(person, "activity"), born))
    if age < MARRY_FROM and person.get("relation") == "spouse":
        question = _("%(name)s ist noch nicht 18 Jahre alt. Sind Sie verheiratet?")
        yield Doubt("young_spouse", question % name, (_of(person, "relation"), born))


def _beside_applicant(applicant: Item, person: Item) -> Iterator[Doubt]:
    mine, theirs = _born(applicant), _born(person)
    if mine is None or theirs is None:
        return
    relation, name = person.get("relation"), {"name": _called(person)}
    spots = (_of(person, "birth_date"), _of(person, "relation"), _of(applicant, "birth_date"))
    older, younger = (theirs, mine) if relation in {"parent", "grandparent"} else (mine, theirs)
    between = _years(older, younger) if older <= younger else -1
    if relation in {"child", "parent"} and between < PARENT_YEARS:
        if between < 0:
            question = _("%(name)s und Sie: Das Kind ist hier älter als Mutter oder Vater. Stimmen die Jahre?")
        else:
            question = _("Zwischen %(name)s und Ihnen liegen weniger als 12 Jahre. Sind Sie Eltern und Kind?")
        yield Doubt("parent_age", question % name, spots)
    if relation in {"grandchild", "grandparent"} and between < GRANDPARENT_YEARS:
        question = _("Zwischen %(name)s und Ihnen liegen wenige Jahre. Sind Sie Großeltern und Enkelkind?")
        yield Doubt("grandparent_age", question % name, spots)


def _same(one: Item, other: Item) -> bool:
    names = [(sort_key(str(who.get("first_name", ""))), who.get("birth_date")) for who in (one, other)]
    surnames = [sort_key(str(who.get("last_name", ""))) for who in (one, other)]
    return names[0] == names[1] and surnames[0] == surnames[1] and None not in names[0]


def _money(persons: Sequence[Item]) -> Iterator[Doubt]:
    for person in persons:
        incomes = person.get("incomes", ())
        for income in incomes:
            yield from _amounts(person, income)
        yield from _work_and_pay(person, incomes)
        degree = person.get("disability_degree")
        if isinstance(degree, int) and degree % 10:
            question = _("Der Grad der Behinderung ist sonst eine ganze Zehnerzahl, wie 50 oder 80. Stimmt die Zahl?")
            yield Doubt("odd_degree", question, (_of(person, "disability_degree"),))


def _income_spot(person: Item, income: Item, key: str) -> Spot:
    return Spot(key, "persons.incomes", (str(person["id"]), str(income["id"])))


def _amounts(person: Item, income: Item) -> Iterator[Doubt]:
    text, often = income.get("amount"), income.get("frequency")
    amount = Decimal(text) if isinstance(text, str) else None
    spots = (_income_spot(person, income, "amount"), _income_spot(person, income, "frequency"))
    if amount is not None and often == "monthly" and amount > MONTH_LOOKS_LIKE_YEAR:
        yield Doubt("month_or_year", _("Das ist sehr viel für einen Monat. Ist es der Betrag für ein Jahr?"), spots)
    if amount is not None and often == "yearly" and 0 < amount < YEAR_LOOKS_LIKE_MONTH:
        yield Doubt("year_or_month", _("Das ist sehr wenig für ein Jahr. Ist es der Betrag für einen Monat?"), spots)
    studies = person.get("activity") == "training" or "training" in person.get("applies", ())
    if amount is not None and often == "monthly" and income.get("kind") == "lohn" and studies and amount >= FULL_WAGE:
        question = _("%(name)s ist in Ausbildung oder Studium und verdient so viel wie in Vollzeit. Stimmt das?")
        yield Doubt("full_wage_student", question % {"name": _called(person)}, (*spots, _of(person, "activity")))
    start, end = income.get("period_from"), income.get("period_to")
    if isinstance(start, str) and isinstance(end, str) and end < start:
        around = (_income_spot(person, income, "period_to"), _income_spot(person, income, "period_from"))
        yield Doubt(
            "period_backwards", _("Die Zahlung endet hier, bevor sie beginnt. Stimmen die beiden Tage?"), around
        )


def _work_and_pay(person: Item, incomes: Sequence[Item]) -> Iterator[Doubt]:
    jobs = [one for one in incomes if one.get("kind") in JOBS]
    amounts = [Decimal(one["amount"]) for one in jobs if isinstance(one.get("amount"), str)]
    name = {"name": _called(person), "count": len(jobs)}
    if len(jobs) > 1 and len(amounts) == len(jobs) and not any(amounts):
        spots = tuple(_income_spot(person, one, "amount") for one in jobs)
        question = _("%(name)s hat %(count)d Jobs, aber überall steht 0 Euro. Gibt es wirklich kein Geld dafür?")
        yield Doubt("jobs_without_pay", question % name, (Spot("incomes", "persons", (str(person["id"]),)), *spots))
    if person.get("activity") in WORKING and not any(one.get("kind") in EARNED for one in incomes):
        spots = (Spot("incomes", "persons", (str(person["id"]),)), _of(person, "activity"))
        question = _("%(name)s arbeitet, aber es steht noch kein Lohn oder Gewinn da. Fehlt etwas?")
        yield Doubt("work_without_pay", question % name, spots)


def _outlook(answers: Item) -> Iterator[Doubt]:
    month = answers.get("change_expected_from")
    if isinstance(month, str) and month < f"{clock.today():%Y-%m}":
        question = _("Die Änderung soll in einem Monat beginnen, der schon vorbei ist. Stimmt der Monat?")
        yield Doubt("change_in_the_past", question, (Spot("change_expected_from"),))
    savings = answers.get("savings")
    if answers.get("much_saved") and isinstance(savings, str) and Decimal(savings) <= 60_000:
        question = _("Oben steht: mehr als 60.000 Euro gespart. Der Betrag ist kleiner. Was stimmt?")
        yield Doubt("little_saved", question, (Spot("savings"), Spot("much_saved")))
