"""What `midas doctor` looks at in the crossings room: the rules of stay."""

from __future__ import annotations

from collections.abc import Iterator

from openmidas.crossings.models import PublishedRules
from openmidas.nodes.doctor import Finding, Level, check
from openmidas.nodes.metrics import Metric, Sample, measure
from openmidas.nodes.services import node_day


@check()
def rules() -> Iterator[Finding]:
    """The rules in force, and how old they are."""
    row = PublishedRules.objects.order_by("-clock", "-id").first()
    if row is None:
        yield Finding("rules.none", Level.LOOK)
        return
    days = max(0, (node_day() - row.dated).days)
    code, level = ("rules.fresh", Level.OK)
    if days > row.limit_days:
        code, level = ("rules.stale", Level.LOOK)
    yield Finding(code, level, {"title": row.title, "days": days, "limit": row.limit_days})


@measure
def measures() -> Iterator[Metric]:
    """The rules in numbers."""
    row = PublishedRules.objects.order_by("-clock", "-id").first()
    ages = [Sample(max(0, (node_day() - row.dated).days))] if row else []
    yield Metric("midas_rules_age_days", "Days since the rules of stay were dated.", ages)
