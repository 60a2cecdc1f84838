"""The entry stamp: what a receipt says, for verifiers that know only Doc 9303-13."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openmidas.documents.receipts import CrossingReceipt
from openmidas.documents.seals import (
    STAMP,
    NotASeal,
    Outcome,
    Trust,
    VdsFeature,
    check_seal,
    contents_of,
    message_of,
    read_stamp,
    read_vds,
    stamp_fields,
    write_vds,
)
from tests.documents.receipts.made import RECEIPT
from tests.documents.seals.made import SIGNED, certificate, key, seal

RECEIPTS = st.builds(
    CrossingReceipt,
    number=st.just(RECEIPT.number),
    at=st.builds(
        lambda seconds, quarters: datetime.fromtimestamp(seconds, UTC).astimezone(
            timezone(timedelta(minutes=15 * quarters))
        ),
        st.integers(0, 2**32 - 1),
        st.integers(-48, 56),
    ),
    exit=st.booleans(),
    stay_until=st.dates(date(2020, 1, 1), date(2199, 1, 1)),
    digits=st.text("0123456789ABC", max_size=4),
)


@settings(max_examples=60, deadline=None)
@given(RECEIPTS, st.text(st.characters(exclude_categories=("Cs",)), max_size=60))
def test_a_receipt_as_a_seal_says_the_same(receipt: CrossingReceipt, post: str) -> None:
    message = message_of(STAMP, stamp_fields(receipt, post=post))
    read = read_vds(write_vds(read_vds(seal("entry_stamp")).header, message, key()))
    assert read_stamp(read) == receipt
    assert contents_of(read).text("post") == post


@pytest.mark.parametrize("limit", [(None, True), (None, False), (date(2027, 2, 22), False)])
def test_no_limit_is_another_thing_than_not_stated(limit: tuple[date | None, bool]) -> None:
    until, free = limit
    receipt = CrossingReceipt(
        number=RECEIPT.number, at=RECEIPT.at, exit=False, stay_until=until, no_limit=free
    )
    message = message_of(STAMP, stamp_fields(receipt, post="Kourémalé"))
    assert (
        read_stamp(read_vds(write_vds(read_vds(seal("entry_stamp")).header, message, key())))
        == receipt
    )


def test_a_stamp_is_small_and_holds() -> None:
    whole = seal("entry_stamp")
    assert len(whole) <= 130
    trust = Trust(signers=(certificate(key()),))
    assert check_seal(read_vds(whole), trust, on=SIGNED).outcome is Outcome.VALID


def test_what_is_no_whole_stamp() -> None:
    header = read_vds(seal("entry_stamp")).header
    message = read_vds(seal("entry_stamp")).message
    wrong_number = (VdsFeature(1, bytes.fromhex("d9c5")), *message[1:])
    for spoilt in (message[1:], (*message, message[0]), wrong_number):
        with pytest.raises(NotASeal):
            read_stamp(read_vds(write_vds(header, spoilt, key())))
    with pytest.raises(NotASeal):
        read_stamp(read_vds(seal("visa")))
