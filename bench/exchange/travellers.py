"""Travellers of the sample country at the lanes of a post, by the services that the counter uses."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from random import Random
from uuid import UUID

import zstandard
from django.db import transaction
from django.utils import timezone

from bench.exchange.filling import PER_DAY, Filled
from bench.exchange.past import Clock
from openmidas.crossings import second_line, services
from openmidas.crossings.entries import AdmissionReason, Outcome, RefusalReason
from openmidas.crossings.ids import issue_id
from openmidas.crossings.inspection import Direction, Inspection, Journey, State
from openmidas.crossings.views.typing import read_typed
from openmidas.journal import Actor
from openmidas.journal.entry import HEADER_BYTES, SALT_BYTES
from openmidas.journal.models import Journal, JournalEntry
from openmidas.nodes.identity import this_node
from openmidas.posts.models import Officer
from openmidas.posts.roles import Role
from openmidas.web.demo import training
from openmidas.web.demo.interview import REFUSED
from openmidas.web.demo.lane import REFERRED_ON_LOOK, typed
from openmidas.web.demo.parties import Party
from openmidas.web.demo.population import Person
from openmidas.web.demo.simulation import LOOKING_SECONDS
from openmidas.web.demo.specimens import LISTED

OPENS, CLOSES = 6, 18
SECONDS_EACH = (CLOSES - OPENS) * 3600 / PER_DAY
BATCH = 50
FRAME = 60
_SECOND = 10**9


class Day:
    """Lets travellers come as they come on a busy day, at the times of a clock that is put forward."""

    def __init__(self, clock: Clock, seed: str = "exchange") -> None:
        self._clock = clock
        self._chance = Random(seed)  # noqa: S311  repeatable, no secret
        stage = training.stage_of(this_node())
        self._parties = training.travellers(stage, seed)
        primary = _officers(Role.PRIMARY)
        self._lanes = [
            Actor(primary[place % len(primary)].id, Role.PRIMARY, lane)
            for place, lane in enumerate(stage.post.lanes)
        ]
        self._journeys: dict[str, Journey] = {}
        self._second_line = Actor(_officers(Role.SECOND_LINE)[0].id, Role.SECOND_LINE)

    def let_cross(self, count: int) -> int:
        """Let so many travellers cross; where the journal ended before them.

        Many in one transaction, which leaves the same entries and waits less often for the disk.
        """
        before = _own_journal().sequence
        crossed = 0
        while crossed < count:
            with transaction.atomic():
                batch = 0
                while batch < BATCH and crossed + batch < count:
                    batch += self._serve(next(self._parties), count - crossed - batch)
            crossed += batch
        return before

    def _serve(self, party: Party, most: int) -> int:
        lane = self._chance.choice(self._lanes)
        people = party.people[:most]
        self._wait(SECONDS_EACH * len(people))
        if self._journeys.get(lane.lane) != party.journey:
            services.set_journey(lane, party.journey)
            self._journeys[lane.lane] = party.journey
        for person in people:
            self._check(lane, person, group=len(people) > 1)
        self._wait(LOOKING_SECONDS * len(people))
        self._decide(lane, services.standing(lane.lane))
        return len(people)

    def _check(self, lane: Actor, person: Person, *, group: bool) -> None:
        if person.machine_read:
            services.scan(lane, issue_id(), person.zone(), group=group)
            return
        read = read_typed(typed(person))
        services.type_in(lane, issue_id(), read.traveller, read.document, group=group)

    def _decide(self, lane: Actor, here: list[Inspection]) -> None:
        ids = [one.id for one in here]
        stop = any(one.state is State.STOP for one in here)
        look = any(one.state is State.LOOK for one in here)
        if stop or (look and self._chance.random() < REFERRED_ON_LOOK):
            services.refer(lane, ids)
            for crossing in ids:
                self._wait(60)
                self._resolve(crossing, stop=stop)
        else:
            services.admit(lane, ids)

    def _resolve(self, crossing: UUID, *, stop: bool) -> None:
        refused = stop or self._chance.random() < REFUSED
        why = RefusalReason.LIST if stop else RefusalReason.NO_VALID_DOCUMENT
        second_line.resolve(
            self._second_line,
            crossing,
            Outcome.REFUSED if refused else Outcome.ADMITTED,
            refusal=why if refused else None,
            admission=None if refused else AdmissionReason.FINDINGS_CONSIDERED,
        )

    def _wait(self, mean: float) -> None:
        """Some seconds pass; nobody comes at night."""
        seconds = self._chance.expovariate(1 / mean)
        now = datetime.fromtimestamp(
            self._clock.time_ns() // _SECOND, timezone.get_current_timezone()
        )
        if not OPENS <= now.hour < CLOSES:
            hours = (OPENS - now.hour) % 24
            seconds += hours * 3600 - now.minute * 60 - now.second
        self._clock.forward_to(self._clock.time_ns() + round(seconds * _SECOND))


def refer_listed() -> UUID:
    """Somebody on the list comes and is sent to the second line; the crossing's id."""
    lanes = training.stage_of(this_node()).post.lanes
    lane = Actor(_officers(Role.PRIMARY)[0].id, Role.PRIMARY, lanes[0])
    services.set_journey(lane, Journey(direction=Direction.ENTRY))
    id = issue_id()
    checked = services.scan(lane, id, LISTED)
    if checked.state is not State.STOP:
        raise AssertionError("the specimen on the list was not found on it")
    services.refer(lane, [id])
    return id


def weigh(after: int, crossings: int) -> Filled:
    """What the entries behind this place are and weigh."""
    journal = _own_journal()
    entries = JournalEntry.objects.filter(node=journal.node, sequence__gt=after)
    kinds: Counter[str] = Counter()
    bodies: list[bytes] = []
    for kind, body in entries.order_by("sequence").values_list("kind", "body"):
        kinds[kind] += 1
        bodies.append(bytes(body or b""))
    packer = zstandard.ZstdCompressor(level=19)
    frames = (b"".join(bodies[at : at + FRAME]) for at in range(0, len(bodies), FRAME))
    return Filled(
        crossings=crossings,
        sequence=journal.sequence,
        entries=len(bodies) / crossings,
        bodies=sum(map(len, bodies)) / crossings,
        packed=sum(len(packer.compress(frame)) for frame in frames) / crossings,
        sealed=len(bodies) * (HEADER_BYTES + SALT_BYTES) / crossings,
        kinds=dict(kinds),
    )


def _own_journal() -> Journal:
    node = this_node()
    return Journal.objects.get(node=node.id, epoch=node.epoch)


def _officers(role: Role) -> list[Officer]:
    return [one for one in Officer.objects.order_by("username") if role in one.roles]
