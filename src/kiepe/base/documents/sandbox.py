"""Starts reader.py for one file and turns its answer into a value or a sentence. The web worker survives any file."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from kiepe.base.kernel.refusal import Refused

READER = Path(__file__).with_name("reader.py")
SECONDS = 25  # wall clock; below gunicorn's 30
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Taken:
    """A PDF that may be kept."""

    data: bytes
    pages: int
    flattened: bool


def take(data: bytes) -> Taken:
    """Read, check and convert a file that a stranger sent. Raises Refused (422) with a sentence that helps."""
    about, body = _ask(data, "take")
    return Taken(body, int(str(about["pages"])), bool(about["flattened"]))


def page_image(data: bytes, number: int, width: int) -> bytes:
    """Page `number` (from 1) of a PDF as PNG. Raises Refused where there is none."""
    return _ask(data, "page", str(number), str(width))[1]


def _ask(data: bytes, *arguments: str) -> tuple[dict[str, object], bytes]:
    try:
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
    """The sentence for a code of reader.py, or one of our own: what is wrong, and what to do."""
    why, remedy = _sentences().get(code) or _sentences()["broken"]
    return Refused(why, remedy, status=422)


def _sentences() -> dict[str, tuple[str, str]]:
    return {
        "empty": (
            _("Die Datei ist leer."),
            _("Bitte wählen Sie die Datei noch einmal aus, oder fotografieren Sie das Papier neu."),
        ),
        "large": (
            _("Die Datei ist größer als 20 MB."),
            _("Teilen Sie sie in mehrere Dateien, oder fotografieren Sie die Seiten einzeln."),
        ),
        "pages": (
            _("Die Datei hat mehr als 100 Seiten."),
            _("Bitte laden Sie nur die Seiten hoch, die gebraucht werden, oder teilen Sie die Datei."),
        ),
        "pixels": (
            _("Das Bild hat mehr als 60 Megapixel."),
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
