"""Every problem that the exchange can note has words, without blanks that nobody can fill in."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from django.utils import translation

from openmidas import exchange, journal, nodes
from openmidas.exchange.wording import UNKNOWN, WORDS, word_problem
from openmidas.nodes import journal_wording

CODE = re.compile(r"(?!openmidas\.|exchange\.)[a-z]+\.[a-z_]+")
TAKING_IN = ("entry.py", "frames.py", "segments.py", "signing.py", "store.py")
"""What of the journal judges what a peer brings. Kinds and projections come later, by the worker."""
# Raised once what was brought is stored: such an entry goes into quarantine, its peer is not at fault.
AFTER_TAKING = {"entry.kind_unknown", "entry.not_authorised"}


def codes(path: Path) -> set[str]:
    """The strings of a source that are a code and nothing else."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    strings = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant))
    return {text for text in strings if isinstance(text, str) and CODE.fullmatch(text)}


EXCHANGE = [
    path
    for path in Path(exchange.__file__).parent.glob("*.py")
    if "wording" not in path.name and path.name != "doctor.py"
]
JOURNAL = [Path(journal.__file__).parent / name for name in TAKING_IN]
JOURNAL += [Path(nodes.__file__).parent / name for name in ("epochs.py", "room.py")]
NOTED = sorted(
    code
    for code in set().union(*map(codes, [*EXCHANGE, *JOURNAL])) - AFTER_TAKING
    if not code.startswith(
        "seal."
    )  # of this post itself, worded in `openmidas.nodes.sealing.wording`
)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("prefix", ["", "ours."])
@pytest.mark.parametrize("code", NOTED)
def test_every_problem_has_words(code: str, prefix: str, language: str) -> None:
    with translation.override(language):
        words = word_problem(prefix + code)
        assert str(UNKNOWN) not in words
    assert not re.search(r"\?|%\(", words)


def test_no_words_are_left_over() -> None:
    assert set(WORDS) <= set(NOTED)


@pytest.mark.parametrize("code", sorted(set(journal_wording.WORDS) - set(WORDS)))
def test_what_is_not_worded_here_has_the_words_of_the_journal(code: str) -> None:
    assert word_problem(code) == journal_wording.word_journal(code)


def test_whose_journal_is_meant_is_said() -> None:
    with translation.override("en"):
        theirs, ours = word_problem("journal.fork"), word_problem("ours.journal.fork")
    assert theirs in ours
    assert "our own journal" in ours
    assert "our own journal" not in theirs


def test_a_newer_peer_may_tell_what_is_not_known_here() -> None:
    with translation.override("en"):
        assert word_problem("journal.new_in_9") == "a problem that this version has no words for"
