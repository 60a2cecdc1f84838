"""A node in numbers, for a State's own monitoring: Prometheus' text form, version 0.0.4.

https://prometheus.io/docs/instrumenting/exposition_formats/ . No number is about a person, and no
label holds a name but those of nodes and lists.
"""

from __future__ import annotations

import logging
import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import msgspec

from openmidas.journal.models import Journal
from openmidas.nodes.doctor import Finding, Level
from openmidas.nodes.identity import this_node
from openmidas.nodes.room import room

logger = logging.getLogger(__name__)

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class Sample(msgspec.Struct, frozen=True):
    """One number, and what it is of."""

    value: float
    labels: Mapping[str, str] = {}


class Metric(msgspec.Struct, frozen=True):
    """A gauge with its samples. ``name`` and labels: letters, digits and ``_``, as the format has it."""

    name: str
    help: str
    samples: Sequence[Sample]


Measure = Callable[[], Iterable[Metric]]

_measures: list[Measure] = []


def measure(function: Measure) -> Measure:
    """Declare what a room measures."""
    _measures.append(function)
    return function


def metrics(findings: Iterable[Finding]) -> Iterator[Metric]:
    """All that this node measures, and what its checks found. What cannot be measured is left out."""
    yield Metric(
        "midas_check",
        "What the checks found: 1 for each code at its level.",
        _checks(findings),
    )
    for function in _measures:
        try:
            yield from list(function())
        except Exception:  # one room's trouble must not hide the others' numbers
            logger.warning("%s cannot be measured", function.__module__, exc_info=True)


def render(told: Iterable[Metric]) -> str:
    """The metrics as text. A metric without samples is left out."""
    lines: list[str] = []
    for metric in told:
        if not metric.samples:
            continue
        lines.append(f"# HELP {metric.name} {_escape_help(metric.help)}")
        lines.append(f"# TYPE {metric.name} gauge")
        lines += [
            f"{metric.name}{_labels(one.labels)} {_number(one.value)}" for one in metric.samples
        ]
    return "\n".join(lines) + "\n"


@measure
def node() -> Iterator[Metric]:
    """Room on the disk, and how far the node's own journal goes."""
    now = room()
    yield Metric("midas_disk_free_bytes", "Free on the node's disk.", [Sample(now.free)])
    yield Metric("midas_disk_total_bytes", "Size of the node's disk.", [Sample(now.total)])
    yield Metric("midas_database_bytes", "Size of the node's database.", [Sample(now.database)])
    yield Metric(
        "midas_database_growth_bytes",
        "More bytes in the database a day, over the last week.",
        [Sample(now.growth)],
    )
    journals = list(Journal.objects.filter(node=this_node().id).order_by("epoch"))
    yield Metric(
        "midas_journal_sequence",
        "Entries in the node's own journal, by epoch.",
        [Sample(one.sequence, {"epoch": str(one.epoch)}) for one in journals],
    )
    waiting = sum(one.sequence - one.projected for one in Journal.objects.all())
    yield Metric("midas_journal_unprojected", "Entries not in the tables yet.", [Sample(waiting)])


def _checks(findings: Iterable[Finding]) -> list[Sample]:
    """One sample for each code and level: two peers can have the same finding."""
    counted: dict[tuple[str, Level], int] = {}
    for finding in findings:
        key = (finding.code, finding.level)
        counted[key] = counted.get(key, 0) + 1
    return [Sample(1, {"code": code, "level": level}) for code, level in counted]


def _labels(labels: Mapping[str, str]) -> str:
    if not labels:
        return ""
    return "{" + ",".join(f'{name}="{_escape(value)}"' for name, value in labels.items()) + "}"


def _escape(value: str) -> str:
    return value.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")


def _escape_help(text: str) -> str:
    return text.replace("\\", r"\\").replace("\n", r"\n")


def _number(value: float) -> str:
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "+Inf" if value > 0 else "-Inf"
    return repr(int(value)) if value == int(value) else repr(value)
