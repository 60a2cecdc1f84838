"""The token: a file on a stick, or one that systemd unwraps with the machine's TPM."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import msgspec

from openmidas.nodes.home import write_file
from openmidas.nodes.sealing.sealed import SealFailed, Token, read_token

CREDENTIAL = "openmidas-token"
"""The name that systemd gives it (LoadCredentialEncrypted=); see docs/administrators/unsealing."""
MOST_BYTES = 4096
_MOUNTS = ("/media/*", "/media/*/*", "/run/media/*/*", "/mnt", "/mnt/*")


def token_name(node: UUID) -> str:
    """What the file is called. The end of an id is random; posts made together begin alike."""
    return f"openmidas-{node.hex[-8:]}.token"


def write_token(token: Token, folder: Path) -> Path:
    """Write it to a stick; where it is. Raises `OSError`."""
    if not folder.is_dir():
        raise FileNotFoundError(2, os.strerror(2), str(folder))
    path = folder / token_name(token.node)
    write_file(path, msgspec.json.encode(token))
    return path


def find_token(node: UUID, among: Iterator[Path] | None = None) -> Token | None:
    """The token of this post where one is plugged in, None where none is.

    A file that is no token, or another post's, is passed over: sticks hold many things.
    """
    for path in among or _places(node):
        try:
            if not path.is_file():
                continue  # a pipe would keep whoever reads it waiting
            with path.open("rb") as file:
                return read_token(file.read(MOST_BYTES), node)
        except (OSError, SealFailed):
            continue
    return None


def is_of_machine(token: Token) -> bool:
    """Whether systemd handed this token over, unwrapped by the machine: it was in nobody's hand."""
    credentials = os.environ.get("CREDENTIALS_DIRECTORY")
    place = Path(credentials) / CREDENTIAL if credentials else None
    return place is not None and find_token(token.node, iter([place])) == token


def _places(node: UUID) -> Iterator[Path]:
    if credentials := os.environ.get("CREDENTIALS_DIRECTORY"):
        yield Path(credentials) / CREDENTIAL
    for mounts in _MOUNTS:
        for folder in sorted(Path("/").glob(mounts.lstrip("/"))):
            yield folder / token_name(node)
