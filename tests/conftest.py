"""What every test may ask for."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder `shared/` beside the checkout: interfaces, statutes, standards. Skips where it is not there."""
    for parent in ROOT.parents:
        if (parent / "shared" / "interfaces").is_dir():
            return parent / "shared"
    pytest.skip("no shared/ folder beside the checkout")
