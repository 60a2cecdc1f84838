"""What the real nodes of a test do, each command in a process of its own.

    python -m tests.exchange.node_work COMMAND [ARGUMENTS]    (those at the end of this file)

The node is the one in ``OPENMIDAS_HOME``.
"""

from __future__ import annotations

import sys
import threading
import time
from hashlib import sha256
from uuid import UUID

import django
import msgspec
from django.db.models import F


class Copy(msgspec.Struct, frozen=True):
    """How one journal stands at one node: a digest over its headers, and how many bodies are there."""

    node: UUID
    sequence: int
    entries: int
    digest: str
    bodies: int
    projected: int
    holds: bool
    witnessed: int


def init() -> None:
    """Make the database and open the journal."""
    from django.core.management import call_command

    from openmidas.nodes.services import open_own_journal

    call_command("migrate", verbosity=0)
    open_own_journal()


def write() -> None:
    """Meet the node whose card is the first line that comes in, then write entries until there is no more.

    Every other entry is for the HQ only. Prints how many entries the journal has in the end.
    """
    from django.db import transaction

    from openmidas.journal import TO_HQ, TO_STATE, Actor
    from openmidas.journal.models import Journal
    from openmidas.nodes import services
    from openmidas.nodes.entries import EpochOpened
    from openmidas.nodes.identity import NodeCard, this_node

    card = NodeCard.decode(sys.stdin.buffer.readline())
    if this_node().is_hq:
        services.enrol(card, actor=Actor())
    else:
        services.meet(card)
    told = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), told.set()), daemon=True).start()
    while not told.wait(0.02):
        for audience in (TO_STATE, TO_HQ):
            with transaction.atomic():
                content = EpochOpened(name="more", state="MLI", public_key=b"")
                services.record(content, actor=Actor(), audience=audience)
    sys.stdout.write(str(Journal.objects.get(node=this_node().id).sequence))


def exchange() -> None:
    """Exchange until told to stop."""
    from openmidas.exchange.process import run_exchange

    run_exchange()


def worker() -> None:
    """Let the tables follow until told to stop."""
    from openmidas.exchange.worker import run_worker

    run_worker()


def followed() -> None:
    """Wait until the tables follow all journals that are here; a worker makes them."""
    from openmidas.journal.models import Journal

    deadline = time.monotonic() + 60
    while behind := list(Journal.objects.exclude(projected=F("sequence"))):
        if time.monotonic() > deadline:
            raise SystemExit(f"the tables do not follow {behind}")
        time.sleep(0.1)


def settled(*expected: str) -> None:
    """Wait until every journal reaches what is expected of it (``NODE=SEQUENCE``); prints the copies."""
    wanted = {
        UUID(node): int(number) for node, _, number in (each.partition("=") for each in expected)
    }
    deadline = time.monotonic() + 180
    while time.monotonic() < deadline and not _settled(wanted):
        time.sleep(0.1)
    sys.stdout.write(msgspec.json.encode(_copies()).decode())


def _settled(wanted: dict[UUID, int]) -> bool:
    from openmidas.exchange.status import exchange_status
    from openmidas.journal.models import Journal
    from openmidas.nodes.identity import this_node

    journals = list(Journal.objects.all())
    followed = this_node().is_hq or all(each.projected == each.sequence for each in journals)
    reached = {journal.node: journal.sequence for journal in journals} == wanted
    return followed and reached and all(peer.to_go == 0 for peer in exchange_status().peers)


def _copies() -> list[Copy]:
    from openmidas.journal.models import Journal, JournalEntry
    from openmidas.journal.verify import verify_all
    from openmidas.nodes.services import witness_keys

    copies = []
    for verdict in verify_all(witness_keys()):
        entries = JournalEntry.objects.filter(node=verdict.node).order_by("sequence")
        headers = [bytes(entry.header) for entry in entries]
        copies.append(
            Copy(
                node=verdict.node,
                sequence=verdict.sequence,
                entries=len(headers),
                digest=sha256(b"".join(headers)).hexdigest(),
                bodies=sum(entry.body is not None for entry in entries),
                projected=Journal.objects.get(node=verdict.node).projected,
                holds=verdict.holds,
                witnessed=verdict.witnessed,
            )
        )
    return copies


