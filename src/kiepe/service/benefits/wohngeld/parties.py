"""Who takes part in a Wohngeld case: who applies, who lives there too, who helps, who is paid."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.utils.translation import gettext as _

from kiepe.base.kernel import clock
from kiepe.cases.models import PartyRole, Scope
from kiepe.cases.parties import PartyData
from kiepe.service.benefits.wohngeld.answers import Answers, Notes

GROWN_UP = 18  # § 2 BGB


def parties(answers: Mapping[str, object]) -> Sequence[PartyData]:
    """The applicant first, then members, who acts or helps, and another payee (§ 26 Abs. 1 WoGG)."""
    level = Answers(answers, Notes())
    people = level.items("persons")
    first = people[0] if people else Answers({}, Notes())
    found = [_person(first, PartyRole.APPLICANT, level)]
    found += [_person(one, PartyRole.MEMBER) for one in people[1:]]
    if "by_other" in level.chosen("situation") and level.text("helper_name"):
        found.append(_representative(level, first))
    if "assistant" in level.chosen("situation") and level.text("assistant_name"):
        scope = (Scope.TALK,) if level.yes("assistant_may_talk") else ()
        found.append(_named(level, "assistant", PartyRole.HELPER, scope=scope))
    if "couple" in level.chosen("situation") and level.yes("couple_agreed"):
        found += [_partner(one) for one in people[1:] if one.text("relation") in {"spouse", "partner"}][:1]
    if level.text("payee") in {"member", "landlord", "agency"} and level.text("account_holder"):
        found.append(_payee(level))
    return found


def _representative(level: Answers, applicant: Answers) -> PartyData:
    """Who applies for the person, by a power (§ 13 SGB X), by a court (§ 1823 BGB), or for a child (§ 1629 BGB)."""
    born = applicant.day("birth_date")
    grown_up = born is None or _age(born) >= GROWN_UP
    if level.text("helper_role") == "guardian":
        scope = tuple(Scope(one) for one in sorted(level.chosen("guardian_scope")))
        return _named(level, "helper", PartyRole.GUARDIAN, scope=scope, evidence_key="authority")
    if level.text("helper_role") == "parent" and not grown_up:
        return _named(level, "helper", PartyRole.PARENT, scope=(Scope.ALL,))
    return _named(level, "helper", PartyRole.REPRESENTATIVE, scope=(Scope.ALL,), evidence_key="authority")


def _age(born: date) -> int:
    """Completed years today."""
    today = clock.today()
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def _named(
    level: Answers, who: str, role: PartyRole, *, scope: tuple[Scope, ...] = (), evidence_key: str = ""
) -> PartyData:
    """A party whose name was typed in one field."""
    given, _blank, family = level.text(f"{who}_name").rpartition(" ")
    place = f"{level.text(f'{who}_postcode')} {level.text(f'{who}_town')}".strip()
    return PartyData(
        role,
        first_name=given,
        last_name=family,
        organisation=level.text(f"{who}_organisation"),
        salutation=_("Guten Tag %(name)s,") % {"name": level.text(f"{who}_name")},
        address=tuple(line for line in (level.text(f"{who}_street"), place) if line and level.text(f"{who}_street")),
        phone=level.text(f"{who}_phone"),
        scope=scope,
        evidence_key=evidence_key,
    )


def _partner(person: Answers) -> PartyData:
    """The partner as one who acts too; as a member of the household they stand in the list once more."""
    return PartyData(
        PartyRole.PARTNER,
        first_name=person.text("first_name"),
        last_name=person.text("last_name"),
        item_id=person.text("id"),
        scope=(Scope.ALL,),
        consent=_("Vollmacht im Antrag erklärt (§ 13 Abs. 1 SGB X)"),
    )


def _payee(level: Answers) -> PartyData:
    """Another payee, with what the applicant said to it; the written consent is a document of its own."""
    agreed = level.yes("payee_agreed")
    return PartyData(
        PartyRole.PAYEE,
        organisation=level.text("account_holder"),
        iban=level.text("iban"),
        evidence_key="payee_consent",
        consent=_("Im Antrag einverstanden (§ 26 Abs. 1 Satz 2 WoGG)") if agreed else "",
    )


def _person(person: Answers, role: PartyRole, contact: Answers | None = None) -> PartyData:
    own_account = contact is not None and contact.text("payee") in {"", "applicant"}
    return PartyData(
        role,
        first_name=person.text("first_name"),
        last_name=person.text("last_name"),
        birth_date=person.day("birth_date"),
        salutation=_salutation(person) if contact is not None else "",
        address=_address(contact) if contact is not None else (),
        email=contact.text("email") if contact is not None else "",
        phone=contact.text("phone") if contact is not None else "",
        iban=contact.text("iban") if contact is not None and own_account else "",
        item_id=person.text("id"),
    )


def _salutation(person: Answers) -> str:
    """By full name: it fits everybody, also where the register holds no sex."""
    name = " ".join(part for part in (person.text("first_name"), person.text("last_name")) if part)
    return _("Guten Tag %(name)s,") % {"name": name} if name else _("Guten Tag,")


def _address(contact: Answers) -> tuple[str, ...]:
    """Where letters go: the dwelling, or another address where one was asked for."""
    if contact.yes("post_elsewhere") and contact.text("post_street"):
        lines = [
            _("c/o %(name)s") % {"name": contact.text("post_name")} if contact.text("post_name") else "",
            contact.text("post_street"),
            f"{contact.text('post_postcode')} {contact.text('post_town')}".strip(),
        ]
    else:
        lines = [contact.text("street"), f"{contact.text('postcode')} {contact.text('town')}".strip()]
    return tuple(line for line in lines if line)
