"""What two versions of the program have in common, and which side is too old where that is nothing.

A node tells which formats of frames it knows when it opens a stream and when it asks; the other takes
the newest that both know. What is not told is what the first release knew.
"""

from __future__ import annotations

from collections.abc import Iterable

from openmidas.journal import dictionary as formats
from openmidas.journal.errors import JournalError

HEADER = "Midas-Frames"
"""The header in which an HQ tells, when a stream opens, which formats of frames it reads."""
VERSIONS = "Midas-Exchange"
"""The header in which an HQ tells which versions of the exchange it speaks, to who speaks none of them."""
SPOKEN = 1
"""The version of the exchange that this program speaks: the number in its addresses."""
UPGRADE_REQUIRED = 426
"""The status (RFC 9110, 15.5.22) of a call in a version that an HQ does not speak."""
POST_TOO_OLD = "version.post_too_old"
HQ_TOO_OLD = "version.hq_too_old"
_LONGEST_HEADER = 200


def to_header(numbers: Iterable[int]) -> str:
    """Numbers as they stand in a header."""
    return " ".join(map(str, numbers))


def from_header(text: str | None) -> tuple[int, ...]:
    """The numbers of a header; none where it is missing or says something else."""
    parts = (text or "")[:_LONGEST_HEADER].split()
    return tuple(int(part) for part in parts if part.isascii() and part.isdecimal())


def own_formats() -> tuple[int, ...]:
    """The formats of frames that this program knows."""
    return formats.FORMATS


def agree_with_post(theirs: Iterable[int]) -> int:
    """At an HQ: the format to exchange in with a post. Raises `JournalError` that says who is too old."""
    return _agree(tuple(theirs), is_post=True)


def agree_with_hq(theirs: Iterable[int]) -> int:
    """At a post: the format to exchange in with the HQ. Raises `JournalError` that says who is too old."""
    return _agree(tuple(theirs), is_post=False)


def _agree(theirs: tuple[int, ...], *, is_post: bool) -> int:
    theirs = theirs or (formats.FORMAT,)
    agreed = formats.newest_common(theirs)
    if agreed is None:
        raise JournalError(older(theirs, own_formats(), is_post=is_post), theirs=to_header(theirs))
    return agreed


def older(theirs: Iterable[int], ours: Iterable[int], *, is_post: bool) -> str:
    """The code of who is too old: the other side, a post or not, or this one."""
    they_are = max(theirs, default=0) < max(ours, default=0)
    return POST_TOO_OLD if they_are is is_post else HQ_TOO_OLD
