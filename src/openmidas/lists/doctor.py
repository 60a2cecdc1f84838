"""What `midas doctor` looks at in the lists: is there one, and how old is it?"""

from __future__ import annotations

from collections.abc import Iterator

from openmidas.lists.editions import latest_editions
from openmidas.lists.in_use import in_use
from openmidas.lists.lost.in_use import latest_lost, lost_editions
from openmidas.nodes.doctor import Finding, Level, check
from openmidas.nodes.metrics import Metric, Sample, measure
from openmidas.nodes.services import node_day


@check()
def lists() -> Iterator[Finding]:
    """Each list with its age. One that is too old is no ground for calling anybody clear."""
    editions = [in_use(row, node_day()) for row in latest_editions()]
    if not editions:
        yield Finding("lists.none", Level.LOOK)
    if latest_lost() and not lost_editions():
        yield Finding("lists.lost_missing", Level.LOOK)
    for edition in (*editions, *lost_editions()):
        params: dict[str, str | int] = {
            "list": edition.title,
            "days": edition.age_days,
            "limit": edition.limit_days,
        }
        code, level = ("lists.stale", Level.LOOK) if edition.stale else ("lists.fresh", Level.OK)
        yield Finding(code, level, params)


@measure
def measures() -> Iterator[Metric]:
    """The lists in numbers."""
    day = node_day()
    ages = [Sample(one.age_days, {"list": one.list_code}) for one in lost_editions()]
    ages += [
        Sample(in_use(row, day).age_days, {"list": row.list_code}) for row in latest_editions()
    ]
    yield Metric("midas_list_age_days", "Days since the edition in use was dated.", ages)
