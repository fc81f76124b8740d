"""A whole Kiepe, killed at random moments of submitting, uploading and deciding: nothing lost, nothing doubled."""

from __future__ import annotations

import email
import email.policy
import hashlib
import http.client
import os
import random
import re
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
import pytest
import typst

from tests.processes import Kiepe, remove, running
from tests.resilience.acting import VICTIMS, Answer, Person, inside, kill, prepared, victim

ROUNDS = 50 if os.environ.get("KIEPE_TEST_FULL") == "1" else 24
SEED = 20261120
LATEST = 0.25  # seconds after the request at which the signal may fall
LATEST_JOB = 1.0  # the same for the worker, whose job begins when the answer is out
JOBS_DONE = 30.0  # seconds for what was cut off to be done: no waiting for a heartbeat to be missed


@pytest.fixture
def kiepe(tmp_path: Path) -> Iterator[Kiepe]:
    with running(tmp_path) as house:
        yield house
    print((tmp_path / "stderr.txt").read_text()[-6000:])  # shown where the test failed
    remove(tmp_path)


@dataclass
class Rounds:
    """What was done in each round, and how often a signal cut the line."""

    kiepe: Kiepe
    made: dict[str, Any]
    dice: random.Random
    cut: int = 0
    numbers: dict[str, str] = field(default_factory=dict)  # draft -> number
    uploads: dict[int, tuple[str, bytes]] = field(default_factory=dict)  # item -> number of the case, bytes
    decided: list[str] = field(default_factory=list)
    killed: Counter[str] = field(default_factory=Counter)

    def person(self, name: str) -> Person:
        return Person(self.kiepe.address, **self.made[name])

    def under_fire(self, act: Any) -> Answer | None:
        """Do it, and kill something meanwhile. None where the line broke or the house said that it is away."""
        kind, chosen = self.dice.choice(VICTIMS), self.dice.random()
        delay = self.dice.uniform(0.0, LATEST_JOB if kind == "worker" else LATEST)
        answers: list[Answer] = []

        def run() -> None:
            with suppress(OSError, http.client.HTTPException):  # what a browser shows as "connection was reset"
                answers.append(act())

        hand = threading.Thread(target=run)
        hand.start()
        time.sleep(delay)
        self._strike(kind, chosen)
        hand.join()
        if answers and answers[0].status < 500:
            return answers[0]
        self.cut += 1
        return None

    def _strike(self, kind: str, chosen: float) -> None:
        """SIGKILL one process of this kind; where the last round's is still being started again, the next one."""
        until = time.monotonic() + 30
        while time.monotonic() < until:
            pids = victim(self.kiepe, kind)
            if pids and kill(pids[int(chosen * len(pids))]):
                self.killed[kind] += 1
                return
            time.sleep(0.002)
        raise AssertionError(f"there is no {kind} to kill")

    def submit(self, draft: str) -> None:
        """Send an application; look whether it arrived; send it again either way."""
        citizen, path = self.person("citizen"), f"/antrag/wohngeld/{draft}"
        self.under_fire(lambda: citizen.post(f"{path}/absenden/", {"declared": "1"}))
        for _ in range(20):
            seen = citizen.patiently(f"{path}/gesendet/")
            if seen.status == 200:
                break
            assert seen.location.endswith("/pruefen/"), seen.location
            _again(lambda: citizen.post(f"{path}/absenden/", {"declared": "1"}))
        self.numbers[draft] = _number(seen)
        _again(lambda: citizen.post(f"{path}/absenden/", {"declared": "1"}))
        assert _number(citizen.patiently(f"{path}/gesendet/")) == self.numbers[draft]

    def upload(self, case: dict[str, Any]) -> None:
        """Hand in a document; without an answer hand it in again, after a look or blindly."""
        citizen, number, item = self.person("citizen"), case["number"], case["items"][0]
        data = typst.compile(f"= Nachweis {number}\nZahl {self.dice.random()}".encode())
        assert isinstance(data, bytes)
        path = f"/meine-vorgaenge/{number}/unterlagen/{item}/"
        self.uploads[item] = (number, data)

        def send() -> Answer:
            return citizen.post(path, {}, {"files": ("Nachweis.pdf", data)})

        answer = self.under_fire(send)
        blind = self.dice.random() < 0.5
        if answer is None and (blind or "/datei/" not in citizen.patiently(f"/meine-vorgaenge/{number}/").text):
            answer = _again(send)
        if answer is not None:
            assert answer.status == 302, answer.text

    def decide(self, case: dict[str, Any]) -> None:
        """Decide; without an answer look, and decide again with the same form where it did not happen, or blindly."""
        ayse, number = self.person("ayse"), case["number"]
        form = {"step": "issue", "kind": "grant", "reasons": "", **case["form"]}
        self.decided.append(number)

        def send() -> Answer:
            return ayse.post(f"/arbeitsplatz/vorgaenge/{number}/entscheiden/", form)

        answer, blind = self.under_fire(send), self.dice.random() < 0.5
        if answer is not None:
            assert answer.status == 302, answer.text
            return
        happened = "Entscheidung vorbereitet" not in ayse.patiently(f"/arbeitsplatz/vorgaenge/{number}/").text
        if blind or not happened:
            answer = _again(send)
            assert answer.status == (409 if happened else 302), answer.text
            if happened:
                assert "inzwischen entschieden" in answer.text or "schon entschieden" in answer.text


