"""The PIN by which an officer is known while the post is shut. Works without the database.

A PIN is short enough to be tried out by whoever has the disk, however slow a try is: all million of
six digits take some days. It is no secret that guards anything that is stored: whoever finds it can
write, under that officer's number, what the headquarters will see as collected, and can read nothing.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from openmidas.nodes.collecting.store import CollectingStore, Collector
from openmidas.nodes.refusals import Refused

SHORTEST, LONGEST = 6, 12
TRIES = 5
PAUSE = 5 * 60 * 1000
"""Milliseconds in which no PIN is taken after so many wrong ones: a throttle, not a lock."""
_hasher = PasswordHasher()  # Argon2id, with the parameters of RFC 9106 for little memory


def hash_pin(pin: str) -> str:
    """What is kept of a PIN. Raises `Refused` ``pin.digits`` or ``pin.easy``."""
    if not re.fullmatch(rf"[0-9]{{{SHORTEST},{LONGEST}}}", pin):
        raise Refused("pin.digits", least=str(SHORTEST), most=str(LONGEST))
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(pin)}
    if len(steps) == 1:  # 111111, 123456, 654321
        raise Refused("pin.easy")
    return _hasher.hash(pin)


def officer_by_pin(store: CollectingStore, number: str, pin: str, now: int) -> Collector:
    """Who this is. ``now``: milliseconds. Raises `Refused` ``pin.wrong``, ``pin.pause``.

    An unknown number takes as long as a wrong PIN, and is answered alike.
    """
    officer = store.officer(number.strip().lower())
    if officer is not None and officer.pause - PAUSE <= now < officer.pause:
        minutes = -(-(officer.pause - now) // 60_000)
        raise Refused("pin.pause", minutes=str(minutes))
    if not _fits(officer.verifier if officer else _nobody(), pin) or officer is None:
        if officer is not None:
            _note_wrong(store, officer, now)
        raise Refused("pin.wrong")
    if officer.wrong:
        store.note_try(officer.number, 0, 0)
    return officer


def _note_wrong(store: CollectingStore, officer: Collector, now: int) -> None:
    wrong = officer.wrong + 1
    over = wrong >= TRIES
    store.note_try(officer.number, 0 if over else wrong, now + PAUSE if over else 0)


def _fits(verifier: str, pin: str) -> bool:
    try:
        return _hasher.verify(verifier, pin)
    except (VerifyMismatchError, InvalidHashError):
        return False


@cache
def _nobody() -> str:
    return _hasher.hash("nobody has this PIN")
