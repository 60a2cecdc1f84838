"""Taking in the file of an edition that somebody carried here: proved first, then in its place at once."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from openmidas.lists.lost.editions import FOLDER, file_of, folder, is_here, kept_up
from openmidas.lists.lost.in_use import LOST_NUMBERS
from openmidas.lists.lost.models import LostEdition
from openmidas.lists.services import ImportRefused
from openmidas.nodes.home import create_private, sync_folder
from openmidas.nodes.identity import this_node
from openmidas.screening.lost import MOST_FILE_BYTES, LostError, LostFile, file_digest

Progress = Callable[[int, int], None]
_READ = 1 << 20


def take_file(path: Path, progress: Progress = lambda done, total: None) -> LostEdition:
    """Put a carried file in its place; travellers are checked against it from now on.

    It must be, byte for byte, one that the headquarters published. It is copied while it is read, so a
    stick that is pulled out, or a file that changes meanwhile, changes nothing. Harmless to repeat.
    Raises `ImportRefused` "not_published", `LostError`, `OSError`.
    """
    size = path.stat().st_size
    if size > MOST_FILE_BYTES:
        raise LostError("too_large", {"limit": str(MOST_FILE_BYTES)})
    part = folder() / "taking.lost"
    part.unlink(missing_ok=True)
    try:
        _copy(path, part, size, progress)
        edition = LostEdition.objects.filter(digest=file_digest(part)).order_by("-clock").first()
        if edition is None:
            _tell_what_it_is(part)
            raise ImportRefused("not_published")
        LostFile(part, bytes(edition.key)).close()
        part.replace(file_of(edition))
        sync_folder(folder())
    finally:
        part.unlink(missing_ok=True)
    LOST_NUMBERS.forget()
    return edition


def remove_old_files() -> int:
    """Let go of files of editions that are kept up no more; how many there were."""
    here = [edition for edition in kept_up() if is_here(edition)]
    if not here:
        return 0
    kept = {file_of(edition) for edition in here}
    old = [each for each in this_node().home.path(FOLDER).glob("*.lost") if each not in kept]
    for each in old:
        each.unlink(missing_ok=True)
    return len(old)


def _copy(source: Path, target: Path, size: int, progress: Progress) -> None:
    with source.open("rb") as file, create_private(target) as copy:
        done = 0
        while chunk := file.read(_READ):
            done += len(chunk)
            if done > MOST_FILE_BYTES:
                raise LostError("too_large", {"limit": str(MOST_FILE_BYTES)})
            copy.write(chunk)
            progress(done, size)
        copy.flush()
        os.fsync(copy.fileno())


def _tell_what_it_is(path: Path) -> None:
    """Another file, or one that was cut, is told as that and not as unknown. Raises `LostError`."""
    try:
        LostFile(path, bytes(32)).close()
    except LostError as error:
        if error.code != "other_key":  # no key is all zeros: a whole file of ours ends up here
            raise
