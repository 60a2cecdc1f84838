"""Proving that what the pages say is what the crossings are: every tally against a fresh count."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import msgspec
from django.db import transaction

from openmidas.crossings.models import Crossing
from openmidas.flows.local import TallyCheck
from openmidas.flows.models import CountryTally, Tally
from openmidas.flows.recounting import KINDS, Difference, differences, hold_tallies, recount_month
from openmidas.flows.stays.proving import (
    PresenceDifference,
    presence_differences,
    recount_presences,
)
from openmidas.nodes.services import node_time

MOST_EXAMPLES = 20
FRESH = timedelta(hours=20)
"""How old a proof may be for a worker that starts again not to repeat it."""

Progress = Callable[[int], None]


class Checked(msgspec.Struct, frozen=True):
    """What a check found: of the tallies, and of the counts of who is in the country.

    ``examples``: the first few of the differences.
    """

    months: int
    crossings: int
    differences: int
    examples: tuple[Difference | PresenceDifference, ...] = ()


def months_to_check() -> list[date]:
    """Every month in which there is a crossing or a tally."""
    days = Crossing.objects.dates("day", "month")
    posts, country = (model.objects.dates("start", "month") for model in (Tally, CountryTally))
    return sorted({*days, *posts, *country})


def steps(months: int) -> int:
    """How many steps of progress a check of so many months has."""
    return months * len(KINDS) + 1


def check(months: list[date], progress: Progress = lambda _: None) -> Checked:
    """Hold every tally of these months, and every count of presences, against what it is of.

    Keeps what came of it.
    """
    found = 0
    examples: list[Difference | PresenceDifference] = []
    for month in months:
        for kind in KINDS:
            for difference in differences(month, kind):
                found += 1
                if len(examples) < MOST_EXAMPLES:
                    examples.append(difference)
            progress(1)
    present = presence_differences()
    found += len(present)
    examples += present[: MOST_EXAMPLES - len(examples)]
    progress(1)
    checked = Checked(len(months), Crossing.objects.count(), found, tuple(examples))
    _keep(checked)
    return checked


def last_check() -> TallyCheck | None:
    """What came of the last check; None where there was none."""
    return TallyCheck.objects.filter(id=1).first()


def proven_lately() -> bool:
    """Whether the last check is so fresh, and so good, that the nightly one may wait."""
    last = last_check()
    return last is not None and not last.differences and node_time() - last.at < FRESH


@transaction.atomic
def recount(months: list[date], progress: Progress = lambda _: None) -> list[date]:
    """Make the tallies and the counts of presences anew where they differ; the months of the tallies.

    In one transaction: whoever asks meanwhile gets the numbers of before.
    """
    hold_tallies()
    wrong: list[date] = []
    for month in months:
        if any(next(differences(month, kind), None) for kind in KINDS):
            recount_month(month)
            wrong.append(month)
        progress(len(KINDS))
    recount_presences()
    progress(1)
    return wrong


def _keep(checked: Checked) -> None:
    TallyCheck.objects.update_or_create(
        id=1,
        defaults={
            "at": node_time(),
            "months": checked.months,
            "crossings": checked.crossings,
            "differences": checked.differences,
            "examples": msgspec.to_builtins(checked.examples),
        },
    )
