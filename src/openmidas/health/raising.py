"""What a health check raises: an alert for each definition that it meets, and one for a cluster of fever.

The incident says which post, how many and, at the HQ, which definition. It says at no node who: at the
post it would tell a traveller's illness to whoever reads incidents. Whom it is about, the medical
compartment reads on the pages of this room.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from openmidas.crossings.models import Crossing
from openmidas.crossings.reading import name_key
from openmidas.health.definitions import Definition, FeverCluster, Symptom
from openmidas.health.entries import HealthChecked
from openmidas.health.matching import Seen, signs_of
from openmidas.health.models import HealthCheck
from openmidas.health.publishing import InForce
from openmidas.incidents.entries import IncidentKind, IncidentUpdated, Severity, Told
from openmidas.incidents.limits import MOST_PEOPLE
from openmidas.incidents.models import Incident
from openmidas.incidents.raising.raising import Cause, cause_id, open_of, raise_once
from openmidas.incidents.raising.remembering import remember, remembered
from openmidas.incidents.rules import Rule
from openmidas.journal import Actor
from openmidas.nodes.identity import this_node
from openmidas.nodes.services import node_time, record

ALERT = "health_alert"
FEVER = "fever_cluster"


class Feverish(msgspec.Struct, frozen=True):
    """A traveller who was found with fever, by which check first."""

    check: UUID
    row: Crossing


def raise_alerts(check: HealthChecked, now: InForce) -> None:
    """Raise an incident for each definition that a check meets: once, whoever asks again.

    A second check of the same traveller that meets the same raises none while the first one's is open.
    """
    for code in check.met:
        definition = now.said.of(code)
        raised = alerts_of(this_node().id, check.crossing, code)
        if definition is None or any(one.open for one in raised):
            continue
        # One severity for all: another for each illness would tell it at the post.
        rule = Rule(kind=IncidentKind.HEALTH, severity=Severity.CRITICAL)
        raise_once(ALERT, rule, _alert(check.check, definition), edition=now.edition.hex)


def alert_id(post: UUID, check: UUID, code: str) -> UUID:
    """The incident that a post raised for a check that meets a definition.

    Whoever reads incidents knows the crossings as well, and could try each: the number of a check is
    known to the compartment alone.
    """
    return cause_id(ALERT, (str(check), code), post)


def alerts_of(post: UUID, crossing: UUID, code: str) -> list[Incident]:
    """The incidents that a post raised for a traveller who meets a definition, the last first."""
    checks = HealthCheck.objects.filter(crossing=crossing, node=post)
    ids = [alert_id(post, one.id, code) for one in checks if code in one.met]
    return list(Incident.objects.filter(id__in=ids, node=post).order_by("-at", "-id"))


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
    found = _uncounted(_with_fever(now, place, node_time() - timedelta(hours=rule.hours)))
    if len(found) >= rule.travellers:
        of_rule = Rule(kind=IncidentKind.HEALTH, severity=rule.severity)
        raise_once(FEVER, of_rule, _cluster(rule, found), edition=now.edition.hex)


def _uncounted(found: list[Feverish]) -> list[Feverish]:
    """Those counted for no incident that was erased since; of one that is closed see `_with_fever`."""
    before = remembered(FEVER, [(str(one.row.id),) for one in found])
    return [one for one in found if (str(one.row.id),) not in before]


def _alert(check: UUID, definition: Definition) -> Cause:
    return Cause(
        key=(str(check), definition.code),
        post=this_node().id,
        said={"fr": definition.name.fr, "en": definition.name.en, "days": str(definition.days)},
        told=Told(people=1),
    )


def _cluster(rule: FeverCluster, found: list[Feverish]) -> Cause:
    """Its key is a check, as that of an alert is. It has nothing to do, in writing, with an incident that
    lists crossings: there everybody would read who has fever."""
    first = found[0]
    return Cause(
        key=(str(first.check),),
        post=this_node().id,
        said={
            "travellers": str(len(found)),
            "origin": first.row.origin,
            "hours": str(rule.hours),
        },
        told=Told(people=len(found)),
        counted=tuple(str(one.row.id) for one in found),
    )


def _is_of(incident: Incident, place: str) -> bool:
    return name_key(incident.cause.get("origin", "")) == place


def _counted_until(place: str) -> datetime:
    """When the last incident about this place ended: whoever was counted before it was told of."""
    ended = Incident.objects.filter(rule=FEVER, node=this_node().id, open=False)
    times = [one.changed_at for one in ended if _is_of(one, place)]
    return max(times, default=node_time() - timedelta(days=366))


def _with_fever(now: InForce, place: str, since: datetime) -> list[Feverish]:
    """The travellers from a place who were found with fever since then, each once, the first first.

    Who was counted for an incident that has ended is none of them.
    """
    since = max(since, _counted_until(place))
    checks = HealthCheck.objects.filter(node=this_node().id, at__gt=since).order_by("at", "id")
    feverish: dict[UUID, UUID] = {}
    for one in checks:
        seen = Seen(temperature=one.temperature, symptoms=one.signs())
        if Symptom.FEVER in signs_of(seen, now.said.fever_from):
            feverish.setdefault(one.crossing, one.id)
    rows = Crossing.objects.filter(id__in=feverish, node=this_node().id).defer("inspection")
    known = {row.id: row for row in rows}
    found: dict[tuple[str, str], Feverish] = {}
    for crossing, check in feverish.items():
        row = known.get(crossing)
        if row is not None and name_key(row.origin) == place:
            # One who crosses twice is one traveller; of who has no document, each crossing is another.
            key = row.document_key or row.id.hex
            found.setdefault((row.document_issuer, key), Feverish(check, row))
    return list(found.values())


def _go_on(incident: Incident, now: InForce, place: str) -> None:
    """More were found: how many in all since the first of them."""
    hours = int(incident.cause.get("hours", "24"))
    found = _with_fever(now, place, incident.at - timedelta(hours=hours))
    people = min(len(found), MOST_PEOPLE)
    if people <= (incident.people or 0):
        return
    step = cause_id(FEVER, (str(incident.id), str(people)))
    record(
        IncidentUpdated(step=step, incident=incident.id, told=Told(people=people)), actor=Actor()
    )
    remember(FEVER, [(str(one.row.id),) for one in found])
