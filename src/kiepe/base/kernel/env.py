"""Settings from the environment, typed. A wrong value stops the start and is shown with what was expected."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path


class SettingError(SystemExit):
    """A setting that cannot be used. Its text is one sentence for the person who starts Kiepe."""


def text(name: str, default: str) -> str:
    """The value of `name`, or `default` where it is not set or empty."""
    return os.environ.get(name) or default


def flag(name: str, *, default: bool) -> bool:
    """`1`/`yes`/`true` or `0`/`no`/`false`."""
    raw = os.environ.get(name, "").strip().lower()
    if not raw:
        return default
    if raw in {"1", "yes", "true", "on"}:
        return True
    if raw in {"0", "no", "false", "off"}:
        return False
    raise SettingError(f"{name} is {raw!r}; it takes 1 or 0.")


def folder(name: str, default: Path) -> Path:
    """An absolute path. The folder need not exist yet."""
    return Path(os.environ.get(name) or default).expanduser().absolute()


def listed(name: str, default: list[str]) -> list[str]:
    """Values separated by commas."""
    raw = os.environ.get(name, "")
    return [part.strip() for part in raw.split(",") if part.strip()] or default


def day(name: str) -> date | None:
    """An ISO date, or None where it is not set."""
    raw = os.environ.get(name, "").strip()
    if not raw:
        return None
    try:
        return date.fromisoformat(raw)
    except ValueError:
        raise SettingError(f"{name} is {raw!r}; it takes a date such as 2026-11-20.") from None


def number(name: str, default: int) -> int:
    """A whole number."""
    raw = os.environ.get(name, "").strip()
    if not raw:
        return default
    if not raw.isdecimal():
        raise SettingError(f"{name} is {raw!r}; it takes a whole number.")
    return int(raw)
