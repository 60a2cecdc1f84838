"""Reading the zone of a document in a photograph, and saying how far the reading can be trusted."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date

import msgspec
import numpy as np
from PIL import Image

from openmidas.documents.camera.finding import find_blocks
from openmidas.documents.camera.lines import Zone, zone_of
from openmidas.documents.camera.straight import Source
from openmidas.documents.camera.unpacking import unpacked
from openmidas.documents.camera.voting import Voted, together, vote
from openmidas.documents.formats import FORMATS, MrzFormat
from openmidas.documents.mrz import read_mrz
from openmidas.documents.reading import Reading

_CLEAR = 4.0
"""By character. What is as clear as this is a zone: no other rows are tried."""
_MOST_FRAMES, _ENOUGH = 30, 2
_PLACE = 24
"""Pixels of one character in the picture of a line."""


class Doubt(msgspec.Struct, frozen=True):
    """A character that somebody must look at. ``line`` and ``position`` count from one."""

    line: int
    position: int
    field: str
    read: str
    instead: str
    """What it may be as well: what else the two networks saw, of what may stand there."""
    sure: float


class ImageReading(msgspec.Struct, frozen=True):
    """What a photograph says.

    `accepted` is true only where two networks saw the same in every place, neither doubted, and all
    that Doc 9303 requires of the zone holds. Otherwise somebody must look: at the `doubts`, and at
    what `reading.findings` tell of. Without any zone, `lines` is empty.
    """

    lines: tuple[str, ...]
    accepted: bool
    reading: Reading
    sure: tuple[tuple[float, ...], ...] = ()
    """Of each character, from 0 to 1: what the network that is less sure gives to it."""
    doubts: tuple[Doubt, ...] = ()
    pictures: tuple[bytes, ...] = ()
    """Each line, cut straight from the photograph: a JPEG, the same width for each character."""

    def field_picture(self, field: str) -> bytes | None:
        """A field as the photograph has it, cut straight, to be shown beside what was read: a JPEG.

        ``field``: ``name``, ``number``, ``nationality``, ``birth``, ``expiry``, ``issuer``. None
        where there is none.
        """
        layout = next((one for one in FORMATS if one.name == self.reading.format), None)
        if layout is None or len(self.pictures) != layout.rows or field not in _FIELDS:
            return None
        where: slice = getattr(layout, _FIELDS[field])
        line, first = divmod(where.start, layout.width)
        last = first + where.stop - where.start
        with Image.open(io.BytesIO(self.pictures[line]), formats=("JPEG",)) as picture:
            part = picture.crop((first * _PLACE, 0, last * _PLACE, picture.height))
            return _jpeg(part)


_FIELDS = {
    "name": "name_field",
    **{name: name for name in ("number", "nationality", "birth", "expiry", "issuer")},
}


def read_image(data: bytes, *, today: date) -> ImageReading:
    """Read the zone in a photograph: JPEG, PNG or WebP, turned by any angle.

    `today` decides the centuries. Raises `CannotReadImage` for a file that is no such picture, and
    nothing else. A picture without a zone gives a reading without lines.
    """
    return read_frames([data], today=today)


def read_frames(frames: Sequence[bytes], *, today: date) -> ImageReading:
    """Read several pictures of the *same* document, as a camera takes them one after the other.

    They vote, place by place. Those that show no zone, or one of another shape than the clearest of
    them, do not count; of several given, one alone makes nothing certain. Not more than
    thirty are looked at. Raises `CannotReadImage` for any of them.
    """
    seen: list[tuple[Zone, Source]] = []
    for data in frames[:_MOST_FRAMES]:
        source = Source(unpacked(data))
        zone = _zone(source)
        if zone is not None:
            seen.append((zone, source))
    if not seen:
        return ImageReading((), False, read_mrz("", today=today))
    best, source = max(seen, key=lambda one: one[0].clear)
    shape = [len(line.first) for line in best.lines]
    alike = [zone for zone, _ in seen if [len(line.first) for line in zone.lines] == shape]
    pairs = [
        (
            np.concatenate([line.first for line in zone.lines]),
            np.concatenate([line.second for line in zone.lines]),
        )
        for zone in alike
    ]
    first, second = together(pairs)
    voted = vote(first, second, len(best.lines))
    read = _reading(voted, best, source, today)
    enough = len(alike) >= min(_ENOUGH, len(frames))
    return read if enough else msgspec.structs.replace(read, accepted=False)


def _zone(source: Source) -> Zone | None:
    """The clearest zone of a picture."""
    best: Zone | None = None
    for block in find_blocks(source.grey):
        zone = zone_of(source, block)
        if zone is not None and (best is None or zone.clear > best.clear):
            best = zone
        if best is not None and best.clear > _CLEAR:
            break
    return best


def _reading(
    voted: Voted,
    zone: Zone,
    source: Source,
    today: date,
) -> ImageReading:
    layout = voted.layout
    lines = layout.rows_of(voted.text)
    reading = read_mrz("\n".join(lines), today=today)
    width = layout.width
    return ImageReading(
        lines=lines,
        accepted=reading.ok and all(voted.agreed),
        reading=reading,
        sure=tuple(voted.sure[row * width : (row + 1) * width] for row in range(layout.rows)),
        doubts=_doubts(voted),
        pictures=tuple(_jpeg(Image.fromarray(line.picture(source))) for line in zone.lines),
    )


def _doubts(voted: Voted) -> tuple[Doubt, ...]:
    layout = voted.layout
    return tuple(
        Doubt(
            line=place // layout.width + 1,
            position=place % layout.width + 1,
            field=_field_at(layout, place),
            read=voted.text[place],
            instead=voted.instead[place],
            sure=voted.sure[place],
        )
        for place, agreed in enumerate(voted.agreed)
        if not agreed
    )


def _field_at(layout: MrzFormat, place: int) -> str:
    """The field that a place of the zone belongs to; its check digit counts as its own."""
    for field, name in _FIELDS.items():
        where: slice = getattr(layout, name)
        digit = field in ("number", "birth", "expiry")
        if where.start <= place < where.stop + digit:
            return field
    if place < 2:
        return "document_code"
    if place == layout.sex:
        return "sex"
    return "composite" if place == layout.composite_digit else "optional"


def _jpeg(picture: Image.Image) -> bytes:
    written = io.BytesIO()
    picture.save(written, "JPEG", quality=85)
    return written.getvalue()
