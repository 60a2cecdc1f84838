"""The folder of a node: who this machine is, where it listens, its keys and its database.

Plain Python: the settings read it before Django exists. ``OPENMIDAS_HOME`` names the folder.
"""

from __future__ import annotations

import os
import re
import secrets
import tomllib
from ipaddress import ip_address
from pathlib import Path
from typing import BinaryIO
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from openmidas.journal.kinds import NodeKind

CONFIG = "node.toml"
OWN_AUTHORITY = "own-ca"
"""The folder, among the keys, of a post's own authority for its pages."""
DEFAULT_HOME = ".midas/node"
LONGEST_NAME = 120
_ADDRESS = re.compile(r"(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9.-]+):[0-9]{1,5}")


class NodeMissing(Exception):  # noqa: N818  reads as a sentence where it is raised
    """There is no node in this folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        super().__init__(f"no node in {folder}: make one with `midas init`, or set OPENMIDAS_HOME")


class NodeUnreadable(Exception):  # noqa: N818  reads as a sentence where it is raised
    """``node.toml`` cannot be read, or says what cannot be."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}")


class NodeConfig(msgspec.Struct, frozen=True, kw_only=True):
    """What ``node.toml`` says. Addresses are ``host:port``; ``state`` is an ICAO State code.

    ``complaints``: where else than at the kiosk travellers complain (a telephone number, an address),
    as receipts say it. ``public``: where the pages for the public are, as an origin of their own; empty:
    beside the others. ``kiosks``: the IP addresses of the machines in the hall, from which more is sent
    than from others.
    """

    id: UUID
    kind: NodeKind
    state: str
    name: str
    epoch: int = 1
    database: str = "sqlite"
    web: str = "127.0.0.1:8000"
    exchange: str = "127.0.0.1:8400"
    hosts: tuple[str, ...] = ("127.0.0.1", "localhost", "[::1]")
    time_zone: str = "Africa/Bamako"
    demo: bool = False
    tls_certificate: str = ""
    tls_key: str = ""
    complaints: str = ""
    public: str = ""
    kiosks: tuple[str, ...] = ()

    def wrong_field(self) -> str | None:
        """The first field whose value cannot be, None where all can."""
        can_be = {
            "name": 0 < len(self.name) <= LONGEST_NAME and self.name.isprintable(),
            "database": self.database == "sqlite" or self.database.startswith("postgresql://"),
            "web": _ADDRESS.fullmatch(self.web),
            "public": not self.public or _ADDRESS.fullmatch(self.public),
            "kiosks": all(_is_ip_address(one) for one in self.kiosks),
            # A post calls and is not called.
            "exchange": _ADDRESS.fullmatch(self.exchange)
            or (self.kind is NodeKind.POST and not self.exchange),
            "time_zone": _is_time_zone(self.time_zone),
            "complaints": len(self.complaints) <= LONGEST_NAME
            and (not self.complaints or self.complaints.isprintable()),
        }
        return next((field for field, fits in can_be.items() if not fits), None)


class NodeHome:
    """Paths and secrets of one node's folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def exists(self) -> bool:
        """Whether a node was made here."""
        return (self.folder / CONFIG).is_file()

    def config(self) -> NodeConfig:
        """The node's configuration. Raises `NodeMissing`, or `NodeUnreadable` that says what."""
        if not self.exists:
            raise NodeMissing(self.folder)
        path = self.folder / CONFIG
        try:
            said = tomllib.loads(path.read_text(encoding="utf-8"))
            config = msgspec.convert(said, NodeConfig, strict=False)
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, msgspec.ValidationError) as error:
            raise NodeUnreadable(path, str(error)) from error
        if wrong := config.wrong_field():
            raise NodeUnreadable(path, f"{wrong} cannot be {getattr(config, wrong)!r}")
        return config

    def write_config(self, config: NodeConfig) -> None:
        """Write ``node.toml``."""
        lines = ["# Who this machine is. Written by `midas init`.\n"]
        for field, value in msgspec.to_builtins(config).items():
            lines.append(f"{field} = {msgspec.json.encode(value).decode()}\n")
        write_file(self.folder / CONFIG, "".join(lines).encode())
        self.close_to_others()

    def close_to_others(self) -> None:
        """Only the account that runs the node gets in: here are keys and the database's password."""
        for path, mode in (
            (self.folder, 0o700),
            (self.path("keys"), 0o700),
            (self.path(CONFIG), 0o600),
        ):
            if path.exists():
                path.chmod(mode)

    def secret(self, name: str) -> str:
        """A random secret of this node in hexadecimal, made when first asked for."""
        path = self.folder / "keys" / f"{name}.secret"
        if not path.is_file():
            write_file(path, secrets.token_hex(32).encode())
        return path.read_text(encoding="ascii").strip()

    def path(self, *parts: str) -> Path:
        """A path inside the folder."""
        return self.folder.joinpath(*parts)


def _is_ip_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def _is_time_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def this_home() -> NodeHome:
    """The folder named by ``OPENMIDAS_HOME``."""
    return NodeHome(Path(named_home()).absolute())


def named_home() -> str:
    """What ``OPENMIDAS_HOME`` says, as it stands there."""
    return os.environ.get("OPENMIDAS_HOME", DEFAULT_HOME)


def create_private(path: Path) -> BinaryIO:
    """A new file for this account only, to be written. Raises `FileExistsError`."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    return os.fdopen(os.open(path, flags, 0o600), "wb")


def sync_folder(folder: Path) -> None:
    """Have the names in a folder on the disk, where the system knows how."""
    if os.name != "posix":
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def write_file(path: Path, data: bytes) -> None:
    """Write a file so that a power cut leaves the old one or the new one, never half of it.

    The file, and its folder if it is made here, are for this account only.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    new = path.with_name(path.name + ".new")
    # Never through a link that another account put there: root writes into a node's folder as well.
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0)
    with os.fdopen(os.open(new, flags, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
    sync_folder(path.parent)
