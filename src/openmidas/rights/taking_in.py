"""At the HQ: complaints are taken in by themselves, so that their clock runs whoever is on leave."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from openmidas.journal import Actor, NodeKind
from openmidas.nodes.identity import this_node
from openmidas.nodes.jobs import every
from openmidas.nodes.keys import epochs_with_keys, signing_key
from openmidas.nodes.services import record
from openmidas.rights.clock import due
from openmidas.rights.entries import ComplaintKind, ComplaintReceived
from openmidas.rights.models import Complaint, ReceivedComplaint
from openmidas.rights.sealing import Said, Unreadable, open_complaint


@every(timedelta(minutes=1), at=NodeKind.HQ)
def keep_taking_in() -> None:
    """What has arrived is counted, and waits for an answer."""
    take_in()


def take_in() -> int:
    """Take in what has arrived; how many complaints that were."""
    received = ReceivedComplaint.objects.values("id")
    rows = list(Complaint.objects.exclude(id__in=received).order_by("at", "id"))
    for row in rows:
        about = _about(row)
        last = due(about, timezone.localdate(row.at)).isoformat()
        with transaction.atomic():
            record(ComplaintReceived(complaint=row.id, about=about, due=last), actor=Actor())
    return len(rows)


def opened(row: Complaint) -> Said:
    """What a complaint says, by the keys of this headquarters. Raises `Unreadable`."""
    home = this_node().home
    keys = [signing_key(home, epoch) for epoch in reversed(epochs_with_keys(home))]
    return open_complaint(bytes(row.sealed), keys)


def _about(row: Complaint) -> ComplaintKind | None:
    try:
        return opened(row).about
    except Unreadable:
        return None
