"""What a node does by itself about its health: copies, checks, and a sign that its worker is alive."""

from __future__ import annotations

from datetime import timedelta

from openmidas.journal import NodeKind
from openmidas.nodes.backup import back_up_due
from openmidas.nodes.checks.processes import note_worker
from openmidas.nodes.doctor import examine_slow
from openmidas.nodes.jobs import every


@every(timedelta(hours=1), at=NodeKind.POST)
def copy_post() -> None:
    """A post copies itself every hour to the disks or sticks of its plan."""
    back_up_due()


@every(timedelta(days=1), at=NodeKind.HQ)
def copy_hq() -> None:
    """An HQ copies itself every day, where its administrator has set that up."""
    back_up_due()


@every(timedelta(days=1))
def look() -> None:
    """The checks that take long are made once a day, so that pages can tell what they found."""
    examine_slow()


@every(timedelta(minutes=1))
def alive() -> None:
    """The worker has no address to be asked at: it leaves a sign each minute."""
    note_worker()
