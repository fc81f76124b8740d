"""Every test pack is a whole pack, and its Gemeinde has the Mietenstufe that it is made for."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from kiepe.base.catalogue import pack
from tests.cities.packs import GEMEINDEN, pack_of_step


@pytest.mark.parametrize("step", range(1, 8))
def test_pack_lies_in_a_gemeinde_of_its_step(step: int, tmp_path: Path, shared: Path) -> None:
    city = pack.read(pack_of_step(step, tmp_path))
    with (shared / "law" / "mietstufen_2023_DE.csv").open(encoding="utf-8", newline="") as file:
        official = {
            (row["land"], row["name"]): int(row["mietenstufe"])
            for row in csv.DictReader(file)
            if row["ebene"] == "Gemeinde"
        }
    assert official[city.land, city.gemeinde] == step


def test_there_is_a_pack_for_each_step() -> None:
    assert sorted(GEMEINDEN) == [1, 2, 3, 4, 5, 6, 7]
