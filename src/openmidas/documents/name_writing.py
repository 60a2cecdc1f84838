"""The name field of a zone, cut short where it has to be (Doc 9303-4 to -7, 4.2.3)."""

from __future__ import annotations

from collections.abc import Sequence

FILLER = "<"
_BETWEEN = "<<"


def write_name(surname: Sequence[str], given_names: Sequence[str], width: int) -> str:
    """The field of a name of these components, each in the letters A to Z.

    A name that is too long gives up what stands last of its given names, then of its surname, but of
    every component its first letter as long as there is room; at least one letter of the given names
    stays. Then the field ends in a letter, which tells that something may be missing.
    """
    whole = _joined(surname, given_names)
    if len(whole) <= width:
        return whole.ljust(width, FILLER)
    if not given_names:
        return _fit(surname, width)
    # One place may be left that no letter of the given names can take: the surname gives up one more.
    for room in range(width - len(_BETWEEN) - 1, 0, -1):
        primary = _fit(surname, room)
        field = primary + _BETWEEN + _fit(given_names, width - len(primary) - len(_BETWEEN))
        if len(field) == width:
            return field
    return _fit(surname, width)


def _joined(surname: Sequence[str], given_names: Sequence[str]) -> str:
    identifiers = [FILLER.join(surname), FILLER.join(given_names)]
    return _BETWEEN.join(identifiers if given_names else identifiers[:1])


def _fit(components: Sequence[str], room: int) -> str:
    """Components with fillers between them in so many characters; those that have no room are left."""
    kept = list(components[: (room + 1) // 2])
    written: list[str] = []
    for number, component in enumerate(kept):
        later = len(kept) - number - 1
        used = sum(map(len, written)) + len(written)
        written.append(component[: room - used - 2 * later])
    return FILLER.join(written)
