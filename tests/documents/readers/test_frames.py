"""What readers on a serial line send, in whatever pieces, becomes the texts that were read."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from openmidas.documents import find_mrz, read_mrz
from openmidas.documents.readers import Frames
from openmidas.documents.readers.frames import LONGEST

EXAMPLES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[1] / "data" / "frames.json").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("example", EXAMPLES, ids=[one["about"] for one in EXAMPLES])
def test_example(example: dict[str, Any]) -> None:
    frames, read = Frames(), []
    for chunk in example["chunks"]:
        if not chunk:  # a second of silence
            frames.forget()
        read += frames.feed(bytes.fromhex(chunk))

    assert read == example["read"]


def test_what_is_read_is_found_as_a_zone() -> None:
    for example in EXAMPLES:
        for text in example["read"]:
            found = find_mrz(text)
            assert found is None or read_mrz("\n".join(found), today=date(2026, 11, 21)).ok
    assert (
        sum(find_mrz(text) is not None for one in EXAMPLES for text in one["read"])
        > len(EXAMPLES) // 2
    )


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.binary(max_size=100), max_size=4))
def test_any_bytes_in_any_pieces_give_the_same(chunks: list[bytes]) -> None:
    pieces, whole = Frames(), Frames()
    read = [text for chunk in chunks for text in pieces.feed(chunk)]

    assert read == whole.feed(b"".join(chunks))
    assert all(len(text) <= LONGEST for text in read)
