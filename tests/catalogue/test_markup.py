"""The small markup: what it shows, and that HTML in a pack has no effect."""

from __future__ import annotations

import pytest

from kiepe.base.catalogue.markup import headings, inline, plain, render


def test_headings_paragraphs_and_lists() -> None:
    text = "## Über uns\n\nErste Zeile\nzweite Zeile\n\n- eins\n- zwei geht\n  weiter\n\n1. erst\n2. dann\n\n### Mehr"
    assert render(text).split("\n") == [
        '<h2 class="ms-h2" id="a-ueber-uns">Über uns</h2>',
        "<p>Erste Zeile zweite Zeile</p>",
        '<ul class="ms-list"><li>eins</li><li>zwei geht weiter</li></ul>',
        '<ol class="ms-list"><li>erst</li><li>dann</li></ol>',
        '<h3 class="ms-h3" id="a-mehr">Mehr</h3>',
    ]
    assert headings(text) == [("a-ueber-uns", "Über uns")]


def test_links_and_bold() -> None:
    assert inline("**Fett** und [Ziel](/vor-ort/)") == '<b>Fett</b> und <a href="/vor-ort/">Ziel</a>'
    assert plain("## Titel\n\n- **Fett** und [Ziel](/vor-ort/)") == "Titel  Fett und Ziel"


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        "[klick](javascript:alert(1))",
        "[klick](data:text/html,x)",
        '[klick](https://a.example/"onmouseover="alert(1))',
        "**<img src=x onerror=alert(1)>**",
        "[<svg/onload=alert(1)>](/vor-ort/)",
        "## <script>x</script>",
    ],
)
def test_html_and_script_have_no_effect(attack: str) -> None:
    shown = str(render(attack))
    assert "<script" not in shown
    assert "<img" not in shown
    assert "<svg" not in shown
    assert 'href="javascript' not in shown
    assert 'href="data' not in shown
    assert '"onmouseover' not in shown
