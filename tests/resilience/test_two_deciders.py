"""Two caseworkers send their decision at the same moment: one decision, and one clear sentence for the other."""

from __future__ import annotations

import html
import threading
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.processes import Kiepe, remove, running
from tests.resilience.acting import Answer, Person, prepared

TIMES = 20
WORDS = {
    "ayse": "Ayşes Begründung: Das Einkommen ist belegt.",
    "lena": "Lenas Begründung: Die Miete ist nicht belegt.",
}
NAMES = {"ayse": "Ayşe Demo", "lena": "Lena Demo"}


@pytest.fixture
def kiepe(tmp_path: Path) -> Iterator[Kiepe]:
    with running(tmp_path) as house:
        yield house
    remove(tmp_path)


def _both(kiepe: Kiepe, made: dict[str, dict[str, str]], path: str, form: dict[str, object]) -> dict[str, Answer]:
    """Both send at once: Ayşe grants, Lena rejects."""
    start, answers = threading.Barrier(2), {}

    def decide(name: str, kind: str) -> None:
        person = Person(kiepe.address, **made[name])
        start.wait()
        answers[name] = person.post(path, {"step": "issue", "kind": kind, "reasons": WORDS[name], **form})

    hands = [threading.Thread(target=decide, args=pair) for pair in (("ayse", "grant"), ("lena", "reject"))]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    return answers


@pytest.mark.processes
def test_one_decision_and_one_clear_sentence(kiepe: Kiepe) -> None:
    made = prepared(kiepe, 0, 0, TIMES)
    winners = []
    for case in made["ready"]:
        page = f"/arbeitsplatz/vorgaenge/{case['number']}/"
        answers = _both(kiepe, made, f"{page}entscheiden/", case["form"])
        assert sorted(one.status for one in answers.values()) == [302, 409]
        first, second = sorted(answers, key=lambda name: answers[name].status)
        winners.append(first)
        said = html.unescape(answers[second].text)
        assert said.count("Über diesen Vorgang wurde inzwischen entschieden") == 1
        assert NAMES[first] in said  # who it was
        assert WORDS[second] in said  # what was typed is not lost
    with psycopg.connect(kiepe.owner_url()) as database:
        numbers = [case["number"] for case in made["ready"]]
        found = database.execute(
            "SELECT d.decided_by_name, (SELECT count(*) FROM cases_caseevent e WHERE e.case_id = c.id AND "
            "e.verb = 'decided') FROM cases_decision d JOIN cases_case c ON c.id = d.case_id "
            "WHERE c.number = ANY(%s) ORDER BY c.number",
            [numbers],
        ).fetchall()
    assert found == [(NAMES[name], 1) for name in winners]
    assert kiepe.command("cases", "verify").returncode == 0
