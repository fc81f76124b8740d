"""From the answers about each person to the members of the law's household (§§ 5 to 8 WoGG)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from kiepe.service.benefits.wohngeld import incomes
from kiepe.service.benefits.wohngeld.answers import Answers, euro

CHILD = frozenset({"child", "stepchild", "foster_child"})
# How § 7 Abs. 1 WoGG calls what excludes, in the words that the notice and the desk show.
BENEFITS = {
    "sgb2": "SGB II",
    "sgb2_27": "§ 27 Abs. 3 SGB II",
    "verletztengeld": "Verletztengeld",
    "sgb12_4": "SGB XII, Grundsicherung",
    "sgb12_3": "SGB XII, Hilfe zum Lebensunterhalt",
    "sgb14": "SGB XIV",
    "asylblg": "AsylbLG",
    "sgb8": "SGB VIII",
}


@dataclass(frozen=True, slots=True)
class Member:
    """One person of the household: what the law's interface gets, and what only we need."""

    data: dict[str, object]
    source: Answers
    relation: str  # 'self' for the one who applies
    birth_date: date | None
    kindergeld: bool | None
    parent_here: bool | None

    @property
    def name(self) -> str:
        return str(self.data["id"])

    @property
    def excluded(self) -> bool:
        return self.data.get("ausgeschlossen") is not None


def members(answers: Answers, start: date) -> list[Member]:
    """The living members of the household in the order of the form, with what was noticed on the way."""
    people = answers.items("persons")
    if not people:
        answers.missing("persons", _("Es fehlt, wer zum Haushalt gehört."))
    outside = _children_elsewhere(people)
    relations = [_relation(index, person) for index, person in enumerate(people)]
    found: list[Member] = []
    for index, person in enumerate(people):
        if index not in outside:
            found.append(_member(person, relations[index], relations, start, {one.name for one in found}))
    _youth_welfare_only(found)
    return found


def name_of(person: Answers) -> str:
    """First and last name as typed; a number where there is none yet."""
    typed = " ".join(part for part in (person.text("first_name"), person.text("last_name")) if part)
    return typed or _("Person %(number)d") % {"number": int(person.path.rsplit(".", 1)[-1]) + 1}


def _relation(index: int, person: Answers) -> str:
    if index == 0:
        return "self"
    relation = person.text("relation")
    if not relation:
        sentence = _("Es fehlt, wie %(name)s zur antragstellenden Person gehört (§ 5 WoGG).")
        person.missing("relation", sentence % {"name": name_of(person)})
    return relation


def _children_elsewhere(people: Sequence[Answers]) -> set[int]:
    """§ 5 Abs. 4 WoGG: children here for less than a third count elsewhere; of two or more the youngest here."""
    less = [index for index, person in enumerate(people) if person.text("custody") == "less"]
    if not less:
        return set()
    kept: int | None = None
    if len(less) > 1:
        kept = max(less, key=lambda index: people[index].text("birth_date"))
        text = _(
            "%(name)s ist das jüngste von mehreren Kindern, die weniger als ein Drittel hier leben, und zählt mit."
        )
        people[kept].notes.hint("§ 5 Abs. 4 Satz 3 WoGG", text % {"name": name_of(people[kept])})
    for index in less:
        if index != kept:
            text = _("%(name)s lebt weniger als ein Drittel der Zeit hier und zählt nicht als Haushaltsmitglied.")
            people[index].notes.hint("§ 5 Abs. 4 WoGG", text % {"name": name_of(people[index])})
    return set(less) - {kept}


def _member(person: Answers, relation: str, relations: Sequence[str], start: date, taken: set[str]) -> Member:
    name = name_of(person)
    while name in taken:
        name += " (2)" if not name.endswith(")") else "+"
    data: dict[str, object] = {"id": name}
    birth_date = person.day("birth_date")
    if birth_date is not None:
        data["geburtsdatum"] = birth_date.isoformat()
    elif relation in CHILD and person.data.get("birth_date") in (None, ""):
        person.missing("birth_date", _("Es fehlt, wann %(name)s geboren ist.") % {"name": name})
    if _is_child(person, relation, relations) and (birth_date is None or _years(birth_date, start) < 25):
        data["kind"] = True
    _residence(person, name)
    reason = _exclusion(person, name)
    if reason:
        data["ausgeschlossen"] = reason
    received = [*incomes.incomes(person, name), *_benefit_income(person, excluded=bool(reason))]
    if received:
        data["einkuenfte"] = received
        data |= _deductions(person, name, needed=not reason)
    data |= _allowances(person, name)
    paid = [entry for item in person.items("maintenance") if (entry := _maintenance(item)) is not None]
    if paid:
        data["unterhalt_gezahlt"] = paid
    return Member(data, person, relation, birth_date, person.yes("kindergeld"), person.yes("parent_here"))


