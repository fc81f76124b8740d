"""Kept encrypted, read back, served so that nothing runs, removed for good."""

from __future__ import annotations

import hashlib
import os
import random
import signal
import stat
import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import connection, models, transaction

from kiepe.base.documents import actions, queries, tasks, vault, views
from kiepe.base.documents.models import StoredFile
from kiepe.base.kernel import clock, keys
from kiepe.base.kernel.refusal import Refused, Unavailable
from tests.documents.papers import plain_pdf

WORDS = b"Erika Beispiel verdient 1.433 Euro."


@pytest.fixture
def file(db: None) -> StoredFile:
    return actions.keep(WORDS, name="notiz.txt", content_type="text/plain", purpose="notice")


def age(path: Path, days: float) -> None:
    then = time.time() - days * 86_400
    os.utime(path, (then, then))


def test_what_is_kept_comes_back(file: StoredFile) -> None:
    assert queries.content(StoredFile.objects.get(pk=file.pk)) == WORDS
    assert file.sha256 == hashlib.sha256(WORDS).hexdigest()


def test_nothing_readable_lies_on_disk(file: StoredFile) -> None:
    path = Path(settings.VAR) / "files" / file.id.hex[:2] / str(file.id)
    blob = path.read_bytes()
    assert b"Erika" not in blob
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_layout_is_the_documented_one(file: StoredFile) -> None:
    """Opened here with nothing but the decision's text (docs/decisions) and AES-GCM."""
    wrapped = bytes(file.wrapped_key)
    own = AESGCM(keys.master_key(settings.KEYS)).decrypt(wrapped[:12], wrapped[12:], b"KPE1:key:" + file.id.bytes)
    blob = vault.path(file.id).read_bytes()
    assert blob[:4] == b"KPE1"
    assert AESGCM(own).decrypt(blob[4:16], blob[16:], b"KPE1:file:" + file.id.bytes) == WORDS


def test_each_file_has_a_key_of_its_own(file: StoredFile) -> None:
    other = actions.keep(WORDS, name="b", content_type="text/plain", purpose="notice")
    assert vault.path(other.id).read_bytes()[16:] != vault.path(file.id).read_bytes()[16:]
    assert bytes(other.wrapped_key) != bytes(file.wrapped_key)


def test_changed_exchanged_or_missing_blob_is_told(file: StoredFile) -> None:
    path = vault.path(file.id)
    good = path.read_bytes()
    other = actions.keep(b"anderes", name="b", content_type="text/plain", purpose="notice")
    for bad in (
        good[:-1] + bytes([good[-1] ^ 1]),
        b"KPE2" + good[4:],
        good[:10],
        b"",
        vault.path(other.id).read_bytes(),
    ):
        path.write_bytes(bad)
        with pytest.raises(Unavailable):
            queries.content(file)
    path.unlink()
    with pytest.raises(Unavailable):
        queries.content(file)
    vault.path(file.id).write_bytes(good)
    assert queries.content(file) == WORDS


def test_row_of_another_file_opens_nothing(file: StoredFile) -> None:
    """Whoever may write rows but not keys cannot lay one person's file under another's name."""
    other = actions.keep(b"anderes", name="b", content_type="text/plain", purpose="notice")
    file.wrapped_key = other.wrapped_key
    vault.path(file.id).write_bytes(vault.path(other.id).read_bytes())
    with pytest.raises(Unavailable):
        queries.content(file)


def test_wrong_master_key_is_told(file: StoredFile, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "master_key", lambda _: bytes(32))
    with pytest.raises(Unavailable):
        queries.content(file)


def test_full_disk_is_an_answer(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Unavailable):
        actions.keep(WORDS, name="a", content_type="text/plain", purpose="notice")
    assert not StoredFile.objects.exists()
    assert not [name for _, _, names in os.walk(vault.folder()) for name in names if name.startswith(".")]


@pytest.mark.django_db(transaction=True)
def test_removed_file_is_gone_with_its_key() -> None:
    file = actions.keep(WORDS, name="a", content_type="text/plain", purpose="notice")
    path = vault.path(file.id)
    with transaction.atomic():
        actions.remove(file)
        transaction.set_rollback(True)
    assert queries.content(file) == WORDS  # rolled back: still there, whole
    actions.remove(file)
    assert not path.exists()
    assert not StoredFile.objects.filter(pk=file.pk).exists()


