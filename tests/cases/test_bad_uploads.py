"""A real Kiepe is sent what it cannot use: a sentence each, the same workers alive, no file left behind."""

from __future__ import annotations

import http.client
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pillow_heif
import pytest

from tests.documents.papers import corner_picture, plain_pdf, saved
from tests.documents.test_take import encrypted_pdf, pdf_bomb, png_bomb, zip_bomb
from tests.processes import Kiepe, remove, running

pytestmark = pytest.mark.processes
EDGE = "----kiepe"
FIELD = "datei-rental_contract"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kiepe]:
    folder = tmp_path_factory.mktemp("bad")
    (folder / "tmp").mkdir()
    with running(folder, demo=False, TMPDIR=str(folder / "tmp")) as kiepe:
        yield kiepe
    remove(folder)


Part = tuple[str, str, Callable[[], Iterator[bytes]], int]  # field, file name, its bytes, how many


@dataclass
class Phone:
    """A browser without script: cookies, hidden fields, one connection at a time."""

    address: str
    cookies: dict[str, str] = field(default_factory=dict)
    at: str = ""

    def ask(self, verb: str, path: str, body: object = None, **headers: str) -> tuple[int, str, str]:
        """Status, where it leads, text."""
        host = urlsplit(self.address).netloc
        connection = http.client.HTTPConnection(host, timeout=120)
        kept = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        cookie = {"Cookie": kept} if kept else {}
        fixed = {"Origin": self.address, "Referer": self.address + path}
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(verb, path, body=body, headers=fixed | cookie | named)  # type: ignore[arg-type]  # an iterator is fine
        answer = connection.getresponse()
        text = answer.read().decode("utf-8", "replace")
        for line in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        connection.close()
        return answer.status, answer.headers.get("Location", ""), text

    def begin(self) -> None:
        """An application of somebody who rents, at its documents."""
        _status, self.at, _text = self.ask("POST", "/antrag/wohngeld/")
        self.form("dwelling/", tenure="tenant")

    def token(self, path: str) -> str:
        _status, _where, text = self.ask("GET", self.at + path)
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', text)
        assert found, text[:500]
        return found.group(1)

    def form(self, path: str, **typed: str) -> None:
        said = urlencode({"csrfmiddlewaretoken": self.token(path), **typed})
        kind = "application/x-www-form-urlencoded"
        status, _where, text = self.ask("POST", self.at + path, said, Content_Type=kind)
        assert status == 302, text[-2000:]

    def send(self, *files: Part, **typed: str) -> str:
        """Send files and words to the documents page; the page that follows."""
        words = {"csrfmiddlewaretoken": self.token("unterlagen/"), "action": "upload", **typed}
        length = sum(len(part) for part in _frame(files, words)) + sum(size for *_rest, size in files)
        status, where, text = self.ask(
            "POST",
            f"{self.at}unterlagen/",
            _body(files, words),
            Content_Type=f"multipart/form-data; boundary={EDGE}",
            Content_Length=str(length),
        )
        assert status == 302, text[-2000:]
        return self.ask("GET", where.partition("#")[0])[2]


def _head(name: str, filename: str) -> bytes:
    said = f'Content-Disposition: form-data; name="{name}"; filename="{filename}"'
    return f"--{EDGE}\r\n{said}\r\nContent-Type: application/octet-stream\r\n\r\n".encode()


def _tail(words: dict[str, str]) -> bytes:
    fields = [
        f'--{EDGE}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in words.items()
    ]
    return ("".join(fields) + f"--{EDGE}--\r\n").encode()


def _frame(files: tuple[Part, ...], words: dict[str, str]) -> Iterator[bytes]:
    for name, filename, _data, _size in files:
        yield _head(name, filename) + b"\r\n"
    yield _tail(words)


def _body(files: tuple[Part, ...], words: dict[str, str]) -> Iterator[bytes]:
    for name, filename, data, _size in files:
        yield _head(name, filename)
        yield from data()
        yield b"\r\n"
    yield _tail(words)


def whole(name: str, data: bytes) -> Part:
    return FIELD, name, lambda: iter([data]), len(data)


def zeros(name: str, size: int) -> Part:
    return FIELD, name, lambda: (bytes(min(1_000_000, size - at)) for at in range(0, size, 1_000_000)), size


def heic_broken() -> bytes:
    out = io.BytesIO()
    pillow_heif.from_pillow(corner_picture(640, 480)).save(out)
    data = bytearray(out.getvalue())
    middle = data.index(b"mdat") + 4
    data[middle:] = bytes(len(data) - middle)  # the pixels are gone, the head is whole
    return bytes(data)


