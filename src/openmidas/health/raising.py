"""What a health check raises: an alert for each definition that it meets, and one for a cluster of fever.

The incident says which post, how many and, at the HQ, which definition. It says at no node who: at the
post it would tell a traveller's illness to whoever reads incidents. Whom it is about, the medical
compartment reads on the pages of this room.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

from openmidas.crossings.models import Crossing
from openmidas.crossings.reading import name_key
from openmidas.health.definitions import Definition, FeverCluster, Symptom
from openmidas.health.entries import HealthChecked
from openmidas.health.matching import Seen, signs_of
from openmidas.health.models import HealthCheck
from openmidas.health.publishing import InForce
from openmidas.incidents.entries import IncidentKind, IncidentUpdated, Told
from openmidas.incidents.limits import MOST_PEOPLE
from openmidas.incidents.linking import Links
from openmidas.incidents.models import Incident
from openmidas.incidents.raising import cluster
from openmidas.incidents.raising.raising import Cause, cause_id, open_of, raise_once
from openmidas.incidents.rules import Rule
from openmidas.journal import Actor
from openmidas.nodes.identity import this_node
from openmidas.nodes.services import node_time, record

ALERT = "health_alert"
FEVER = "fever_cluster"


def raise_alerts(check: HealthChecked, now: InForce) -> None:
    """Raise an incident for each definition that a check meets: once, whoever asks again.

    A second check of the same traveller that meets the same raises none.
    """
    for code in check.met:
        definition = now.said.of(code)
        if definition is None:
            continue
        rule = Rule(kind=IncidentKind.HEALTH, severity=definition.severity)
        raise_once(ALERT, rule, _alert(check.crossing, definition), edition=now.edition.hex)


def alert_id(post: UUID, crossing: UUID, code: str) -> UUID:
    """The incident that a post raised for a traveller who meets a definition."""
    return cause_id(ALERT, (str(crossing), code), post)


def raise_fever_cluster(now: InForce, origin: str) -> None:
    """Raise an incident where so many had fever who came from this place; add to one that is open.

    Who was counted for an incident that has ended counts for no other.
    """
    rule, place = now.said.fever_cluster, name_key(origin)
    if rule is None or not place.strip():
        return
    open_one = next((one for one in open_of(FEVER, this_node().id) if _is_of(one, place)), None)
    if open_one is not None:
        _go_on(open_one, now, place)
        return
    since = max(node_time() - timedelta(hours=rule.hours), _counted_until(place))
    found = list(_with_fever(now, place, since))
    if len(found) >= rule.travellers:
        of_rule = Rule(kind=IncidentKind.HEALTH, severity=rule.severity)
        raise_once(FEVER, of_rule, _cluster(rule, found), edition=now.edition.hex)


def _alert(crossing: UUID, definition: Definition) -> Cause:
    return Cause(
        key=(str(crossing), definition.code),
        post=this_node().id,
        said={"fr": definition.name.fr, "en": definition.name.en, "days": str(definition.days)},
        told=Told(people=1),
    )


def _cluster(rule: FeverCluster, found: list[Crossing]) -> Cause:
    first = found[0]
    return Cause(
        key=(name_key(first.origin), str(first.id)),
        post=this_node().id,
        said={
            "travellers": str(len(found)),
            "origin": first.origin,
            "hours": str(rule.hours),
        },
        told=Told(people=len(found)),
        links=Links(others=_referred_from(name_key(first.origin))),
    )


def _referred_from(place: str) -> tuple[UUID, ...]:
    """The open incident about those from there whom the lane sent for their health: the same people."""
    open_ones = open_of(cluster.CODE, this_node().id)
    return tuple(one.id for one in open_ones if _is_of(one, place))[:1]


def _is_of(incident: Incident, place: str) -> bool:
    return name_key(incident.cause.get("origin", "")) == place


def _counted_until(place: str) -> datetime:
    """When the last incident about this place ended: whoever was counted before it was told of."""
    ended = Incident.objects.filter(rule=FEVER, node=this_node().id, open=False)
    times = [one.changed_at for one in ended if _is_of(one, place)]
    return max(times, default=node_time() - timedelta(days=366))


def _with_fever(now: InForce, place: str, since: datetime) -> Iterator[Crossing]:
    """The travellers from a place who were found with fever since then, each once, the first first."""
    checks = HealthCheck.objects.filter(node=this_node().id, at__gt=since).order_by("at", "id")
    feverish = [
        one.crossing
        for one in checks
        if Symptom.FEVER
        in signs_of(Seen(temperature=one.temperature, symptoms=one.signs()), now.said.fever_from)
    ]
    rows = Crossing.objects.filter(id__in=feverish, node=this_node().id).defer("inspection")
    known = {row.id: row for row in rows}
    for id in dict.fromkeys(feverish):
        row = known.get(id)
        if row is not None and name_key(row.origin) == place:
            yield row


def _go_on(incident: Incident, now: InForce, place: str) -> None:
    """More were found: how many in all since the first of them."""
    hours = int(incident.cause.get("hours", "24"))
    found = list(_with_fever(now, place, incident.at - timedelta(hours=hours)))
    people = min(len(found), MOST_PEOPLE)
    if people <= (incident.people or 0):
        return
    step = cause_id(FEVER, (str(incident.id), str(people)))
    record(
        IncidentUpdated(step=step, incident=incident.id, told=Told(people=people)), actor=Actor()
    )
