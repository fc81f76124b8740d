"""A foreign key is knowledge of another room: it points down, in the order that the import contracts give."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from django.apps import apps

CONTRACTS = tomllib.loads((Path(__file__).resolve().parents[1] / "pyproject.toml").read_text())["tool"]["importlinter"]
STOREYS = {one["containers"][0]: one["layers"] for one in CONTRACTS["contracts"] if one["type"] == "layers"}
ROOMS = [config.name for config in apps.get_app_configs() if config.name.startswith("kiepe.")]


def height(room: str) -> tuple[int, ...]:
    """How high a room stands, storey by storey; a room of another house lies below all of ours."""
    parts = room.split(".")
    if parts[0] != "kiepe":
        return (-1,)
    found = []
    for depth in range(1, len(parts)):
        layers = STOREYS.get(".".join(parts[:depth]), ())
        for number, names in enumerate(reversed(layers)):
            if parts[depth] in names.split(" | "):
                found.append(number)
    return tuple(found)


def climbs(source: str, target: str) -> bool:
    """Whether a key from one room to another goes up, or to a neighbour that the order does not know."""
    return source != target and height(target) >= height(source)


def test_no_foreign_key_goes_up() -> None:
    keys = [
        (model._meta.label, field.name, model._meta.app_config.name, related._meta.app_config.name)
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_config.name in ROOMS
        for field in model._meta.get_fields()
        if not field.auto_created and isinstance(related := field.related_model, type)
    ]
    assert len(keys) > 20
    assert [key for key in keys if climbs(key[2], key[3])] == []


def test_every_room_stands_somewhere() -> None:
    assert [room for room in ROOMS if not height(room)] == []


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("kiepe.base.accounts", "kiepe.cases"),
        ("kiepe.base.kernel", "kiepe.base.documents"),
        ("kiepe.cases", "kiepe.service.benefits"),
        ("kiepe.entrances.desk", "kiepe.entrances.portal"),
    ],
)
def test_a_key_that_goes_up_is_found(source: str, target: str) -> None:
    assert climbs(source, target)
