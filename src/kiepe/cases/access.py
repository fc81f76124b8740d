"""The access code: how somebody without an account comes back to a case. Ten signs, none that looks like another.

The code follows from the draft and a key outside the database, so that a repeated "absenden", after a double click or
a crash, shows the same one. The database keeps only an HMAC of it.
"""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from kiepe.base.kernel import keys
from kiepe.base.kernel.refusal import Refused
from kiepe.cases.models import Case, Party, PartyAccess, ResumeLink

SIGNS = "23456789abcdefghjkmnpqrstuvwxyz"  # no 0/o, 1/l/i
LENGTH = 10  # 31^10: 49 bits, tried at most a few times an hour
TOKEN_LENGTH = 15  # of a link: 74 bits, and useless without the code


@cache
def _key(folder: Path) -> bytes:
    return hmac.digest(keys.secret(folder, "access.key").encode(), b"kiepe access codes 1", "sha256")


def code(draft: UUID, generation: int = 0) -> str:
    """The code of this draft, and of the case made from it: one code to write down."""
    return _signs(b"code" + draft.bytes + _nth(generation), LENGTH)


def code_of(draft: UUID) -> str:
    """The code that holds for this draft now: the latest one, where its holder had a new one made."""
    return code(draft, ResumeLink.objects.filter(draft=draft).values_list("generation", flat=True).first() or 0)


def token(draft: UUID, generation: int = 0) -> str:
    """What a link to this draft carries: `k7m2p-9xq4d-3wfgh`, short enough to be copied by hand."""
    signs = _signs(b"link" + draft.bytes + _nth(generation), TOKEN_LENGTH)
    return "-".join(signs[at : at + 5] for at in range(0, TOKEN_LENGTH, 5))


def _nth(generation: int) -> bytes:
    return b"" if generation == 0 else b" %d" % generation


def _signs(of: bytes, length: int) -> str:
    number = int.from_bytes(hmac.digest(_key(settings.KEYS), of, "sha256"))
    signs = []
    for _position in range(length):
        number, rest = divmod(number, len(SIGNS))
        signs.append(SIGNS[rest])
    return "".join(signs)


def shown(code: str) -> str:
    """The code in two groups, as it is easier to copy: `k7m2p-9xq4d`."""
    return f"{code[:5]}-{code[5:]}"


def plain(typed: str) -> str:
    """A code or token without what does not matter: blanks, hyphens, case."""
    return "".join(sign for sign in typed.lower() if sign.isalnum())


def hashed(number: str, typed: str) -> str:
    """What the database keeps of a code: bound to the case's number (the draft's id), blind as `plain` is."""
    return hmac.new(_key(settings.KEYS), f"hash {number} {plain(typed)}".encode(), "sha256").hexdigest()


def fresh() -> str:
    """A new code for a party's own access; it is shown once and only its HMAC is kept."""
    return "".join(secrets.choice(SIGNS) for _position in range(LENGTH))


@dataclass(frozen=True, slots=True)
class Opened:
    """What a code opens: the case as the applicant sees it, or with `party` as that party may."""

    case: Case
    party: Party | None = None


def _misfit() -> Refused:
    return Refused(
        _("Nummer und Zugangscode passen nicht zusammen."),
        _("Beides steht auf der Seite, die Sie nach dem Absenden gesehen haben. Der Code hat zehn Zeichen."),
        status=422,
    )


def opened(number: str, typed: str) -> Opened:
    """The case with this number, if its code or a party's own fits; Refused (422) for every other pair."""
    number = number.strip().upper()
    case = Case.objects.filter(number=number).first()
    found = hashed(number, typed)
    kept = case.access_code_hash if case is not None else ""
    if hmac.compare_digest(found, kept or "-" * 64) and case is not None and kept:
        return Opened(case)
    own = PartyAccess.objects.select_related("party").filter(case=case, revoked_at=None) if case is not None else ()
    for access in own:
        if hmac.compare_digest(found, access.code_hash) and case is not None:
            return Opened(case, access.party)
    raise _misfit()
