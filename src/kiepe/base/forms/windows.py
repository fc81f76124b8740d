"""The same page in two windows: neither overwrites what the other has stored without being asked.

A page carries a mark: which rendering it is, and a digest of what was stored when it was made. The draft keeps, by
page, the rendering that stored last. Going back in one window and sending again is the same rendering, and no clash.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from kiepe.base.forms.flow import PageAt, Walk

FIELD = "_window"  # name in the form; no question may begin so


def mark(walk: Walk, at: PageAt) -> str:
    """The mark of a page that is rendered now."""
    return f"{secrets.token_hex(8)}.{_digest(_own(walk, at))}"


def rendering(sent: str) -> str:
    """Which rendering a mark names."""
    return sent.partition(".")[0][:16]


def clash(sent: str, last: str, walk: Walk, at: PageAt, values: Mapping[str, Any]) -> bool:
    """Whether another window stored something else on this page since the one was made that sends `values` now.

    `last` is the rendering that stored last. A page without a mark (an interface, a page from before) never clashes.
    """
    stored = _own(walk, at)
    if not sent or rendering(sent) == last or sent.partition(".")[2] == _digest(stored):
        return False
    return any(stored.get(key) is not None and stored[key] != value for key, value in values.items())


def _own(walk: Walk, at: PageAt) -> dict[str, Any]:
    keys = {key for field in at.page.fields for key in (field.key, field.unknown_key)}
    return {key: value for key, value in walk.stored(at).items() if key in keys}


def _digest(stored: Mapping[str, Any]) -> str:
    return sha256(json.dumps(stored, sort_keys=True, default=str).encode()).hexdigest()[:16]
