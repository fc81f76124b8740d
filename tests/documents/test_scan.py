"""Looking for viruses: every adapter keeps its port's promises; pages may say "checked" only where somebody looked."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.dispatch import Signal

from kiepe.base.documents import actions, checks, queries, tasks
from kiepe.base.documents.adapters.clamav import ClamAV
from kiepe.base.documents.adapters.demo import EICAR, DemoScanner
from kiepe.base.documents.adapters.failing_demo import FailingScanner
from kiepe.base.documents.adapters.none import NoScanner
from kiepe.base.documents.models import Scan, StoredFile
from kiepe.base.documents.ports import Finding, VirusScanner
from kiepe.base.documents.signals import virus_found
from kiepe.base.kernel.refusal import Refused, Unavailable
from tests.documents.papers import plain_pdf, upload

ADAPTERS = "kiepe.base.documents.adapters"
LONGEST = 40_000_000


class FakeClamd:
    """Speaks as clamd(8) says: zINSTREAM, then chunks of <length><data>, an empty one at the end; one line back."""

    def __init__(self, server: socket.socket) -> None:
        self.server = server
        self.heard: list[bytes] = []
        self.thread = threading.Thread(target=self._serve, daemon=True)
        self.thread.start()

    def _serve(self) -> None:
        while True:
            try:
                caller, _ = self.server.accept()
            except OSError:
                return
            with caller:
                self._answer(caller)

    def _answer(self, caller: socket.socket) -> None:
        stream = caller.makefile("rb")
        if stream.read(10) != b"zINSTREAM\0":
            caller.sendall(b"UNKNOWN COMMAND\0")
            return
        data = b""
        while size := struct.unpack("!L", stream.read(4))[0]:
            data += stream.read(size)
            if len(data) > LONGEST:
                caller.sendall(b"INSTREAM size limit exceeded. ERROR\0")
                return
        self.heard.append(data)
        caller.sendall(b"stream: Eicar-Test-Signature FOUND\0" if EICAR in data else b"stream: OK\0")


@contextmanager
def clamd(family: int, place: object) -> Iterator[tuple[FakeClamd, socket.socket]]:
    server = socket.socket(family, socket.SOCK_STREAM)
    server.bind(place)  # type: ignore[arg-type]  # a path or a pair, as the family wants
    server.listen()
    try:
        yield FakeClamd(server), server
    finally:
        server.shutdown(socket.SHUT_RDWR)
        server.close()


@pytest.fixture
def fake(settings: LazySettings, tmp_path: Path) -> Iterator[FakeClamd]:
    settings.CLAMAV = str(tmp_path / "clamd.ctl")
    with clamd(socket.AF_UNIX, settings.CLAMAV) as (talker, _server):
        yield talker


@pytest.mark.parametrize("scanner", [ClamAV(), DemoScanner()], ids=lambda one: type(one).__name__)
def test_who_looks_finds_the_test_virus_and_nothing_in_a_letter(fake: FakeClamd, scanner: VirusScanner) -> None:
    assert scanner.present
    assert scanner.scan(plain_pdf()) == Finding(checked=True)
    found = scanner.scan(plain_pdf() + EICAR)
    assert found.checked
    assert "eicar" in found.virus.lower()


def test_clamd_gets_every_byte_also_of_a_large_file(fake: FakeClamd) -> None:
    data = bytes(range(256)) * 12_000
    assert ClamAV().scan(data).checked
    assert fake.heard == [data]


def test_clamd_that_takes_no_such_length_claims_nothing(fake: FakeClamd) -> None:
    assert ClamAV().scan(bytes(LONGEST + 1)) == Finding(checked=False)


def test_clamd_over_the_network(settings: LazySettings) -> None:
    with clamd(socket.AF_INET, ("127.0.0.1", 0)) as (_talker, server):
        settings.CLAMAV = f"127.0.0.1:{server.getsockname()[1]}"
        assert ClamAV().scan(b"Brief") == Finding(checked=True)


def test_who_is_down_says_so(settings: LazySettings, tmp_path: Path) -> None:
    settings.CLAMAV = str(tmp_path / "nobody.ctl")
    for scanner in (ClamAV(), FailingScanner()):
        assert scanner.present
        with pytest.raises(Unavailable):
            scanner.scan(b"Brief")


def test_where_there_is_none_nothing_is_claimed() -> None:
    assert not NoScanner().present
    assert NoScanner().scan(EICAR) == Finding(checked=False)


@pytest.mark.parametrize(
    ("path", "found"),
    [
        (f"{ADAPTERS}.none.NoScanner", []),
        (f"{ADAPTERS}.clamav.ClamAV", []),
        (f"{ADAPTERS}.clamav.Nobody", ["documents.E001"]),
        ("nowhere.at.all", ["documents.E001"]),
        ("pathlib.Path", ["documents.E002"]),
    ],
)
def test_a_path_that_leads_nowhere_stops_the_start(settings: LazySettings, path: str, found: list[str]) -> None:
    settings.VIRUS_SCANNER = path
    assert [one.id for one in checks.virus_scanner(None)] == found


def taken(settings: LazySettings, adapter: str, data: bytes) -> StoredFile:
    settings.VIRUS_SCANNER = f"{ADAPTERS}.{adapter}"
    return actions.take(upload(data, "Brief.pdf"), purpose="evidence")


@pytest.mark.django_db
def test_a_virus_is_refused_with_a_sentence_and_nothing_is_kept(settings: LazySettings) -> None:
    with pytest.raises(Refused) as said:
        taken(settings, "demo.DemoScanner", plain_pdf() + EICAR)
    assert "Virus" in said.value.why
    assert said.value.remedy
    assert not StoredFile.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("adapter", "scan"),
    [("demo.DemoScanner", Scan.CLEAN), ("none.NoScanner", Scan.NONE), ("failing_demo.FailingScanner", Scan.PENDING)],
)
def test_what_is_known_of_a_file(settings: LazySettings, adapter: str, scan: Scan) -> None:
    assert taken(settings, adapter, plain_pdf()).scan == scan


@pytest.mark.django_db
def test_the_job_looks_later_and_keeps_back_what_it_finds(settings: LazySettings) -> None:
    clean = taken(settings, "failing_demo.FailingScanner", plain_pdf())
    bad = taken(settings, "failing_demo.FailingScanner", plain_pdf() + EICAR)
    told: list[StoredFile] = []

    def hear(sender: object, file: StoredFile, signal: Signal, **more: object) -> None:
        told.append(file)

    virus_found.connect(hear)
    try:
        tasks.scan_pending(0)  # still down: they wait on
        assert StoredFile.objects.filter(scan=Scan.PENDING).count() == 2
        settings.VIRUS_SCANNER = f"{ADAPTERS}.demo.DemoScanner"
        tasks.scan_pending(0)
    finally:
        virus_found.disconnect(hear)
    clean.refresh_from_db()
    bad.refresh_from_db()
    assert (clean.scan, bad.scan) == (Scan.CLEAN, Scan.FOUND)
    assert told == [bad]
    for read in (queries.content, queries.as_shown, queries.preview):
        read(clean)
        with pytest.raises(Refused):
            read(bad)


@pytest.mark.django_db
def test_a_scanner_that_was_taken_away_leaves_no_claim(settings: LazySettings) -> None:
    file = taken(settings, "failing_demo.FailingScanner", plain_pdf())
    settings.VIRUS_SCANNER = f"{ADAPTERS}.none.NoScanner"
    tasks.scan_pending(0)
    file.refresh_from_db()
    assert file.scan == Scan.NONE
