"""A headquarters with a hundred posts, in this process, on a PostgreSQL of its own."""

from __future__ import annotations

import os
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import django

from openmidas.journal.kinds import NodeKind
from openmidas.nodes.home import NodeConfig, NodeHome
from openmidas.nodes.localpostgres import LocalPostgres

HQ = UUID("01900000-0000-7000-8000-0000000000ff")
POSTS = [UUID(int=HQ.int + 1 + number) for number in range(100)]
NEVER_REPORTED = 3
"""Posts of whose hours nothing is known: there are always some."""


def open_headquarters(folder: Path, stack: ExitStack, exchange: str = "127.0.0.1:8400") -> str:
    """Make the node, its database and its journal; the database's URL. Django is set up from here on.

    ``exchange``: the address that its exchange would listen at.
    """
    server = LocalPostgres()
    server.start(folder / "postgres", keep=False)
    stack.callback(server.stop)
    url = server.createdb("hq")
    home = NodeHome(folder / "hq")
    home.write_config(
        NodeConfig(
            id=HQ,
            kind=NodeKind.HQ,
            state="MLI",
            name="Bamako",
            database=url,
            exchange=exchange,
            hosts=("testserver",),
        )
    )
    os.environ["OPENMIDAS_HOME"] = str(home.folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "openmidas.web.settings"
    django.setup()
    from openmidas.nodes.commands import prepare

    prepare()
    return url


def enrol_posts(now: datetime) -> None:
    """The hundred posts as an HQ knows them: laid out, in contact, with a year of reports."""
    from openmidas.journal.models import Journal
    from openmidas.nodes import slots
    from openmidas.nodes.local import Peer
    from openmidas.nodes.models import EnrolledNode, LastReport, NodeReport, UpMonth
    from openmidas.posts.models import Post

    year_ago = now - timedelta(days=365)
    for number, id in enumerate(POSTS):
        name = f"Poste {number + 1:03}"
        Post.objects.create(
            id=id, node=HQ, name=name, lanes=["1", "2", "3", "4"],
            latitude=11.0 + number % 10 * 0.8, longitude=-11.5 + number // 10 * 1.3,
            hours=["06:00-18:00"] * 7,
        )  # fmt: skip
        EnrolledNode.objects.create(
            id=id, node=HQ, kind=NodeKind.POST, name=name, state="MLI", epoch=1, public_key=b"",
            certificate="", enrolled_at=year_ago,
        )  # fmt: skip
        Peer.objects.create(
            id=id, kind=NodeKind.POST, name=name, epoch=1, public_key=b"", certificate="",
            fingerprint=f"{number:064}", last_contact=now - timedelta(minutes=number * 7),
            clock_ahead=number * 100, waiting=number,
        )  # fmt: skip
        Journal.objects.create(node=id, epoch=1, node_kind=NodeKind.POST, public_key=b"")
        if number < NEVER_REPORTED:
            continue
        LastReport.objects.create(
            id=id, node=id, report=id, at=now, known_from=year_ago, known_until=now
        )
        NodeReport.objects.create(
            id=id, node=id, at=now, up_from=year_ago, up_until=now, outage=0, editions=[],
            verified=number, mains=True, battery=80, disk_free=10**11, clock_error=0,
        )  # fmt: skip
        for month in slots.months_of(year_ago, now):
            up = slots.run(0, slots.slots_in(month)) & ~slots.run(500, 500 + 12 * number)
            UpMonth.objects.create(node=id, month=month, slots=slots.to_bytes(up, month))
