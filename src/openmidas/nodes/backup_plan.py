"""Where a node copies itself to, whom the copies open for, and how many are kept: ``backup.toml``."""

from __future__ import annotations

import base64
import binascii
import os
import re
import tomllib
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import msgspec
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from openmidas.nodes.backup_seal import (
    KEY,
    SALT,
    BackupFailed,
    Recipient,
    recipient_of,
    secret_bytes,
    secret_of_passphrase,
)
from openmidas.nodes.home import NodeHome, write_file

PLAN = "backup.toml"
MARK = "midas-backups.txt"
"""In each target. Where it is missing the stick is not there, and its empty folder is on our own disk."""
MARK_SAYS = (
    b"Sealed backups of OpenMIDAS nodes. They open with the recovery key or the passphrase.\n"
)

SUFFIX = ".midasbackup"
HOURLY, DAILY, WEEKLY = 24, 7, 4
SHORTEST_PASSPHRASE = 16

_SECRET = "openmidas-recovery-secret-1"  # noqa: S105  what such a file begins with
_PUBLIC = "openmidas-recovery-public-1"
_NAME = re.compile(r"([0-9a-f]{8})-(\d{8}T\d{6}Z)" + re.escape(SUFFIX))
_STAMP = "%Y%m%dT%H%M%SZ"


class Plan(msgspec.Struct, frozen=True):
    """``targets``: folders, on other disks than the node's own; ``recipients``: whom backups open for."""

    targets: tuple[str, ...] = ()
    recipients: tuple[Recipient, ...] = ()


def read_plan(home: NodeHome) -> Plan | None:
    """The plan of this node, None where there is none. Raises `BackupFailed` ``backup.plan_unreadable``."""
    path = home.path(PLAN)
    if not path.is_file():
        return None
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8"))
        return Plan(
            targets=tuple(map(str, said["targets"])),
            recipients=tuple(_recipient(text) for text in said["recipients"]),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BackupFailed("backup.plan_unreadable", reason=str(error)) from error


def write_plan(home: NodeHome, plan: Plan) -> None:
    """Keep the plan. It holds no secret."""
    lines = [
        "# Where this node copies itself to, and whom the copies open for. By `midas backup init`.",
        f"targets = {msgspec.json.encode(plan.targets).decode()}",
        f"recipients = {msgspec.json.encode([_text(one) for one in plan.recipients]).decode()}",
    ]
    write_file(home.path(PLAN), ("\n".join(lines) + "\n").encode())


def mark(target: Path) -> None:
    """Make a folder a target of backups. Raises `BackupFailed` ``backup.target_unusable``."""
    try:
        target.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_file(target / MARK, MARK_SAYS)
    except OSError as error:
        raise BackupFailed(
            "backup.target_unusable", target=str(target), reason=str(error.strerror)
        ) from error


def is_there(target: Path) -> bool:
    """Whether a target is plugged in: the folder, with the mark that was put into it."""
    return (target / MARK).is_file()


def write_recovery_key(path: Path, secret: X25519PrivateKey) -> Path:
    """Write a recovery key, for this account only, and its public half beside it, which is given."""
    public = path.with_name(path.name + ".pub")
    write_file(path, _line(_SECRET, secret_bytes(secret)))
    write_file(public, _line(_PUBLIC, recipient_of(secret).public))
    return public


def read_public_key(path: Path) -> Recipient:
    """Who opens with a recovery key, from its public half. Raises `BackupFailed` ``backup.no_key``."""
    return Recipient(_read(path, _PUBLIC))


def read_recovery_key(path: Path) -> X25519PrivateKey:
    """A recovery key. Raises `BackupFailed` ``backup.no_key``."""
    return X25519PrivateKey.from_private_bytes(_read(path, _SECRET))


def recipient_of_passphrase(passphrase: str) -> Recipient:
    """Who opens with a passphrase. Raises `BackupFailed` ``backup.passphrase_short``."""
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise BackupFailed("backup.passphrase_short", least=str(SHORTEST_PASSPHRASE))
    salt = os.urandom(SALT)
    return recipient_of(secret_of_passphrase(passphrase, salt), salt)


def file_name(node: UUID, at: datetime) -> str:
    """What a node's backup of a moment is called."""
    return f"{node.hex[-8:]}-{at.astimezone(UTC).strftime(_STAMP)}{SUFFIX}"


class Kept(msgspec.Struct, frozen=True, order=True):
    """A backup in a target, by the moment in its name."""

    at: datetime
    path: Path


def backups_in(target: Path, node: UUID) -> list[Kept]:
    """The whole backups of a node in a target, the oldest first. Raises `OSError`."""
    found = []
    for path in target.iterdir():
        told = _NAME.fullmatch(path.name)
        if told and told[1] == node.hex[-8:]:
            at = datetime.strptime(told[2], _STAMP).replace(tzinfo=UTC)
            found.append(Kept(at, path))
    return sorted(found)


def to_remove(kept: Iterable[Kept]) -> list[Kept]:
    """Those that need not be kept: the newest of each of the last hours, days and weeks stays."""
    newest_first = sorted(kept, reverse=True)
    stays: set[Kept] = set()
    for count, period in ((HOURLY, _hour), (DAILY, _day), (WEEKLY, _week)):
        newest: dict[str, Kept] = {}
        for one in newest_first:
            if len(newest) < count or period(one.at) in newest:
                newest.setdefault(period(one.at), one)
        stays.update(newest.values())
    return [one for one in newest_first if one not in stays]


def _hour(at: datetime) -> str:
    return at.strftime("%Y-%m-%d %H")


def _day(at: datetime) -> str:
    return at.strftime("%Y-%m-%d")


def _week(at: datetime) -> str:
    return at.strftime("%G-%V")


def _text(recipient: Recipient) -> str:
    parts = (recipient.public, recipient.salt) if recipient.salt else (recipient.public,)
    return ":".join(base64.b64encode(part).decode() for part in parts)


def _recipient(text: str) -> Recipient:
    public, _, salt = text.partition(":")
    recipient = Recipient(
        base64.b64decode(public, validate=True), base64.b64decode(salt, validate=True)
    )
    if len(recipient.public) != KEY:
        raise ValueError(text)
    return recipient


def _line(label: str, key: bytes) -> bytes:
    return f"{label} {base64.b64encode(key).decode()}\n".encode()


def _read(path: Path, label: str) -> bytes:
    try:
        said, _, key = path.read_text(encoding="ascii").strip().partition(" ")
        raw = base64.b64decode(key, validate=True)
    except (OSError, UnicodeDecodeError, binascii.Error) as error:
        raise BackupFailed("backup.no_key", path=str(path), reason=str(error)) from error
    if said != label or len(raw) != KEY:
        raise BackupFailed("backup.no_key", path=str(path), reason=said[:40])
    return raw
