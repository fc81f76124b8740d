"""What every reader of a value raises."""

from __future__ import annotations


class BadValue(ValueError):
    """What was typed cannot be used. `sentence` says what to write instead."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
