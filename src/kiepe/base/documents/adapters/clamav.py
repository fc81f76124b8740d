"""ClamAV: clamd's own protocol, command INSTREAM, over a socket (clamd(8), section COMMANDS).

KIEPE_CLAMAV names the socket: a path such as /run/clamav/clamd.ctl, or host:port.
"""

from __future__ import annotations

import contextlib
import logging
import socket
import struct
from collections.abc import Iterator

from django.conf import settings
from django.utils.translation import gettext as _

from kiepe.base.documents.ports import Finding
from kiepe.base.kernel.refusal import Unavailable

CHUNK = 65_536
SECONDS = 20  # to connect, and for each answer
LONGEST_ANSWER = 4096
log = logging.getLogger(__name__)


class ClamAV:
    """Sends the bytes to clamd and reads its one line."""

    present = True

    def scan(self, data: bytes) -> Finding:
        try:
            answer = self._ask(data)
        except OSError as trouble:
            log.warning("clamd does not answer: %s", type(trouble).__name__)
            raise Unavailable(_("Die Prüfung auf Viren")) from None
        return _understood(answer)

    def _ask(self, data: bytes) -> bytes:
        with _connected(settings.CLAMAV) as clamd:
            with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # too long for it: its answer says so
                clamd.sendall(b"zINSTREAM\0")
                for start in range(0, len(data), CHUNK):
                    part = data[start : start + CHUNK]
                    clamd.sendall(struct.pack("!L", len(part)) + part)
                clamd.sendall(struct.pack("!L", 0))
            return _line(clamd)


@contextlib.contextmanager
def _connected(place: str) -> Iterator[socket.socket]:
    host, _colon, port = place.rpartition(":")
    if place.startswith("/") or not port.isdecimal():
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as clamd:
            clamd.settimeout(SECONDS)
            clamd.connect(place)
            yield clamd
    else:
        with socket.create_connection((host.strip("[]"), int(port)), timeout=SECONDS) as clamd:
            yield clamd


def _line(clamd: socket.socket) -> bytes:
    """Its answer, up to the zero byte that ends it."""
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < LONGEST_ANSWER:
        part = clamd.recv(1024)
        if not part:
            break
        answer += part
    return answer.rstrip(b"\0").strip()


def _understood(answer: bytes) -> Finding:
    """`stream: OK`, `stream: NAME FOUND`, or a line that ends with ERROR (such as a stream longer than it takes)."""
    said = answer.decode("utf-8", "replace").removeprefix("stream: ")
    if said == "OK":
        return Finding(checked=True)
    if said.endswith(" FOUND"):
        return Finding(checked=True, virus=said.removesuffix(" FOUND"))
    if "size limit exceeded" in said:
        log.warning("clamd takes no stream of this length; raise StreamMaxLength to 40M")
        return Finding(checked=False)
    log.warning("clamd answers in a way that is not known: %s", said[:80])
    raise Unavailable(_("Die Prüfung auf Viren"))
