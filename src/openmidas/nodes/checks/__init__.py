"""What `midas doctor` looks at on the ground floor of a node: disk, clock, database, keys, units."""

from openmidas.nodes.checks import (
    backups,
    clock,
    database,
    disk,
    erasures,
    files,
    journals,
    processes,
    seal,
    units,
)

__all__ = [
    "backups",
    "clock",
    "database",
    "disk",
    "erasures",
    "files",
    "journals",
    "processes",
    "seal",
    "units",
]
