"""A stick that this node copies itself to, and what opens the copies."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from openmidas.nodes.backup_opening import open_backup
from openmidas.nodes.backup_plan import Plan, mark, write_plan
from openmidas.nodes.backup_seal import (
    BackupFailed,
    Preface,
    new_secret,
    recipient_of,
)
from openmidas.nodes.home import this_home
from openmidas.nodes.services import open_own_journal

SECRET = new_secret()


def secret(_: Preface) -> X25519PrivateKey:
    return SECRET


@pytest.fixture
def stick(tmp_path: Path) -> Iterator[Path]:
    """A target of this node's plan; the plan is gone afterwards."""
    target = tmp_path / "stick"
    mark(target)
    write_plan(this_home(), Plan((str(target),), (recipient_of(SECRET),)))
    open_own_journal()
    yield target
    for name in ("backup.toml", "backups.json"):
        this_home().path(name).unlink(missing_ok=True)


def names(path: Path) -> list[str]:
    with open_backup(path, secret) as opened:
        return [name for name, file in opened.members() if file.read() or True]


def refused(code: str) -> pytest.RaisesExc[BackupFailed]:
    return pytest.RaisesExc(BackupFailed, check=lambda error: error.code == code)