def workers(house: Kiepe) -> set[int]:
    """The web server's processes."""
    found = set()
    for place in Path("/proc").glob("[0-9]*"):
        try:
            words = (place / "cmdline").read_bytes().split(b"\0")
            environment = (place / "environ").read_bytes()
        except OSError:
            continue
        if b"python:kiepe.config.gunicorn" in words and f"KIEPE_VAR={house.var}".encode() in environment:
            found.add(int(place.name))
    return found


def left(house: Kiepe) -> list[str]:
    """Every stored file and every file in the folder for temporary ones, with its size."""
    places = [house.var / "files", house.folder / "tmp"]
    return sorted(f"{path} {path.stat().st_size}" for place in places for path in place.rglob("*") if path.is_file())


@pytest.mark.parametrize(
    ("name", "make", "says"),
    [
        ("leer.jpg", lambda: b"", "Die Datei ist leer."),
        ("Mietvertrag.pdf", lambda: b"MZ\x90\x00" + bytes(5000), "Diese Datei ist ein Programm"),
        ("Unterlagen.zip", zip_bomb, "ZIP-Dateien können wir nicht annehmen"),
        ("Unterlagen.pdf", pdf_bomb, "zu viel Zeit oder Speicher"),
        ("Foto.png", png_bomb, "mehr als 220 Megapixel"),
        ("Vertrag.pdf", encrypted_pdf, "mit einem Passwort geschützt"),
        ("Akte.pdf", lambda: plain_pdf(300), "Die Datei hat 300 Seiten."),
        ("Foto.svg", lambda: b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", "SVG"),
        ("IMG_1.HEIC", heic_broken, "Das Bild ist beschädigt"),
    ],
)
def test_a_sentence_and_nothing_left(house: Kiepe, name: str, make: Callable[[], bytes], says: str) -> None:
    phone = Phone(house.address)
    phone.begin()
    alive, before = workers(house), left(house)
    assert len(alive) > 1
    page = phone.send(whole(name, make()))
    assert f"{name}: " in page
    assert says in page
    assert "data-errors" in page
    assert workers(house) == alive
    assert left(house) == before


def test_two_hundred_megabytes_beside_a_photograph_and_words(house: Kiepe) -> None:
    """A film was chosen with the photograph: the photograph arrives, and what was typed stands there."""
    phone = Phone(house.address)
    phone.begin()
    alive, before = workers(house), left(house)
    photo = saved(corner_picture(), "JPEG")
    page = phone.send(zeros("Film.mov", 200_000_000), whole("Seite.jpg", photo))
    assert "Film.mov: Die Datei ist größer als 30 MB." in page
    assert "1 Foto</b>" in page
    assert workers(house) == alive
    assert len(left(house)) == len(before) + 1  # the photograph
    for worker in alive:
        highest = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{worker}/status").read_text())
        assert highest
        assert int(highest.group(1)) < 300_000


def test_words_survive_a_film(house: Kiepe) -> None:
    phone = Phone(house.address)
    phone.begin()
    words = {f"wie-{FIELD}": "lack", f"grund-{FIELD}": "refused", f"worte-{FIELD}": "Der Vermieter schickt nichts."}
    page = phone.send(zeros("Film.mov", 60_000_000), **words)
    assert "größer als 30 MB" in page
    assert "Der Vermieter schickt nichts." in page
    assert '<option value="refused" selected>' in page


def test_a_slow_phone_holds_up_nobody(house: Kiepe) -> None:
    """More uploads than there are processes stand still half-way; the pages are still served."""
    held = []
    for _ in range(2 * len(workers(house))):
        phone = Phone(house.address)
        phone.begin()
        held.append(_half_sent(phone))
    assert Phone(house.address).ask("GET", "/")[0] == 200  # while all of them still wait
    for connection in held:
        connection.close()


def _half_sent(phone: Phone) -> http.client.HTTPConnection:
    connection = http.client.HTTPConnection(urlsplit(phone.address).netloc, timeout=30)
    connection.putrequest("POST", f"{phone.at}unterlagen/")
    connection.putheader("Cookie", "; ".join(f"{name}={value}" for name, value in phone.cookies.items()))
    connection.putheader("Content-Type", f"multipart/form-data; boundary={EDGE}")
    connection.putheader("Content-Length", "5000000")
    connection.endheaders(_head(FIELD, "Foto.jpg") + bytes(100_000))
    return connection
