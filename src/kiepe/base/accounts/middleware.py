"""Sets `request.actor` from the session: who acts in this request."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from kiepe.base.accounts.models import Account, AccountKind
from kiepe.base.kernel.actor import NOBODY, Actor, ActorKind, Role

DRAFTS = "drafts"  # session key: ids of drafts begun or resumed in this browser
CASES = "cases"  # session key: primary keys of cases opened by number and code
PARTS = "parts"  # session key: ids of own parts of drafts opened by code
PARTIES = "parties"  # session key: primary keys of parties whose own code was given here


def actor_of(request: HttpRequest) -> Actor:
    """The actor behind a request. Touches the session only where the browser sent its cookie."""
    if not request.COOKIES:
        return NOBODY
    user = request.user
    drafts = frozenset(str(draft) for draft in request.session.get(DRAFTS, []))
    cases = frozenset(int(case) for case in request.session.get(CASES, []))
    opened = {
        "drafts": drafts,
        "cases": cases,
        "parts": frozenset(str(part) for part in request.session.get(PARTS, [])),
        "parties": frozenset(int(party) for party in request.session.get(PARTIES, [])),
    }
    if not isinstance(user, Account):
        return Actor(kind=ActorKind.CITIZEN, **opened)  # type: ignore[arg-type]  # each of its field's type, above
    if user.kind == AccountKind.STAFF:
        roles = frozenset(Role(role) for role in user.roles)
        return Actor(kind=ActorKind.STAFF, account=user.pk, label=user.name, unit=user.unit, roles=roles)
    return Actor(kind=ActorKind.CITIZEN, account=user.pk, label=user.name, **opened)  # type: ignore[arg-type]  # as above


class WhoActs:
    """`request.actor`, worked out when first asked for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = SimpleLazyObject(lambda: actor_of(request))  # type: ignore[attr-defined]  # ours, read through acting()
        return self.get_response(request)


def hold(request: HttpRequest, key: str, pk: int | UUID, *, by_code: bool = False) -> None:
    """This browser session may open it from now on; `key` is DRAFTS, CASES, PARTS or PARTIES.

    Whoever came `by_code` gets a new session key, so that a session that was planted before gains nothing.
    """
    held = [one for one in request.session.get(key, []) if str(one) != str(pk)]
    if by_code:
        request.session.cycle_key()
    request.session[key] = [*held, pk if isinstance(pk, int) else str(pk)]


def acting(request: HttpRequest) -> Actor:
    """The typed way to `request.actor`."""
    actor: Actor = request.actor  # type: ignore[attr-defined]  # set by WhoActs
    return actor
