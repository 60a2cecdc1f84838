"""The HQ's side of one stream: what a post brings, record by record, and what is told to it."""

from __future__ import annotations

import logging

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
from openmidas.exchange.taking import MAX_ENTRIES, take_segment
from openmidas.journal import JournalError, Segment
from openmidas.journal.frames import FrameReader
from openmidas.journal.segments import MAX_SEGMENT_BYTES
from openmidas.nodes.local import Peer

logger = logging.getLogger(__name__)


class Incoming:
    """What the holder of one certificate brings in one stream. ``over``: nothing more is taken from it."""

    def __init__(self, fingerprint: str) -> None:
        self._fingerprint = fingerprint
        self._frames = FrameReader(MAX_SEGMENT_BYTES, MAX_ENTRIES)
        self._agreed = False
        self.over = False

    def take(self, raw: bytes) -> Told:
        """Take one record in; what the post is told. Never raises on bad input."""
        try:
            peer = Peer.objects.filter(fingerprint=self._fingerprint).first()
            if peer is None:
                return self._stop("node.unknown")
            if peer.revoked:
                return self._stop("node.revoked")
            return self._take(peer, raw)
        except DatabaseError:
            logger.exception("the database did not take what %s brought", self._fingerprint)
            return self._stop("database.busy")

    def _take(self, peer: Peer, raw: bytes) -> Told:
        try:
            match decode_brought(raw):
                case Frame() as frame:
                    return self._frame(peer, frame)
                case Ahead() as ahead:
                    return self._ahead(peer, ahead)
                case Ping() as ping:
                    self._agree(peer, ping)
                    leads = ping.time + ping.round_trip // 2 - now()
                    contact.note_contact(peer, ahead=leads)
                    return Pong(now())
                case None:
                    return Passed()
        except JournalError as error:
            logger.warning("what %s brought is refused: %s", peer, error)
            contact.note_problem(peer.id, error.code)
            return self._stop(error.code)

    def _agree(self, peer: Peer, first: Ping) -> None:
        """In the first record a post tells what it writes. Raises `JournalError` for nothing in common."""
        if not self._agreed:
            versions.agree_with_post(first.frames)
            contact.over(peer, Concern.VERSION)
            self._agreed = True

    def _frame(self, peer: Peer, frame: Frame) -> Told:
        taken = take_segment(peer, frame.raw, self._read)
        if isinstance(taken, Refusal):
            self.over = True
            return Stopped(taken.code, taken.params, taken.held)
        contact.note_contact(peer, waiting=frame.waiting)
        contact.over(peer, Concern.THEIRS)
        place = taken.place
        return Received(place.epoch, place.sequence, taken.at, taken.signature)

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
