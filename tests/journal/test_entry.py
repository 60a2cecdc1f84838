"""The format of entries: header, commitment, audience, authority."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openmidas.journal import JournalError, NodeKind, SealedEntry
from openmidas.journal.entry import HEADER_BYTES, Header, commit, decode_body
from openmidas.journal.kinds import TO_HQ, TO_NODE, TO_STATE, to_posts
from openmidas.journal.models import new_id
from openmidas.nodes.entries import EpochOpened
from tests.support.writers import Pen

digests = st.binary(min_size=32, max_size=32)


@given(st.uuids(), st.integers(1, 2**31 - 1), st.integers(1, 2**63 - 1), digests, digests)
def test_header_survives_its_bytes(node, epoch, sequence, previous, commitment) -> None:
    header = Header(node, epoch, sequence, previous, commitment)
    assert len(header.encode()) == HEADER_BYTES == 93
    assert Header.decode(header.encode()) == header


@pytest.mark.parametrize(("epoch", "sequence"), [(2**31, 1), (0, 1), (1, 2**63), (1, 0)])
def test_a_place_that_no_table_has_is_no_header(epoch: int, sequence: int) -> None:
    raw = Header(new_id(), epoch, sequence, b"p" * 32, b"c" * 32).encode()
    with pytest.raises(JournalError, match=r"header\.malformed"):
        Header.decode(raw)


@given(st.binary(max_size=200))
def test_rubbish_is_no_header(raw: bytes) -> None:
    if len(raw) == HEADER_BYTES and raw[0] == 1:
        return
    with pytest.raises(JournalError, match=r"header\.malformed"):
        Header.decode(raw)


@given(st.binary(max_size=500))
def test_rubbish_is_no_body(raw: bytes) -> None:
    with pytest.raises(JournalError, match=r"entry\.malformed"):
        decode_body(raw)


def test_body_must_be_the_one_committed_to() -> None:
    entry = Pen().write(EpochOpened(name="K", state="MLI", public_key=b""))
    assert entry.body is not None
    entry.check_commitment()
    forged = SealedEntry(entry.header, entry.body.replace(b"MLI", b"NER"), entry.salt)
    with pytest.raises(JournalError, match=r"entry\.body_changed"):
        forged.check_commitment()


def test_same_body_twice_commits_differently() -> None:
    """Without the salt, a commitment must not tell two equal bodies apart from any other."""
    pen = Pen()
    content = EpochOpened(name="K", state="MLI", public_key=b"")
    first, second = pen.write(content), pen.write(content)
    assert first.salt is not None
    assert Header.decode(first.header).commitment != Header.decode(second.header).commitment
    assert commit(first.salt, first.body or b"") == Header.decode(first.header).commitment


def test_audience() -> None:
    post, other = new_id(), new_id()
    for audience, to_post, to_other, to_hq in [
        (TO_NODE, False, False, False),
        (TO_HQ, False, False, True),
        (TO_STATE, True, True, True),
        (to_posts([post]), True, False, True),
    ]:
        assert audience.admits(post, NodeKind.POST) is to_post
        assert audience.admits(other, NodeKind.POST) is to_other
        assert audience.admits(new_id(), NodeKind.HQ) is to_hq


def test_older_versions_are_lifted_and_never_rewritten() -> None:
    from openmidas.journal.kinds import Content, EntryKind

    class Said(Content, frozen=True, kw_only=True):
        text: str
        loud: bool

    kind = EntryKind(
        "said.something",
        3,
        Said,
        TO_HQ,
        frozenset(NodeKind),
        {1: lambda old: {"text": old["words"]}, 2: lambda old: old | {"loud": False}},
    )
    assert kind.decode(1, msgspec.msgpack.encode({"words": "a"})) == Said(text="a", loud=False)
    assert kind.decode(3, msgspec.msgpack.encode({"text": "b", "loud": True})) == Said(
        text="b", loud=True
    )
    with pytest.raises(JournalError, match=r"entry\.version_unknown"):
        kind.decode(4, b"")
    with pytest.raises(JournalError, match=r"entry\.malformed"):
        kind.decode(1, msgspec.msgpack.encode({"other": "a"}))
