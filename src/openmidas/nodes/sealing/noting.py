"""What is remembered of tries to open a post while its journal is shut, until it is told there.

How many tries went wrong, and when, stands in clear: there is no key yet. Who opened the post is kept
under the key that was found, as the names in ``sealed.json`` are. Whoever has the disk can take both
away, and can put no other name in. A disk that takes no note keeps nobody from opening the post:
work at night is worth more than the note of who began it.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Sequence
from uuid import UUID, uuid4, uuid5

import msgspec

from openmidas.nodes.home import LONGEST_NAME, NodeHome, write_file
from openmidas.nodes.sealing.crypt import derive, plain, unwrap, wrap
from openmidas.nodes.sealing.entries import PostUnsealed, ShareUsed
from openmidas.nodes.sealing.lease import Lease, now
from openmidas.nodes.sealing.roster import roster_of
from openmidas.nodes.sealing.sealed import Phrase, SealedKey, SealFailed

logger = logging.getLogger(__name__)

TRIES = "unseal-tries.json"
NOTES = "unsealed.notes"
MOST_NOTES = 100
"""A post that is opened so often before it could tell of it forgets the first ones."""
WRONG = frozenset({"seal.wrong_phrase", "seal.wrong_share"})
"""Codes of tries that went wrong; a link that is down or a token that was forgotten is none."""
_BOUND = b"notes"


class Tries(msgspec.Struct, frozen=True, kw_only=True):
    """Tries that went wrong since the post was opened last; ``first``, ``last``: milliseconds."""

    number: int = 0
    first: int | None = None
    last: int | None = None


def note_failed(home: NodeHome, failed: SealFailed) -> None:
    """One more try went wrong, if this is what it was."""
    if failed.code not in WRONG:
        return
    before, clock = read_tries(home), now()
    first = clock if before.first is None else before.first
    said = Tries(number=before.number + 1, first=first, last=clock)
    _keep(home, TRIES, msgspec.json.encode(said))


def read_tries(home: NodeHome) -> Tries:
    """The tries that went wrong; none where nothing that can be read is there."""
    try:
        return msgspec.json.decode(home.path(TRIES).read_bytes(), type=Tries)
    except (OSError, msgspec.DecodeError):
        return Tries()


def note_unsealed(
    home: NodeHome,
    sealed: SealedKey,
    key: bytes,
    phrases: Sequence[Phrase],
    share: ShareUsed,
    lease: Lease | None,
) -> PostUnsealed:
    """Remember, before the key is handed over, who opened the post with what, and under which lease."""
    tries = read_tries(home)
    typed = {plain(each.officer) for each in phrases[: sealed.need]}
    members = roster_of(sealed, key).members
    said = PostUnsealed(
        opening=uuid4(),
        at=now(),
        officers=tuple(one.name[:LONGEST_NAME] for one in members if plain(one.name) in typed),
        share=share,
        until=lease.until if lease else None,
        failed=tries.number,
        first_failed=tries.first,
        last_failed=tries.last,
    )
    _write(home, key, [*read_notes(home, sealed.node, key), said][-MOST_NOTES:])
    return said


def read_notes(home: NodeHome, node: UUID, key: bytes) -> list[PostUnsealed]:
    """What was noted and is not forgotten yet. What cannot be read is told as an opening by nobody."""
    path = home.path(NOTES)
    try:
        at, raw = path.stat().st_mtime_ns // 1_000_000, path.read_bytes()
    except FileNotFoundError:
        return []
    try:
        said = unwrap(derive(key, node, "notes"), raw, _BOUND, "seal.other_key")
        return msgspec.msgpack.decode(said, type=list[PostUnsealed])
    except (SealFailed, msgspec.DecodeError):
        logger.error("what was noted of openings of this post cannot be read")
        opening = uuid5(node, f"unsealed {at}")
        return [PostUnsealed(opening=opening, at=at, officers=(), share=ShareUsed.UNKNOWN)]


def forget_notes(home: NodeHome, node: UUID, key: bytes, told: Collection[UUID]) -> None:
    """These stand in the journal, or never came to be."""
    left = [each for each in read_notes(home, node, key) if each.opening not in told]
    if left:
        _write(home, key, left)
    else:
        home.path(NOTES).unlink(missing_ok=True)


def forget_tries(home: NodeHome) -> None:
    """The post is open: from here on they are counted anew."""
    home.path(TRIES).unlink(missing_ok=True)


def forget_all(home: NodeHome) -> None:
    """The post is not sealed any more; what was noted has been told before."""
    forget_tries(home)
    home.path(NOTES).unlink(missing_ok=True)


def _write(home: NodeHome, key: bytes, notes: Sequence[PostUnsealed]) -> None:
    node = home.config().id
    sealed = wrap(derive(key, node, "notes"), msgspec.msgpack.encode(notes), _BOUND)
    _keep(home, NOTES, sealed)


def _keep(home: NodeHome, name: str, said: bytes) -> None:
    try:
        write_file(home.path(name), said)
    except OSError as error:
        logger.error("what happened when this post was opened is not noted: %s", error)
