"""The sketches of papers: drawn as the script draws them, small, plain, and each with words."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from kiepe.base.forms.pictures import ALTS, FOLDER, HEIGHT, WIDTH

ROOT = Path(__file__).resolve().parents[2]
MOST_BYTES = 4_000
SVG = "{http://www.w3.org/2000/svg}"


def faults(svg: str) -> list[str]:
    """What a sketch must not have: script, style, outside references, no words for whoever does not see it."""
    root = ElementTree.fromstring(svg)
    found = [f"element {one.tag}" for one in root.iter() if one.tag.removeprefix(SVG) not in PLAIN]
    found += [
        f"attribute {name}"
        for one in root.iter()
        for name, value in one.attrib.items()
        if name.startswith("on") or name in {"style", "href"} or "url(" in value
    ]
    if not (root.findtext(f"{SVG}title") and root.findtext(f"{SVG}desc")):
        found.append("no title or desc")
    if (root.get("width"), root.get("height")) != (str(WIDTH), str(HEIGHT)):
        found.append("size")
    return found


PLAIN = {"svg", "title", "desc", "g", "path", "rect", "text"}


def test_every_sketch_has_its_words_and_every_word_its_sketch() -> None:
    assert {path.stem for path in FOLDER.glob("*.svg")} == set(ALTS)
    for name, alt in ALTS.items():
        assert re.fullmatch(r"Skizze: .+\. Eingekreist ist „.+“\.", str(alt)), name


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.svg")), ids=lambda path: path.stem)
def test_a_sketch_is_small_and_plain(path: Path) -> None:
    svg = path.read_text(encoding="utf-8")
    assert len(svg.encode()) <= MOST_BYTES
    assert faults(svg) == []
    words = ElementTree.fromstring(svg).findtext(f"{SVG}desc") or ""
    assert any(part in words for part in str(ALTS[path.stem]).partition("„")[2].split("“")), "alt and picture differ"


def test_known_bad_sketch_is_found() -> None:
    bad = '<svg xmlns="http://www.w3.org/2000/svg" onload="x()"><script/><image href="https://x.example/a.png"/></svg>'
    assert set(faults(bad)) >= {
        "attribute onload",
        f"element {SVG}script",
        "attribute href",
        "no title or desc",
        "size",
    }


def test_the_script_draws_exactly_these() -> None:
    drawn = subprocess.run([sys.executable, ROOT / "script" / "pictures", "--check"], capture_output=True, text=True)
    assert (drawn.returncode, drawn.stdout) == (0, "")
