"""Where an installation lives on a machine, and as which account it runs."""

from __future__ import annotations

import os
import sys
import tomllib
from pathlib import Path

import msgspec

from openmidas.installation.errors import InstallationError
from openmidas.nodes.home import write_file

ACCOUNT = "midas"


class Installed(msgspec.Struct, frozen=True, kw_only=True):
    """What `midas install` was told about this machine, kept for the next time.

    ``home``: the node's folder; ``port``: where browsers find the pages once there is a certificate;
    ``https``: whether a post is given one of its own authority.
    """

    kind: str
    home: str = "/var/lib/openmidas"
    port: int = 443
    https: bool = True


class Places:
    """The paths of an installation. ``root`` is ``/``, or a folder that stands for it."""

    def __init__(self, root: Path = Path("/")) -> None:
        self.root = root
        self.versions = root / "opt/openmidas"
        self.current = self.versions / "current"
        self.incoming = self.versions / "incoming"
        self.settings = root / "etc/openmidas"
        self.keys = self.settings / "release-keys"
        self.units = root / "etc/systemd/system"
        self.command = root / "usr/local/bin/midas"
        self.accounts = root / "etc/sysusers.d/openmidas.conf"

    @property
    def real(self) -> bool:
        """Whether this is the machine itself, and not a folder that stands for one."""
        return self.root == Path("/")

    @property
    def version(self) -> str | None:
        """The version that is in use, None where none is."""
        return self.current.resolve().name if self.current.exists() else None

    def inside(self, path: str) -> Path:
        """An absolute path of the machine, where it is below the root."""
        return self.root / path.lstrip("/")

    def read(self) -> Installed | None:
        """What was installed here, None where nothing was. Raises `InstallationError`."""
        path = self.settings / "installation.toml"
        try:
            return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), Installed)
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:  # TOML and msgspec raise kinds of ValueError
            raise InstallationError("install.settings", path=path, reason=error) from error

    def write(self, installed: Installed) -> None:
        """Keep what was told, for root to write and everybody to read."""
        lines = ["# What `midas install` was told. The node itself: node.toml in its home.\n"]
        for field, value in msgspec.to_builtins(installed).items():
            lines.append(f"{field} = {msgspec.json.encode(value).decode()}\n")
        write_public(self.settings / "installation.toml", "".join(lines))


class Account(msgspec.Struct, frozen=True):
    """The account that the node runs as. None: the one that runs this, where that is not root."""

    uid: int | None = None
    gid: int | None = None

    @classmethod
    def of(cls, places: Places) -> Account:
        """The account `midas` of the machine, for root. Raises `InstallationError` if there is none."""
        if sys.platform == "win32" or os.geteuid() != 0:
            return cls()
        try:
            lines = (places.root / "etc/passwd").read_text(encoding="utf-8").splitlines()
        except FileNotFoundError:
            lines = []
        for line in lines:
            name, _password, uid, gid, *_rest = line.split(":")
            if name == ACCOUNT:
                return cls(int(uid), int(gid))
        raise InstallationError("install.no_account", account=ACCOUNT)


def write_public(path: Path, text: str, mode: int = 0o644) -> None:
    """Write a file that all may read, whole or not at all."""
    path.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
    write_file(path, text.encode())
    path.chmod(mode)