def test_orphans_go_after_a_day_and_nothing_else(file: StoredFile) -> None:
    folder = vault.path(file.id).parent
    old, young = vault.path(UUID(int=1)), vault.path(UUID(int=2))
    staged = folder / f".{file.id}.abcd"
    for path in (old, young, staged):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    for path, days in ((old, 2), (staged, 2), (vault.path(file.id), 400)):
        age(path, days)
    tasks.remove_orphans(timestamp=0)
    assert (old.exists(), staged.exists(), young.exists(), vault.path(file.id).exists()) == (False, False, True, True)
    young.unlink()


@pytest.mark.django_db(transaction=True)
def test_files_go_on_their_day() -> None:
    today = clock.today()
    due, later, kept = (actions.keep(WORDS, name=n, content_type="text/plain", purpose="x") for n in "abc")
    actions.keep_until(due, today)
    actions.keep_until(later, today + timedelta(days=1))
    tasks.remove_due(timestamp=0)
    assert set(StoredFile.objects.values_list("pk", flat=True)) == {later.pk, kept.pk}
    assert not vault.path(due.pk).exists()
    tasks.remove_due(timestamp=0)


@pytest.mark.django_db(transaction=True)
def test_file_in_use_outlives_its_day(monkeypatch: pytest.MonkeyPatch) -> None:
    file = actions.keep(WORDS, name="a", content_type="text/plain", purpose="x")
    actions.keep_until(file, date(2020, 1, 1))

    def held(given: StoredFile) -> None:
        raise models.ProtectedError("held", {given})

    monkeypatch.setattr(actions, "remove", held)
    tasks.remove_due(timestamp=0)
    assert queries.content(file) == WORDS


def test_served_file_runs_nothing_and_stays_in_no_cache(db: None) -> None:
    pdf = actions.keep(plain_pdf(2), name="Müller „Miete“.pdf", content_type="application/pdf", purpose="x", pages=2)
    shown = views.serve(pdf, download=False)
    assert shown["Content-Type"] == "application/pdf"
    assert shown["Content-Disposition"].startswith("inline")
    assert "sandbox" in shown["Content-Security-Policy"]
    assert "default-src 'none'" in shown["Content-Security-Policy"]
    assert shown["X-Content-Type-Options"] == "nosniff"
    assert shown["Cache-Control"] == "no-store"
    assert views.serve(pdf, download=True)["Content-Disposition"].startswith("attachment")
    page = views.serve_page(pdf, 2, 800)
    assert page.content.startswith(b"\x89PNG")
    assert page["Content-Type"] == "image/png"


def test_other_types_are_only_offered_for_download(file: StoredFile) -> None:
    file.content_type = "text/html"
    answer = views.serve(file, download=False)
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")


def test_page_that_is_not_there(db: None) -> None:
    pdf = actions.keep(plain_pdf(1), name="a.pdf", content_type="application/pdf", purpose="x", pages=1)
    for number in (0, 2):
        with pytest.raises(Refused):
            queries.page_image(pdf, number, 300)


KEEPER = """
import os, sys, django
django.setup()
from kiepe.base.documents import actions
print("ready", flush=True)
while True:
    file = actions.keep(os.urandom(200_000), name="a", content_type="x", purpose="kill")
    print(file.pk, flush=True)
"""


@pytest.mark.processes
@pytest.mark.django_db(transaction=True)
def test_kill_loses_nothing_that_was_said_to_be_kept() -> None:
    """A real SIGKILL at random moments: each file reported as kept is readable, and each row has its blob."""
    url = os.environ["KIEPE_DATABASE_URL"].rsplit("/", 1)[0] + "/" + str(connection.settings_dict["NAME"])
    surroundings = os.environ | {"DJANGO_SETTINGS_MODULE": "kiepe.config.settings", "KIEPE_DATABASE_URL": url}
    chance = random.Random(7)
    told: list[str] = []
    for _ in range(5):
        keeper = subprocess.Popen([sys.executable, "-c", KEEPER], env=surroundings, stdout=subprocess.PIPE, text=True)
        assert keeper.stdout is not None
        assert keeper.stdout.readline() == "ready\n"
        time.sleep(chance.uniform(0.02, 0.3))
        keeper.send_signal(signal.SIGKILL)
        told += [line for line in keeper.communicate()[0].split("\n") if len(line) == 36]
    assert told
    assert {UUID(one) for one in told} <= set(StoredFile.objects.values_list("pk", flat=True))
    for file in StoredFile.objects.all():
        assert len(queries.content(file)) == 200_000
    StoredFile.objects.all().delete()
