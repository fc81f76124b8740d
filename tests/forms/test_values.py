"""Values as people write them. IBANs: the ECBS's and the Bundesbank's published examples."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.conf import LazySettings
from hypothesis import given
from hypothesis import strategies as some

from kiepe.base.forms.form import Field, Option, Type
from kiepe.base.forms.values import BadValue, bank_of, edit, parse, show, told


def field(kind: Type, **more: object) -> Field:
    return Field.model_validate({"key": "x", "type": kind, "label": "Frage", **more})


@pytest.fixture(autouse=True)
def _day(settings: LazySettings) -> None:
    settings.KIEPE_TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("690", "690.00"),
        ("690,00", "690.00"),
        ("690,5", "690.50"),
        ("690.00", "690.00"),
        ("1.250", "1250.00"),
        ("1.250,50", "1250.50"),
        ("1250,- €", "1250.00"),
        ("1250,-- Euro", "1250.00"),
        ("1 250,00", "1250.00"),
        ("1\u00a0250,00 EUR", "1250.00"),
        ("€ 12", "12.00"),
        ("12€", "12.00"),
        ("1,250.75", "1250.75"),
        ("1.250,5", "1250.50"),
        ("1,250.00", "1250.00"),
        ("1.234.567,89", "1234567.89"),
        ("0", "0.00"),
        (" 7,1 ", "7.10"),
        ("690.–", "690.00"),
        ("１２", "12.00"),
    ],
)
def test_money(typed: str, stored: str) -> None:
    assert parse(field(Type.MONEY), typed) == stored


@pytest.mark.parametrize(
    "typed",
    [
        "ca. 700",
        "700-800",
        "siebenhundert",
        "1,250",
        "1.2.3",
        "12,345",
        "-5",
        "1e3",
        "€",
        "10000000",
        "NaN",
        "1.25.0",
        "690€50",
        "6 Euro 90",
    ],
)
def test_money_refused(typed: str) -> None:
    with pytest.raises(BadValue) as bad:
        parse(field(Type.MONEY), typed)
    assert len(bad.value.sentence) > 20


def test_money_says_what_to_write() -> None:
    with pytest.raises(BadValue, match="zum Beispiel 690,00"):
        parse(field(Type.MONEY), "viel zu viel 1")
    with pytest.raises(BadValue, match=r"höchstens 2.000,00"):
        parse(field(Type.MONEY, max=2000), "2000,01")


@given(some.integers(0, 999_999_999))
def test_money_shown_is_read_again(cents: int) -> None:
    stored = f"{cents // 100}.{cents % 100:02}"
    assert parse(field(Type.MONEY), show(field(Type.MONEY), stored)) == stored
    assert parse(field(Type.MONEY), edit(field(Type.MONEY), stored)) == stored


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("27.3.1961", "1961-03-27"),
        ("27.03.61", "1961-03-27"),
        ("3.4.87", "1987-04-03"),
        ("3. April 1987", "1987-04-03"),
        ("3 Apr 87", "1987-04-03"),
        ("03041987", "1987-04-03"),
        ("030487", "1987-04-03"),
        ("1987-04-03", "1987-04-03"),
        ("3/4/1987", "1987-04-03"),
        ("3,4,1987", "1987-04-03"),
        ("1. März 2020", "2020-03-01"),
        ("1.3.20", "2020-03-01"),
        ("1.3.27", "1927-03-01"),
        ("29.2.2024", "2024-02-29"),
        ("20.11.26", "2026-11-20"),
    ],
)
def test_birth_dates(typed: str, stored: str) -> None:
    assert parse(field(Type.DATE, max="today"), typed) == stored


@pytest.mark.parametrize(
    "typed",
    ["31.2.1961", "29.2.2023", "gestern", "1961", "27.3.", "27.13.1961", "3. Foo 1987", "21.11.2026", "1.1.1700"],
)
def test_dates_refused(typed: str) -> None:
    with pytest.raises(BadValue):
        parse(field(Type.DATE, max="today"), typed)


def test_dates_without_bounds_reach_20_years_ahead() -> None:
    assert parse(field(Type.DATE), "1.1.30") == "2030-01-01"
    assert parse(field(Type.DATE), "1.1.60") == "1960-01-01"
    with pytest.raises(BadValue, match=r"nicht vor dem 20\.11\.2008"):
        parse(field(Type.DATE, min="today-18y"), "1.1.2000")


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("11/2026", "2026-11"),
        ("November 2026", "2026-11"),
        ("11.26", "2026-11"),
        ("2026-11", "2026-11"),
        ("1.11.2026", "2026-11"),
        ("112026", "2026-11"),
    ],
)
def test_months(typed: str, stored: str) -> None:
    assert parse(field(Type.MONTH), typed) == stored
    assert show(field(Type.MONTH), stored) == "November 2026"


@pytest.mark.parametrize("typed", ["13/2026", "2026", "Nov", "0/2026"])
def test_months_refused(typed: str) -> None:
    with pytest.raises(BadValue, match="Monat und Jahr"):
        parse(field(Type.MONTH), typed)


@pytest.mark.parametrize(
    "typed",
    [
        "DE89 3704 0044 0532 0130 00",
        "de89370400440532013000",
        "IBAN: DE89-3704-0044-0532-0130-00",
        "GB82 WEST 1234 5698 7654 32",
    ],
)
def test_iban(typed: str) -> None:
    assert parse(field(Type.IBAN), typed) in {"DE89370400440532013000", "GB82WEST12345698765432"}


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("DE89 3704 0044 0532 0103 00", "wohl zwei Ziffern vertauscht"),
        ("DE98 3704 0044 0532 0130 00", "wohl zwei Ziffern vertauscht"),
        ("DE89 3704 0044 0532 0135 00", "wohl eine Ziffer falsch"),
        ("DE89 3704 0044 0532 0130 0", "Es fehlt 1 Zeichen. Eine IBAN mit DE am Anfang hat 22 Zeichen"),
        ("DE89 3704 0044 0532 01", "Es fehlen 4 Zeichen"),
        ("DE89 3704 0044 0532 0130 0001", "Es sind 2 Zeichen zu viel"),
        ("AT61 1904 3002 3457 3201 0", "Es ist 1 Zeichen zu viel. Eine IBAN mit AT am Anfang hat 20 Zeichen"),
        ("DE89 37O4 0044 0532 0130 00", "ein Buchstabe „O“"),
        ("DE89 37X4 0044 0532 0130 00", "nur Ziffern"),
        ("TR33 0006 1005 1978 6457 8413 26", "In dieses Land können wir kein Geld überweisen"),
        ("532013000", "beginnt mit zwei Buchstaben"),
        ("XX89 3704 0044 0532 0130 00", "Buchstaben für das Land"),
        ("Sparkasse", "IBAN"),
    ],
)
def test_iban_refused(typed: str, says: str) -> None:
    with pytest.raises(BadValue, match=says):
        parse(field(Type.IBAN), typed)


def test_no_sentence_names_another_iban() -> None:
    """A slip is described, never mended: money must not go to the account next door."""
    with pytest.raises(BadValue) as bad:
        parse(field(Type.IBAN), "DE89 3704 0044 0532 0103 00")
    assert "DE" not in bad.value.sentence
    assert not re.search(r"\d", bad.value.sentence)


@pytest.mark.parametrize(
    ("iban", "bank"),
    [  # bank codes as the Bundesbank's register and the Dutch and French central banks list them
        ("DE06 4005 0150 0001 2345 67", "Sparkasse Münsterland Ost"),
        ("DE89 3704 0044 0532 0130 00", "Commerzbank"),
        ("NL91 ABNA 0417 1643 00", "ABN AMRO BANK N.V."),
    ],
)
def test_the_bank_is_named(iban: str, bank: str) -> None:
    stored = parse(field(Type.IBAN), iban)
    assert bank_of(field(Type.IBAN), stored) == bank
    assert told(field(Type.IBAN), stored).endswith(f"({bank})")


def test_an_unknown_bank_is_no_mistake() -> None:
    stored = parse(field(Type.IBAN), "AT61 1904 3002 3457 3201")
    assert bank_of(field(Type.IBAN), stored) == ""
    assert told(field(Type.IBAN), stored) == show(field(Type.IBAN), stored)


def test_what_was_understood_is_told() -> None:
    assert told(field(Type.DATE), "1987-04-03") == "3. April 1987"
    assert told(field(Type.MONEY), "1250.50") == "1.250,50\u00a0€"
    assert told(field(Type.MONTH), "2026-11") == "November 2026"
    assert told(field(Type.TEXT), "Erika") == ""


def test_texts_are_composed_and_clean() -> None:
    assert parse(field(Type.TEXT), " Ayşe  Krämer ") == "Ayşe Krämer"
    assert parse(field(Type.TEXT), "Kra\u0308mer") == "Krämer"
    assert parse(field(Type.TEXT), "Hafenweg 5–7, „Hof“") == 'Hafenweg 5-7, "Hof"'
    assert parse(field(Type.TEXTAREA), "eins\r\nzwei ") == "eins\nzwei"
    assert parse(field(Type.TEXTAREA), "Привет 👍\x00") == "Привет 👍"
    with pytest.raises(BadValue, match="höchstens 3 Zeichen"):
        parse(field(Type.TEXT, max_length=3), "vier")


@pytest.mark.parametrize(
    "typed",
    ["Łukasz", "Nguyễn Thị Ánh", "Özgür", "O’Neill", "D'Artagnan", "Anna-Lena", "Œuvrard", "K\u035fhalid", "-"],
)
def test_names_stay_as_they_are(typed: str) -> None:
    assert parse(field(Type.TEXT, letters="name"), typed) == typed


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("Иван", "Den Buchstaben „И“ können wir nicht verwenden. .* so wie im Pass"),
        ("Erika 😊", "Das Zeichen „😊“ geht hier nicht"),
        ("Erika2", "keine Ziffer. Löschen Sie bitte „2“"),
        ("Eri\u200bka", "das man nicht sieht"),
        ("Eri\x00ka", "das man nicht sieht"),
        ("\u202eakirE", "das man nicht sieht"),
        ("Müller–Lang", "Der Strich „–“ ist zu lang"),
        ("<b>Erika</b>", "Das Zeichen „<“ geht hier nicht"),
        ("...", "Ein Name hat Buchstaben"),
    ],
)
def test_known_bad_names_are_named(typed: str, says: str) -> None:
    with pytest.raises(BadValue, match=says):
        parse(field(Type.TEXT, letters="name"), typed)


@pytest.mark.parametrize(
    ("typed", "stored"), [("48143", "48143"), ("D-48143", "48143"), ("48 143", "48143"), ("04107", "04107")]
)
def test_postcodes(typed: str, stored: str) -> None:
    assert parse(field(Type.POSTCODE), typed) == stored


@pytest.mark.parametrize("typed", ["4814", "481430", "Münster", "00000", "4814E", "SW1A 1AA"])
def test_postcodes_refused(typed: str) -> None:
    with pytest.raises(BadValue, match="5 Ziffern"):
        parse(field(Type.POSTCODE), typed)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("zwölfhundert", "mit Ziffern"),
        ("1,250", r"Meinen Sie 1\.250 Euro oder 1,25 Euro\?"),
        ("700-800", "zwei Beträge"),
        ("700 bis 800", "zwei Beträge"),
        ("ca. 700", "ohne „ca.“ oder „etwa“: 700"),
        ("400+50", "nur die Summe"),
        ("500 $", "in Euro"),
        ("300 CHF", "in Euro"),
    ],
)
def test_money_says_what_it_is_instead(typed: str, says: str) -> None:
    with pytest.raises(BadValue, match=says):
        parse(field(Type.MONEY), typed)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("31.2.1961", r"Den 31\. Februar gibt es in diesem Jahr nicht"),
        ("29.2.2023", r"Den 29\. Februar gibt es in diesem Jahr nicht"),
        ("3.14.1987", r"Einen 14\. Monat gibt es nicht"),
        ("3.4.2087", r"Der 3\. April 2087 liegt in der Zukunft"),
        ("3.4.198", "vier Ziffern"),
        ("Ostern 1987", "Tag, Monat und Jahr"),
    ],
)
def test_a_date_says_what_is_wrong(typed: str, says: str) -> None:
    with pytest.raises(BadValue, match=says):
        parse(field(Type.DATE, max="today"), typed)


@pytest.mark.parametrize(
    ("typed", "stored"), [("58,5 m²", "58.5"), ("58", "58"), ("1.000,50", "1000.5"), ("58,125", "58.125")]
)
def test_decimals(typed: str, stored: str) -> None:
    assert parse(field(Type.DECIMAL), typed) == stored


def test_other_kinds() -> None:
    assert parse(field(Type.INTEGER), "12") == 12
    with pytest.raises(BadValue, match="ganze Zahl"):
        parse(field(Type.INTEGER), "1,5")
    assert parse(field(Type.EMAIL), "erika@example.org ") == "erika@example.org"
    with pytest.raises(BadValue, match="E-Mail-Adresse"):
        parse(field(Type.EMAIL), "erika.example.org")
    assert parse(field(Type.PHONE), "0251 / 492-0") == "0251 / 492-0"
    with pytest.raises(BadValue, match="Vorwahl"):
        parse(field(Type.PHONE), "keins")
    assert parse(field(Type.COUNTRY), "Deutschland") == "DE"
    with pytest.raises(BadValue, match="Land"):
        parse(field(Type.COUNTRY), "Atlantis")
    assert parse(field(Type.YESNO), "no") is False
    with pytest.raises(BadValue):
        parse(field(Type.YESNO), "vielleicht")


def test_choices_come_in_the_order_of_the_options() -> None:
    asked = field(Type.CHOICES, options=[Option(value="a", label="A"), Option(value="b", label="B")])
    assert parse(asked, ["b", "a"]) == ["a", "b"]
    assert show(asked, ["a", "b"]) == "A, B"
    with pytest.raises(BadValue):
        parse(asked, ["c"])


@given(some.sampled_from([kind for kind in Type if kind not in {Type.CHOICE, Type.CHOICES}]), some.text(max_size=40))
def test_anything_typed_is_a_value_or_a_sentence(kind: Type, typed: str) -> None:
    try:
        stored = parse(field(kind), typed)
    except BadValue:
        return
    assert isinstance(show(field(kind), stored), str)
