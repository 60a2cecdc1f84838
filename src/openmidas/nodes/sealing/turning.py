"""Sealing a post that was not, and taking the seal off again: the State's choice, either way."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Sequence
from contextlib import suppress
from uuid import UUID

import msgspec
from sqlcipher3 import dbapi2 as sqlcipher

from openmidas.journal.kinds import NodeKind
from openmidas.nodes.home import NodeHome, write_file
from openmidas.nodes.sealing.database import (
    DATABASE,
    OLD_KEY,
    database_key,
    forget_old_key,
    key_file,
    opens,
    rekey,
    settle,
)
from openmidas.nodes.sealing.lease import Lease, forget_lease, write_lease
from openmidas.nodes.sealing.memory import forget_key, memory_folder, put_key
from openmidas.nodes.sealing.noting import forget_all
from openmidas.nodes.sealing.roster import roster_of
from openmidas.nodes.sealing.sealed import (
    KEY,
    PENDING,
    SEALED,
    Cost,
    Holder,
    Phrase,
    SealedKey,
    SealFailed,
    Token,
    read_sealed,
    write_sealed,
)
from openmidas.nodes.sealing.wrapping import new_outside, seal

MARGIN = 32 * 1024**2
"""Bytes that must be free beyond a second copy of the database, while it is sealed."""


class Prepared:
    """A new key for the database, wrapped, while nothing on the disk has changed yet."""

    def __init__(
        self, home: NodeHome, phrases: Sequence[Phrase], need: int, cost: Cost | None = None
    ) -> None:
        """Raises `SealFailed` where this node cannot be sealed, or not like this."""
        check_can_be_sealed(home)
        self.home = home
        self.node: UUID = home.config().id
        # A new one: the old lay on the disk in clear, and flash memory forgets nothing at once.
        self.key = os.urandom(KEY)
        self.sealed: SealedKey = seal(self.node, self.key, phrases, need, cost)

    def share_for(self, holder: Holder) -> Token:
        """A share for this holder; with several, any one of them opens, with the phrases."""
        self.sealed, token = new_outside(self.sealed, self.key, holder)
        return token

    @property
    def secret(self) -> bytes:
        """What enough phrases give."""
        return roster_of(self.sealed, self.key).secret

    def carry_out(self, lease: Lease | None) -> None:
        """Encrypt the database anew and be sealed, and open until the power goes.

        Raises `SealFailed` ``seal.in_use``, ``seal.no_room``, ``seal.database``, ``seal.last_share``:
        the post is as it was then. A power cut leaves it as it was, or sealed.
        """
        home = self.home
        if not self.sealed.outside:
            raise SealFailed("seal.last_share")
        _check_room(home)
        # One that an earlier sealing left would run out, and nobody could renew it.
        forget_lease(home)
        if lease is not None:
            write_lease(home, lease)
        put_key(self.node, self.key)
        old = home.secret(OLD_KEY)
        try:
            rekey(home.path(DATABASE), old, self.key.hex(), self._about_to)
        except SealFailed:
            if not self._encrypted():
                self._undo()
                raise
            # Every page is under the new key already: only what comes after that failed.
        write_sealed(home, self.sealed)
        home.path(PENDING).unlink(missing_ok=True)
        forget_old_key(home)

    def _about_to(self) -> None:
        write_sealed(self.home, self.sealed, PENDING)

    def _encrypted(self) -> bool:
        """Whether the database has its new key; not, where that cannot be told yet."""
        if not self.home.path(PENDING).is_file():
            return False
        with suppress(sqlcipher.OperationalError):
            return opens(self.home.path(DATABASE), self.key.hex())
        return False

    def _undo(self) -> None:
        """As before, where the database is seen to be: its one key must not be thrown away."""
        settle(self.home)
        if self.home.path(PENDING).is_file():
            return
        forget_lease(self.home)
        forget_key(self.node)


def _check_room(home: NodeHome) -> None:
    """Every page is written once more before the old one goes. Raises `SealFailed` ``seal.no_room``."""
    size = sum(part.stat().st_size for part in home.folder.glob(f"{DATABASE}*"))
    free = shutil.disk_usage(home.folder).free
    if free < size + MARGIN:
        raise SealFailed("seal.no_room", megabytes=str((size + MARGIN - free) // 1_000_000 + 1))


def check_can_be_sealed(home: NodeHome) -> None:
    """Raises `SealFailed` where it cannot."""
    config = home.config()
    if home.path(SEALED).is_file():
        raise SealFailed("seal.sealed_already")
    if config.kind is not NodeKind.POST or config.database != "sqlite":
        raise SealFailed("seal.no_post")
    if not home.path(DATABASE).is_file():
        raise SealFailed("seal.not_prepared")
    memory_folder()


def take_key(home: NodeHome, key: bytes, lease: Lease | None = None) -> None:
    """The post is unsealed with this key, and has this lease, if it is a new one.

    Raises `SealFailed` ``seal.other_key``; then it has the lease that it had, and still collects.
    """
    if not opens(home.path(DATABASE), key.hex()):
        raise SealFailed("seal.other_key")
    # Before the key, which is forgotten wherever a process finds it under a lease that is over.
    if lease is not None:
        write_lease(home, lease)
    key_file(home).unlink(missing_ok=True)  # left where the power went at the last moment
    put_key(home.config().id, key)


def renew_token(home: NodeHome, hand_out: Callable[[Token], None]) -> None:
    """A new token instead of the one before. Raises `SealFailed` as `key_of_open`.

    Until the new one is on its stick both open the post: often it is the stick of the one before, and
    the power may go in between.
    """
    key, before = key_of_open(home), read_sealed(home)
    after, token = new_outside(before, key, Holder.TOKEN)
    write_sealed(home, msgspec.structs.replace(after, outside=(*before.outside, after.outside[-1])))
    hand_out(token)
    write_sealed(home, after)


def key_of_open(home: NodeHome) -> bytes:
    """The key of a sealed post that is unsealed. Raises `SealFailed` ``seal.none``, ``seal.shut``."""
    if not home.path(SEALED).is_file():
        raise SealFailed("seal.none")
    return bytes.fromhex(database_key(home))


def take_off(home: NodeHome) -> None:
    """The key lies beside the database again. Raises `SealFailed` as `key_of_open`."""
    key = key_of_open(home)
    write_file(key_file(home), key.hex().encode())
    home.path(SEALED).unlink()
    forget_all(home)
    forget_lease(home)
    forget_key(home.config().id)