def _again(act: Any) -> Answer:
    """Send the same form until there is an answer."""
    until = time.monotonic() + 40
    while True:
        try:
            answer: Answer = act()
            if answer.status < 500:
                return answer
            trouble = f"{answer.status}: {answer.text[:500]}"
        except (OSError, http.client.HTTPException) as broken:
            trouble = repr(broken)
        assert time.monotonic() < until, trouble
        time.sleep(0.1)


def _number(page: Answer) -> str:
    found = re.search(r"WG-\d{4}-\d{6}", page.text)
    assert found, page.text
    return found.group()


@pytest.mark.processes
def test_nothing_lost_nothing_doubled(kiepe: Kiepe) -> None:
    third = -(-ROUNDS // 3)
    rounds = Rounds(kiepe, prepared(kiepe, third, third, third), random.Random(SEED))
    work: list[tuple[Any, Any]] = [
        *((rounds.submit, one) for one in rounds.made["drafts"]),
        *((rounds.upload, one) for one in rounds.made["cases"]),
        *((rounds.decide, one) for one in rounds.made["ready"]),
    ][:ROUNDS]
    rounds.dice.shuffle(work)
    began = time.monotonic()
    for act, what in work:
        act(what)
    print(f"{ROUNDS} rounds in {time.monotonic() - began:.0f} s")
    rounds.person("citizen").patiently("/meine-vorgaenge/")
    print(f"killed: {dict(rounds.killed)}; lines cut: {rounds.cut}")
    assert rounds.killed.total() == ROUNDS
    assert set(rounds.killed) == set(VICTIMS)
    assert rounds.cut > ROUNDS / 10, "the signals fell outside of the requests: nothing was tested"
    with psycopg.connect(kiepe.owner_url(), autocommit=True) as database:
        _jobs_end(database)
        _cases(database, rounds)
        _uploads(database, rounds)
        _decisions(database, rounds)
        _mails(database, kiepe, rounds)
        _blobs(database, kiepe)
        assert kiepe.command("cases", "verify").returncode == 0
        _known_bad(database, kiepe)


def _one(database: psycopg.Connection[Any], query: str, *values: object) -> Any:
    row = database.execute(query.encode(), values).fetchone()
    assert row is not None
    return row[0]


def _jobs_end(database: psycopg.Connection[Any]) -> None:
    """Whatever a kill cut off is done, and nothing failed for good."""
    until, waiting = time.monotonic() + JOBS_DONE, -1
    query = (
        "SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing') "
        "AND task_name IN ('cases.issue', 'cases.receipt', 'inbox.send')"
    )
    while time.monotonic() < until:
        waiting = _one(database, query)
        unsent = _one(database, "SELECT count(*) FROM inbox_outgoingmail WHERE sent_at IS NULL")
        if waiting == unsent == 0:
            break
        time.sleep(0.2)
    stuck = database.execute(
        "SELECT id, task_name, status, attempts FROM procrastinate_jobs WHERE status <> 'succeeded'"
    )
    bad = [row for row in stuck.fetchall() if row[1].startswith(("cases.", "inbox.send"))]
    assert bad == []
    assert waiting == 0


def _cases(database: psycopg.Connection[Any], rounds: Rounds) -> None:
    assert len(set(rounds.numbers.values())) == len(rounds.numbers)
    for draft, number in rounds.numbers.items():
        found = database.execute(
            "SELECT c.number, c.receipt_id IS NOT NULL, (SELECT count(*) FROM cases_caseevent e WHERE e.case_id = c.id "
            "AND e.verb = 'submitted'), (SELECT count(*) FROM cases_answers a WHERE a.case_id = c.id) "
            "FROM cases_case c WHERE c.draft = %s",
            [draft],
        ).fetchall()
        assert found == [(number, True, 1, 1)]
    assert _one(database, "SELECT count(*) FROM cases_case WHERE receipt_id IS NULL") == 0


def _uploads(database: psycopg.Connection[Any], rounds: Rounds) -> None:
    citizen = rounds.person("citizen")
    for item, (number, data) in rounds.uploads.items():
        files = database.execute(
            "SELECT f.id, f.sha256 FROM cases_evidencefile e JOIN documents_storedfile f ON f.id = e.stored_file_id "
            "WHERE e.item_id = %s",
            [item],
        ).fetchall()
        assert [sha for _id, sha in files] == [hashlib.sha256(data).hexdigest()]
        assert citizen.get(f"/meine-vorgaenge/{number}/datei/{files[0][0]}/").body == data
        events = (
            "SELECT count(*) FROM cases_caseevent e JOIN cases_case c ON c.id = e.case_id "
            "WHERE c.number = %s AND e.verb = 'attached'"
        )
        assert _one(database, events, number) == 1


def _decisions(database: psycopg.Connection[Any], rounds: Rounds) -> None:
    ayse = rounds.person("ayse")
    for number in rounds.decided:
        row = database.execute(
            "SELECT c.state, count(DISTINCT d.id), count(DISTINCT n.id), count(DISTINCT n.pdf_id), "
            "count(*) FILTER (WHERE e.verb = 'decided'), count(*) FILTER (WHERE e.verb = 'issued') "
            "FROM cases_case c JOIN cases_decision d ON d.case_id = c.id JOIN cases_noticedocument n "
            "ON n.decision_id = d.id JOIN cases_caseevent e ON e.case_id = c.id WHERE c.number = %s GROUP BY c.state",
            [number],
        ).fetchall()
        assert row == [("issued", 1, 1, 1, 1, 1)]
        assert ayse.get(f"/arbeitsplatz/vorgaenge/{number}/bescheid/pdf/").body.startswith(b"%PDF-1.7")


def _mails(database: psycopg.Connection[Any], kiepe: Kiepe, rounds: Rounds) -> None:
    """One mail an occasion: receipt for every case, news for every case that was decided."""
    seen: Counter[tuple[str, str]] = Counter()
    for path in (kiepe.var / "mail").glob("*.eml"):
        mail = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        found = re.search(r"^(Eingegangen|Neues|Zum Abruf bereit).*(WG-\d{4}-\d{6})", str(mail["Subject"]))
        assert found, mail["Subject"]
        if str(mail["To"]).startswith("probe."):
            seen[found.group(1), found.group(2)] += 1
    known = [row[0] for row in database.execute("SELECT number FROM cases_case WHERE applicant = 'Erika Beispiel'")]
    expected = {("Eingegangen", number): 1 for number in known}
    expected |= {("Neues", number): 1 for number in rounds.decided}
    assert dict(seen) == expected


def _blobs(database: psycopg.Connection[Any], kiepe: Kiepe) -> None:
    """Every row has its blob. A blob without a row is what the nightly task removes, and then there is none."""
    rows = {row[0] for row in database.execute("SELECT id FROM documents_storedfile")}
    files = [path for path in (kiepe.var / "files").glob("??/*") if path.is_file()]
    assert rows <= {UUID(path.name) for path in files if not path.name.startswith(".")}
    for path in files:
        os.utime(path, (time.time() - 200_000, time.time() - 200_000))
    inside(kiepe, "clean")
    assert {UUID(path.name) for path in (kiepe.var / "files").glob("??/*")} == rows


def _known_bad(database: psycopg.Connection[Any], kiepe: Kiepe) -> None:
    """An event that is changed behind its back, by the owner past the trigger, is found."""
    with database.transaction():
        database.execute("SET LOCAL session_replication_role = replica")
        database.execute(
            "UPDATE cases_caseevent SET actor_id = 999999 WHERE id = (SELECT max(id) FROM cases_caseevent)"
        )
    found = kiepe.command("cases", "verify")
    assert found.returncode == 1, found.stdout
    assert "Befunde: " in found.stdout
