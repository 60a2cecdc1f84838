"""``midas read chip --reader``: the files of a chip that lies on a reader."""

from __future__ import annotations

import argparse
from pathlib import Path

from openmidas.documents.chip import Unreadable
from openmidas.documents.chip.access import ChipFiles, Password, Waiting, read_files
from openmidas.documents.chip.access.pcsc import Connection
from openmidas.documents.reading import Reading


def files_from_reader(options: argparse.Namespace, printed: Reading | None) -> ChipFiles:
    """Open the chip and read it. Raises `Unreadable`."""
    if options.can:
        password = Password.of_can(options.can)
    elif printed is not None:
        password = Password.of_zone(printed)
    else:
        raise Unreadable("password_zone")
    connection = Connection(options.reader)
    try:
        return read_files(
            Waiting(connection), password, pace=not options.bac, extended=options.extended
        )
    finally:
        connection.close()


def save_files(folder: Path, files: dict[str, bytes]) -> None:
    """Put the files where ``midas read chip FOLDER`` finds them. Raises `OSError`."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name, file in files.items():
        (folder / f"EF.{name}").write_bytes(file)
