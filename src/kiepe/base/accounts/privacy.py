"""The account itself."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection
from django.utils.translation import gettext as _

from kiepe.base.accounts.models import Account, AccountKind, SignInCode
from kiepe.base.kernel.actor import Actor
from kiepe.base.kernel.privacy import ACCOUNT, Holding, Share


class Accounts:
    """Mail address, name, and when somebody signed in last."""

    name = "account"

    def export(self, person: Actor) -> Share:
        account = _own(person)
        if account is None:
            return Share({})
        return Share(
            {
                "email": account.email,
                "name": account.name,
                "created_at": account.created_at.isoformat(),
                "last_sign_in": account.last_login.isoformat() if account.last_login else None,
            }
        )

    def holdings(self, person: Actor) -> Sequence[Holding]:
        if _own(person) is None:
            return []
        words = _(
            "Ihre Mailadresse und Ihr Name im Portal. Danach können Sie sich nicht mehr anmelden. Ihre Vorgänge öffnen "
            "Sie dann mit der Nummer und dem Zugangscode."
        )
        return [Holding(ACCOUNT, _("Ihr Konto"), words, now=True)]

    def erase(self, person: Actor, keys: frozenset[str]) -> None:
        account = _own(person)
        if account is None or ACCOUNT not in keys:
            return
        SignInCode.objects.filter(email=account.email).delete()
        # By hand: Django would first touch every table that may name an account, among them those that nobody may
        # change. The rooms before this one have let go of it; the database refuses where one has not.
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM accounts_account WHERE id = %s", [account.pk])


def _own(person: Actor) -> Account | None:
    if person.is_staff or person.account is None:
        return None
    return Account.objects.filter(pk=person.account, kind=AccountKind.CITIZEN).first()


ROOM = Accounts()
