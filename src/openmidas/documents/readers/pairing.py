"""The pairing of this workstation's reader with one post: the post's origin, and a code.

The code is shown once and typed once, into the post's page on the same workstation. Here only its SHA-256 is
kept: a hundred random bits need no slow hash.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import sys
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

HOST = "127.0.0.1"
PORT = 9303
"""Where the post's pages look for the reader: their content security policy names no other."""
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's: none that is mistaken for another."""
GROUPS, GROUP = 4, 5
_SAME = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None})
_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_PORTS = {"https": 443, "http": 80}


class NotAnOrigin(ValueError):  # noqa: N818  said of the address, as `NotASeal`
    """The address is not that of a post: HTTPS and a host, with a port if need be."""


class Pairing(msgspec.Struct, frozen=True):
    """``origin``: as browsers send it; ``code``: SHA-256 of the code, hexadecimal."""

    origin: str
    code: str

    def fits(self, code: str) -> bool:
        """Whether this is the code, in a time that does not tell how much of it is right."""
        return hmac.compare_digest(_digest(code), self.code)


def pair(origin: str) -> tuple[Pairing, str]:
    """A new pairing with a post, and its code. Raises `NotAnOrigin`."""
    letters = "".join(secrets.choice(LETTERS) for _ in range(GROUPS * GROUP))
    code = "-".join(letters[start : start + GROUP] for start in range(0, len(letters), GROUP))
    return Pairing(origin=clean_origin(origin), code=_digest(code)), code


def clean_origin(address: str) -> str:
    """The origin of an address, as browsers send it. Raises `NotAnOrigin`.

    Without HTTPS only this machine itself is taken, for demonstrations: on a network, whoever stands between
    could put a page of their own in the post's place.
    """
    try:
        parts = urlsplit(address.strip())
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise NotAnOrigin(address) from error
    safe = parts.scheme == "https" or (parts.scheme == "http" and host in _LOOPBACK)
    more = parts.path.strip("/") or parts.query or parts.fragment or parts.username
    if not safe or not host or more or not host.isascii() or host != host.strip():
        raise NotAnOrigin(address)
    place = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{place}" + (
        "" if port in (None, _PORTS[parts.scheme]) else f":{port}"
    )


def where() -> Path:
    """The file of the pairing, of the account that runs the reader; ``OPENMIDAS_READER`` names another."""
    named = os.environ.get("OPENMIDAS_READER")
    if named:
        return Path(named)
    base = os.environ.get("APPDATA" if sys.platform == "win32" else "XDG_CONFIG_HOME")
    return Path(base or Path.home() / ".config") / "openmidas" / "reader.json"


def save(pairing: Pairing, path: Path) -> None:
    """Write the pairing, readable by this account alone, in place of the one before. Raises `OSError`."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    try:
        file = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(file, "wb") as writing:
            writing.write(msgspec.json.encode(pairing))
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)


def load(path: Path) -> Pairing | None:
    """The pairing, None where there is none or it is not one."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Pairing)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return None


def _digest(code: str) -> str:
    return hashlib.sha256(
        code.upper().translate(_SAME).strip().encode("utf-8", "replace")
    ).hexdigest()
