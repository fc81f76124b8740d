"""What is wrong with a city pack is named with file and line. The untouched pack is the control: it has no finding."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.checks import run_checks
from pytest_django.fixtures import Settings

from kiepe.base.catalogue import pack
from tests.catalogue.conftest import Edit

SERVICE = "services/wohngeld.yaml"
BROKEN = [
    (SERVICE, "icon: savings", "icon: sparschwein", 0, "Das Symbol „sparschwein“ gibt es nicht."),
    (SERVICE, "icon: home", "icon: haus", 0, "Das Symbol „haus“ gibt es nicht."),
    (SERVICE, "link: /vor-ort/", "link: vor-ort", 0, "Der Link „vor-ort“ führt nirgendwohin."),
    ("city.toml", 'icon = "elderly"', 'icon = "oma"', 0, "Das Symbol „oma“ gibt es nicht."),
    (SERVICE, "    costs: Keine\n", "", None, "„texts › de › costs“ fehlt. Bitte ergänzen."),
    (
        SERVICE,
        "quick_check: true",
        "quick_chek: true",
        0,
        "„quick_chek“ ist hier nicht vorgesehen. Ist der Name richtig",
    ),
    (
        SERVICE,
        "promise_days: 42",
        "promise_days: bald",
        0,
        "„promise_days“ muss eine ganze Zahl sein, ist aber „bald“.",
    ),
    (SERVICE, "date: 2026-11-20", "date: gestern", None, "muss ein Tag sein, zum Beispiel 2026-11-20"),
    (SERVICE, '"99107023017000"', '"9910702301700"', 0, "Ein LeiKa-Schlüssel hat 14 Ziffern"),
    (
        SERVICE,
        '"99107023017000"',
        "99107023017000",
        0,
        "„leika“ muss ein Text sein. Setzen Sie den Wert in Anführungszeichen.",
    ),
    (SERVICE, "kind: paper", "kind: fax", 0, "kennt den Wert „fax“ nicht. Möglich sind: online, appointment"),
    (SERVICE, "life_situations: [wohnen", "life_situations: [wonen", 0, "Die Lebenslage „wonen“ gibt es nicht."),
    (SERVICE, "unit: wohngeld", "unit: wohnamt", 0, "Das Amt „wohnamt“ gibt es nicht. Bekannt sind: buergerservice,"),
    (
        SERVICE,
        "online: wohngeld",
        "online: wohnung",
        0,
        "Das Verfahren „wohnung“ gibt es nicht. Bekannt sind: wohngeld.",
    ),
    (SERVICE, "promise_days: 42", "promise_days: 41", 0, "Im Verfahren „wohngeld“ stehen 42 Tage."),
    (SERVICE, "related: [bildung-und-teilhabe", "related: [bildung", 0, "Die Leistung „bildung“ gibt es nicht."),
    (SERVICE, "Ja. Wohngeld ist gerade", "Ja. <b>Wohngeld</b> ist gerade", 0, "HTML wie „<b>“ wirkt hier nicht."),
    (
        SERVICE,
        "(/seite/datenschutz-wohngeld/)",
        "(/seite/datenschuz/)",
        0,
        "führt ins Leere: Diese Seite gibt es nicht.",
    ),
    (
        SERVICE,
        "(/seite/datenschutz-wohngeld/)",
        "(javascript:alert)",
        0,
        "Der Link „javascript:alert“ führt nirgendwohin.",
    ),
    (SERVICE, "title: Wohngeld\n", "title: Wohngeld: jetzt\n", 0, "Hier steht ein Doppelpunkt in einem Text."),
    (SERVICE, "icon: savings", "icon: savings\nicon: home", 1, "„icon“ steht hier ein zweites Mal."),
    ("services/wohnsitz-anmelden.yaml", "slug: wohnsitz-anmelden", "slug: wohngeld", 0, "„wohngeld“ gibt es schon:"),
    ("services/kinderzuschlag.yaml", "provider:", "unit: nirgends\nprovider:", 0, "Das Amt „nirgends“ gibt es nicht."),
    ("units.yaml", "part_of: wohnungsamt", "part_of: bauamt", 0, "Das Amt „bauamt“ gibt es nicht."),
    ("units.yaml", "key: sozialamt", "key: wohngeld", 0, "„wohngeld“ gibt es schon: cities/muenster/units.yaml, Zeile"),
    ("offices.yaml", "units: [buergerservice]", "units: [burgeramt]", 0, "Das Amt „burgeramt“ gibt es nicht."),
    (
        "procedures/wohngeld.yaml",
        "privacy_page: datenschutz-wohngeld",
        "privacy_page: dsgvo",
        0,
        "Die Seite „dsgvo“ gibt es",
    ),
    ("procedures/wohngeld.yaml", "letter_days: 10", "letter_days: 3", 0, "Der Brief kommt nach der Erinnerung"),
    ("procedures/wohngeld.yaml", "number_prefix: WG", "number_prefix: wg", 0, "ein bis vier Großbuchstaben"),
    ("city.toml", 'phone = "115"', "phone = 115", 0, "„contact › phone“ muss ein Text sein."),
    ("city.toml", 'land = "Nordrhein-Westfalen"\n', "", None, "„land“ fehlt. Bitte ergänzen."),
    ("city.toml", '"elterngeld"', '"elternzeit"', 0, "Die Leistung „elternzeit“ gibt es nicht."),
    ("city.toml", 'name = "Münster"', "name = Münster", 0, "Die Datei ist hier kein gültiges TOML."),
    (
        "city.toml",
        'key = "familie"',
        'key = "famile"',
        0,
        "Zur Lebenslage „Familie & Kinder“ gehört noch keine Leistung.",
    ),
    (
        "pages/impressum.md",
        "## So erreichen Sie uns",
        "# So erreichen Sie uns",
        0,
        "„# “ ist schon der Titel der Seite.",
    ),
    ("pages/impressum.md", "title: Impressum\n", "", None, "„title“ fehlt. Bitte ergänzen."),
    ("pages/impressum.md", "---\n", "", None, "Die Seite beginnt mit einer Zeile „---“"),
]


@pytest.mark.parametrize(("file", "old", "new", "below", "expected"), BROKEN)
def test_each_fault_is_named(
    folder: Path, edit: Edit, file: str, old: str, new: str, below: int | None, expected: str
) -> None:
    line = edit(file, old, new)
    sentences = pack.check(folder)
    named = [sentence for sentence in sentences if expected in sentence]
    assert named, sentences
    assert named[0].startswith(f"cities/muenster/{file}, Zeile ")
    if below is not None:
        assert named[0].startswith(f"cities/muenster/{file}, Zeile {line + below}: ")


def test_the_pack_as_it_stands_has_no_finding(folder: Path) -> None:
    assert pack.check(folder) == []


@pytest.mark.parametrize("page", ["impressum", "datenschutz", "barrierefreiheit"])
def test_a_missing_page_of_the_law_is_named(folder: Path, page: str) -> None:
    (folder / "pages" / f"{page}.md").unlink()
    assert any(
        sentence.startswith(f"cities/muenster/pages/{page}.md fehlt. Diese Seite verlangt das Gesetz")
        for sentence in pack.check(folder)
    )


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / "offices.yaml").unlink()
    assert pack.check(folder) == ["cities/muenster/offices.yaml fehlt. Die Datei beginnt mit „offices:“ und zählt auf."]


def test_a_folder_that_is_no_pack_is_named(tmp_path: Path) -> None:
    sentences = pack.check(tmp_path)
    assert sentences == [
        f"{tmp_path.parent.name}/{tmp_path.name}/city.toml fehlt. Zeigt KIEPE_CITY auf den Ordner einer Stadt?"
    ]


def test_a_service_without_a_way_offline_is_named(folder: Path) -> None:
    file = folder / "services" / "gewerbe-anmelden.yaml"
    text = (
        file.read_text(encoding="utf-8").replace("kind: phone", "kind: online").replace("kind: paper", "kind: online")
    )
    file.write_text(text, encoding="utf-8")
    line = text[: text.index("    channels:")].count("\n") + 1
    place = f"cities/muenster/services/gewerbe-anmelden.yaml, Zeile {line}"
    assert pack.check(folder) == [f"{place}: Es fehlt ein Weg ohne Internet: Telefon, Papier oder persönlich."]


def test_all_findings_come_at_once_and_none_follows_from_another(folder: Path, edit: Edit) -> None:
    """A service that cannot be read is not also reported as missing wherever it is linked."""
    edit("services/wohngeld.yaml", "icon: savings", "icon: [savings")
    edit("units.yaml", "name: Sozialamt", "nam: Sozialamt")
    sentences = pack.check(folder)
    assert {sentence.split(",")[0] for sentence in sentences} == {
        "cities/muenster/services/wohngeld.yaml",
        "cities/muenster/units.yaml",
    }
    assert len(sentences) == 3  # the broken list, the missing name, the unknown "nam"


def test_a_file_that_is_not_utf8_is_named(folder: Path) -> None:
    (folder / "pages" / "impressum.md").write_bytes("---\ntitle: Münster\n---\n".encode("latin-1"))
    assert "cities/muenster/pages/impressum.md ist nicht als UTF-8 gespeichert." in pack.check(folder)


def test_django_names_the_findings_at_start(folder: Path, edit: Edit, settings: Settings) -> None:
    edit("city.toml", '"elterngeld"', '"elternzeit"')
    settings.CITY_PACK = folder
    messages = [str(message.msg) for message in run_checks() if message.id == "catalogue.E001"]
    assert len(messages) == 1
    assert "Die Leistung „elternzeit“ gibt es nicht." in messages[0]
