"""Segments: what travels, and everything that must not get through."""

from __future__ import annotations

import msgspec
import pytest

from openmidas.journal import JournalError, Place, SealedEntry, Segment
from openmidas.journal.entry import NO_HASH
from openmidas.journal.segments import check_segment, pack, unpack
from openmidas.journal.signing import check_receipt, sign_receipt
from openmidas.nodes.entries import EpochOpened
from tests.support.writers import Pen


def a_pen(entries: int = 5) -> Pen:
    pen = Pen()
    for number in range(entries):
        pen.write(EpochOpened(name=str(number), state="MLI", public_key=b""))
    return pen


def start(pen: Pen) -> Place:
    return Place(pen.node, 1, 0, NO_HASH)


def test_a_segment_survives_its_bytes_and_verifies() -> None:
    pen = a_pen()
    segment = unpack(pack(pen.segment()))
    assert segment == pen.segment()
    assert check_segment(segment, start(pen), pen.public_key) == pen.place


def test_headers_without_bodies_verify_all_the_same() -> None:
    pen = a_pen()
    bare = Segment(tuple(entry.bare() for entry in pen.entries), pen.segment().head)
    assert check_segment(bare, start(pen), pen.public_key) == pen.place


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda run: run[1:], "chain.gap"),
        (lambda run: run[:2] + run[3:], "chain.gap"),
        (lambda run: [run[0], run[2], run[1], *run[3:]], "chain.gap"),
        (lambda run: run[:-1], "head.elsewhere"),
        (lambda run: [run[0], a_pen().entries[1], *run[2:]], "chain.other_journal"),
        (
            lambda run: [SealedEntry(run[0].header, b"x", run[0].salt), *run[1:]],
            "entry.body_changed",
        ),
        (lambda run: [SealedEntry(run[0].header[:-1]), *run[1:]], "header.malformed"),
    ],
)
def test_a_spoiled_run_is_refused_with_its_first_fault(spoil, code) -> None:
    pen = a_pen()
    segment = Segment(tuple(spoil(list(pen.entries))), pen.segment().head)
    with pytest.raises(JournalError) as refused:
        check_segment(segment, start(pen), pen.public_key)
    assert refused.value.code == code


def test_a_rewritten_entry_breaks_the_chain_behind_it() -> None:
    pen, forger = a_pen(), Pen()
    forger.node, forger.place = pen.node, Place(pen.node, 1, 0, NO_HASH)
    forged = forger.write(EpochOpened(name="forged", state="MLI", public_key=b""))
    with pytest.raises(JournalError, match=r"chain\.broken.*sequence=2"):
        check_segment(
            Segment((forged, *pen.entries[1:]), pen.segment().head), start(pen), pen.public_key
        )


def test_a_whole_journal_rewritten_without_the_key_is_not_signed() -> None:
    pen, forger = a_pen(), Pen()
    forger.node, forger.place = pen.node, start(pen)
    for number in range(5):
        forger.write(EpochOpened(name=f"forged {number}", state="MLI", public_key=b""))
    with pytest.raises(JournalError, match=r"head\.not_signed"):
        check_segment(forger.segment(), start(pen), pen.public_key)


def test_a_receipt_is_only_good_for_what_was_signed() -> None:
    pen, hq = a_pen(), Pen()
    receipt = sign_receipt(pen.place, hq.node, 1_760_000_000_000, hq.key)
    check_receipt(receipt, hq.public_key)
    later = msgspec.structs.replace(receipt, at=receipt.at + 1)
    for forged, key in [(later, hq.public_key), (receipt, pen.public_key)]:
        with pytest.raises(JournalError, match=r"receipt\.not_signed"):
            check_receipt(forged, key)
