"""A child process that ends when its parent is gone, however the parent went: kill -9 leaves nothing behind."""

from __future__ import annotations

import ctypes
import signal

PR_SET_PDEATHSIG = 1  # prctl(2), Linux
_libc = ctypes.CDLL(None)  # loaded before the fork: after it, loading is not safe


def end_with_parent(number: signal.Signals = signal.SIGTERM) -> None:
    """Called in the child, after the fork: it gets this signal when its parent ends."""
    _libc.prctl(PR_SET_PDEATHSIG, int(number))


def end_database_with_parent() -> None:
    """The same for PostgreSQL, in its own words: SIGINT is the fast shutdown, everything committed is kept."""
    end_with_parent(signal.SIGINT)
