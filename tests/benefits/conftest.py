"""The form, and city packs of each Mietenstufe."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest
import yaml

from kiepe.base.catalogue import pack
from kiepe.base.forms import flow

WOHNGELD = Path(flow.__file__).parents[2] / "service" / "benefits" / "wohngeld"
# One Gemeinde of each Mietenstufe, as the Anlage zu § 1 Abs. 3 WoGV lists them.
GEMEINDEN = {
    1: ("Höxter, Stadt", "Nordrhein-Westfalen"),
    4: ("Münster, Stadt", "Nordrhein-Westfalen"),
    5: ("Bonn, Stadt", "Nordrhein-Westfalen"),
    6: ("Köln, Stadt", "Nordrhein-Westfalen"),
}


@pytest.fixture(scope="session")
def form() -> flow.Flow:
    return flow.load(WOHNGELD / "form.yaml")


@pytest.fixture(scope="session")
def form_text() -> dict[str, object]:
    found = yaml.safe_load((WOHNGELD / "form.yaml").read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


@pytest.fixture
def in_mietenstufe(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """The city of this process becomes one of this Mietenstufe."""

    for name in ("kiepe.base.catalogue.context", "kiepe.config.urls"):  # imported later they would keep the changed one
        import_module(name)

    def move(stufe: int) -> None:
        gemeinde, land = GEMEINDEN[stufe]
        moved = pack.City.model_construct(name=gemeinde.split(",")[0], gemeinde=gemeinde, land=land)
        monkeypatch.setattr(pack, "city", lambda: moved)

    return move


@pytest.fixture(autouse=True)
def _in_muenster(in_mietenstufe: Callable[[int], None]) -> None:
    in_mietenstufe(4)
