"""One lane as an officer works it: through its pages, one request after the other."""

from __future__ import annotations

import re
from random import Random
from uuid import UUID

import msgspec

from openmidas.crossings.inspection import Journey
from openmidas.documents import PartialDate
from openmidas.web.demo.check import CheckFailed, Visitor
from openmidas.web.demo.parties import Party
from openmidas.web.demo.population import Person

_NEXT = re.compile(r'data-next="([0-9a-f-]{36})"')
_STATE = re.compile(r'data-state="([a-z]+)"')
_IDS = re.compile(r'data-ids="([0-9a-f -]*)"')
REFERRED_ON_LOOK = 0.06
CONFLICT = 409


class Decided(msgspec.Struct, frozen=True):
    """What became of a party. ``referred``: the crossings that wait at the second line now.

    ``stop``: they were referred because of the state Stop.
    """

    travellers: int
    referred: tuple[UUID, ...] = ()
    stop: bool = False


class Lane:
    """The counter of one lane in a browser without a screen."""

    def __init__(self, visitor: Visitor, chance: Random) -> None:
        self._visitor = visitor
        self._chance = chance
        self._journey: Journey | None = None
        self._next = ""
        self._ids = ""
        self._state = ""

    def open(self) -> None:
        """Open the counter; who was left standing there is cancelled. Raises `CheckFailed`."""
        self._read(self._visitor.get("/counter/"))
        self._journey = None
        if self._ids:
            self._decide("cancel")

    def serve(self, party: Party) -> Decided:
        """Let a party cross, or send it to the second line. Raises `CheckFailed`."""
        self._go(party.journey)
        for person in party.people:
            self._check(person, group=party.is_group)
        ids = self._ids.split()
        if len(ids) != len(party.people):
            raise CheckFailed("the travellers do not stand at the counter after the scan")
        stop = self._state == "stop"
        doubt = self._state == "look" and self._chance.random() < REFERRED_ON_LOOK
        refer = stop or doubt
        if not refer:
            refer = not self._admit()
        else:
            self._decide("refer")
        return Decided(len(ids), tuple(map(UUID, ids)) if refer else (), stop)

    def _admit(self) -> bool:
        """Whether the post let them cross. Where a code asks for the second line, they are sent there."""
        try:
            self._decide("admit")
        except CheckFailed as error:
            if error.status != CONFLICT:
                raise
            self._decide("refer")
            return False
        return True

    def _go(self, journey: Journey) -> None:
        """The lane remembers the last journey: an officer changes it only where it differs."""
        if journey != self._journey:
            said = {key: str(value) for key, value in msgspec.to_builtins(journey).items()}
            self._read(self._visitor.post("/counter/journey/", **said))
            self._journey = journey

    def _check(self, person: Person, *, group: bool) -> None:
        fields = {"id": self._next} | ({"group": "on"} if group else {})
        if person.machine_read:
            page = self._visitor.post("/counter/scan/", raw=person.zone(), **fields)
        else:
            page = self._visitor.post("/counter/type/", **fields, **typed(person))
        self._read(page)

    def _decide(self, action: str) -> None:
        self._read(self._visitor.post("/counter/decide/", ids=self._ids, action=action))
        if self._ids:
            raise CheckFailed("the travellers still stand at the counter after the decision")

    def _read(self, page: str) -> None:
        found = _NEXT.search(page), _STATE.search(page), _IDS.search(page)
        if not (found[0] and found[1] and found[2]):
            raise CheckFailed("this is not the counter: is the officer signed in at a lane?")
        self._next, self._state, self._ids = found[0][1], found[1][1], found[2][1].strip()


def typed(person: Person) -> dict[str, str]:
    """What an officer types of a traveller without a readable document."""
    fields = {
        "names": f"{person.given_names} {person.surname}",
        "birth": _typed_date(person.birth),
        "sex": person.sex,
        "nationality": person.nationality,
        "document": "",
    }
    if person.paper is not None:
        fields |= {
            "document": person.paper.code,
            "number": person.paper.number,
            "expiry": person.paper.expiry.isoformat(),
        }
    return fields


def _typed_date(known: PartialDate) -> str:
    return f"environ {known.year}" if known.approximate else known.text()
