"""What the golden files of a release hold, made by the program as it is now."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from openmidas.exchange import messages, records
from openmidas.exchange.stick_file import seal
from openmidas.exchange.sticks import Contents
from openmidas.journal import NodeKind, entry_kinds
from openmidas.journal.frames import FrameWriter
from openmidas.journal.segments import pack
from openmidas.journal.signing import sign_receipt, sign_succession
from openmidas.nodes.keys import public_bytes
from openmidas.screening import Edition, Listing
from tests.golden.samples import sample
from tests.golden.schemas import schema_of
from tests.support.writers import Pen

POST_KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
HQ_KEY = Ed25519PrivateKey.from_private_bytes(bytes(reversed(range(32))))
POST = UUID("01900000-0000-7000-8000-000000000001")
HQ = UUID("01900000-0000-7000-8000-0000000000ff")
AT = 1_795_300_001_000
Files = dict[str, bytes]


def make() -> Files:
    """Every file by its name, but for the index."""
    pen = Pen(NodeKind.POST, POST)
    pen.key = POST_KEY
    contents = [
        sample(kind.content, full=full)
        for _, kind in sorted(entry_kinds().items())
        if kind.content.__module__.startswith("openmidas.")
        for full in (True, False)
    ]
    for content in contents:
        pen.write(content)
    whole, edition = pen.segment(), edition_of_two()
    receipt = sign_receipt(whole.head.place, HQ, AT, HQ_KEY)
    said = _messages(pen)
    return {
        "journal.frame": pack(whole),
        "stream.frames": msgspec.msgpack.encode(_stream(pen)),
        "contents.json": _json([msgspec.to_builtins(content) for content in contents]),
        "schemas.json": _json(_schemas()),
        "receipt.msgpack": msgspec.msgpack.encode(receipt),
        "stick.bin": _stick(pen),
        "edition.bin": edition.encode(),
        "edition.json": _json(msgspec.to_builtins(edition)),
        "messages.msgpack": msgspec.msgpack.encode([messages.encode(each) for each in said]),
        "messages.json": _json([msgspec.to_builtins(each) for each in said]),
        "records.msgpack": msgspec.msgpack.encode([msgspec.msgpack.encode(r) for r in _records()]),
        "records.json": _json([msgspec.to_builtins(each) for each in _records()]),
    }


def _schemas() -> dict[str, Any]:
    return {
        name: {"version": kind.version, "fields": schema_of(kind.content)}
        for name, kind in sorted(entry_kinds().items())
        if kind.content.__module__.startswith("openmidas.")
    }


def _stream(pen: Pen) -> list[bytes]:
    """Two frames, of which the second rests on the first."""
    writer = FrameWriter()
    runs = [pen.segment(0, 6), pen.segment(6, 12)]
    return [writer.write(run.entries, run.head) for run in runs]


def edition_of_two() -> Edition:
    """A list with two invented persons."""
    listings = (sample(Listing, full=True), sample(Listing, full=False))
    dated = datetime(2026, 11, 25, tzinfo=UTC)
    return Edition(list_code="un", title="Specimen", dated=dated, listings=listings)


def _stick(pen: Pen) -> bytes:
    run = pen.segment(0, 4)
    contents = Contents(
        heads=(run.head,),
        receipts=(sign_receipt(run.head.place, HQ, AT, HQ_KEY),),
        segments=(pack(run),),
    )
    return seal(
        msgspec.msgpack.encode(contents),
        sender=POST,
        epoch=1,
        key=POST_KEY,
        recipient=HQ,
        recipient_key=public_bytes(HQ_KEY),
        at=AT,
    )


OF_SHARES_AND_ATTACHMENTS: tuple[type[messages.Question | messages.Answer], ...] = (
    messages.Deposit,
    messages.Release,
    messages.Leased,
    messages.Fetch,
    messages.Piece,
)


def _messages(pen: Pen) -> list[messages.Question | messages.Answer]:
    run = pen.segment(0, 2)
    place = run.head.place
    receipt = sign_receipt(place, HQ, AT, HQ_KEY)
    succession = sign_succession(place, 2, public_bytes(HQ_KEY), POST_KEY)
    ask = sample(messages.Ask, full=True)
    news = messages.News(
        time=AT,
        receipts=(receipt,),
        segments=(pack(run),),
        waiting=7,
        successions=(succession,),
        lacks=(place,),
        returned=(pack(run),),
        log=sample(messages.LogNews, full=True),
    )
    return [
        ask,
        sample(messages.Ask, full=False),
        messages.Return(time=AT, segment=pack(run)),
        news,
        messages.News(time=AT, receipts=(), segments=(), waiting=0),
        messages.Noted(time=AT, entries=3),
        messages.Refusal(time=AT, code="chain.gap", params={"expected": "3"}, held=place),
        *(sample(kind, full=True) for kind in OF_SHARES_AND_ATTACHMENTS),
    ]


def _records() -> list[records.Brought | records.Told]:
    place = Pen(NodeKind.POST, POST).place
    return [
        records.Frame(b"frame", 12),
        records.Ahead(b"frame"),
        records.Ping(AT, 640, (1,)),
        records.Received(1, 12, AT, bytes(64)),
        records.Seen(),
        records.Stopped("chain.gap", {"expected": "3"}, place),
        records.Nudge(),
        records.Pong(AT),
        records.Passed(),
    ]


def _json(value: Any) -> bytes:
    return msgspec.json.encode(value, order="deterministic") + b"\n"
