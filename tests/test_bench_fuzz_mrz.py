"""What feeds the reader of zones with a million inputs finds what raises, and comes far."""

from __future__ import annotations

import pytest

from bench.fuzz_mrz import __main__ as fuzz
from bench.fuzz_mrz.target import swallow

FEW = 200


def test_the_grammar_makes_right_zones_and_wrong_ones() -> None:
    figures = {figure.name: figure for figure in fuzz.by_grammar(FEW, fuzz.SEED)}

    assert figures["zones by the grammar"].met
    assert figures["of them that raised"].met
    right, read = figures["of them right"].value, figures["of them read as a format"].value
    assert 0 < (right or 0) < (read or 0) < FEW


def test_what_raises_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_data: bytes) -> None:
        raise KeyError

    monkeypatch.setattr(fuzz, "swallow", fail)
    raised = {figure.name: figure for figure in fuzz.by_grammar(5, fuzz.SEED)}[
        "of them that raised"
    ]

    assert (raised.met, (raised.value or 0) >= 5) == (False, True)


@pytest.mark.parametrize("data", [b"", b"\xff\xfe\xed\xa0\x80", b"<" * 90, b"\n" * 500, b"V" * 88])
def test_any_bytes_are_swallowed(data: bytes) -> None:
    assert swallow(data)
