"""Who takes part in a Wohngeld case: who applies, who lives there too, who helps, who is paid."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from kiepe.cases.models import PartyRole
from kiepe.cases.parties import PartyData
from kiepe.service.benefits.wohngeld.answers import Answers, Notes


def parties(answers: Mapping[str, object]) -> Sequence[PartyData]:
    """The applicant first, then members, whoever helps, and another payee (§ 26 Abs. 1 WoGG)."""
    level = Answers(answers, Notes())
    people = level.items("persons")
    first = people[0] if people else Answers({}, Notes())
    found = [_person(first, PartyRole.APPLICANT, level)]
    found += [_person(one, PartyRole.MEMBER) for one in people[1:]]
    if "by_other" in level.chosen("situation") and level.text("helper_name"):
        given, _blank, family = level.text("helper_name").rpartition(" ")
        found.append(
            PartyData(PartyRole.REPRESENTATIVE, first_name=given, last_name=family, phone=level.text("helper_phone"))
        )
    if level.text("payee") in {"member", "landlord", "agency"} and level.text("account_holder"):
        found.append(PartyData(PartyRole.PAYEE, organisation=level.text("account_holder"), iban=level.text("iban")))
    return found


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
