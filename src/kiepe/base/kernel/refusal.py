"""Three kinds of no: Refused is an answer, Unavailable is somebody else's trouble, anything else is a bug."""

from __future__ import annotations

from collections.abc import Mapping


class Refused(Exception):
    """We do not do this, and say why and what helps, in the reader's language.

    `why` is one sentence, `remedy` says what to do next, `fields` maps a field's name to its sentence.
    `status` is 409 (the state does not allow it), 422 (the input cannot be used) or 429 (too often).
    """

    def __init__(
        self,
        why: str,
        remedy: str = "",
        *,
        fields: Mapping[str, str] | None = None,
        status: int = 409,
    ) -> None:
        super().__init__(why)
        self.why = why
        self.remedy = remedy
        self.fields = dict(fields or {})
        self.status = status


class Unavailable(Exception):
    """Another system is down. `what` names it; the page names the phone and paper way."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what
