"""``kiepe law wohngeld``: das Wohngeld von Haushalten aus einer Datei.

Eingabe sind Haushalte nach ``household.schema.json`` als JSON-Objekt, JSON-Liste oder JSON Lines;
Ausgabe ist je Haushalt eine Zeile nach ``result.schema.json``, in derselben Reihenfolge.
"""

import argparse
import json
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from kiepe.law.wohngeld import Ergebnis

_BREITE_NORM = 34
_BREITE_WORTE = 78
_BREITE_WERT = 18


@dataclass(frozen=True, slots=True)
class _Zeile:
    """Ein Eintrag der Eingabe: Daten, oder weshalb sie sich nicht lesen lassen."""

    daten: object = None
    fehler: str | None = None


class _DoppeltesFeld(ValueError):
    """Ein Feld steht zweimal in einem Objekt; welches gemeint ist, kann niemand wissen."""


class _EingabeFehlt(Exception):
    """Die Eingabe gibt es nicht oder sie ist leer; der Text ist ein Satz für Menschen."""


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Meldet ``law wohngeld`` bei der Befehlszeile an."""
    law = commands.add_parser("law", help="Was das Recht sagt", description="Was das Recht von einem Fall sagt.")
    benefits = law.add_subparsers(dest="benefit", required=True, metavar="LEISTUNG")
    wohngeld = benefits.add_parser(
        "wohngeld",
        help="Wohngeld für Haushalte aus einer Datei",
        description=(
            "Rechnet das Wohngeld jedes Haushalts und gibt je Haushalt eine JSON-Zeile aus. "
            "Was sich nicht rechnen lässt, bekommt eine Fehlerzeile; dann endet der Befehl mit 1."
        ),
    )
    wohngeld.add_argument(
        "file", metavar="DATEI", help="JSON-Objekt, JSON-Liste oder .jsonl; - liest die Standardeingabe"
    )
    wohngeld.add_argument("--text", action="store_true", help="die Rechenschritte für Menschen statt JSON")
    wohngeld.add_argument(
        "--entwurf", metavar="NAME", help="nur zum Vergleich: nach einem Gesetzentwurf rechnen, z. B. 2027"
    )


def run(args: argparse.Namespace) -> int:
    """Führt ``kiepe law wohngeld`` aus.

    Returns:
        0, wenn alle Haushalte gerechnet sind; 1, wenn einer nicht; 2, wenn es die Eingabe nicht gibt.
    """
    from kiepe.law.wohngeld.recht import entwürfe

    if args.entwurf is not None and args.entwurf not in entwürfe():
        print(f"Den Entwurf {args.entwurf} gibt es nicht. Vorhanden: {', '.join(entwürfe())}.", file=sys.stderr)
        return 2
    for strom in (sys.stdout, sys.stderr):
        if isinstance(strom, TextIOWrapper):
            # Ein einzelnes Surrogat in einer id wird als \\ud800 ausgegeben: auch das ist gültiges JSON.
            strom.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        return _rechne_alle(args)
    except _EingabeFehlt as fehlt:
        print(fehlt, file=sys.stderr)
        return 2
    except BrokenPipeError:
        # Wer liest, hat genug, z. B. „| head“. Das Schließen am Ende soll dann nicht noch einmal klagen.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _rechne_alle(args: argparse.Namespace) -> int:
    alle_gut = True
    with ExitStack() as stapel:
        for zeile in _zeilen(args.file, stapel):
            ausgabe, gut = _rechne(zeile, args.entwurf, text=args.text)
            print(ausgabe)
            alle_gut &= gut
        sys.stdout.flush()
    return 0 if alle_gut else 1


def _rechne(zeile: _Zeile, entwurf: str | None, *, text: bool) -> tuple[str, bool]:
    from kiepe.law.wohngeld import KeinRecht, Ungueltig, haushalt_aus, wohngeld

    kopf = _kopf(zeile.daten, entwurf)
    if zeile.fehler is not None:
        return _fehlerzeile(kopf, [{"pfad": "", "text": zeile.fehler}], text=text), False
    if not isinstance(zeile.daten, dict):
        falsch = "Erwartet ist ein JSON-Objekt mit stichtag, art, wohnung und personen."
        return _fehlerzeile(kopf, [{"pfad": "", "text": falsch}], text=text), False
    try:
        ergebnis = wohngeld(haushalt_aus(zeile.daten), entwurf=entwurf)
    except Ungueltig as ungültig:
        return _fehlerzeile(kopf, [fehler.als_dict() for fehler in ungültig.fehler], text=text), False
    except KeinRecht as kein_recht:
        return _fehlerzeile(kopf, [{"pfad": "/stichtag", "text": str(kein_recht)}], text=text), False
    if text:
        return _als_text(ergebnis), True
    return json.dumps(ergebnis.als_dict(), ensure_ascii=False), True


def _kopf(daten: object, entwurf: str | None) -> dict[str, object]:
    kopf: dict[str, object] = {}
    if isinstance(daten, dict) and isinstance(daten.get("id"), str):
        kopf["id"] = daten["id"]
    if entwurf is not None:
        kopf["entwurf"] = entwurf
    return kopf


def _fehlerzeile(kopf: dict[str, object], fehler: list[dict[str, str]], *, text: bool) -> str:
    if not text:
        return json.dumps(kopf | {"fehler": fehler}, ensure_ascii=False)
    zeilen = [_überschrift(kopf.get("id")), "Nicht gerechnet:"]
    zeilen += [f"  {einzeln['pfad'] or '(gesamte Eingabe)'}: {einzeln['text']}" for einzeln in fehler]
    return _absatz(zeilen, kopf.get("entwurf"))


def _zeilen(datei: str, stapel: ExitStack) -> Iterator[_Zeile]:
    """Die Einträge der Eingabe, bei JSON Lines einer nach dem anderen."""
    if datei == "-":
        return _erkenne(sys.stdin.buffer)
    pfad = Path(datei)
    try:
        strom = stapel.enter_context(pfad.open("rb"))
    except FileNotFoundError:
        raise _EingabeFehlt(f"Die Datei {datei} gibt es nicht.") from None
    except OSError:
        raise _EingabeFehlt(f"Die Datei {datei} lässt sich nicht lesen. Bitte Pfad und Rechte prüfen.") from None
    return _jsonl(strom) if pfad.suffix == ".jsonl" else _erkenne(strom)


def _erkenne(strom: IO[bytes]) -> Iterator[_Zeile]:
    """JSON oder JSON Lines: JSON Lines ist es, wenn schon die erste Zeile ein ganzer Wert ist."""
    erste = next((zeile for zeile in strom if zeile.strip(_LEER)), None)
    if erste is None:
        raise _EingabeFehlt("Die Eingabe ist leer. Erwartet sind Haushalte als JSON.")
    if erste.strip(_LEER)[:1] != b"[" and _lies(erste).fehler is None:
        yield _lies(erste)
        yield from _jsonl(strom)
        return
    rest = strom.read()
    ganzes = _lies(erste + rest)
    if ganzes.fehler is not None and rest.strip() and erste.strip(_LEER)[-1:] in b"}":
        yield from _jsonl((erste, *rest.splitlines()))
    elif isinstance(ganzes.daten, list):
        yield from (_Zeile(daten) for daten in ganzes.daten)
    else:
        yield ganzes


def _jsonl(zeilen: Iterable[bytes]) -> Iterator[_Zeile]:
    return (_lies(zeile) for zeile in zeilen if zeile.strip(_LEER))


_LEER = b" \t\r\n\xef\xbb\xbf"


def _lies(roh: bytes) -> _Zeile:
    try:
        text = roh.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _Zeile(fehler="Die Zeile ist kein UTF-8. Bitte die Eingabe in UTF-8 speichern.")
    try:
        return _Zeile(json.loads(text, object_pairs_hook=_ohne_doppelte, parse_constant=_keine_zahl))
    except _DoppeltesFeld as doppelt:
        return _Zeile(json.loads(text), f"Das Feld „{doppelt}“ steht zweimal da. Bitte nur einmal angeben.")
    except RecursionError:
        return _Zeile(fehler="Das JSON ist zu tief verschachtelt.")
    except json.JSONDecodeError as fehler:
        stelle = f"Zeile {fehler.lineno}, Spalte {fehler.colno}"
        return _Zeile(fehler=f"Das ist kein gültiges JSON ({stelle}). Erwartet ist ein Objekt {{ … }}.")
    except ValueError:
        # Unendlich, NaN und Zahlen mit Tausenden Stellen: Python lehnt sie mit eigenen Worten ab.
        return _Zeile(fehler='Das JSON enthält eine Zahl, die keine ist. Beträge stehen als Text, z. B. "335.50".')


def _ohne_doppelte(paare: list[tuple[str, object]]) -> dict[str, object]:
    objekt = dict(paare)
    if len(objekt) < len(paare):
        namen = [name for name, _ in paare]
        raise _DoppeltesFeld(next(name for name in namen if namen.count(name) > 1))
    return objekt


def _keine_zahl(wert: str) -> float:
    raise ValueError(wert)


def _als_text(ergebnis: "Ergebnis") -> str:
    zeilen = [_überschrift(ergebnis.id)]
    if ergebnis.entwurf is not None:
        zeilen.append(f"VERGLEICH mit dem Entwurf {ergebnis.entwurf} – kein geltendes Recht")
    zeilen.append(f"Rechtsstand {ergebnis.rechtsstand:%d.%m.%Y}")
    for schritt in ergebnis.schritte:
        worte, *weitere = _umbruch(schritt.bezeichnung, _BREITE_WORTE)
        zeilen.append(f"  {schritt.norm:<{_BREITE_NORM}} {worte:<{_BREITE_WORTE}} {schritt.wert:>{_BREITE_WERT}}")
        zeilen += [f"  {'':<{_BREITE_NORM}} {wort}" for wort in weitere]
    if ergebnis.anspruch:
        zeilen.append(f"Wohngeld: {ergebnis.wohngeld} € im Monat")
    else:
        zeilen.append(f"Kein Anspruch: {ergebnis.grund}")
    zeilen += [f"Hinweis ({hinweis.norm}): {hinweis.text}" for hinweis in ergebnis.hinweise]
    return _absatz(zeilen, ergebnis.entwurf)


def _absatz(zeilen: list[str], entwurf: object) -> str:
    """Die Zeilen mit einer Leerzeile danach; ein Vergleich ist auf jeder Zeile erkennbar."""
    vorsatz = "" if entwurf is None else f"[Entwurf {entwurf}] "
    return "".join(f"{vorsatz}{zeile}\n" for zeile in zeilen)


def _überschrift(kennung: object) -> str:
    return "Haushalt" if kennung is None else f"Haushalt {kennung}"


def _umbruch(text: str, breite: int) -> list[str]:
    import textwrap

    return textwrap.wrap(text, breite) or [""]
