"""Staff write down that somebody wishes to apply: at any office, by phone, on paper, at the counter (§ 16 SGB I)."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

from kiepe.base.forms import taking_in, values
from kiepe.base.forms.badvalue import BadValue
from kiepe.base.forms.form import Field, Type
from kiepe.base.forms.models import Draft, PaperForm
from kiepe.base.kernel import clock
from kiepe.base.kernel.actor import Actor, ActorKind, Role
from kiepe.base.kernel.letters import Letters
from kiepe.base.kernel.refusal import Refused
from kiepe.cases import access, record, types
from kiepe.cases.actions.filing import lay_scans
from kiepe.cases.actions.keep_date import begin
from kiepe.cases.actions.submit import Submitted
from kiepe.cases.case_type import CaseType
from kiepe.cases.models import Case
from kiepe.cases.transitions import Verb
from kiepe.cases.wish import Address, Channel, PersonName, Wish

NOTE_LENGTH = 2000
# Read as the form reads the same questions: letters of DIN 91379, mail, phone and postcode with their own sentences.
QUESTIONS = tuple(
    Field(key=key, type=kind, label=key, letters=letters, max_length=longest)
    for key, kind, letters, longest in (
        ("first_name", Type.TEXT, Letters.NAME, 80),
        ("last_name", Type.TEXT, Letters.NAME, 80),
        ("street", Type.TEXT, Letters.TEXT, 120),
        ("postcode", Type.POSTCODE, Letters.TEXT, None),
        ("town", Type.TEXT, Letters.TEXT, 80),
        ("phone", Type.PHONE, Letters.TEXT, None),
        ("email", Type.EMAIL, Letters.TEXT, None),
    )
)
KEYS = tuple(field.key for field in QUESTIONS)
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
    paper: PaperForm | None = None,
    scans: Sequence[UploadedFile[bytes]] = (),
    hold: bool = False,
) -> Submitted:
    """A case with `day` as day of receipt, whose answers follow; number and code are for the person.

    Any caseworker of any unit may: the case goes to the unit that is responsible. `day` is the day on which the wish
    was first said or came in, at whichever office (§ 16 Abs. 2 SGB I). `once` names the form that was sent: twice makes
    one case. The draft with the first answers is the person's to go on with, by number and code; with `hold` the actor
    goes through the questions (responsible unit only). `paper` is a printed form that came back: where it was printed
    from a draft, that one goes on, and a name in it need not be typed again. `scans` go into the file. Raises Http404
    for others, Refused (422) with `fields` for what is missing or cannot be.
    """
    if not actor.has(Role.CASEWORKER, Role.LEAD):
        raise Http404
    case_type = types.case_type(service)
    if case_type.first_answers is None:
        raise Refused(_("Diesen Antrag können Sie hier nicht aufnehmen."), _("Nehmen Sie ihn bitte auf Papier auf."))
    wish, note = Wish(name, address, phone, email, birth_date), note.replace("\x00", "")
    with transaction.atomic():
        draft = taking_in.draft_of(paper) if paper is not None else None
        if draft is None:
            draft, case = _new(actor, case_type, wish, day, channel, note, once)
        else:
            case = _of_paper(actor, case_type, draft, wish, day, channel, note)
        if paper is not None:
            taking_in.came_back(paper, draft)
        lay_scans(actor, case, scans)
        if hold:
            _hold(actor, case, draft)
    return Submitted(case, access.shown(access.code_of(draft.pk)))


def _new(
    actor: Actor, case_type: CaseType, wish: Wish, day: date, channel: Channel, note: str, once: uuid.UUID | None
) -> tuple[Draft, Case]:
    """A draft of what was said and its case; the same ones where the form is sent twice."""
    answers = _answers(case_type, _checked(wish, note, day))
    flow = types.form(case_type.key)
    draft, fresh = Draft.objects.select_for_update(no_key=True).get_or_create(
        pk=once or uuid.uuid4(),
        defaults={"form": flow.form.form, "form_version": flow.form.version, "answers": answers},
    )
    if not fresh:
        return draft, made_by(actor, draft.pk)
    return draft, begin(actor, draft, flow.prune(answers), received=day, channel=channel, note=note)


def _answers(case_type: CaseType, wish: Wish) -> dict[str, Any]:
    answers = dict(case_type.first_answers(wish)) if case_type.first_answers is not None else {}
    types.form(case_type.key).ensure_first(answers)
    return answers


def _of_paper(
    actor: Actor, case_type: CaseType, draft: Draft, wish: Wish, day: date, channel: Channel, note: str
) -> Case:
    """The case of a draft whose printed form came back: begun now, or joined where its day was kept before."""
    case = Case.objects.select_for_update(no_key=True).filter(draft=draft.pk).first()
    if case is not None:
        _checked(wish, note, day, named=True)
        return _join(actor, case, day, note)
    flow = types.form(case_type.key)
    walk = flow.walk(draft.answers, frozenset(draft.done))
    named = walk.keeps_date()
    checked = _checked(wish, note, day, named=named)
    answers = walk.answers if named else flow.prune(_answers(case_type, checked))
    return begin(actor, draft, answers, received=day, channel=channel, note=note)


def _join(actor: Actor, case: Case, day: date, note: str) -> Case:
    """Note who takes the rest in. Where the paper reached an office before, its day counts (§ 16 Abs. 2 SGB I)."""
    earlier = day < case.received_on
    if earlier or not _took_part(actor, case):
        case.received_on = min(day, case.received_on)
        record.append(case, Verb.TAKEN_IN, actor, {"received_on": case.received_on, "reason": note.strip()})
    return case


def _took_part(actor: Actor, case: Case) -> bool:
    """Whether this actor recorded the wish, or took the rest in."""
    mine = case.events.filter(verb__in=[Verb.BEGUN, Verb.TAKEN_IN], actor_kind=ActorKind.STAFF, actor_id=actor.account)
    return actor.account is not None and mine.exists()


def _hold(actor: Actor, case: Case, draft: Draft) -> None:
    if actor.unit != case.unit:
        raise Http404
    taking_in.hold(actor, draft)


def made_by(actor: Actor, draft_id: uuid.UUID) -> Case:
    """The case of a wish that this actor recorded; else Http404: an id that was sent here is no way to a draft."""
    case = Case.objects.filter(draft=draft_id).first()
    if case is None or not _took_part(actor, case):
        raise Http404
    return case


def _checked(wish: Wish, note: str, day: date, *, named: bool = False) -> Wish:
    """The wish as the form would have read it; Refused with a sentence a field.

    `named`: who it is and where to be found is known already.
    """
    parts = (wish.name.first, wish.name.last, wish.address.street, wish.address.postcode, wish.address.town)
    read, fields = _read(dict(zip(KEYS, (*parts, wish.phone, wish.email), strict=True)))
    fields |= {key: said for key, said in _unfit(wish, note, day, named=named).items() if key not in fields}
    if fields:
        raise Refused(_("Der Antrag ist noch nicht aufgenommen."), fields=fields, status=422)
    first, last, street, postcode, town, phone, email = (read[key] for key in KEYS)
    return Wish(PersonName(first, last), Address(street, postcode, town), phone, email, wish.birth_date)


def _read(typed: dict[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """What was understood, and a sentence for each text that could not be."""
    read, unread = dict.fromkeys(typed, ""), dict[str, str]()
    for field in QUESTIONS:
        if typed[field.key].strip():
            try:
                read[field.key] = str(values.parse(field, typed[field.key]))
            except BadValue as bad:
                unread[field.key] = bad.sentence
    return read, unread


def _unfit(wish: Wish, note: str, day: date, *, named: bool) -> dict[str, str]:
    fields: dict[str, str] = {}
    if len(note) > NOTE_LENGTH:
        fields["note"] = _("Das ist zu lang. Höchstens %(most)d Zeichen passen hier.") % {"most": NOTE_LENGTH}
    if wish.birth_date is not None and wish.birth_date > clock.today():
        fields["birth_date"] = _("Das Geburtsdatum liegt in der Zukunft. Bitte prüfen Sie das Jahr.")
    today = clock.today()
    if not named and not wish.name.last.strip():
        fields["last_name"] = _("Tragen Sie den Familiennamen ein.")
    reached = (wish.address.street.strip() and wish.address.town.strip()) or wish.phone or wish.email
    if not named and not reached:
        fields["street"] = _("Tragen Sie die Adresse ein, oder eine Telefonnummer oder Mailadresse.")
    if day > today:
        fields["day"] = _("Der Tag liegt in der Zukunft. Tragen Sie den Tag ein, an dem die Person sich gemeldet hat.")
    elif day.year < today.year - YEARS_BACK:
        fields["day"] = _("Der Tag liegt mehr als vier Jahre zurück. Bitte prüfen Sie das Jahr.")
    return fields