def cross(count: str) -> None:
    """Let travellers cross, as the counter writes it down."""
    from django.db import transaction

    from openmidas.crossings.entries import AdmissionReason, CrossingAdmitted
    from openmidas.crossings.inspection import (
        Conveyance,
        Direction,
        Document,
        Inspection,
        Journey,
        Traveller,
    )
    from openmidas.documents import PartialDate
    from openmidas.journal import Actor
    from openmidas.journal.models import new_id
    from openmidas.nodes.services import record

    for number in range(int(count)):
        inspection = Inspection(
            id=new_id(),
            lane="1",
            opened_at=0,
            traveller=Traveller(
                surname="DIALLO",
                given_names=f"SPECIMEN {number}",
                birth=PartialDate(1990),
                sex="F",
                nationality="GIN",
            ),
            document=Document(),
            journey=Journey(direction=Direction.ENTRY, conveyance=Conveyance.BUS),
        )
        with transaction.atomic():
            content = CrossingAdmitted(inspection=inspection, reason=AdmissionReason.CLEAR)
            record(content, actor=Actor())


def agrees(peer: str) -> None:
    """Wait until this post and the HQ hold all of each other's journals, and the tables follow.

    Prints how far each journal goes, as JSON: ``{"NODE EPOCH": SEQUENCE}``.
    """
    from openmidas.journal.local import HeldReceipt
    from openmidas.journal.models import Journal

    def agreed() -> bool:
        journals = list(Journal.objects.all())
        receipts = {
            (one.node, one.epoch, one.witness): one.sequence for one in HeldReceipt.objects.all()
        }
        by_peer = [receipts.get((j.node, j.epoch, UUID(peer)), 0) for j in journals]
        nodes = {journal.node for journal in journals}
        return len(nodes) == 2 and all(
            journal.projected == journal.sequence
            and (journal.node == UUID(peer) or held == journal.sequence)
            for journal, held in zip(journals, by_peer, strict=True)
        )

    deadline = time.monotonic() + 180
    while time.monotonic() < deadline and not agreed():
        time.sleep(0.2)
    ends = {f"{j.node} {j.epoch}": j.sequence for j in Journal.objects.order_by("node", "epoch")}
    sys.stdout.write(msgspec.json.encode(ends).decode())


def rows() -> None:
    """Every row of every table that journals make, as one line each.

    Without the ids of tallies, which each node makes for itself.
    """
    from tests.support.tables import all_rows

    for table, found in all_rows().items():
        for row in found:
            told = row[1:] if table == "flows_tally" else row
            sys.stdout.write(f"{table} {told!r}\n")


def crossings() -> None:
    """The crossings in the tables, one a line: the same words on every database."""
    from openmidas.crossings.models import Crossing

    for crossing in Crossing.objects.order_by("id"):
        said = (crossing.id, crossing.node, crossing.status, crossing.at.isoformat())
        sys.stdout.write(" ".join(map(str, said)) + "\n")


def administrator(username: str, password: str) -> None:
    """Enrol somebody here who administers, with a password."""
    from openmidas.journal import Actor
    from openmidas.posts.passwords import set_password
    from openmidas.posts.roles import Role
    from openmidas.posts.services import enrol_officer

    officer = enrol_officer(
        Actor(), username=username, name=username.title(), roles=[Role.ADMINISTRATOR]
    )
    set_password(officer.id, password)


def aside(*expected: str) -> None:
    """Wait until just these are set aside (``CODE``, in order); prints what is, one a line."""
    from openmidas.journal.local import Quarantined

    def codes() -> list[str]:
        found = Quarantined.objects.order_by("node", "epoch", "sequence")
        return list(found.values_list("code", flat=True))

    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and codes() != list(expected):
        time.sleep(0.1)
    sys.stdout.write("\n".join(codes()))


def lookups() -> None:
    """The reasons of the look-ups in the tables, one a line."""
    from openmidas.posts.models import Lookup

    reasons = Lookup.objects.order_by("id").values_list("reason", flat=True)
    sys.stdout.write("\n".join(reasons))


def copies() -> None:
    """How the journals stand at this node."""
    sys.stdout.write(msgspec.json.encode(_copies()).decode())


COMMANDS = {
    "init": init,
    "write": write,
    "exchange": exchange,
    "worker": worker,
    "followed": followed,
    "settled": settled,
    "cross": cross,
    "agrees": agrees,
    "rows": rows,
    "crossings": crossings,
    "aside": aside,
    "copies": copies,
    "lookups": lookups,
    "administrator": administrator,
}

if __name__ == "__main__":
    django.setup()
    COMMANDS[sys.argv[1]](*sys.argv[2:])
