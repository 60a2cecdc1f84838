"""What a chip answered when it was asked to prove that it is no copy. How it is judged: `originality`."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

from openmidas.documents.chip.findings import ChipFinding


class ActiveAnswer(msgspec.Struct, frozen=True):
    """Active authentication: what the chip was asked to sign, and what it answered.

    It can be checked at any time. ``problem``: why there is no answer.
    """

    challenge: Annotated[bytes, Meta(max_length=8)]
    response: Annotated[bytes, Meta(max_length=65536)] = b""
    problem: ChipFinding | None = None


class AgreedKeys(msgspec.Struct, frozen=True):
    """Chip authentication: whether a file could be read under the keys agreed with the chip's own.

    That shows while the chip is there, and never again. ``cipher``: of the new keys; ``problem``: why they
    opened nothing.
    """

    cipher: str = ""
    problem: ChipFinding | None = None


class ChipProofs(msgspec.Struct, frozen=True):
    """Both, as far as the chip was asked. ``absent``: groups that it was asked for and did not give.

    They are worth as much as who asked: what answers a challenge of somebody else may be an old answer.
    """

    active: ActiveAnswer | None = None
    keys: AgreedKeys | None = None
    absent: Annotated[tuple[int, ...], Meta(max_length=16)] = ()
