"""What the reader's program and the page say to each other about a chip."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from openmidas.documents.chip.findings import Unreadable
from openmidas.documents.chip.proofs import ChipProofs


class Failed(StrEnum):
    """Why a chip was not read, as far as the person at the reader can do something about it."""

    DENIED = "denied"
    """The zone, or the number on the card, is not this chip's."""
    LIFTED = "lifted"
    """Taken away too early."""
    SILENT = "silent"
    """No answer, or not in the time that a chip gets."""
    NO_DOCUMENT = "no_document"
    """A chip, but not that of a travel document."""
    NO_CARD_NUMBER = "no_card_number"
    """This chip opens with the printed zone only."""
    NO_PASSWORD = "no_password"  # noqa: S105  the name of a reason
    """What the page sent can open no chip."""
    TOO_LARGE = "too_large"
    BROKEN = "broken"
    """It does not keep to the rules: nothing it says counts."""
    READER = "reader"
    """The reader, or the system's service for readers, is gone."""


_BY_CODE = {
    "access_denied": Failed.DENIED,
    "chip_gone": Failed.LIFTED,
    "chip_absent": Failed.LIFTED,
    "chip_silent": Failed.SILENT,
    "chip_too_long": Failed.SILENT,
    "not_a_document": Failed.NO_DOCUMENT,
    "password_bac": Failed.NO_CARD_NUMBER,
    "password_zone": Failed.NO_PASSWORD,
    "password_can": Failed.NO_PASSWORD,
    "too_large": Failed.TOO_LARGE,
    "pcsc_absent": Failed.READER,
    "pcsc_silent": Failed.READER,
    "reader_unknown": Failed.READER,
}


def failed(error: Unreadable) -> Failed:
    """The reason for an error; `Failed.BROKEN` for all that a chip should not do."""
    return _BY_CODE.get(error.code, Failed.BROKEN)


class OnReader(msgspec.Struct, frozen=True, tag="chip", tag_field="kind"):
    """A chip lies on the reader: its number, which the page names to have it opened. 0: none does."""

    chip: int


class Open(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The page has the chip of this number opened, with what is printed on the document.

    ``printed``: number, birth and expiry with their check digits; ``can``: the number on the card.
    """

    open: int
    printed: str = ""
    can: str = ""


class Progress(msgspec.Struct, frozen=True, tag="chip_reading", tag_field="kind"):
    """So many bytes have come from the chip so far."""

    chip: int
    bytes: int


class Files(msgspec.Struct, frozen=True, tag="chip_read", tag_field="kind"):
    """What was read: EF.SOD and data groups by their numbers. Bytes are base64 on the way.

    ``access``: how the chip was opened. ``notes``: codes of what was found while it was read. ``proofs``:
    what the chip answered when it was asked to prove that it is no copy, which the post judges.
    """

    chip: int
    access: str
    sod: bytes
    groups: dict[str, bytes]
    notes: tuple[str, ...] = ()
    proofs: ChipProofs = ChipProofs()


class Unread(msgspec.Struct, frozen=True, tag="chip_unread", tag_field="kind"):
    """The chip was not read."""

    chip: int
    why: Failed


ChipMessage = OnReader | Progress | Files | Unread
