"""Whatever keeps a post shut is said in words, and so is how it stands."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.utils import translation

import openmidas
from openmidas.nodes.sealing.sealed import SealFailed
from openmidas.nodes.sealing.wording import STATES, WORDS, word_seal, word_standing

SOURCE = "".join(
    path.read_text(encoding="utf-8")
    for path in Path(openmidas.__file__).parent.rglob("*.py")
    if path.name != "wording.py"
)
RAISED = set(re.findall(r'SealFailed\(\s*"(seal\.[a-z_]+)"', SOURCE))
RAISED |= set(re.findall(r'"(seal\.wrong_[a-z]+|seal\.other_key)"\)', SOURCE))
REASONS = set(re.findall(r'reason="([a-z_]+)"', SOURCE)) & set(STATES)
BLANKS = ("reason", "need", "officers", "officer", "least", "number", "given", "most", "megabytes")


def test_every_code_has_words_and_no_words_are_left_over() -> None:
    assert set(WORDS) == RAISED


def test_every_reason_has_words() -> None:
    assert set(STATES) == REASONS


@pytest.mark.parametrize("code", sorted(WORDS))
def test_the_words_are_whole_in_french_as_well(code: str) -> None:
    failed = SealFailed(code, **dict.fromkeys(BLANKS, "7"))
    with translation.override("en"):
        english = word_seal(failed)
    with translation.override("fr"):
        french = word_seal(failed)
    assert english != french
    assert "%" not in english + french


@pytest.mark.parametrize("reason", sorted(STATES))
def test_a_standing_is_said_in_both(reason: str) -> None:
    with translation.override("en"):
        english = word_standing(reason)
    with translation.override("fr"):
        assert word_standing(reason) != english
