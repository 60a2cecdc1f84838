"""Recordings of the notice of rights: files in the node's folder, one for a language.

They are taken only in formats that browsers play, by what is in them and not by how they are called: a
control that plays nothing is worse than none.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from openmidas.nodes.home import write_file
from openmidas.nodes.identity import this_node
from openmidas.posts.refusals import Refused
from openmidas.rights.limits import SOUND_BYTES
from openmidas.rights.wording import SPOKEN

FOLDER = "notices"
HEAD_BYTES = 512
"""Enough of a file to tell what it is."""
CONTENT_TYPES = {
    ".ogg": "audio/ogg",
    ".opus": "audio/ogg",
    ".mp3": "audio/mpeg",
    ".m4a": "audio/mp4",
    ".wav": "audio/wav",
}
"""Ogg is called either way."""
_SOUND_IN_OGG = (b"OpusHead", b"\x01vorbis")


class Sound(msgspec.Struct, frozen=True):
    """A recording that is here: the code of its language, and its file."""

    language: str
    path: Path

    @property
    def content_type(self) -> str:
        """What browsers are told that it is."""
        return CONTENT_TYPES[self.path.suffix]


def sounds() -> Iterator[Sound]:
    """The recordings that are here, in the order of `wording.SPOKEN`. What is no sound is passed over."""
    for language in SPOKEN:
        found = sound_in(language)
        if found is not None:
            yield found


def sound_in(language: str) -> Sound | None:
    """The recording in a language; None where there is none that a browser could play."""
    paths = (_folder() / f"{language}{suffix}" for suffix in CONTENT_TYPES)
    files = (path for path in paths if path.is_file())
    return next((Sound(language, path) for path in files if _kind(_head(path))), None)


def take(language: str, path: Path) -> Sound:
    """Take a file as the recording in a language, in place of the one before.

    Raises `Refused`: ``sound.language`` (not one of `wording.SPOKEN`), ``sound.too_large``,
    ``sound.not_played`` (no sound, or none that browsers play); `OSError` where it cannot be read.
    """
    _check_language(language)
    if path.stat().st_size > SOUND_BYTES:
        raise Refused("sound.too_large", most=str(SOUND_BYTES // 1024**2))
    data = path.read_bytes()
    suffix = _kind(data)
    # Of MPEG-4 the whole is asked: what is in it stands at its end as well.
    if suffix is None or (suffix == ".m4a" and not _is_spoken(data)):
        raise Refused("sound.not_played")
    target = _folder() / f"{language}{suffix}"
    write_file(target, data)
    for other in _files(language):
        if other != target:
            other.unlink()
    return Sound(language, target)


def remove(language: str) -> None:
    """Take the recording in a language away. Raises `Refused`: ``sound.language``, ``sound.none``."""
    _check_language(language)
    files = _files(language)
    if not files:
        raise Refused("sound.none")
    for path in files:
        path.unlink()


def _folder() -> Path:
    return this_node().home.path(FOLDER)


def _files(language: str) -> list[Path]:
    paths = [_folder() / f"{language}{suffix}" for suffix in CONTENT_TYPES]
    return [path for path in paths if path.is_file()]


def _check_language(language: str) -> None:
    if language not in SPOKEN:
        raise Refused("sound.language", known=", ".join(SPOKEN))


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(HEAD_BYTES)


def _kind(data: bytes) -> str | None:
    """How a file that begins so is called; None for what browsers do not play."""
    head = data[:HEAD_BYTES]
    if head.startswith(b"OggS") and any(name in head for name in _SOUND_IN_OGG):
        return ".ogg"
    # An ID3 tag, or at once a frame of MPEG audio, layer III (ISO/IEC 11172-3, 2.4.1.3).
    if head.startswith(b"ID3") or (
        len(head) > 1 and head[0] == 0xFF and head[1] & 0b1110_0110 == 0b1110_0010
    ):
        return ".mp3"
    if head[4:8] == b"ftyp" and head[8:10] != b"3g":  # 3GP holds the sound of telephones: AMR
        return ".m4a"
    if head.startswith(b"RIFF") and head[8:12] == b"WAVE":
        return ".wav"
    return None


def _is_spoken(data: bytes) -> bool:
    """Whether MPEG-4 holds AAC and no film (the handlers and the sample entry of ISO/IEC 14496-12)."""
    return b"mp4a" in data and b"vide" not in data
