"""German words made comparable: umlauts, ß, endings, one slip of the finger."""

from __future__ import annotations

import re
import unicodedata

# Words of a question that say nothing of what is asked for, folded.
SMALL_WORDS = """
aber als am an auf aus beantragen bei bin bitte brauch brauche da das dass dem den der des die ein eine einem einen
einer es fur gibt hab habe hat ich ihr im in ist ja kann kein keine keinen man mein meine meinem meinen meiner mich
mir mit mochte muss noch oder ob sie sind so und uns von was wer wann warum welche wenn wie will wir wird wo zu zum
zur
"""
STOP = frozenset(SMALL_WORDS.split())
ENDINGS = ("ungen", "ung", "en", "er", "em", "es", "e", "n", "s")
SHORTEST_STEM = 4
WORD = re.compile(r"[a-z0-9]+")


def fold(text: str) -> str:
    """Lower case without umlauts: `Mängel`, `Maengel` and `Mangel` all become `mangel`.

    ae, oe and ue are folded in every word, also where they are no umlaut (`neue` becomes `neu`): both sides of a
    comparison are folded alike.
    """
    lowered = text.casefold().replace("ß", "ss")  # casefold does it too; said for the reader
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", lowered) if not unicodedata.combining(letter))
    for digraph, letter in (("ae", "a"), ("oe", "o"), ("ue", "u")):
        plain = plain.replace(digraph, letter)
    return plain


def stem(word: str) -> str:
    """A folded word without its ending: `ummeldung`, `ummelden` become `ummeld`."""
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            return word[: -len(ending)]
    return word


def words(text: str) -> list[str]:
    """The folded words of a text, in order, without those that carry no meaning; all of them if none is left."""
    found = WORD.findall(fold(text))
    return [word for word in found if word not in STOP] or found


def one_edit_apart(left: str, right: str) -> bool:
    """Whether one inserted, missing, wrong or swapped letter turns one word into the other."""
    if left == right or abs(len(left) - len(right)) > 1:
        return False
    start = 0
    while start < min(len(left), len(right)) and left[start] == right[start]:
        start += 1
    rest_left, rest_right = left[start:], right[start:]
    if len(left) == len(right):
        swapped = rest_left[1::-1] + rest_left[2:]
        return rest_left[1:] == rest_right[1:] or (len(rest_left) > 1 and swapped == rest_right)
    return rest_left[1:] == rest_right or rest_left == rest_right[1:]
