"""Staff write down that somebody wishes to apply: at any office, by phone, on paper, at the counter (§ 16 SGB I)."""

from __future__ import annotations

import unicodedata
import uuid
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

from kiepe.base.forms.models import Draft
from kiepe.base.kernel import clock
from kiepe.base.kernel.actor import Actor, Role
from kiepe.base.kernel.refusal import Refused
from kiepe.cases import access, types
from kiepe.cases.actions.keep_date import begin
from kiepe.cases.actions.submit import Submitted
from kiepe.cases.models import Case
from kiepe.cases.transitions import Verb
from kiepe.cases.wish import Address, Channel, PersonName, Wish

LENGTHS = (
    ("first_name", 80), ("last_name", 80), ("street", 120), ("postcode", 10), ("town", 80), ("phone", 40),
    ("email", 254), ("note", 2000),
)  # fmt: skip
YEARS_BACK = 4  # § 45 SGB I: older claims are barred; an earlier day is a slip of the pen


def record_wish(
    actor: Actor,
    name: PersonName,
    address: Address,
    day: date,
    channel: Channel,
    note: str = "",
    *,
    phone: str = "",
    email: str = "",
    birth_date: date | None = None,
    service: str = "wohngeld",
    once: uuid.UUID | None = None,
) -> Submitted:
    """A case with `day` as day of receipt, whose answers follow; number and code are for the person.

    Any caseworker of any unit may: the case goes to the unit that is responsible. `day` is the day on which the wish
    was first said or came in, at whichever office (§ 16 Abs. 2 SGB I). `once` names the form that was sent: twice makes
    one case. The draft with the first answers is the person's to go on with, by number and code. Raises Http404 for
    others, Refused (422) with `fields` for what is missing or cannot be.
    """
    if not actor.has(Role.CASEWORKER, Role.LEAD):
        raise Http404
    case_type = types.case_type(service)
    if case_type.first_answers is None:
        raise Refused(_("Diesen Antrag können Sie hier nicht aufnehmen."), _("Nehmen Sie ihn bitte auf Papier auf."))
    wish = _checked(Wish(name, address, phone, email, birth_date), note, day)
    flow = types.form(case_type.key)
    answers = dict(case_type.first_answers(wish))
    flow.ensure_first(answers)
    with transaction.atomic():
        draft, fresh = Draft.objects.select_for_update(no_key=True).get_or_create(
            pk=once or uuid.uuid4(),
            defaults={"form": flow.form.form, "form_version": flow.form.version, "answers": answers},
        )
        case = None if fresh else made_by(actor, draft.pk)
        if case is None:
            case = begin(
                actor, draft, flow.prune(answers), received=day, channel=channel, note=note.replace("\x00", "")
            )
    return Submitted(case, access.shown(access.code_of(draft.pk)))


def made_by(actor: Actor, draft_id: uuid.UUID) -> Case:
    """The case of a wish that this actor recorded; else Http404: an id that was sent here is no way to a draft."""
    case = Case.objects.filter(draft=draft_id).first()
    first = case.events.filter(seq=1, verb=Verb.BEGUN).first() if case is not None else None
    if case is None or first is None or actor.account is None or first.actor_id != actor.account:
        raise Http404
    return case


def _checked(wish: Wish, note: str, day: date) -> Wish:
    """The wish in composed letters, without what no letter holds; Refused with a sentence a field."""
    fields = _unfit(wish, note, day)
    if fields:
        raise Refused(_("Der Antrag ist noch nicht aufgenommen."), fields=fields, status=422)
    name = PersonName(_clean(wish.name.first), _clean(wish.name.last))
    address = Address(_clean(wish.address.street), _clean(wish.address.postcode), _clean(wish.address.town))
    return Wish(name, address, _clean(wish.phone), wish.email.strip(), wish.birth_date)


def _clean(text: str) -> str:
    letters = unicodedata.normalize("NFC", text)
    return " ".join("".join(sign for sign in letters if unicodedata.category(sign) != "Cc" or sign.isspace()).split())


def _unfit(wish: Wish, note: str, day: date) -> dict[str, str]:
    fields: dict[str, str] = {}
    parts = (wish.name.first, wish.name.last, wish.address.street, wish.address.postcode, wish.address.town, wish.phone)
    for (key, most), text in zip(LENGTHS, (*parts, wish.email, note), strict=True):
        if len(text) > most:
            fields[key] = _("Das ist zu lang. Höchstens %(most)d Zeichen passen hier.") % {"most": most}
    if wish.email.strip():
        try:
            validate_email(wish.email.strip())
        except ValidationError:
            fields["email"] = _("Geben Sie eine Mailadresse ein, zum Beispiel erika@beispiel.de")
    if wish.birth_date is not None and wish.birth_date > clock.today():
        fields["birth_date"] = _("Das Geburtsdatum liegt in der Zukunft. Bitte prüfen Sie das Jahr.")
    today = clock.today()
    if not wish.name.last.strip():
        fields["last_name"] = _("Tragen Sie den Familiennamen ein.")
    if not (wish.address.street.strip() and wish.address.town.strip()) and not wish.phone and not wish.email:
        fields["street"] = _("Tragen Sie die Adresse ein, oder eine Telefonnummer oder Mailadresse.")
    if day > today:
        fields["day"] = _("Der Tag liegt in der Zukunft. Tragen Sie den Tag ein, an dem die Person sich gemeldet hat.")
    elif day.year < today.year - YEARS_BACK:
        fields["day"] = _("Der Tag liegt mehr als vier Jahre zurück. Bitte prüfen Sie das Jahr.")
    return fields
