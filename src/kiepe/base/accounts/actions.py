"""Signing in and out. Citizens: a code by mail, no password to lose. Staff: mail address and password."""

from __future__ import annotations

import hmac
import secrets
from datetime import timedelta
from hashlib import sha256

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.core.mail import send_mail
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from kiepe.base.accounts.models import Account, AccountKind, SignInCode
from kiepe.base.kernel import limits
from kiepe.base.kernel.refusal import Refused, Unavailable

CODE_MINUTES = 15
CODE_TRIES = 5
BACKEND = "django.contrib.auth.backends.ModelBackend"


def _digest(email: str, code: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), f"code\0{email}\0{code}".encode(), sha256).hexdigest()


def send_code(email: str, *, origin: str) -> None:
    """Send a six-digit code. Whether an account exists is not told: it comes into being with the first sign-in.

    Raises Refused (429) after three codes in a quarter of an hour, Unavailable where the mail server is down.
    """
    email = email.strip().lower()
    limits.hit("code-origin", origin, limit=20, seconds=900)
    limits.hit("code-mail", email, limit=3, seconds=900)
    code = f"{secrets.randbelow(1_000_000):06d}"
    expires = timezone.now() + timedelta(minutes=CODE_MINUTES)
    with transaction.atomic():
        SignInCode.objects.filter(email=email).delete()
        SignInCode.objects.create(email=email, digest=_digest(email, code), expires_at=expires)
    text = _(
        "Ihr Code: %(code)s\n\nEr gilt %(minutes)d Minuten. Geben Sie ihn auf der Seite ein, die Sie geöffnet haben."
    ) % {
        "code": code,
        "minutes": CODE_MINUTES,
    }
    try:
        send_mail(_("Ihr Code zum Anmelden"), text, None, [email])
    except OSError:
        raise Unavailable(_("Der Mailversand")) from None


def sign_in_with_code(request: HttpRequest, email: str, code: str) -> Account:
    """Sign a citizen in. Raises Refused (422) for a wrong or expired code, and after five tries asks for a new one."""
    email = email.strip().lower()
    limits.hit("sign-in-origin", limits.origin(request), limit=30, seconds=900)
    wrong = Refused(
        _("Dieser Code passt nicht"),
        _("Prüfen Sie die sechs Ziffern, oder lassen Sie sich einen neuen schicken."),
        status=422,
    )
    with transaction.atomic():
        row = SignInCode.objects.select_for_update().filter(email=email, expires_at__gt=timezone.now()).first()
        right = row is not None and row.tries < CODE_TRIES and hmac.compare_digest(row.digest, _digest(email, code))
        if row is not None and right:
            row.delete()
        elif row is not None:
            row.tries += 1
            row.save(update_fields=["tries"])
    if not right:
        raise wrong
    account, _made = Account.objects.get_or_create(email=email, defaults={"kind": AccountKind.CITIZEN})
    if account.kind != AccountKind.CITIZEN or not account.is_active:
        raise Refused(_("Bitte melden Sie sich als Mitarbeiterin oder Mitarbeiter an"), status=422)
    login(request, account, backend=BACKEND)
    return account


def sign_in_staff(request: HttpRequest, email: str, password: str) -> Account:
    """Sign a member of staff in. Raises Refused: 422 for a wrong pair, 429 after ten tries in a quarter of an hour."""
    email = email.strip().lower()
    limits.hit("staff-origin", limits.origin(request), limit=30, seconds=900)
    limits.hit("staff-mail", email, limit=10, seconds=900)
    account = authenticate(request, username=email, password=password)
    if not isinstance(account, Account) or account.kind != AccountKind.STAFF:
        raise Refused(_("Mailadresse und Passwort passen nicht zusammen"), status=422)
    login(request, account, backend=BACKEND)
    return account


def demo_sign_in(request: HttpRequest, account_id: int) -> Account:
    """Sign in as a demo person without a password; only in a demo, and only bound to loopback."""
    if not (settings.DEMO and settings.LOOPBACK):
        raise Refused(_("Die Vorführ-Anmeldung gibt es hier nicht"), status=404)
    account = Account.objects.filter(pk=account_id, is_demo=True, is_active=True).first()
    if account is None:
        raise Refused(_("Diese erfundene Person gibt es nicht"), status=404)
    login(request, account, backend=BACKEND)
    return account


def sign_out(request: HttpRequest) -> None:
    """End the session and forget everything it held."""
    logout(request)


def make_staff(
    email: str, name: str, unit: str, roles: list[str], password: str | None, *, demo: bool = False
) -> Account:
    """Create or change a member of staff. Without a password only the demo sign-in works."""
    account, _made = Account.objects.update_or_create(
        email=email.strip().lower(),
        defaults={"kind": AccountKind.STAFF, "name": name, "unit": unit, "roles": roles, "is_demo": demo},
    )
    if password is None:
        account.set_unusable_password()
    else:
        account.set_password(password)
    account.save()
    return account


def make_citizen(email: str, name: str, *, demo: bool = False) -> Account:
    """Create a citizen's account ahead of the first sign-in (demo people)."""
    account, made = Account.objects.get_or_create(
        email=email.strip().lower(), defaults={"kind": AccountKind.CITIZEN, "name": name, "is_demo": demo}
    )
    if made:
        account.set_unusable_password()
        account.save()
    return account
