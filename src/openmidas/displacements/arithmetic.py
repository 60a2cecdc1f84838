"""Counted first, registered later, and nobody twice: the sums of a displacement.

Of a displacement, N people were counted. M crossings of the same post are marked as of people who
stand in that count. Then

- *to be registered* are N - M people, and never less than none;
- *registered beyond the count* are M - N people, where more were registered than counted: the count
  was too low, which is said, and no number is made negative to hide it;
- *people* are the larger of N and M: it is M (each has a crossing) and who is to be registered.

Whoever adds these people to the crossings of a day must leave out those who have a crossing already:
to the crossings, *to be registered* is added and nothing else. Where a day is asked for, what was
registered is set off against the oldest counts first (`left`): the parts of all days then make the
whole, whatever the days on which people were registered.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec


class Balance(msgspec.Struct, frozen=True, kw_only=True):
    """How many people of a displacement were counted, how many crossings are of such people, and what
    follows; made by `balance`. Balances are added field by field: what one displacement has too many
    does not make up for what another lacks.
    """

    counted: int = 0
    registered: int = 0
    to_register: int = 0
    beyond: int = 0

    @property
    def people(self) -> int:
        """As many as there are for certain: each counted or registered, none twice."""
        return self.registered + self.to_register

    def __add__(self, other: Balance) -> Balance:
        names = self.__struct_fields__
        return Balance(**{name: getattr(self, name) + getattr(other, name) for name in names})


def balance(counted: int, registered: int) -> Balance:
    """The balance of one displacement."""
    return Balance(
        counted=counted,
        registered=registered,
        to_register=max(counted - registered, 0),
        beyond=max(registered - counted, 0),
    )


def left(counts: Sequence[int], registered: int) -> list[int]:
    """What is left of each count, the oldest first, once this many of their people are registered.

    The sum of what is left is `Balance.to_register`.
    """
    remaining = []
    for number in counts:
        taken = min(number, registered)
        registered -= taken
        remaining.append(number - taken)
    return remaining
