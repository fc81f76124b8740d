"""Mistakes in a form.yaml are named with file, line and a German sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiepe.base.forms.flow import FormError, load

GOOD = Path(__file__).parent / "antrag" / "form.yaml"
HEAD = """form: probe
version: 1
title: Probe
sections: [{key: one, title: Eins}, {key: two, title: Zwei}]
pages:
"""
PAGE = """  - key: first
    section: one
    title: Erste
    fields:
      - {key: kind, type: choice, label: Art, options: [{value: a, label: A}, {value: b, label: B}]}
      - {key: sum, type: money, label: Betrag, when: "kind == 'a'"}
"""


def test_the_good_one_loads() -> None:
    assert load(GOOD).form.title == "Probe beantragen"


@pytest.mark.parametrize(
    ("pages", "line", "says"),
    [
        (PAGE.replace("'a'\"", "'a' and nowhere\""), 11, "„nowhere“ gibt es nicht"),
        (PAGE.replace("kind == 'a'", "__import__('os')"), 11, "nicht erlaubt"),
        (PAGE.replace("section: one", "section: three"), 7, "Abschnitt „three“"),
        (PAGE.replace("key: sum", "key: kind"), 11, "„kind“ gibt es schon"),
        (PAGE.replace("key: sum", "key: Betrag"), 11, "kleinen Buchstaben"),
        (PAGE.replace("key: sum", "key: item"), 11, "vergeben"),
        (PAGE.replace("type: money", "type: geld"), 11, "kennt nur"),
        (PAGE.replace("type: money", "type: choice"), 11, "options"),
        (PAGE.replace("label: Betrag", "lable: Betrag"), 11, "fehlt"),
        (PAGE.replace("label: Betrag", "label: Betrag, farbe: rot"), 11, "kein bekannter Eintrag"),
        (PAGE.replace("label: Betrag", "label: Betrag, min: viel"), 11, "Zahl"),
        (
            PAGE.replace("label: Betrag", "label: Betrag, where: Im Brief, picture: brief"),
            11,
            "Bild „brief“ gibt es nicht",
        ),
        (PAGE.replace("label: Betrag", "label: Betrag, picture: bank-card"), 11, "gehört „where“"),
        (PAGE.replace("label: Betrag", "label: Betrag, where: Im Brief, known: true"), 11, "schließen einander aus"),
        (PAGE.replace("key: sum", "key: confirmed"), 11, "vergeben"),
        (PAGE.replace("Erste", '"{nobody}"'), 6, "Platzhalter"),
        (PAGE.replace("value: b", "value: a"), 10, "zweimal"),
        (PAGE + PAGE, 12, "„first“ gibt es zweimal"),
        (PAGE.replace("key: first", "key: pruefen"), 6, "vergeben"),
        (PAGE.replace("    title: Erste", "    title: Erste\n    each: persons"), 9, "Liste „persons“ gibt es nicht"),
        (PAGE.replace("when: \"kind == 'a'\"", 'when: "sum > 3"'), 11, "späteren Frage"),
        (PAGE.replace("type: choice", "display: select, type: choice"), 11, "eigene Seite"),
        (PAGE.replace("    title: Erste", "    title: Erste\n    list: things"), 6, "entweder"),
        ("  - [", 6, "kein gültiges YAML"),
    ],
)
def test_mistakes_are_named(tmp_path: Path, pages: str, line: int, says: str) -> None:
    path = tmp_path / "form.yaml"
    path.write_text(HEAD + pages, encoding="utf-8")
    with pytest.raises(FormError) as bad:
        load(path)
    assert str(bad.value).startswith(f"{path}, Zeile {line}: ")
    assert says in str(bad.value)


def test_sections_stand_together(tmp_path: Path) -> None:
    pages = "".join(
        f"  - {{key: {key}, section: {section}, title: T, fields: [{{key: {key}, type: text, label: L}}]}}\n"
        for key, section in (("a", "one"), ("b", "two"), ("c", "one"))
    )
    path = tmp_path / "form.yaml"
    path.write_text(HEAD + pages, encoding="utf-8")
    with pytest.raises(FormError, match=r"Zeile 8: .*nicht beieinander"):
        load(path)


def test_no_file(tmp_path: Path) -> None:
    with pytest.raises(FormError, match="lässt sich nicht lesen"):
        load(tmp_path / "form.yaml")
