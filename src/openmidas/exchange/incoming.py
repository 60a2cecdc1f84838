"""The HQ's side of one stream: what a post brings, record by record, and what is told to it."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence

from django.db import Error as DatabaseError

from openmidas.exchange import contact, versions
from openmidas.exchange.advance import take_ahead
from openmidas.exchange.contact import Concern
from openmidas.exchange.messages import Refusal, now
from openmidas.exchange.records import (
    Ahead,
    Frame,
    Passed,
    Ping,
    Pong,
    Received,
    Seen,
    Stopped,
    Told,
    decode_brought,
)
from openmidas.exchange.taking import MAX_ENTRIES, take_segments
from openmidas.journal import JournalError, Segment
from openmidas.journal.frames import FrameReader
from openmidas.journal.segments import MAX_SEGMENT_BYTES
from openmidas.nodes.local import Peer

logger = logging.getLogger(__name__)


class Incoming:
    """What the holder of one certificate brings in one stream. ``over``: nothing more is taken from it."""

    def __init__(self, fingerprint: str) -> None:
        self._fingerprint = fingerprint
        self._frames = FrameReader(MAX_SEGMENT_BYTES, MAX_ENTRIES, proportionate=True)
        self._agreed = False
        self.over = False

    def take(self, raw: bytes) -> Told:
        """Take one record in; what the post is told. Never raises on bad input."""
        return self.take_all([raw])[0]

    def take_all(self, raws: Sequence[bytes]) -> list[Told]:
        """Take in the records that lie there, in order: what the post is told of each.

        Frames that follow one another are stored together. The stream is over with the first that
        is not taken, and nothing is told of what comes behind it.
        """
        told: list[Told] = []
        try:
            peer = Peer.objects.filter(fingerprint=self._fingerprint).first()
            if peer is None:
                return [self._stop("node.unknown")]
            if peer.revoked:
                return [self._stop("node.revoked")]
            for together in _by_kind(raws):
                told += self._take(peer, together)
                if self.over:
                    break
        except DatabaseError:
            logger.exception("the database did not take what %s brought", self._fingerprint)
            told.append(self._stop("database.busy"))
        return told

    def _take(self, peer: Peer, together: _Together) -> list[Told]:
        try:
            match together:
                case JournalError() as error:
                    raise error
                case Ahead() as ahead:
                    return [self._ahead(peer, ahead)]
                case Ping() as ping:
                    self._agree(peer, ping)
                    leads = ping.time + ping.round_trip // 2 - now()
                    contact.note_contact(peer, ahead=leads)
                    return [Pong(now())]
                case None:
                    return [Passed()]
                case frames:
                    return self._take_frames(peer, frames)
        except JournalError as error:
            logger.warning("what %s brought is refused: %s", peer, error)
            contact.note_problem(peer.id, error.code)
            return [self._stop(error.code)]

    def _agree(self, peer: Peer, first: Ping) -> None:
        """In the first record a post tells what it writes. Raises `JournalError` for nothing in common."""
        if not self._agreed:
            versions.agree_with_post(first.frames)
            contact.over(peer, Concern.VERSION)
            self._agreed = True

    def _take_frames(self, peer: Peer, frames: list[Frame]) -> list[Told]:
        told: list[Told] = []
        waiting = None
        answers = take_segments(peer, [frame.raw for frame in frames], self._read)
        for frame, taken in zip(frames, answers, strict=False):
            if isinstance(taken, Refusal):
                self.over = True
                told.append(Stopped(taken.code, taken.params, taken.held))
            else:
                waiting, place = frame.waiting, taken.place
                told.append(Received(place.epoch, place.sequence, taken.at, taken.signature))
        if waiting is not None:
            contact.note_contact(peer, waiting=waiting)
        if not self.over:
            contact.over(peer, Concern.THEIRS)
        return told

    def _ahead(self, peer: Peer, ahead: Ahead) -> Seen:
        """A copy is dispensable: one that is not taken must not hold its journal back."""
        try:
            take_ahead(peer, ahead.raw)
        except JournalError as error:
            logger.warning("what %s sent ahead is not taken: %s", peer, error)
            contact.note_problem(peer.id, error.code)
        return Seen()

    def _read(self, raw: bytes) -> Segment:
        return Segment(*self._frames.read(raw))

    def _stop(self, code: str) -> Stopped:
        self.over = True
        return Stopped(code, {}, None)


_Together = list[Frame] | Ahead | Ping | JournalError | None
"""None: a record that only newer versions know."""


def _by_kind(raws: Iterable[bytes]) -> Iterator[_Together]:
    """What was brought, in order: frames that follow one another together, the rest one by one.

    With the first that cannot be read it is over: its error is the last.
    """
    frames: list[Frame] = []
    for raw in raws:
        other: _Together
        try:
            record = decode_brought(raw)
        except JournalError as error:
            other = error
        else:
            if isinstance(record, Frame):
                frames.append(record)
                continue
            other = record
        if frames:
            yield frames
            frames = []
        yield other
    if frames:
        yield frames
