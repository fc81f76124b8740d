"""A person's data in the cases: to be handed out (Art. 15, 20 GDPR) and to be erased (Art. 17 GDPR)."""

from __future__ import annotations

from kiepe.base.accounts.models import Account
from kiepe.base.kernel import clock
from kiepe.cases import canonical, delivery, facts, history, retention
from kiepe.cases.actions.erase import erase as erase_case
from kiepe.cases.models import AccessEntry, Case


def export(person: Account) -> list[object]:
    """Everything that this person's cases say, as plain data, oldest first."""
    return [_said(case) for case in Case.objects.filter(account=person).order_by("pk")]


def _said(case: Case) -> object:
    return canonical.plain(
        {
            "number": case.number,
            "service": case.service,
            "state": case.state,
            "received_on": case.received_on,
            "language": case.language,
            "answers": facts.answers(case),
            "parties": [
                {"role": party.role, "name": party.name, "birth_date": party.birth_date, "address": party.address,
                 "email": party.email, "phone": party.phone, "iban": party.iban}
                for party in case.parties.order_by("position")
            ],
            "documents": [
                {"title": item.title, "state": item.state, "not_there": item.lack_sentence, "why": item.lack_words,
                 "files": [file.stored_file.name for file in item.files.select_related("stored_file")]}
                for item in case.evidence.order_by("position")
            ],
            "history": [
                {"at": event.at, "sentence": history.told(event, for_staff=False).sentence}
                for event in case.events.select_related("content").order_by("seq")
            ],
            "deliveries": list(delivery.said_of([case.pk]).get(case.pk, {}).values()),
            "consents": list(delivery.consents_of([case.pk]).get(case.pk, {}).values()),
            "notice": getattr(getattr(getattr(case, "decision", None), "notice", None), "notice", None),
            "read_by_staff": AccessEntry.objects.filter(case=case).count(),
            "kept_until": retention.last_day(case),
            "kept_by": retention.norm(case),
        }
    )  # fmt: skip


def erase(person: Account) -> list[str]:
    """Erase what no rule keeps any longer; returns the numbers of cases that must stay, until their rule's day.

    Contents of a procedure are kept by law after a wish for erasure too (Art. 17 Abs. 3 Buchst. b GDPR).
    """
    kept = []
    for case in Case.objects.filter(account=person, erased_at__isnull=True).order_by("pk"):
        day = retention.last_day(case)
        if day is not None and day < clock.today():
            erase_case(case.pk, norm=retention.norm(case))
        else:
            kept.append(case.number)
    return kept