def _is_child(person: Answers, relation: str, relations: Sequence[str]) -> bool:
    """Child of a member (§ 17 Nr. 4): of the applicant or partner, or of somebody else who lives here too."""
    if relation == "self":
        return "parent" in relations
    return relation in CHILD or (relation in {"grandchild", "sibling", "relative"} and bool(person.yes("parent_here")))


def _residence(person: Answers, name: str) -> None:
    """§ 3 Abs. 5, § 5 Abs. 3 WoGG: the residence title is a matter for a person; unclear means no proposal yet."""
    if person.text("nationality") != "other":
        return
    right = person.text("residence_right")
    if right in {"", "unclear"}:
        sentence = _("Es ist nicht klar, welches Aufenthaltsrecht %(name)s hat (§ 3 Abs. 5 WoGG).")
        person.missing("residence_right", sentence % {"name": name})
    elif person.yes("residence_for_search"):
        text = _(
            "%(name)s hat einen Titel zur Suche nach Arbeit oder Ausbildung oder für ein Praktikum. In der Regel "
            "besteht damit keine Wohngeldberechtigung. Bitte im Einzelfall prüfen."
        )
        person.notes.hint("§ 3 Abs. 5 Satz 3 WoGG", text % {"name": name})


def _exclusion(person: Answers, name: str) -> str:
    """Why the person is excluded (§§ 7, 8 WoGG); empty where not."""
    if "benefits" not in person.chosen("applies"):
        return ""
    benefit, status = person.text("benefit"), person.text("benefit_status")
    if not benefit or not status:
        key = "benefit_status" if benefit else "benefit"
        person.missing(key, _("Es fehlt, welche andere Hilfe %(name)s bekommt und wie der Stand ist.") % {"name": name})
        return ""
    words = BENEFITS.get(benefit, benefit)
    if status in {"refused", "waived"}:
        if status == "waived":
            text = _(
                "%(name)s verzichtet auf %(what)s. Der Ausschluss gilt erst ab Wirkung des Verzichts als nicht "
                "erfolgt. Bitte den Nachweis prüfen und auf mögliche Nachteile hinweisen (§ 14 SGB I)."
            )
            person.notes.hint("§ 8 Abs. 2 WoGG", text % {"name": name, "what": words})
        return ""
    if status == "applied":
        text = _(
            "%(name)s hat %(what)s beantragt und ist so lange ausgeschlossen. Bitte prüfen, ob Wohngeld die "
            "Hilfebedürftigkeit vermeidet; dann besteht der Ausschluss nicht."
        )
        person.notes.hint("§ 7 Abs. 1 Satz 3 Nr. 2, § 8 Abs. 1 WoGG", text % {"name": name, "what": words})
        return _("%(what)s (beantragt)") % {"what": words}
    if person.yes("benefit_loan") or person.yes("benefit_housing") is False:
        return ""
    if person.yes("benefit_housing") is None:
        text = _("Bei %(name)s ist nicht gesagt, ob %(what)s Kosten der Unterkunft enthält; angenommen ist: ja.")
        person.notes.hint("§ 7 Abs. 1 WoGG", text % {"name": name, "what": words})
    return f"{words} (§ 7 Abs. 2)" if status == "counted" else words


def _youth_welfare_only(found: Sequence[Member]) -> None:
    """§ 7 Abs. 1 Satz 1 Nr. 9 WoGG: benefits of SGB VIII exclude only where everyone here receives them."""
    youth = BENEFITS["sgb8"]
    if all(str(one.data.get("ausgeschlossen", "")).startswith(youth) for one in found):
        return
    for one in found:
        if str(one.data.get("ausgeschlossen", "")).startswith(youth):
            del one.data["ausgeschlossen"]
            received = one.data.setdefault("einkuenfte", [])
            assert isinstance(received, list)
            received.extend(_benefit_income(one.source, excluded=False))


def _benefit_income(person: Answers, *, excluded: bool) -> list[dict[str, object]]:
    """§ 14 Abs. 2 Nr. 30 WoGG: such a benefit that does not exclude is income, but for a loan."""
    if excluded or "benefits" not in person.chosen("applies") or person.text("benefit_status") != "receives":
        return []
    if person.yes("benefit_loan"):
        return []
    amount = person.money("benefit_month", _("Es fehlt, wie viel von der anderen Hilfe im Monat gezahlt wird."))
    return [] if amount is None else [{"art": "sonstige", "nummer": "30", "monat": euro(amount)}]


def _deductions(person: Answers, name: str, *, needed: bool) -> dict[str, object]:
    """§ 16 WoGG: what the person pays from the income."""
    found: dict[str, object] = {}
    for key, field, words in (
        ("pays_tax", "einkommensteuer", _("Steuern")),
        ("pays_health", "krankenversicherung", _("Beiträge zur Kranken- und Pflegeversicherung")),
        ("pays_pension", "rentenversicherung", _("Beiträge zur Rentenversicherung")),
    ):
        answer = person.yes(key)
        if answer is not None:
            found[field] = answer
        elif needed and person.items("incomes"):
            sentence = _("Es fehlt, ob %(name)s %(what)s zahlt (§ 16 WoGG).")
            person.missing(key, sentence % {"name": name, "what": words})
    return found


