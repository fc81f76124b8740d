"""Sets `request.actor` from the session: who acts in this request."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from kiepe.base.accounts.models import Account, AccountKind
from kiepe.base.kernel.actor import NOBODY, Actor, ActorKind, Role

DRAFTS = "drafts"  # session key: ids of drafts begun or resumed in this browser
CASES = "cases"  # session key: primary keys of cases opened by number and code


def actor_of(request: HttpRequest) -> Actor:
    """The actor behind a request. Touches the session only where the browser sent its cookie."""
    if not request.COOKIES:
        return NOBODY
    user = request.user
    drafts = frozenset(str(draft) for draft in request.session.get(DRAFTS, []))
    cases = frozenset(int(case) for case in request.session.get(CASES, []))
    if not isinstance(user, Account):
        return Actor(kind=ActorKind.CITIZEN, drafts=drafts, cases=cases)
    if user.kind == AccountKind.STAFF:
        roles = frozenset(Role(role) for role in user.roles)
        return Actor(kind=ActorKind.STAFF, account=user.pk, label=user.name, unit=user.unit, roles=roles)
    return Actor(kind=ActorKind.CITIZEN, account=user.pk, label=user.name, drafts=drafts, cases=cases)


class WhoActs:
    """`request.actor`, worked out when first asked for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = SimpleLazyObject(lambda: actor_of(request))  # type: ignore[attr-defined]  # ours, read through acting()
        return self.get_response(request)


def acting(request: HttpRequest) -> Actor:
    """The typed way to `request.actor`."""
    actor: Actor = request.actor  # type: ignore[attr-defined]  # set by WhoActs
    return actor
