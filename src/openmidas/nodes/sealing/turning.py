"""Sealing a post that was not, and taking the seal off again: the State's choice, either way."""

from __future__ import annotations

import os
from collections.abc import Sequence
from uuid import UUID

from openmidas.journal.kinds import NodeKind
from openmidas.nodes.home import NodeHome, write_file
from openmidas.nodes.sealing.database import DATABASE, database_key, finish, key_file, opens, rekey
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
    write_sealed,
)
from openmidas.nodes.sealing.wrapping import new_outside, seal


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

        Raises `SealFailed` ``seal.in_use``, ``seal.last_share``. A power cut leaves the
        post as it was, or sealed.
        """
        home = self.home
        if not self.sealed.outside:
            raise SealFailed("seal.last_share")
        if lease is not None:
            write_lease(home, lease)
        write_sealed(home, self.sealed, PENDING)
        put_key(self.node, self.key)
        try:
            rekey(home.path(DATABASE), home.secret("database"), self.key.hex())
        except SealFailed:
            home.path(PENDING).unlink()
            forget_lease(home)
            forget_key(self.node)
            raise
        finish(home)


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


def take_key(home: NodeHome, key: bytes) -> None:
    """The post is unsealed with this key. Raises `SealFailed` ``seal.other_key``."""
    if not opens(home.path(DATABASE), key.hex()):
        raise SealFailed("seal.other_key")
    key_file(home).unlink(missing_ok=True)  # left where the power went at the last moment
    put_key(home.config().id, key)


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
