"""City packs for tests: Münster's pack, set into a real Gemeinde of each Mietenstufe.

The ministry's examples name a Mietenstufe, not a city. Use it so, and start Kiepe with KIEPE_CITY=folder:

    folder = pack_of_step(6, tmp_path)
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MUENSTER = ROOT / "cities" / "muenster"

# Mietenstufe: Land and Gemeinde as in the Anlage to § 1 Abs. 3 WoGV (in force since 2023-01-01).
GEMEINDEN = {
    1: ("Sachsen", "Chemnitz, Stadt"),
    2: ("Sachsen", "Leipzig, Stadt"),
    3: ("Nordrhein-Westfalen", "Dortmund, Stadt"),
    4: ("Nordrhein-Westfalen", "Münster, Stadt"),
    5: ("Nordrhein-Westfalen", "Bonn, Stadt"),
    6: ("Nordrhein-Westfalen", "Köln, Stadt"),
    7: ("Bayern", "München"),
}


def pack_of_step(step: int, into: Path) -> Path:
    """The folder of a pack whose Gemeinde has this Mietenstufe (1 to 7), below `into`."""
    land, gemeinde = GEMEINDEN[step]
    folder = into / f"mietenstufe-{step}"
    shutil.copytree(MUENSTER, folder)
    file = folder / "city.toml"
    text = file.read_text(encoding="utf-8")
    for name, value in (("gemeinde", gemeinde), ("land", land)):
        text, changed = re.subn(rf"^{name} = \"[^\"]*\"", f'{name} = "{value}"', text, flags=re.MULTILINE)
        assert changed == 1, f"city.toml sets {name} {changed} times"
    file.write_text(text, encoding="utf-8")
    return folder
