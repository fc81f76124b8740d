"""``kiepe law wohngeld``: JSON rein, je Haushalt eine Zeile raus, in der Reihenfolge; als echter Prozess."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.law.households import Daten, haushalt, rentnerin

QUELLEN = Path(__file__).resolve().parents[2] / "src"


def kiepe(*argumente: str, eingabe: str | bytes = "") -> subprocess.CompletedProcess[str]:
    roh = eingabe.encode() if isinstance(eingabe, str) else eingabe
    umgebung = {**os.environ, "PYTHONPATH": str(QUELLEN), "PYTHONIOENCODING": "ascii"}
    fertig = subprocess.run(
        [sys.executable, "-m", "kiepe.entrances.commandline", "law", "wohngeld", *argumente],
        input=roh,
        capture_output=True,
        env=umgebung,
        timeout=60,
        check=False,
    )
    return subprocess.CompletedProcess(fertig.args, fertig.returncode, fertig.stdout.decode(), fertig.stderr.decode())


def zeilen(fertig: subprocess.CompletedProcess[str]) -> list[dict[str, object]]:
    return [json.loads(zeile) for zeile in fertig.stdout.splitlines()]


def gut(kennung: str) -> Daten:
    return haushalt(rentnerin(), id=kennung)


def test_one_object(tmp_path: Path) -> None:
    datei = tmp_path / "haushalt.json"
    datei.write_text(json.dumps(gut("a"), indent=2), encoding="utf-8")
    fertig = kiepe(str(datei))
    assert fertig.returncode == 0
    assert [zeile["id"] for zeile in zeilen(fertig)] == ["a"]
    assert fertig.stderr == ""


def test_a_list_keeps_its_order(tmp_path: Path) -> None:
    datei = tmp_path / "haushalte.json"
    datei.write_text(json.dumps([gut("b"), gut("a"), gut("ü")]), encoding="utf-8")
    assert [zeile["id"] for zeile in zeilen(kiepe(str(datei)))] == ["b", "a", "ü"]


def test_bad_lines_do_not_stop_the_others(tmp_path: Path) -> None:
    schlecht = gut("b") | {"art": "mietzuschus"}
    doppelt = json.dumps(gut("d"))[:-1] + ', "art": "lastenzuschuss"}'
    eingaben = [
        json.dumps(gut("a")),
        json.dumps(schlecht),
        "{kaputt",
        "",
        "[1]",
        doppelt,
        '{"x": NaN}',
        json.dumps(gut("z")),
    ]
    datei = tmp_path / "haushalte.jsonl"
    datei.write_bytes(
        "\n".join(eingaben).encode() + b"\n\xff\xfe\n" + json.dumps(gut("alt") | {"stichtag": "2024-12-01"}).encode()
    )
    fertig = kiepe(str(datei))
    ausgabe = zeilen(fertig)
    assert fertig.returncode == 1
    assert [zeile.get("id") for zeile in ausgabe] == ["a", "b", None, None, "d", None, "z", None, "alt"]
    assert ["fehler" in zeile for zeile in ausgabe] == [False, True, True, True, True, True, False, True, True]
    assert ausgabe[1]["fehler"] == [
        {
            "pfad": "/art",
            "text": "Erwartet ist eines von: mietzuschuss, lastenzuschuss. Gemeint ist vielleicht mietzuschuss.",
        }
    ]
    assert "zweimal" in str(ausgabe[4]["fehler"])
    assert ausgabe[8]["fehler"] == [
        {
            "pfad": "/stichtag",
            "text": "Für den 01.12.2024 ist kein Recht hinterlegt. "
            "Gerechnet werden kann ab dem 01.01.2025 (§ 12 Abs. 1 WoGG, Anlage 1).",
        }
    ]


@pytest.mark.parametrize(
    ("eingabe", "kennungen"),
    [
        (json.dumps(gut("a")), ["a"]),
        (json.dumps(gut("a"), indent=1), ["a"]),
        ("\ufeff" + json.dumps(gut("a")), ["a"]),
        ("\n\n" + json.dumps([gut("a"), gut("b")], indent=1), ["a", "b"]),
        (json.dumps(gut("a")) + "\n" + json.dumps(gut("b")) + "\n", ["a", "b"]),
        ("{kaputt}\n" + json.dumps(gut("b")), [None, "b"]),
        ("[]", []),
    ],
)
def test_standard_input_is_recognised(eingabe: str, kennungen: list[str | None]) -> None:
    assert [zeile.get("id") for zeile in zeilen(kiepe("-", eingabe=eingabe))] == kennungen


def test_broken_json_of_a_whole_file(tmp_path: Path) -> None:
    datei = tmp_path / "kaputt.json"
    datei.write_text('{\n "id": "a",\n', encoding="utf-8")
    fertig = kiepe(str(datei))
    assert fertig.returncode == 1
    assert "kein gültiges JSON" in str(zeilen(fertig))


def test_very_deep_json_is_an_error_line() -> None:
    fertig = kiepe("-", eingabe="[" * 200_000)
    assert fertig.returncode == 1
    assert "Traceback" not in fertig.stderr
    assert "fehler" in zeilen(fertig)[0]


def test_a_lone_surrogate_stays_json() -> None:
    fertig = kiepe("-", eingabe=json.dumps(gut("\ud800")))
    assert zeilen(fertig)[0]["id"] == "\ud800"


@pytest.mark.parametrize("datei", ["gibt-es-nicht.jsonl", "."])
def test_a_missing_file_is_one_sentence(datei: str) -> None:
    fertig = kiepe(datei)
    assert (fertig.returncode, fertig.stdout) == (2, "")
    assert fertig.stderr.startswith(f"Die Datei {datei} ")
    assert fertig.stderr.count("\n") == 1


def test_empty_input_is_one_sentence() -> None:
    fertig = kiepe("-")
    assert fertig.returncode == 2
    assert "leer" in fertig.stderr


def test_text_for_people() -> None:
    daten = [gut("a"), gut("b") | {"mietenstufe": 9}, haushalt(rentnerin(ausgeschlossen="SGB XII"), id="c")]
    fertig = kiepe("-", "--text", eingabe=json.dumps(daten))
    assert fertig.returncode == 1
    assert "Gesetzliche Rente: 12 × 1.300 €" in fertig.stdout
    assert "/mietenstufe: Erwartet ist eine ganze Zahl von 1 bis 7." in fertig.stdout
    assert "Kein Anspruch: Alle Haushaltsmitglieder" in fertig.stdout
    # Die Werte stehen rechtsbündig untereinander.
    werte = [zeile for zeile in fertig.stdout.splitlines() if zeile.startswith("  §")]
    assert len({len(zeile) for zeile in werte if zeile.endswith("€")}) == 1


def test_a_draft_marks_every_line() -> None:
    daten = [gut("a"), gut("b") | {"art": "x"}]
    assert [zeile["entwurf"] for zeile in zeilen(kiepe("-", "--entwurf", "2027", eingabe=json.dumps(daten)))] == [
        "2027"
    ] * 2
    text = kiepe("-", "--entwurf", "2027", "--text", eingabe=json.dumps(daten)).stdout
    assert all("Entwurf 2027" in zeile for zeile in text.splitlines() if zeile)
    unbekannt = kiepe("-", "--entwurf", "2031", eingabe=json.dumps(daten))
    assert (unbekannt.returncode, unbekannt.stdout) == (2, "")
    assert "2027" in unbekannt.stderr


def test_a_closed_pipe_is_quiet(tmp_path: Path) -> None:
    datei = tmp_path / "viele.jsonl"
    datei.write_text((json.dumps(gut("a")) + "\n") * 2000, encoding="utf-8")
    befehl = [sys.executable, "-m", "kiepe.entrances.commandline", "law", "wohngeld", str(datei)]
    umgebung = {**os.environ, "PYTHONPATH": str(QUELLEN)}
    with subprocess.Popen(befehl, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=umgebung) as prozess:
        assert prozess.stdout is not None
        assert prozess.stderr is not None
        assert b"wohngeld" in prozess.stdout.readline()
        prozess.stdout.close()
        assert prozess.stderr.read() == b""
        assert prozess.wait(30) == 0


def test_lines_come_out_while_others_still_come_in() -> None:
    # JSON Lines werden nicht gesammelt: Die erste Antwort ist da, bevor die Eingabe zu Ende ist.
    befehl = [sys.executable, "-u", "-m", "kiepe.entrances.commandline", "law", "wohngeld", "-"]
    umgebung = {**os.environ, "PYTHONPATH": str(QUELLEN)}
    with subprocess.Popen(befehl, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=umgebung) as prozess:
        assert prozess.stdin is not None
        assert prozess.stdout is not None
        prozess.stdin.write(json.dumps(gut("a")).encode() + b"\n")
        prozess.stdin.flush()
        assert json.loads(prozess.stdout.readline())["id"] == "a"
        prozess.stdin.close()
        assert prozess.wait(30) == 0


def test_the_command_loads_no_django() -> None:
    programm = (
        "import sys\n"
        "from kiepe.entrances.commandline.__main__ import main\n"
        f"main(['law', 'wohngeld', {str(Path(os.devnull))!r}])\n"
        "print(sorted(m for m in sys.modules if m.split('.')[0] in ('django', 'numpy', 'jsonschema')))\n"
    )
    umgebung = {**os.environ, "PYTHONPATH": str(QUELLEN)}
    fertig = subprocess.run([sys.executable, "-c", programm], capture_output=True, text=True, env=umgebung, check=True)
    assert fertig.stdout.strip() == "[]"
