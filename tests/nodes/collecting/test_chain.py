"""The chain of what is collected: what is sealed comes back whole, and nothing else is taken for it."""

from __future__ import annotations

from uuid import UUID

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from openmidas.journal import Header, JournalError, Place
from openmidas.nodes.collecting.chain import (
    Collected,
    Opened,
    beginning,
    check_link,
    check_opened,
    collect,
    open_sealed,
)
from openmidas.nodes.keys import public_bytes

NODE = UUID(int=1)
RUN = UUID(int=2)
KEY, HQ_KEY, OTHER = (Ed25519PrivateKey.from_private_bytes(bytes([n]) * 32) for n in (1, 2, 3))
START = beginning(NODE, RUN, public_bytes(KEY))
bodies = st.lists(st.binary(max_size=400), min_size=1, max_size=5)


def run_of(contents: list[bytes]) -> list[Collected]:
    place, entries = START, []
    for body in contents:
        entry, place = collect(body, place, KEY, [public_bytes(HQ_KEY)])
        entries.append(entry)
    return entries


def verified(entries: list[Collected]) -> Place:
    place = START
    for entry in entries:
        place = check_link(entry, place, public_bytes(KEY))
    return place


def taken(entries: list[Collected]) -> list[bytes]:
    """The bodies, as the headquarters takes them: linked, signed, opened and committed to."""
    verified(entries)
    return [open_sealed(each.header, each.sealed, [OTHER, HQ_KEY]).body for each in entries]


@settings(max_examples=30, deadline=None)
@given(bodies)
def test_what_was_collected_is_found_by_the_headquarters_in_its_order(
    contents: list[bytes],
) -> None:
    entries = run_of(contents)
    assert verified(entries).sequence == len(contents)
    assert taken(entries) == contents


@settings(max_examples=60, deadline=None)
@given(bodies, st.data())
def test_a_changed_byte_is_never_taken(contents: list[bytes], data: st.DataObject) -> None:
    entries = run_of(contents)
    number = data.draw(st.integers(0, len(entries) - 1))
    field = data.draw(st.sampled_from(("header", "sealed", "signature")))
    raw = bytearray(getattr(entries[number], field))
    # age makes each file a little longer or shorter: which byte is said without its length.
    raw[data.draw(st.integers(0, 2**16)) % len(raw)] ^= data.draw(st.integers(1, 255))
    changed = msgspec.structs.replace(entries[number], **{field: bytes(raw)})
    with pytest.raises(JournalError):
        taken([*entries[:number], changed, *entries[number + 1 :]])


@settings(max_examples=40, deadline=None)
@given(st.lists(st.binary(max_size=40), min_size=2, max_size=5), st.data())
def test_an_entry_taken_out_or_moved_is_seen(contents: list[bytes], data: st.DataObject) -> None:
    entries = run_of(contents)
    number = data.draw(st.integers(0, len(entries) - 2))
    without = [*entries[:number], *entries[number + 1 :]]
    for changed in (without, [*without[:-1], entries[number], without[-1]]):
        if changed != entries:
            with pytest.raises(JournalError):
                verified(changed)


def test_only_the_headquarters_opens_it() -> None:
    (entry,) = run_of([b"Mariam"])
    with pytest.raises(JournalError, match=r"collected\.other_key"):
        open_sealed(entry.header, entry.sealed, [KEY, OTHER])
    assert b"Mariam" not in entry.header + entry.sealed + entry.signature


def test_a_body_of_another_entry_is_refused() -> None:
    first, second = run_of([b"one", b"two"])
    with pytest.raises(JournalError, match=r"entry\.body_changed"):
        open_sealed(first.header, second.sealed, [HQ_KEY])
    with pytest.raises(JournalError, match=r"entry\.body_changed"):
        check_opened(first.header, Opened(b"one", bytes(16)))


def test_another_key_signs_nothing_for_the_run() -> None:
    entry, _ = collect(b"x", START, OTHER, [public_bytes(HQ_KEY)])
    with pytest.raises(JournalError, match=r"head\.not_signed"):
        check_link(entry, START, public_bytes(KEY))


def test_a_run_stands_for_its_node_and_its_key() -> None:
    starts = {
        beginning(node, run, public_bytes(key)).hash
        for node in (NODE, UUID(int=9))
        for run in (RUN, UUID(int=8))
        for key in (KEY, OTHER)
    }
    assert len(starts) == 8


def test_no_entry_of_a_run_can_be_one_of_a_journal() -> None:
    (entry,) = run_of([b"x"])
    assert Header.decode(entry.header).epoch == 2**31 - 1
