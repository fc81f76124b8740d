"""Starts reader.py for one file and turns its answer into a value or a sentence. The web worker survives any file."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from kiepe.base.kernel.refusal import Refused, Unavailable

READER = Path(__file__).with_name("reader.py")
SECONDS = 45  # wall clock, for one file; 200 megapixels of HEIC take half of it
AT_ONCE = threading.BoundedSemaphore(1)  # a web process has several threads, and each reader may take gigabytes
PATIENCE = 90  # seconds that a request waits for its turn
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Taken:
    """A PDF that may be kept. `preview`: its first page as a small JPEG."""

    data: bytes
    preview: bytes
    pages: int
    flattened: bool
    photo: bool


def take(data: bytes) -> Taken:
    """Read, check and convert a file that a stranger sent. Raises Refused (422) with a sentence that helps."""
    about, body = _ask(data, "take")
    split = len(body) - int(str(about["preview"]))
    return Taken(
        data=body[:split],
        preview=body[split:],
        pages=int(str(about["pages"])),
        flattened=bool(about["flattened"]),
        photo=bool(about["photo"]),
    )


def page_image(data: bytes, number: int, width: int, turn: int = 0) -> bytes:
    """Page `number` (from 1) of a PDF, turned clockwise by `turn` degrees, as PNG; Refused where there is none."""
    return _ask(data, "page", str(number), str(width), str(turn))[1]


def joined(parts: Sequence[tuple[bytes, int]]) -> bytes:
    """Several PDFs as one, in order, each turned clockwise by its degrees (0, 90, 180, 270)."""
    sizes = [f"{len(data)}:{turn}" for data, turn in parts]
    return _ask(b"".join(data for data, _turn in parts), "join", *sizes)[1]


@contextmanager
def _in_turn() -> Iterator[None]:
    """One reader at a time in a process; memory is bounded by the number of processes."""
    if not AT_ONCE.acquire(timeout=PATIENCE):
        raise Unavailable(_("Die Ablage für Dateien"))
    try:
        yield
    finally:
        AT_ONCE.release()


def _ask(data: bytes, *arguments: str) -> tuple[dict[str, object], bytes]:
    try:
        with _in_turn():
            done = subprocess.run(  # noqa: S603 - our own script, fixed words and whole numbers
                [sys.executable, "-I", "-B", "-X", "utf8", str(READER), *arguments],
                input=data,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={},  # no address of the database, no place of the keys
                cwd="/",
                timeout=SECONDS,
                check=False,
            )
    except subprocess.TimeoutExpired:
        raise refusal("bomb") from None
    head, _line, body = done.stdout.partition(b"\n")
    try:
        answer = json.loads(head)
    except ValueError:
        log.warning("the reader of files ended with %s", done.returncode)
        raise refusal("bomb" if done.returncode < 0 else "broken") from None
    if "no" in answer:
        raise refusal(str(answer["no"]))
    return answer["ok"], body


def refusal(code: str) -> Refused:
    """The sentence for a code of reader.py, or one of our own: what is wrong, and what to do.

    A code may carry a number: `pages 300`.
    """
    name, _blank, number = code.partition(" ")
    why, remedy = _sentences().get(name) or _sentences()["broken"]
    return Refused(why % {"number": number} if number else why, remedy, status=422)


def _sentences() -> dict[str, tuple[str, str]]:
    return {
        "empty": (
            _("Die Datei ist leer."),
            _("Bitte wählen Sie die Datei noch einmal aus, oder fotografieren Sie das Papier neu."),
        ),
        "large": (
            _("Die Datei ist größer als 30 MB."),
            _("Ist es eine PDF-Datei, teilen Sie sie, oder fotografieren Sie die Seiten einzeln. Ein Film geht nicht."),
        ),
        "many": (
            _("Das waren sehr viele Dateien auf einmal. Diese ist nicht mehr angekommen."),
            _("Bitte wählen Sie sie noch einmal aus, und schicken Sie sie mit den nächsten."),
        ),
        "together": (
            _("Alle Dateien zusammen waren größer als 300 MB. Diese ist nicht mehr angekommen."),
            _("Bitte wählen Sie sie noch einmal aus, und schicken Sie sie mit den nächsten."),
        ),
        "virus": (
            _("In dieser Datei hat unsere Prüfung einen Virus gefunden. Wir haben sie nicht gespeichert."),
            _("Fotografieren Sie das Papier neu, am besten mit einem anderen Gerät. Oder schicken Sie es per Post."),
        ),
        "pages": (
            _("Die Datei hat %(number)s Seiten. Wir nehmen bis zu 100 Seiten in einer Datei."),
            _(
                "Öffnen Sie sie, wählen Sie „Drucken“, dann nur die Seiten, die gebraucht werden, und „Als PDF "
                "speichern“. Brauchen wir wirklich alle, rufen Sie uns an."
            ),
        ),
        "pixels": (
            _("Das Bild hat mehr als 220 Megapixel."),
            _("Bitte stellen Sie in der Kamera eine kleinere Auflösung ein, und fotografieren Sie noch einmal."),
        ),
        "page_size": (
            _("Eine Seite dieser PDF-Datei hat eine Größe, die es auf Papier nicht gibt."),
            _("Bitte drucken Sie die Datei als neue PDF-Datei in DIN A4, und laden Sie diese hoch."),
        ),
        "encrypted": (
            _("Die PDF-Datei ist mit einem Passwort geschützt; wir können sie nicht öffnen."),
            _(
                "Öffnen Sie sie mit Ihrem Passwort, wählen Sie „Drucken“ und dann „Als PDF speichern“. "
                "Die neue Datei hat kein Passwort mehr."
            ),
        ),
        "xfa": (
            _("Diese PDF-Datei ist ein Formular, das sich nur in einem besonderen Programm öffnet."),
            _("Öffnen Sie sie dort, wählen Sie „Drucken“ und „Als PDF speichern“, und laden Sie die neue Datei hoch."),
        ),
        "broken": (
            _("Die Datei ist beschädigt oder unvollständig; wir können sie nicht lesen."),
            _("Bitte speichern Sie sie neu, oder fotografieren Sie das Papier, und laden Sie das Foto hoch."),
        ),
        "broken_image": (
            _("Das Bild ist beschädigt oder unvollständig; wir können es nicht lesen."),
            _("Bitte fotografieren Sie das Papier noch einmal."),
        ),
        "bomb": (
            _("Die Datei braucht beim Öffnen zu viel Zeit oder Speicher."),
            _("Bitte drucken Sie sie als neue PDF-Datei, oder fotografieren Sie die Seiten."),
        ),
        "program": (
            _("Diese Datei ist ein Programm und kein Dokument, auch wenn ihr Name anders lautet."),
            _("Wir nehmen PDF-Dateien und Fotos (JPEG, PNG, HEIC)."),
        ),
        "office": (
            _("Textdokumente, Tabellen und ZIP-Dateien können wir nicht annehmen."),
            _("Speichern Sie das Dokument als PDF, und laden Sie die PDF-Datei hoch."),
        ),
        "markup": (
            _("Internetseiten, SVG- und XML-Dateien können wir nicht annehmen."),
            _("Drucken Sie die Seite als PDF-Datei, und laden Sie diese hoch."),
        ),
        "other_image": (
            _("Bilder dieser Art können wir nicht annehmen."),
            _("Wir nehmen Fotos als JPEG, PNG oder HEIC. Ein Bildschirmfoto ist meist eine PNG-Datei."),
        ),
        "other": (
            _("Dateien dieser Art können wir nicht annehmen."),
            _("Wir nehmen PDF-Dateien und Fotos (JPEG, PNG, HEIC)."),
        ),
        "no_page": (_("Diese Seite gibt es in der Datei nicht."), ""),
    }
