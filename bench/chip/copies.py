"""Chips that prove themselves, and copies: all files, and no key, another's, or the key kept back."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from cryptography.hazmat.primitives.asymmetric import ec, rsa

from bench.report import Figure, at_least, at_most
from openmidas.documents.chip import read_chip
from openmidas.documents.chip.access import read_files
from tests.documents.chip.made import NOW
from tests.documents.chip.test_access_reading import ZONE
from tests.documents.chip.test_originality import chip, store
from tests.documents.chip.virtual import VirtualChip, by_name
from tests.documents.chip.virtual_proofs import (
    Active,
    InNumbers,
    OnCurve,
    Prover,
    active_info,
    chip_info,
)

CIPHERS = ("3DES", "AES-128", "AES-192", "AES-256")
CURVES = ("secp256r1", "brainpoolP256r1", "secp384r1", "brainpoolP512r1")
NUMBERS = "numbers"


class Kind(NamedTuple):
    """One way of proving. ``made``: a chip of it, for who answers; ``original``, ``other``: who answers."""

    name: str
    made: Callable[[Prover], VirtualChip]
    original: Prover
    other: Prover
    group: int


class Told(NamedTuple):
    """What became of the chips of one kind, and the processor time of the slowest in milliseconds."""

    originals: int
    proven: int
    copies: int
    refused: int
    taken: int
    milliseconds: float


def measure(rounds: int) -> dict[str, Told]:
    """Each kind, so many originals and four times as many copies."""
    return {kind.name: _told(kind, rounds) for kind in _kinds()}


def copy_figures(told: dict[str, Told]) -> list[Figure]:
    """The sums, with what is asked of them."""
    originals, copies = (sum(getattr(one, name) for one in told.values()) for name in _SUMMED)
    proven = sum(one.proven for one in told.values())
    refused = sum(one.refused for one in told.values())
    slowest = max(one.milliseconds for one in told.values())
    return [
        at_least("originals that prove themselves", proven, "", originals),
        at_least("copies called copies", refused, "", copies),
        at_most("copies taken for originals", sum(one.taken for one in told.values()), "", 0),
        at_most("processor time for a chip, both sides, the slowest", slowest, "ms", 2000),
    ]


_SUMMED = ("originals", "copies")


def _told(kind: Kind, rounds: int) -> Told:
    proven = refused = taken = copies = 0
    slowest = 0.0
    for _each in range(rounds):
        began = time.process_time()
        proven += _outcome(kind.made(kind.original)) == "passed"
        slowest = max(slowest, time.process_time() - began)
        for copied in _copies(kind):
            outcome = _outcome(copied)
            copies += 1
            refused += outcome == "failed"
            taken += outcome == "passed"
    return Told(rounds, proven, copies, refused, taken, 1000 * slowest)


def _outcome(made: VirtualChip) -> str:
    found = read_files(made, ZONE)
    return read_chip(found.files, store(), at=NOW, proofs=found.proofs).originality


def _copies(kind: Kind) -> Iterator[VirtualChip]:
    """It does not know the command; it says yes and has no key; it has another; it keeps the group back."""
    yield kind.made(Prover())
    yield kind.made(Prover(refusal=b"\x90\x00"))
    yield kind.made(kind.other)
    kept_back = kind.made(Prover())
    del kept_back.files[0x0100 + kind.group]
    yield kept_back


def _kinds() -> Iterator[Kind]:
    for size in (1024, 1280, 2048):
        keys = [rsa.generate_private_key(65537, size) for _each in range(2)]
        yield _signing(f"active, RSA {size}", keys, "sha256")
    for curve in (ec.SECP256R1(), ec.BrainpoolP256R1(), ec.SECP521R1()):
        on_curve = [ec.generate_private_key(curve) for _each in range(2)]
        yield _signing(f"active, {curve.name}", on_curve, "sha256", active_info("sha256"))
    for cipher in CIPHERS:
        for name in (*CURVES, NUMBERS):
            yield _agreeing(cipher, name)


def _signing(name: str, keys: Sequence[Active], digest: str, *infos: bytes) -> Kind:
    own, other = keys

    def made(prover: Prover, key: Active = own) -> VirtualChip:
        return chip(prover, *infos, key=key)

    return Kind(name, made, Prover(active=own, name=digest), Prover(active=other, name=digest), 15)


def _agreeing(cipher: str, name: str) -> Kind:
    own, other = (InNumbers() if name == NUMBERS else OnCurve(by_name(name)) for _each in range(2))

    def made(prover: Prover) -> VirtualChip:
        return chip(prover, own.info(), chip_info(cipher, own.agreement))

    return Kind(f"chip, {name}, {cipher}", made, Prover(own=own), Prover(own=other), 14)
