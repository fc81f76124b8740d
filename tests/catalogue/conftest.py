from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cities.packs import MUENSTER

Edit = Callable[[str, str, str], int]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of Münster's pack that a test may break."""
    copy = tmp_path / "cities" / "muenster"
    shutil.copytree(MUENSTER, copy)
    return copy


@pytest.fixture
def edit(folder: Path) -> Edit:
    """`edit(file, old, new)` changes one place and returns its line."""

    def change(name: str, old: str, new: str) -> int:
        file = folder / name
        text = file.read_text(encoding="utf-8")
        assert old in text, f"{name} has no {old!r}"
        file.write_text(text.replace(old, new, 1), encoding="utf-8")
        return text[: text.index(old)].count("\n") + 1

    return change
