"""A stranger's code is read in a process of its own: it ends in time, and with a clear word."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime

import msgspec
import pytest

from openmidas.documents.seals import NotASeal, Outcome, Trust, read_code, read_codes_confined
from openmidas.documents.seals.c40 import encode_c40
from openmidas.documents.seals.confined import MOST_BYTES, MOST_CODES, Request
from tests.documents.chip.made import tlv
from tests.documents.receipts.made import STATE, code
from tests.documents.seals.made import australian, certificate, key, seal
from tests.documents.seals.test_revocation import believed

TODAY = date(2026, 11, 27)
TRUST = Trust(
    signers=(certificate(key()),),
    state_keys=(STATE,),
    store=believed(),
    revoked={bytes(32): datetime(2026, 1, 1, tzinfo=UTC)},
)
PATIENCE = 30.0
"""Seconds on a busy machine, for what takes a part of one on a free one."""


def vdsnc(**changed: object) -> bytes:
    """The seal of another State, with parts of its signature in its place."""
    whole = json.loads(australian()["validVDSJson"])
    whole["sig"] |= changed
    return json.dumps(whole).encode()


def wide(der: bytes) -> str:
    return base64.urlsafe_b64encode(der).decode().rstrip("=")


def nested(deep: int) -> bytes:
    """DER in DER."""
    inner = b""
    for _ in range(deep):
        inner = tlv(0x30, inner)
    return inner


HOSTILE: dict[str, Callable[[], tuple[bytes, str]]] = {
    "deep JSON": lambda: (b'{"data":' + b"[" * 16_000, "json_too_deep"),
    "one long text": lambda: (b'{"' + b"\\" * 16_000, "not_json"),
    "a number without end": lambda: (b'{"data":' + b"9" * 16_000 + b"}", "not_json"),
    "a number that no computer holds": lambda: (
        b'{"data":{"hdr":{"t":"x","v":1,"is":"x"},"msg":{"n":' + b"9" * 400 + b"}},"
        b'"sig":{"alg":"ES256","cer":"AA","sigvl":"AA"}}',
        "not_json",
    ),
    "half a character": lambda: (vdsnc(alg="\ud800"), "not_json"),
    "deep CBOR": lambda: (b"\x81" * MOST_BYTES, "not_a_seal"),
    "longer than any": lambda: (bytes([0xDC]) * (MOST_BYTES + 1), "seal_too_long"),
}
REFUSED: dict[str, Callable[[], tuple[bytes, Outcome, str]]] = {
    "a deep certificate": lambda: (
        vdsnc(cer=wide(nested(2_000))),
        Outcome.INVALID,
        "certificate_malformed",
    ),
    "a long C40 text": lambda: (
        seal()[:18] + b"\x01\x82\x0b\x00" + encode_c40("W" * 4224),
        Outcome.NOT_PERFORMED,
        "signature_missing",
    ),
    "a signature as long as a code": lambda: (
        vdsnc(sigvl=wide(tlv(0x30, tlv(0x02, bytes([1]) * 5_000)))),
        Outcome.INVALID,
        "signature_wrong",
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_made_to_break_readers_is_no_seal_and_says_why(name: str) -> None:
    data, problem = HOSTILE[name]()
    begun = time.monotonic()
    (read,) = read_codes_confined([data], TRUST, today=TODAY)
    assert read.seal is None
    assert read.problem is not None
    assert read.problem.code == problem
    assert time.monotonic() - begun < PATIENCE


@pytest.mark.parametrize("name", REFUSED)
def test_a_seal_whose_parts_are_made_to_break_readers_is_judged_all_the_same(name: str) -> None:
    data, outcome, problem = REFUSED[name]()
    (read,) = read_codes_confined([data], TRUST, today=TODAY)
    assert read.seal is not None
    assert read.seal.verdict.outcome is outcome
    assert problem in {found.code for found in read.seal.verdict.findings}


def test_the_same_as_without() -> None:
    codes = [seal(), seal("entry_stamp"), australian()["validVDSJson"].encode(), code().encode()]
    read = read_codes_confined([*codes, b"x"], TRUST, today=TODAY)
    assert read == [read_code(one, TRUST, today=TODAY) for one in (*codes, b"x")]
    kinds = [one.seal.kind for one in read if one.seal is not None]
    assert kinds == ["visa", "entry_stamp", "icao.vacc", "receipt"]


def test_a_code_that_is_too_long_does_not_hide_the_others() -> None:
    long, genuine = read_codes_confined([bytes(MOST_BYTES + 1), seal()], TRUST, today=TODAY)
    assert long.problem is not None
    assert genuine.seal is not None


def test_it_ends_in_time() -> None:
    with pytest.raises(NotASeal, match="took_too_long"):
        read_codes_confined([seal()], TRUST, today=TODAY, seconds=0.01)


def test_more_codes_than_a_picture_has_are_not_even_begun() -> None:
    with pytest.raises(NotASeal, match="too_many_codes"):
        read_codes_confined([b"x"] * (MOST_CODES + 1), TRUST, today=TODAY)


@pytest.mark.skipif(sys.platform == "win32", reason="has no such bounds")
def test_it_has_little_room() -> None:
    """The other process cannot take more memory, nor write any file."""
    code = (
        "from openmidas.documents.seals.confined import main\n"
        "import io, sys\n"
        "sys.stdin = io.TextIOWrapper(io.BytesIO(b''))\n"
        "try:\n    main()\nexcept Exception as error:\n    assert 'truncated' in str(error), error\n"
        "try:\n    bytes(600 * 1024 * 1024)\n"
        "except MemoryError:\n    print('bounded')"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.stdout == "bounded\n"


def test_what_is_asked_goes_over_a_wire() -> None:
    request = Request((seal(),), TRUST, TODAY)
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(request), type=Request) == request
