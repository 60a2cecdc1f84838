"""The ways that the lists room opens: files of lists, and what commands print of whom they name."""

from __future__ import annotations

from openmidas.nodes.ways_out import Recipient, register_way_out

register_way_out(
    "lists.files",
    Recipient.STATE_OFFICE,
    carries="persons on lists: the file that a list was read from, rows that were left out",
    doors=("url:list-source", "url:national-list-rejected"),
)
register_way_out(
    "lists.commands",
    Recipient.MACHINE_ROOM,
    carries="persons on lists, and whom a file compares with them",
    doors=(
        "command:screen file",
        "command:screen run",
        "command:screen compare",
        "command:lists build",
        "command:lists import",
        "command:lists lost import",
        "command:lists lost apply",
    ),
)
