"""What a machine can say of itself: power, room on the disk, versions."""

from __future__ import annotations

import shutil
from pathlib import Path

import msgspec
from django.db import connection

from openmidas.nodes.entries import LONGEST_VERSION

POWER_SUPPLIES = Path("/sys/class/power_supply")
"""Where Linux tells of power; see Documentation/ABI/testing/sysfs-class-power of the kernel."""


class Power(msgspec.Struct, frozen=True, kw_only=True):
    """Where the power comes from. ``mains`` None: nothing tells. ``battery``: percent."""

    mains: bool | None = None
    battery: int | None = None
    charge: str = ""


def read_power(folder: Path = POWER_SUPPLIES) -> Power:
    """The power of this machine as its system tells it; of several batteries, the emptiest."""
    supplies = [_Supply(path) for path in sorted(folder.glob("*"))]
    outside = [one.online for one in supplies if one.kind in ("Mains", "USB")]
    known = [online for online in outside if online is not None]
    batteries = [one for one in supplies if one.kind == "Battery" and not one.of_a_device]
    emptiest = min(batteries, key=lambda one: one.percent, default=None)
    return Power(
        mains=any(known) if known else None,
        battery=emptiest.percent if emptiest and emptiest.percent <= 100 else None,
        charge=emptiest.said("status")[:LONGEST_VERSION] if emptiest else "",
    )


class _Supply:
    """One folder of `POWER_SUPPLIES`. A file that is missing or cannot be read tells nothing."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.kind = self.said("type")

    def said(self, name: str) -> str:
        try:
            text = self.folder.joinpath(name).read_text(encoding="ascii").strip()
        except (OSError, UnicodeDecodeError):
            return ""
        return text if text.isprintable() else ""

    @property
    def online(self) -> bool | None:
        said = self.said("online")
        return said != "0" if said.isdigit() else None

    @property
    def of_a_device(self) -> bool:
        """The battery of a mouse says nothing of the post."""
        return self.said("scope") == "Device"

    @property
    def percent(self) -> int:
        """0 to 100; more where it is not known, so that a battery that tells comes first."""
        said = self.said("capacity")
        return int(said) if said.isdigit() and int(said) <= 100 else 101


def disk_free(folder: Path) -> int | None:
    """Bytes that are free on the disk of a folder; None where the system does not tell."""
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return None


def sqlite_version() -> str:
    """The version of SQLite that the database of this node runs on; empty on another database."""
    if connection.vendor != "sqlite":
        return ""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sqlite_version()")
        return str(cursor.fetchone()[0])
