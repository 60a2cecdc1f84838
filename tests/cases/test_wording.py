"""Each answer and reason has words, and the officers' pages use the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.utils.translation import override

from openmidas.cases.entries import REASONS, Answer, Reason
from openmidas.cases.wording import ANSWERS
from openmidas.cases.wording import REASONS as REASON_WORDS

OFFICERS = Path(__file__).parents[2] / "docs" / "officers"


def test_each_reason_of_each_answer_has_words() -> None:
    said = {(answer, reason) for answer, reasons in REASONS.items() for reason in reasons}
    assert said == set(REASON_WORDS)
    assert {reason for _, reason in said} == set(Reason)


@pytest.mark.parametrize(
    ("language", "page"), [("en", "second-line.en.md"), ("fr", "seconde-ligne.fr.md")]
)
def test_the_officers_page_explains_each_answer(language: str, page: str) -> None:
    text = (OFFICERS / page).read_text(encoding="utf-8")
    with override(language):
        assert [answer for answer in Answer if f"**{ANSWERS[answer]}**" not in text] == []
