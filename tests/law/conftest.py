"""Was die Tests des Rechts brauchen: Haushalte bauen und die Dateien der Schnittstelle finden."""

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def shared() -> Path:
    """Der Ordner ``shared`` neben dem Arbeitsordner; ohne ihn wird der Test übersprungen."""
    for ordner in Path(__file__).resolve().parents:
        if (ordner / "shared" / "interfaces").is_dir():
            return ordner / "shared"
    pytest.skip("Der Ordner shared mit den Schnittstellen liegt nicht neben diesem Arbeitsordner.")
