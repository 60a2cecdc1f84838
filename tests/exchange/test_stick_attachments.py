"""Attachments on a stick: the HQ encloses what every post needs, and a post keeps what proves itself."""

from __future__ import annotations

import msgspec
import pytest

from openmidas.exchange import attachments, stick_file, stick_making
from openmidas.exchange.attachments import attachment_bytes, held, keep, prepare
from openmidas.exchange.deltas import pack
from openmidas.exchange.stick_attachments import Enclosed
from openmidas.exchange.stick_making import Contents, make_stick
from openmidas.exchange.sticks import take_stick
from openmidas.journal import NodeKind
from openmidas.nodes.identity import this_node
from openmidas.nodes.keys import public_bytes
from tests.exchange.attached import NEW, OLD, Naming, digest
from tests.exchange.peers import befriend
from tests.support.writers import Pen

pytestmark = pytest.mark.usefixtures("own_journal")


@pytest.fixture
def naming(monkeypatch: pytest.MonkeyPatch) -> Naming:
    """This node's rows name the new bytes as those to have now, and the old ones."""
    rows = Naming(NEW)
    rows.before = [OLD]
    monkeypatch.setattr(attachments, "_names", [rows])
    return rows


def stick(pen: Pen, *enclosed: Enclosed) -> bytes:
    """What another node makes for this one."""
    contents = Contents(heads=(), receipts=(), attachments=enclosed)
    own = this_node()
    return stick_file.seal(
        msgspec.msgpack.encode(contents), sender=pen.node, epoch=1, key=pen.key, recipient=own.id,
        recipient_key=public_bytes(own.key), at=1_790_000_000_000,
    )  # fmt: skip


def enclosed(data: bytes, name: str = digest(NEW)) -> Enclosed:
    return Enclosed(bytes.fromhex(name), len(data), pack(data))


@pytest.mark.usefixtures("as_hq")
class TestAtTheHq:
    def test_it_encloses_what_every_post_needs_now(self, naming: Naming) -> None:
        pen, peer = befriend(NodeKind.POST)
        keep(prepare(OLD))
        keep(prepare(NEW))
        assert opened(make_stick(peer).raw, pen).attachments == (enclosed(NEW),)

    def test_what_does_not_fit_stays_behind(
        self, naming: Naming, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        pen, peer = befriend(NodeKind.POST)
        keep(prepare(NEW))
        monkeypatch.setattr(stick_making, "_ROOM", len(pack(NEW)) - 1)
        contents = opened(make_stick(peer).raw, pen)
        assert contents.attachments == ()
        assert contents.segments, "entries go first"

    def test_it_takes_none_of_a_post(self) -> None:
        pen, _ = befriend(NodeKind.POST)
        assert take_stick(stick(pen, enclosed(NEW))).problem == ""
        assert not held([digest(NEW)])


class TestAtAPost:
    def test_it_keeps_what_is_on_it_once(self) -> None:
        pen, _ = befriend(NodeKind.HQ)
        for _ in range(2):
            assert take_stick(stick(pen, enclosed(NEW))).problem == ""
        assert attachment_bytes(digest(NEW)) == NEW

    def test_bytes_of_another_name_are_told_and_not_kept(self) -> None:
        pen, _ = befriend(NodeKind.HQ)
        taken = take_stick(stick(pen, enclosed(OLD, digest(NEW))))
        assert taken.problem == "attachment.damaged"
        assert not held([digest(NEW), digest(OLD)])

    def test_a_post_encloses_nothing(self, naming: Naming) -> None:
        pen, peer = befriend(NodeKind.HQ)
        keep(prepare(NEW))
        assert opened(make_stick(peer).raw, pen).attachments == ()


def opened(raw: bytes, pen: Pen) -> Contents:
    return msgspec.msgpack.decode(stick_file.read(raw).unseal([pen.key]), type=Contents)
