"""Bad lines and chips that keep to no rule, while a chip is asked to prove itself."""

from __future__ import annotations

import pytest

from tests.documents.chip.test_access_hostile import flipped
from tests.documents.chip.test_originality import CURVE, RSA, chip, read, steps
from tests.documents.chip.virtual import Asked
from tests.documents.chip.virtual_proofs import (
    InNumbers,
    Prover,
    active_info,
    chip_info,
    group_14,
)

OPEN, JUDGED = ("unknown",), ("unknown", "failed")


@pytest.mark.parametrize("bit", range(0, 400, 23))
@pytest.mark.parametrize(
    ("ins", "name", "later", "told"),
    [
        (0x88, "active", 0, OPEN),
        (0x22, "chip", 0, OPEN),
        (0x22, "chip", 1, OPEN),
        (0x22, "chip", 2, JUDGED),
        (0x22, "chip", 4, JUDGED),
    ],
)
def test_a_bit_flipped_on_the_line_proves_nothing_and_stops_nothing(
    ins: int, name: str, later: int, told: tuple[str, ...], bit: int
) -> None:
    """From the first command of that kind on. Before there are new keys, it makes no copy either."""
    key = RSA if name == "active" else None
    made = chip(Prover(active=RSA, own=CURVE), CURVE.info(), chip_info("AES-128"), key=key)
    first: list[int] = []

    def bend(number: int, answer: bytes) -> bytes:
        first.extend([number] if made.log[-1][1] == ins else [])
        return flipped(answer, bit) if first and number == first[0] + later else answer

    made.bend = bend
    assert steps(read(made))[name][0] in told


def test_a_chip_that_gives_nothing_under_new_keys_leaves_it_open() -> None:
    made = chip(Prover(own=CURVE), CURVE.info())
    reads: list[bytes] = []
    inner = made.inner

    def after(asked: Asked) -> bytes:
        if made.prover and made.prover.agreed is None and reads and asked.ins == 0xA4:
            return b"\x69\x82"
        if asked.ins == 0x22:
            reads.append(asked.data)
        return inner(asked)

    made.inner = after  # type: ignore[method-assign]  # a chip that is tired of it
    assert steps(read(made))["chip"] == ("unknown", "keys_unused")


def test_no_spoilt_options_stop_the_reading() -> None:
    whole = group_14(CURVE.info(), InNumbers().info(), chip_info("AES-128"), active_info("sha256"))
    for at in range(0, len(whole), 7):
        made = chip(Prover(own=CURVE), CURVE.info())
        made.files[0x010E] = whole[:at] + bytes((whole[at] ^ 0x41,)) + whole[at + 1 :]
        assert read(made).authentication.outcome == "invalid"
