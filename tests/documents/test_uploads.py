"""What a browser sends is bounded while it comes: too much is dropped, the rest arrives."""

from __future__ import annotations

import io
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from django.core.files.uploadedfile import UploadedFile
from django.core.handlers.wsgi import WSGIRequest

from kiepe.base.documents import actions, uploads
from kiepe.base.documents.uploads import Sent
from kiepe.base.kernel.refusal import Refused

EDGE = "----kiepe"
OPEN: list[WSGIRequest] = []


class Stream(io.RawIOBase):
    """A body that is made while it is read, so that the test itself holds none of it."""

    def __init__(self, parts: Iterator[bytes]) -> None:
        self.parts, self.rest = parts, b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self.rest = self.rest or next(self.parts, b"")
        found, self.rest = self.rest[: len(buffer)], self.rest[len(buffer) :]
        buffer[: len(found)] = found
        return len(found)


def body(files: list[tuple[str, int]], words: str) -> Iterator[bytes]:
    for name, size in files:
        head = f'Content-Disposition: form-data; name="files"; filename="{name}"'
        yield f"--{EDGE}\r\n{head}\r\nContent-Type: image/jpeg\r\n\r\n".encode()
        for start in range(0, size, 500_000):
            yield bytes(min(500_000, size - start))
        yield b"\r\n"
    yield f'--{EDGE}\r\nContent-Disposition: form-data; name="worte"\r\n\r\n{words}\r\n--{EDGE}--\r\n'.encode()


def request(files: list[tuple[str, int]], words: str = "Ich habe ihn verlegt.") -> WSGIRequest:
    length = sum(len(part) for part in body(files, words))
    made = WSGIRequest(
        {
            "REQUEST_METHOD": "POST",
            "PATH_INFO": "/",
            "CONTENT_TYPE": f"multipart/form-data; boundary={EDGE}",
            "CONTENT_LENGTH": str(length),
            "wsgi.input": io.BufferedReader(Stream(body(files, words))),
        }
    )
    OPEN.append(made)
    return made


def resident() -> int:
    """Bytes of memory that this process holds now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


@pytest.fixture(autouse=True)
def closing() -> Iterator[None]:
    """As Django closes a request with its answer."""
    yield
    while OPEN:
        OPEN.pop().close()


def sent(asked: WSGIRequest) -> list[Sent]:
    return cast("list[Sent]", asked.FILES.getlist("files"))


def test_two_hundred_megabytes_take_no_room_and_lose_nothing_beside_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    asked = request([("Film.mov", 200_000_000), ("Seite.jpg", 1000)])
    before = resident()
    assert asked.POST["worte"] == "Ich habe ihn verlegt."
    assert resident() - before < 20_000_000
    film, page = sent(asked)
    assert (film.name, film.size, film.dropped) == ("Film.mov", 200_000_000, "large")
    assert film.read() == b""
    assert (page.size, page.dropped, len(page.read())) == (1000, "", 1000)
    assert list(tmp_path.iterdir()) == []  # nothing has a name in the file system, not even while it is held
    with pytest.raises(Refused) as said:
        actions.take(film, purpose="evidence")
    assert "30 MB" in said.value.why


def test_thirty_megabytes_are_not_too_large() -> None:
    (photo,) = sent(request([("Foto.jpg", uploads.MAX_BYTES)]))
    assert (photo.size, photo.dropped) == (30_000_000, "")


def test_too_much_together_keeps_what_came_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "MAX_TOGETHER", 2_500)
    found = sent(request([("a.jpg", 1000), ("b.jpg", 1000), ("c.jpg", 1000), ("d.jpg", 400)]))
    assert [one.dropped for one in found] == ["", "", "together", ""]
    assert [refused(one) for one in found if one.dropped] == ["Alle Dateien zusammen waren größer als 300 MB."]


def test_very_many_files_keep_the_first_sixty() -> None:
    found = sent(request([(f"{number}.jpg", 10) for number in range(70)]))
    assert [one.dropped for one in found] == [""] * 60 + ["many"] * 10
    assert "sehr viele Dateien" in refused(found[-1])


def refused(file: UploadedFile[bytes]) -> str:
    with pytest.raises(Refused) as said:
        actions.fits(file)
    return said.value.why.split(". ")[0] + "."
