"""What is kept of a chip or a digital seal that was read at the counter: what it came to.

Nothing of the chip is kept, no picture and no data: only the outcome, its steps, the State that signed, and
the names of the fields in which the chip is not what is printed.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

MOST_SEALS = 8
"""Of one traveller: a passport has a visa or two, and a few receipts lie in it."""
Code = Annotated[str, Meta(max_length=40)]
Line = Annotated[str, Meta(max_length=120)]


class Proof(StrEnum):
    """What a check of signatures comes to; of chips and seals alike.

    ``issuer_unknown`` speaks neither for nor against the document: no State has all the others' certificates.
    """

    VALID = "valid"
    INVALID = "invalid"
    ISSUER_UNKNOWN = "issuer_unknown"
    NOT_PERFORMED = "not_performed"


class Originality(StrEnum):
    """Whether a chip has the keys that no copy of it has (Doc 9303-11, 6).

    ``unknown``: it was asked, and nobody can tell; ``not_offered``: its State gave this chip no such key.
    """

    NOT_ASKED = "not_asked"
    PASSED = "passed"
    FAILED = "failed"
    UNKNOWN = "unknown"
    NOT_OFFERED = "not_offered"


class Opened(StrEnum):
    """By which protocol a chip was opened (Doc 9303-11, 4.3 and 4.4)."""

    PACE = "pace"
    BAC = "bac"


class Agreement(StrEnum):
    """Whether a seal is about the document that was read."""

    UNSAID = "unsaid"
    SAME = "same"
    OTHER = "other"


class ReadChip(Struct, frozen=True, kw_only=True):
    """A chip as it was judged.

    ``steps``: what each step of passive authentication came to, by its name; ``why``: of a chip that is not
    genuine, the step that failed first, and of one that nothing can be said of, the reason; ``state``: who
    signed, two letters, only where *valid*; ``compared``: whether its whole zone was held against the
    lines of the document; ``number_agrees``: whether at least the number is the same, as of a typed document;
    ``differs``: the fields in which the two are not the same; ``originality``: whether it is a copy.
    """

    outcome: Proof
    opened: Opened
    steps: Annotated[dict[Code, Code], Meta(max_length=20)] = {}
    why: Code = ""
    state: Annotated[str, Meta(max_length=3)] = ""
    compared: bool = False
    number_agrees: bool = False
    differs: Annotated[tuple[Code, ...], Meta(max_length=20)] = ()
    originality: Originality = Originality.NOT_ASKED


class SaidByReceipt(Struct, frozen=True, kw_only=True):
    """What the receipt of an earlier crossing says, where it is valid.

    ``at``: with the post's offset from UTC; ``until``: the last day of the stay, or empty;
    ``crossing``: which one it is, where this node has it.
    """

    number: Code
    post: Line
    at: Code
    direction: Code
    until: Code = ""
    crossing: UUID | None = None


UNSIGNED = "sod_absent"
"""Why nothing can be said of a chip: it has no signature, or that was not read."""
NO_REVOCATIONS, STALE_REVOCATIONS = "revocations_absent", "revocations_old"
"""Why it is not known whether who signed was revoked: no list of that State is here, or a stale one."""


class ReadSeal(Struct, frozen=True, kw_only=True):
    """A digital seal as it was judged.

    ``kind``: a profile of `documents.seals`, "receipt", or what the seal says of itself; ``why``: the code of
    what is wrong with it, of why it was not checked, or, of a valid one, of why it is not known whether its
    signer was revoked; ``signer``: only where *valid*.
    """

    outcome: Proof
    kind: Code
    why: Code = ""
    signer: Line = ""
    document: Agreement = Agreement.UNSAID
    receipt: SaidByReceipt | None = None
