"""A person's data in drafts: to be handed out (Art. 15, 20 GDPR) and to be erased (Art. 17 GDPR)."""

from __future__ import annotations

from django.db import transaction

from kiepe.base.accounts.models import Account
from kiepe.base.forms import actions, queries
from kiepe.base.forms.models import Draft


def export(person: Account) -> list[object]:
    """Everything in this person's drafts, as plain data, oldest first. What was sent is the case's.

    What members say and send for themselves is theirs.
    """
    return [
        {
            "form": draft.form,
            "begun": draft.created_at.isoformat(),
            "changed": draft.changed_at.isoformat(),
            "deleted_on": draft.delete_on.isoformat(),
            "answers": draft.answers,
            "typed_and_not_understood": draft.raw,
            "files": [one.stored_file.name for one in queries.files(draft) if _own(draft, one.item)],
            "documents_not_there": [
                {"document": key, "item": item, "why": lack.why, "words": lack.words}
                for (key, item), lack in queries.lacks(draft).items()
                if _own(draft, item)
            ],
        }
        for draft in Draft.objects.filter(account=person, submitted_at=None).order_by("created_at")
    ]


def _own(draft: Draft, item: str) -> bool:
    """Whether a document is the applicant's, not a member's who fills in the own part."""
    return item.partition(".")[0] not in queries.parts(draft)


def erase(person: Account) -> list[str]:
    """Erase every draft with its files; nothing has to stay (no rule keeps what was not sent)."""
    with transaction.atomic():
        for draft in Draft.objects.select_for_update().filter(account=person).order_by("pk"):
            actions.erase(draft)
    return []
