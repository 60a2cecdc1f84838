"""The holder's photograph as the chip has it, for the officer to compare with who stands there: kept nowhere.

It goes to the page in the answer to the chip that was sent, and nowhere else.
"""

from __future__ import annotations

from base64 import b64encode
from enum import StrEnum

from msgspec import Struct

from openmidas.crossings.evidence.checks import revocations_stale
from openmidas.crossings.evidence.kept import UNSIGNED, Originality, Proof, ReadChip
from openmidas.documents.chip import ChipReading, Unreadable, draw_portrait

_FACE_GROUP = 2


class Standing(StrEnum):
    """What a photograph of a chip is worth.

    ``signed``: by a State that is trusted; ``doubtful``: so, and the chip may be a copy, or signed with what
    was revoked since; ``uncompared``: signed, and not held against the lines of the document, as where that
    was typed; ``unproven``: nothing speaks against it, and it is not known who signed; ``unchecked``: its
    signature was not checked; ``unsigned``: no signature was read; ``forged``: the chip is not genuine;
    ``other``: it is of another holder or document; ``changed``: this very photograph is not the one that was
    signed; ``unreadable``: it cannot be drawn; ``none``: the chip has none, or it was not read.
    """

    SIGNED = "signed"
    DOUBTFUL = "doubtful"
    UNCOMPARED = "uncompared"
    UNPROVEN = "unproven"
    UNCHECKED = "unchecked"
    UNSIGNED = "unsigned"
    OTHER = "other"
    FORGED = "forged"
    CHANGED = "changed"
    UNREADABLE = "unreadable"
    NONE = "none"


class Portrait(Struct, frozen=True):
    """A photograph for the page. ``picture``: a small JPEG, empty where there is none to show."""

    standing: Standing
    picture: bytes = b""

    @property
    def address(self) -> str:
        """The picture in its own address: no other one leads to it."""
        return f"data:image/jpeg;base64,{b64encode(self.picture).decode()}" if self.picture else ""


NO_PORTRAIT = Portrait(Standing.NONE)


def portrait_of(read: ChipReading, judged: ReadChip) -> Portrait:
    """The first face of a chip, drawn in a process of its own. Never raises.

    One that was changed is shown all the same: the chip is not genuine then, which stops the traveller, and
    whoever put it in may stand there.
    """
    if read.faces is None:
        said = any(found.field == "DG2" for found in read.findings)
        return Portrait(Standing.UNREADABLE) if said else NO_PORTRAIT
    try:
        group = read.authentication.groups.get(_FACE_GROUP)
        return Portrait(standing_of(group, judged), draw_portrait(read.faces.faces[0]))
    except Unreadable:
        return Portrait(Standing.UNREADABLE)


def standing_of(group: str | None, judged: ReadChip) -> Standing:
    """What a photograph that can be drawn is worth: no more than the chip that it is from.

    ``group``: what the hash of its data group came to; None where no signature was read.
    """
    if group in ("differs", "not_signed"):
        return Standing.CHANGED
    if judged.outcome is Proof.INVALID or judged.originality is Originality.FAILED:
        return Standing.FORGED
    if judged.differs:
        return Standing.OTHER
    if judged.why == UNSIGNED:
        return Standing.UNSIGNED
    if judged.outcome is Proof.NOT_PERFORMED:
        return Standing.UNCHECKED
    if judged.outcome is not Proof.VALID:
        return Standing.UNPROVEN
    if judged.originality is Originality.UNKNOWN or revocations_stale(judged):
        return Standing.DOUBTFUL
    return Standing.SIGNED if judged.compared else Standing.UNCOMPARED
