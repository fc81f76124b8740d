"""Names in the letters of DIN 91379: held against the norm's own XSD and lists, which lie outside this repository."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest

from kiepe.base.kernel.letters import Letters, foreign, normal, search_form, search_pattern, sort_key

Listed = list[tuple[str, str, str]]


@pytest.fixture(scope="session")
def norm(shared: Path) -> Path:
    return shared / "standards" / "din91379"


@pytest.fixture(scope="session")
def listed(norm: Path) -> Listed:
    """Group, sign, search form (empty where the list has none)."""
    forms = {}
    for line in (norm / "latin_list_search_form_1.3.txt").read_text(encoding="utf-8").splitlines():
        parts = line.split("; ")
        forms[signs(parts[2])] = signs(parts[5])
    found = []
    for line in (norm / "latin_list_1.3.txt").read_text(encoding="utf-8").splitlines():
        parts = line.split("; ")
        found.append((parts[0], signs(parts[2]), forms.get(signs(parts[2]), "")))
    assert len(found) > 900
    return found


def signs(points: str) -> str:
    return "".join(chr(int(point, 16)) for point in points.split())


def data_type(norm: Path, name: str) -> re.Pattern[str]:
    """The pattern of a data type of the norm's schema."""
    text = (norm / "din-norm-91379-datatypes.xsd").read_text(encoding="utf-8")
    found = re.search(rf'name="datatype{name}".*?pattern value="(.*?)"', text, re.DOTALL)
    assert found is not None
    return re.compile(
        re.sub(r"\\?&#x([0-9A-F]{4});", lambda one: re.escape(chr(int(one.group(1), 16))), found.group(1))
    )


@pytest.mark.parametrize(("letters", "name"), [(Letters.NAME, "A"), (Letters.TEXT, "B")])
def test_each_sign_is_taken_exactly_where_the_norm_takes_it(letters: Letters, name: str, norm: Path) -> None:
    pattern = data_type(norm, name)
    for point in [*range(0x20, 0xD800), *range(0xE000, 0x1FAFF, 7)]:
        sign = chr(point)
        if unicodedata.normalize("NFC", sign) == sign and sign != "\u00a0":
            assert (not foreign(sign, letters)) == bool(pattern.fullmatch(sign)), f"{point:04X}"


@pytest.mark.parametrize(
    ("letters", "groups"), [(Letters.NAME, {"bll", "bnlreq"}), (Letters.TEXT, {"bll", "bnlreq", "bnl"})]
)
def test_each_entry_of_the_list_is_taken_by_its_group(letters: Letters, groups: set[str], listed: Listed) -> None:
    for group, sign, _form in listed:
        if group not in {"bnlnot", "dc"}:
            assert (not foreign(f"A{sign}b" if sign != " " else "A b", letters)) == (group in groups), (group, sign)


def test_every_letter_stays_what_it_is(listed: Listed) -> None:
    letters = [sign for group, sign, _form in listed if group == "bll"]
    assert len(letters) == 649
    for letter in letters:
        assert normal(letter) == letter
        assert normal(unicodedata.normalize("NFD", letter)) == letter


def test_search_form_is_the_norms(listed: Listed) -> None:
    for group, sign, form in listed:
        if group == "bll":
            assert search_form(sign) == form, sign


def test_every_letter_is_found_under_its_search_form_and_itself(listed: Listed) -> None:
    """What the desk does: a pattern of the typed word over the stored sort key."""
    for group, sign, form in listed:
        if group == "bll":
            kept = sort_key(f"X{sign}y")
            assert re.fullmatch(r"[a-z]+", kept), sign
            for typed in (f"X{sign}y", f"X{form}Y", f"x{form}y".lower()):
                assert re.search(search_pattern(typed), kept), (sign, typed)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Mueller", "Müller"), ("Müller", "Mueller"), ("muller", "Müller"), ("Sahin", "Şahin"), ("Şahin", "Sahin"),
        ("Soerensen", "Sørensen"), ("Lukasz", "Łukasz"), ("Strasse", "Straße"), ("Isik", "Işık"),
        ("Aaberg", "Åberg"), ("Yıldız", "Yildiz"), ("Kh", "K\u035fh"),
    ],
)  # fmt: skip
def test_found(typed: str, name: str) -> None:
    assert re.search(search_pattern(typed), sort_key(name))


@pytest.mark.parametrize(("typed", "name"), [("Maller", "Müller"), ("Sahan", "Şahin"), ("M.ller", "Müller")])
def test_not_found(typed: str, name: str) -> None:
    assert not re.search(search_pattern(typed), sort_key(name))


def test_sorted_as_din_5007_1_sorts() -> None:
    names = ["Zander", "Łuczak", "Göbel", "Goethe", "Göthe", "Gosse", "Goße", "Ärmel", "Arm", "Ørsted", "Ostendorf"]
    assert sorted(names, key=sort_key) == [
        "Arm", "Ärmel", "Göbel", "Goethe", "Gosse", "Goße", "Göthe", "Łuczak", "Ørsted", "Ostendorf", "Zander",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Erika\u00a0 Marie ", "Erika Marie"),
        ("Kra\u0308mer", "Krämer"),
        ("von der HEIDE", "von der HEIDE"),
        ("Özgür\tYıldız", "Özgür Yıldız"),
        ("D\u0302", "D\u0302"),
    ],
)
def test_normal(typed: str, kept: str) -> None:
    assert normal(typed) == kept


@pytest.mark.parametrize(
    ("typed", "sign"),
    [
        ("Владимир", "В"), ("Erika 👍", "👍"), ("Γιώργος", "Γ"), ("مريم", "م"), ("Erika2", "2"), ("a\u200bb", "\u200b"),
        ("a\u202eb", "\u202e"), ("O\u00adNeill", "\u00ad"), ("b\u0301x", "\u0301"), ("\u0301", "\u0301"), ("<b>", "<"),
        ("a\x07b", "\x07"), ("Ḿ\u0308", "Ḿ\u0308"),
    ],
)  # fmt: skip
def test_known_bad_is_named(typed: str, sign: str) -> None:
    found = foreign(normal(typed), Letters.NAME)
    assert found == sign or (unicodedata.combining(sign[0]) and sign in found)
