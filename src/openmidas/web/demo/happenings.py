"""Incidents of the sample country: what happened at its posts in the last days, told by their officers.

Everything is written through the services that the pages use, and once: started again, the same ids
change nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid5

import msgspec

from openmidas.incidents import services
from openmidas.incidents.entries import (
    Away,
    Bearing,
    IncidentKind,
    Outcome,
    Place,
    Point,
    Severity,
    Source,
    Told,
)
from openmidas.incidents.linking import Links
from openmidas.incidents.services import Report, Update, milliseconds
from openmidas.journal import Actor
from openmidas.posts.models import Officer
from openmidas.web.demo.country import DemoPost


class Happening(msgspec.Struct, frozen=True, kw_only=True):
    """An incident, how long before the demonstration began, and what followed, if anything did."""

    ago: timedelta
    kind: IncidentKind
    severity: Severity
    words: str
    source: Source = Source.OFFICER
    place: Place | None = None
    people: int | None = None
    plates: tuple[str, ...] = ()
    later: tuple[Update, ...] = ()
    outcome: Outcome | None = None
    ended: str = ""


def _worse(words: str, severity: Severity | None = None) -> Update:
    return Update(severity=severity, told=Told(words=words))


KOUREMALE = (
    Happening(
        ago=timedelta(days=6),
        kind=IncidentKind.BORDER,
        severity=Severity.LOW,
        words="Un camion en panne barre la piste à cent mètres de la barrière.",
        plates=("AB 4471 MD",),
        outcome=Outcome.RESOLVED,
        ended="Remorqué par la commune.",
    ),
    Happening(
        ago=timedelta(days=2, hours=7),
        kind=IncidentKind.SECURITY,
        severity=Severity.MEDIUM,
        words="Deux motos sans plaque contournent le poste de nuit.",
        source=Source.FOCAL_POINT,
        place=Place(name="Balandougouba", away=Away(kilometres=3, bearing=Bearing.SOUTH_WEST)),
        people=4,
        later=(_worse("Une patrouille est passée : des traces fraîches, personne."),),
    ),
    Happening(
        ago=timedelta(hours=9),
        kind=IncidentKind.TECHNICAL,
        severity=Severity.LOW,
        words="Le groupe électrogène s’arrête par moments ; filtre à changer.",
    ),
)
LABBEZANGA = (
    Happening(
        ago=timedelta(days=3),
        kind=IncidentKind.HUMANITARIAN,
        severity=Severity.MEDIUM,
        words="Des familles arrivent à pied depuis Ménaka, sans eau ni abri.",
        place=Place(name="Labbezanga", away=Away(kilometres=2, bearing=Bearing.NORTH)),
        people=140,
        later=(
            Update(
                severity=Severity.HIGH,
                told=Told(words="Elles sont maintenant environ neuf cents.", people=900),
            ),
        ),
    ),
    Happening(
        ago=timedelta(days=1, hours=5),
        kind=IncidentKind.SECURITY,
        severity=Severity.CRITICAL,
        words="Coups de feu entendus sur la route d’Ansongo pendant un quart d’heure.",
        source=Source.PATROL,
        place=Place(name="Ansongo", point=Point(latitude=15.02, longitude=0.66)),
    ),
    Happening(
        ago=timedelta(days=4),
        kind=IncidentKind.SECURITY,
        severity=Severity.LOW,
        words="On dit que quelqu’un perçoit de l’argent avant le poste.",
        source=Source.ANONYMOUS,
        outcome=Outcome.NOTHING_FOUND,
        ended="Vérifié deux jours de suite.",
    ),
)
BY_FOLDER: Mapping[str, tuple[Happening, ...]] = {
    "kouremale": KOUREMALE,
    "labbezanga": LABBEZANGA,
    "kouremale-guinee": KOUREMALE[:1],
    "kongo-kire": LABBEZANGA[:1],
}


def let_happen(post: DemoPost, began: int) -> int:
    """Write the incidents of this post; how many there are. ``began``: in milliseconds since 1970."""
    teller = Officer.objects.get(username=post.second_line.username, post=post.id)
    actor = Actor(teller.id, teller.roles[0])
    start = datetime.fromtimestamp(began / 1000, UTC)
    happenings = BY_FOLDER.get(post.folder, ())
    for number, one in enumerate(happenings):
        _let_happen(actor, one, start, _name(post, began, number))
    return len(happenings)


def incident_id(post: DemoPost, began: int, number: int) -> UUID:
    """The id of the incident of a post that stands at this place of its list."""
    return _id(_name(post, began, number))


def _let_happen(actor: Actor, one: Happening, start: datetime, name: str) -> None:
    incident = _id(name)
    told = Told(
        words=one.words,
        happened_at=milliseconds(start - one.ago),
        place=one.place,
        people=one.people,
    )
    said = Report(
        kind=one.kind,
        severity=one.severity,
        source=one.source,
        told=told,
        links=Links(plates=one.plates),
    )
    services.report(actor, incident, said)
    for step, update in enumerate(one.later):
        services.update(actor, incident, _id(f"{name}/{step}"), update)
    if one.outcome is not None:
        services.close(actor, incident, _id(f"{name}/end"), one.outcome, one.ended)


def _name(post: DemoPost, began: int, number: int) -> str:
    return f"{post.id}/{began}/{number}"


def _id(name: str) -> UUID:
    return uuid5(UUID(int=0), f"openmidas/demo/incident/{name}")
