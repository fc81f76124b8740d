"""The translations: whole, with the same placeholders, and in plain German really plain."""

from __future__ import annotations

import importlib.machinery
import importlib.util
import re
import shutil
from pathlib import Path
from types import ModuleType

import polib
import pytest
import yaml

from tests.benefits.test_ask import WORD, lix, texts

ROOT = Path(__file__).resolve().parents[2]
WOHNGELD = ROOT / "src/kiepe/service/benefits/wohngeld"
LOCALES = sorted((ROOT / "src" / "kiepe").rglob("LC_MESSAGES/django.po"))
HOLDER = re.compile(r"%\(\w+\)[sd]|%d|\{[\w.]+\}|</?\w+|https?://\S+")
LIX_SIMPLE = 30  # Björnsson: up to 30 is very easy, as in books for children
NORM = re.compile(r"Das steht in §[^.]*\.|\(§[^)]*\)|\([^)]*§[^)]*\)")


@pytest.fixture(scope="module")
def messages() -> ModuleType:
    """script/messages as a module."""
    loader = importlib.machinery.SourceFileLoader("messages", str(ROOT / "script" / "messages"))
    spec = importlib.util.spec_from_loader("messages", loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


def name(path: Path) -> str:
    return str(path.relative_to(ROOT / "src" / "kiepe"))


def pots() -> list[Path]:
    return sorted((ROOT / "src" / "kiepe").rglob("locale/*.pot"))


@pytest.mark.parametrize("pot", pots(), ids=name)
@pytest.mark.parametrize("folder", ["en", "de_Simple"])
def test_what_citizens_meet_is_translated(pot: Path, folder: str, messages: ModuleType) -> None:
    room, text = pot.parents[1], pot.read_text(encoding="utf-8")
    wrong = [line for line in messages.translated(room, text, write=False) if f"/{folder}/" in line]
    assert wrong == []


def test_a_missing_translation_is_seen(messages: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Known-bad control: one translation emptied, one placeholder lost."""
    room = tmp_path / "portal"
    shutil.copytree(ROOT / "src/kiepe/entrances/portal", room)
    monkeypatch.setattr(messages, "ROOT", tmp_path)
    po = room / "locale/en/LC_MESSAGES/django.po"
    catalogue = polib.pofile(po)
    found = catalogue.find("Lieber sprechen?")
    found.msgstr = ""
    catalogue.save()
    wrong = messages.translated(room, (room / "locale/portal.pot").read_text(encoding="utf-8"), write=False)
    assert any("not translated: 'Lieber sprechen?'" in line for line in wrong)
    assert any("out of date" in line for line in wrong)


@pytest.mark.parametrize("path", LOCALES, ids=name)
def test_placeholders_and_plurals_stay(path: Path) -> None:
    for entry in polib.pofile(path):
        said = [entry.msgstr] if not entry.msgid_plural else list(entry.msgstr_plural.values())
        asked = [entry.msgid] if not entry.msgid_plural else [entry.msgid, entry.msgid_plural]
        assert len(said) == len(asked), entry.msgid
        if entry.msgid_plural:
            assert sorted(HOLDER.findall(said[1])) == sorted(HOLDER.findall(asked[1])), entry.msgid
        else:
            assert sorted(HOLDER.findall(said[0])) == sorted(HOLDER.findall(asked[0])), entry.msgid
        assert all(one.strip() for one in said)


@pytest.mark.parametrize("path", LOCALES, ids=name)
def test_a_machine_translation_says_so(path: Path) -> None:
    catalogue = polib.pofile(path)
    assert catalogue.metadata["Language"] == {"en": "en", "de_Simple": "de-simple"}[path.parents[1].name]
    assert catalogue.metadata["Last-Translator"]
    assert catalogue.metadata["PO-Revision-Date"]
    assert catalogue.metadata["X-Machine-Translated"] == "true"


def simple() -> dict[str, str]:
    folder = ROOT / "src/kiepe/service/benefits/locale/de_Simple/LC_MESSAGES/django.po"
    return {entry.msgid: entry.msgstr for entry in polib.pofile(folder)}


def in_simple_words(part: object, said: dict[str, str]) -> object:
    if isinstance(part, dict):
        return {key: in_simple_words(value, said) for key, value in part.items()}
    if isinstance(part, list):
        return [in_simple_words(one, said) for one in part]
    return NORM.sub("", said.get(part, part)) if isinstance(part, str) else part


@pytest.mark.parametrize("file", ["form.yaml", "check.yaml"])
def test_questions_in_plain_german_are_very_easy(file: str) -> None:
    german = yaml.safe_load((WOHNGELD / file).read_text(encoding="utf-8"))
    form = in_simple_words(german, simple())
    assert isinstance(form, dict)
    hard = {
        key: round(lix(text)) for key, text in texts(form) if len(WORD.findall(text)) > 3 and lix(text) > LIX_SIMPLE
    }
    assert hard == {}
    # Control: the German questions, easy as they are, would not pass.
    assert any(lix(text) > LIX_SIMPLE for _key, text in texts(german) if len(WORD.findall(text)) > 3)


def test_plain_german_really_differs() -> None:
    """At least half of what the form asks is said in simpler words; the rest is plain already, and listed."""
    german = yaml.safe_load((WOHNGELD / "form.yaml").read_text(encoding="utf-8"))
    whole = {text for _key, text in texts(german)}
    said = {text for _key, text in texts(in_simple_words(german, simple()))}  # type: ignore[arg-type]  # a dict stays one
    assert len(said - whole) > len(whole) / 2


def test_what_is_missing_is_handed_out_and_taken_in(
    messages: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A language begins with a file: handed out, filled in, taken in, compiled; what is unknown is refused."""
    room = tmp_path / "ui"
    shutil.copytree(ROOT / "src/kiepe/base/ui", room)
    for name, value in {"ROOT": tmp_path, "ROOMS": [room], "UI": room / "locale"}.items():
        monkeypatch.setattr(messages, name, value)
    asked = messages.missing("uk")["ui"]
    assert asked["Zum Inhalt springen"] == ""
    messages.take("uk", {"ui": {**asked, "Zum Inhalt springen": "Перейти до змісту"}})
    template = (room / "locale/ui.pot").read_text(encoding="utf-8")
    messages.translated(room, template, write=True)
    assert (room / "locale/uk/LC_MESSAGES/django.mo").exists()
    assert set(messages.missing("uk")["ui"]) == set(asked) - {"Zum Inhalt springen"}
    assert "uk" in messages.languages()
    with pytest.raises(SystemExit, match="has no text"):
        messages.take("uk", {"ui": {"Gibt es nicht": "Nope"}})


HIDDEN = re.compile(r"""f["'][^\n]*\{[^}\n]*\b_\(['"]""")


def test_no_text_hides_in_an_f_string() -> None:
    """xgettext does not look into f-strings: such a text would stay German in every language."""
    assert HIDDEN.search("""return f"{_('Unterlage')}.pdf" """)
    found = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path in sorted((ROOT / "src").rglob("*.py"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if HIDDEN.search(line)
    ]
    assert found == []
