"""How an officer likes the page: language, sounds, and which function key does what."""

from __future__ import annotations

from uuid import UUID

import msgspec

from openmidas.posts.local import Preference
from openmidas.posts.refusals import Refused

FUNCTION_KEYS = tuple(f"F{number}" for number in range(1, 13))
DEFAULT_KEYS = {
    "direction": "F2",
    "admit": "F4",
    "seal": "F3",
    "camera": "F6",
    "receipt": "F7",
    "refer": "F8",
    "type": "F9",
    "cancel": "F10",
}
"""What the keys do at the counter, as the page's script names it."""


class Preferences(msgspec.Struct, frozen=True):
    """An officer's settings. ``language`` empty: as the browser says. ``keys``: action → key."""

    language: str = ""
    sounds: bool = True
    keys: dict[str, str] = msgspec.field(default_factory=lambda: dict(DEFAULT_KEYS))


def preferences_of(officer: UUID) -> Preferences:
    """The settings of an officer on this machine; the defaults where nothing was set."""
    row = Preference.objects.filter(officer=officer).first()
    if row is None:
        return Preferences()
    own = {action: key for action, key in row.keys.items() if action in DEFAULT_KEYS}
    return Preferences(row.language, row.sounds, _completed(own))


def _completed(own: dict[str, str]) -> dict[str, str]:
    """An officer's keys, with those of actions that came later: no key does two things."""
    keys = dict(own)
    for action, usual in DEFAULT_KEYS.items():
        if action not in keys:
            taken = {*keys.values(), "F1"}
            free = [key for key in (usual, *FUNCTION_KEYS) if key not in taken]
            keys[action] = free[0]
    return keys


def set_language(officer: UUID, language: str) -> None:
    """Remember the language that an officer chose."""
    Preference.objects.update_or_create(officer=officer, defaults={"language": language})


def set_counter(officer: UUID, *, sounds: bool, keys: dict[str, str]) -> None:
    """Remember sounds and keys. Raises `Refused` ``keys.unknown`` or ``keys.twice``."""
    if set(keys) != set(DEFAULT_KEYS) or not set(keys.values()) <= set(FUNCTION_KEYS):
        raise Refused("keys.unknown")
    if len(set(keys.values())) != len(keys):
        raise Refused("keys.twice")
    Preference.objects.update_or_create(officer=officer, defaults={"sounds": sounds, "keys": keys})