def _allowances(person: Answers, name: str) -> dict[str, object]:
    """What §§ 17, 17a and 20 WoGG ask of a person."""
    ticked = person.chosen("applies")
    found: dict[str, object] = {}
    if "disability" in ticked:
        found |= _disability(person, name)
    if "persecuted" in ticked:
        found["ns_verfolgt"] = True
    if "long_insured" in ticked:
        found |= _insured(person, name)
    if "training" in ticked:
        found |= _training(person, name)
    return found


def _disability(person: Answers, name: str) -> dict[str, object]:
    found: dict[str, object] = {}
    degree = person.number("disability_degree")
    if degree is None:
        if person.unknown("disability_degree") or not person.text("care"):
            sentence = _("Es fehlt der Grad der Behinderung von %(name)s.") % {"name": name}
            person.missing("disability_degree", sentence)
    else:
        found["gdb"] = int(degree)
    if person.text("care"):
        found["pflegebeduerftig"] = person.text("care")
    return found


def _insured(person: Answers, name: str) -> dict[str, object]:
    months, years = person.number("insured_months"), person.number("insured_years")
    if months is None and years is None:
        text = _(
            "%(name)s war nach eigener Angabe mindestens 33 Jahre rentenversichert, kennt die Zeiten aber nicht. Ohne "
            "Mitteilung des Rentenversicherungsträgers wird ohne Freibetrag entschieden; bitte anfragen."
        )
        person.notes.hint("§ 17a Abs. 3 Satz 3 WoGG", text % {"name": name})
        return {}
    text = _(
        "Die Grundrentenzeiten von %(name)s sind eine eigene Angabe. Bitte mit der Mitteilung des "
        "Rentenversicherungsträgers vergleichen."
    )
    person.notes.hint("§ 17a Abs. 1 und 3 WoGG", text % {"name": name})
    if months is not None:
        return {"grundrentenzeiten_monate": int(months)}
    assert years is not None
    return {"grundrentenzeiten_jahre": f"{years:f}"}


def _training(person: Answers, name: str) -> dict[str, object]:
    aid = person.text("training_aid")
    if aid:
        return {"ausbildungsfoerderung": aid}
    text = _("Bei %(name)s ist offen, ob Ausbildungsförderung dem Grunde nach zusteht; gerechnet ist ohne.")
    person.notes.hint("§ 20 Abs. 2 WoGG", text % {"name": name})
    return {}


def _maintenance(item: Answers) -> dict[str, object] | None:
    """§ 18 WoGG: one recipient; the form asks a month, the law counts a year."""
    who = item.text("recipient") or _("diese Person")
    kind = item.text("recipient_kind")
    if not kind:
        item.missing("recipient_kind", _("Es fehlt, wer %(name)s ist (§ 18 WoGG).") % {"name": who})
    paid = item.money("paid_month", _("Es fehlt, wie viel Unterhalt %(name)s bekommt.") % {"name": who})
    if not kind or paid is None:
        return None
    found: dict[str, object] = {"nummer": int(kind), "jahr": euro(paid * 12)}
    if item.yes("titled"):
        titled = item.money("titled_month", _("Es fehlt, welcher Betrag im Urteil oder in der Urkunde steht."))
        if titled is not None:
            found["tituliert"] = euro(titled * 12)
    return found


def _years(born: date, day: date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def single_parent(found: Sequence[Member], start: date, end: date, *, others_here: bool) -> bool:
    """§ 17 Nr. 3 WoGG: one member alone with children, at least one under 18 with Kindergeld."""
    adults = [one for one in found if not _child_of_the_one_adult(one, found)]
    children = [one for one in found if one not in adults]
    if len(adults) != 1 or not children or adults[0].excluded or others_here:
        return False
    young = [one for one in children if one.birth_date is not None and _years(one.birth_date, start) < 18]
    with_kindergeld = [one for one in young if one.kindergeld]
    if not with_kindergeld:
        for one in young:
            if one.kindergeld is None and one.relation != "self":
                sentence = _("Es fehlt, ob es für %(name)s Kindergeld gibt.") % {"name": one.name}
                one.source.missing("kindergeld", sentence)
        return False
    if all(one.birth_date is not None and _years(one.birth_date, end) >= 18 for one in with_kindergeld):
        text = _(
            "Das jüngste Kind wird im Zeitraum 18 Jahre alt; der Freibetrag für Alleinerziehende gilt nur bis dahin."
        )
        adults[0].source.notes.hint("§ 17 Nr. 3 Buchst. b, § 25 Abs. 1 Satz 2 WoGG", text)
    return True


def _child_of_the_one_adult(one: Member, found: Sequence[Member]) -> bool:
    """With a parent here the applicant and the siblings are that parent's children; else the applicant's children."""
    if any(other.relation == "parent" for other in found):
        return one.relation == "self" or (one.relation == "sibling" and bool(one.parent_here))
    return one.relation in CHILD
