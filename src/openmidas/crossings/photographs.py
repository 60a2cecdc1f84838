"""Documents before the camera of a workstation: read within bounds, and shown to the officer.

Nothing of a photograph is kept: it is read in memory, and its lines go to the page, where the officer
stands. What is certain goes the way of any scan; of the rest the officer sees the characters to look at.
"""

from __future__ import annotations

import threading
from base64 import b64encode
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from enum import StrEnum

import msgspec

from openmidas.crossings.checks import check_reading
from openmidas.crossings.inspection import Finding
from openmidas.documents.camera import CannotReadImage, Doubt, ImageReading, read_frames
from openmidas.posts.refusals import Refused

MOST_FRAMES = 3
"""Pictures of one document that vote; each takes about a second of the processor."""
_MOST_AT_ONCE = 2
"""Lanes whose pictures are read at a time: half of the threads that make pages stay free."""


class Result(StrEnum):
    """What the page does next: look on, take the reading, or ask the officer."""

    NONE = "none"
    ACCEPTED = "accepted"
    DOUBTFUL = "doubtful"


class Place(msgspec.Struct, frozen=True):
    """A character of a line, and whether somebody must look at it."""

    character: str
    doubtful: bool


class Line(msgspec.Struct, frozen=True):
    """A line of the zone, and how it looks in the photograph: an address with the picture in it."""

    number: int
    text: str
    places: tuple[Place, ...]
    picture: str

    @property
    def first_doubt(self) -> int:
        """Where to look first, from 0; the end of the line where nothing is doubtful."""
        doubts = [at for at, place in enumerate(self.places) if place.doubtful]
        return doubts[0] if doubts else len(self.places)


class Look(msgspec.Struct, frozen=True):
    """What the camera saw, for the page."""

    result: Result
    lines: tuple[Line, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def raw(self) -> str:
        """The zone as a reader would send it."""
        return "\n".join(line.text for line in self.lines)


class _Turns:
    """Whose pictures are read now."""

    def __init__(self) -> None:
        self._lanes: set[str] = set()
        self._lock = threading.Lock()

    @contextmanager
    def take(self, lane: str) -> Iterator[None]:
        """One at a time for each lane, a few for the node. Raises `Refused` ``camera.busy``."""
        with self._lock:
            if lane in self._lanes or len(self._lanes) >= _MOST_AT_ONCE:
                raise Refused("camera.busy")
            self._lanes.add(lane)
        try:
            yield
        finally:
            with self._lock:
                self._lanes.discard(lane)


TURNS = _Turns()


def look_at(frames: Sequence[bytes], lane: str, today: date) -> Look:
    """Read pictures of one document, that vote.

    Raises `Refused`: ``camera.busy``, ``camera.no_picture`` (or more of them than are taken at once),
    ``request.broken`` (the officer is at no lane).
    """
    if not lane:
        raise Refused("request.broken")
    if not 0 < len(frames) <= MOST_FRAMES:
        raise Refused("camera.no_picture")
    with TURNS.take(lane):
        try:
            read = read_frames(frames, today=today)
        except CannotReadImage as error:
            raise Refused("camera.no_picture") from error
    return shown(read)


def shown(read: ImageReading) -> Look:
    """A reading for the page."""
    if not read.lines:
        return Look(Result.NONE)
    doubtful = {(doubt.line, doubt.position) for doubt in read.doubts}
    lines = tuple(
        Line(
            number,
            text,
            tuple(
                Place(character, (number, position) in doubtful)
                for position, character in enumerate(text, 1)
            ),
            f"data:image/jpeg;base64,{b64encode(picture).decode()}",
        )
        for number, (text, picture) in enumerate(zip(read.lines, read.pictures, strict=True), 1)
    )
    if read.accepted:
        return Look(Result.ACCEPTED, lines)
    return Look(Result.DOUBTFUL, lines, read.doubts, tuple(check_reading(read.reading)))
