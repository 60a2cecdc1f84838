"""A post on SQLite with a year of crossings, written straight into its table."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

import django

from openmidas.journal.kinds import NodeKind
from openmidas.nodes.home import NodeConfig, NodeHome

if TYPE_CHECKING:
    from openmidas.crossings.models import Crossing

POST = UUID("01900000-0000-7000-8000-0000000000aa")
DAYS = 365
AT_ONCE = 2000
DOCUMENTS = 40_000


def open_post(folder: Path) -> None:
    """Make the node, its database and its journal. Django is set up from here on."""
    home = NodeHome(folder / "post")
    home.write_config(
        NodeConfig(
            id=POST, kind=NodeKind.POST, state="MLI", name="Kourémalé", hosts=("testserver",)
        )
    )
    os.environ["OPENMIDAS_HOME"] = str(home.folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "openmidas.web.settings"
    django.setup()
    from openmidas.nodes.commands import prepare

    prepare()


def fill(wanted: int) -> int:
    """Make so many crossings; how many there are."""
    from openmidas.crossings.models import Crossing

    rows = _rows(wanted)
    while part := list(islice(rows, AT_ONCE)):
        Crossing.objects.bulk_create(part)
    return Crossing.objects.count()


def _rows(wanted: int) -> Iterator[Crossing]:
    from openmidas.crossings.models import Crossing
    from openmidas.nodes.services import node_time

    chance = random.Random(1)  # noqa: S311  a repeatable choice, not a secret
    now = node_time()
    for number in range(wanted):
        at = now - timedelta(days=DAYS) * (1 - number / wanted)
        document = f"SP{int(DOCUMENTS * chance.random() ** 2):08}"
        by_bus = chance.random() < 0.22
        yield Crossing(
            id=_id(at, number),
            node=POST,
            lane=str(1 + number % 2),
            direction="entry",
            status="admitted",
            state="clear",
            surname="KEITA",
            given_names="MARIAM",
            nationality="MLI",
            document_number=document,
            document_key=document,
            document_issuer="MLI",
            how_read="mrz",
            purpose="trade",
            conveyance="bus" if by_bus else "foot",
            conveyance_id=uuid5(POST, f"{at:%Y-%m-%d %H}") if by_bus else None,
            inspection=b"",
            role="primary",
            at=at,
            day=at.date(),
            clock=number,
        )


def _id(at: datetime, number: int) -> UUID:
    """An id of that time (UUIDv7), another for each."""
    milliseconds = int(at.timestamp() * 1000)
    return UUID(int=(milliseconds << 80) | (7 << 76) | (2 << 62) | number)
