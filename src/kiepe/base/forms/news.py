"""News from the rooms below: somebody signed in, so the drafts of this browser are that account's."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest

from kiepe.base.accounts.middleware import DRAFTS
from kiepe.base.accounts.models import Account, AccountKind
from kiepe.base.forms.actions import attach_to_account


def listen() -> None:
    """Called once, when the room is ready."""
    user_logged_in.connect(_signed_in, dispatch_uid="forms.signed_in")


def _signed_in(sender: Any, request: HttpRequest, user: Account, **_more: Any) -> None:  # noqa: ARG001 - the signal's signature
    if user.kind == AccountKind.CITIZEN:
        attach_to_account(user.pk, [str(draft) for draft in request.session.get(DRAFTS, [])])
