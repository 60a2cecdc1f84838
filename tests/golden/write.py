"""Writes the golden files of a release: ``python -m tests.golden.write VERSION``.

Once for each release, and never again: what was written then is what nodes in the field hold and what
lies on their sticks. Every later version must read it.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import django
import msgspec

FOLDER = Path(__file__).parent
INDEX = "index.json"


def write(version: str, folder: Path = FOLDER) -> Path:
    """Make the files of this release. Raises `FileExistsError`: what was released is not changed."""
    from tests.golden.contents import make

    release = folder / version
    if release.exists():
        raise FileExistsError(release)
    files = make()
    release.mkdir()
    for name, data in files.items():
        (release / name).write_bytes(data)
    told = {name: hashlib.sha256(data).hexdigest() for name, data in sorted(files.items())}
    index = msgspec.json.encode({"release": version, "files": told})
    (release / INDEX).write_bytes(msgspec.json.format(index) + b"\n")
    return release


def main(arguments: Sequence[str]) -> int:
    """Write them, or say why not."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openmidas.web.settings")
    django.setup()
    try:
        release = write(arguments[0])
    except FileExistsError:
        sys.stderr.write(
            f"{arguments[0]} has its golden files: what was released is not written again.\n"
        )
        return 1
    size = sum(path.stat().st_size for path in release.iterdir())
    sys.stdout.write(f"{release}: {size // 1024} kB\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
