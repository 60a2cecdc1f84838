"""At a post: several travellers from one place who were sent to the second line for their health."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta

from django.db import transaction

from openmidas.crossings.entries import ReferralReason
from openmidas.crossings.models import Crossing
from openmidas.crossings.reading import name_key
from openmidas.incidents import limits, linking
from openmidas.incidents.entries import IncidentUpdated, Told
from openmidas.incidents.linking import Links
from openmidas.incidents.models import Incident, IncidentLink
from openmidas.incidents.publishing import rules_in_use
from openmidas.incidents.raising.raising import Cause, cause_id, open_of, raise_once
from openmidas.incidents.raising.remembering import remember, remembered
from openmidas.incidents.rules import HealthCluster
from openmidas.journal import Actor
from openmidas.nodes.identity import this_node
from openmidas.nodes.services import node_time, record_all

CODE = "health_cluster"


def raise_health_clusters() -> int:
    """Raise an incident for each place from which so many came; how many.

    Who comes from there while it is open is added to it, and raises no second. A traveller counts for
    one incident only.
    """
    rules = rules_in_use()
    rule = rules.health_cluster
    if rule is None:
        return 0
    raised = 0
    for origin, found in _untold(rule).items():
        rows = found[: limits.MOST_LINKED]  # the others are added when this is asked again
        going_on = _going_on(origin)
        if going_on is not None:
            _add(going_on, rows)
        elif len(rows) >= rule.travellers:
            cause = _cause(origin, rows, rule)
            raised += raise_once(CODE, rule, cause, edition=rules.edition) is not None
    return raised


def _untold(rule: HealthCluster) -> dict[str, list[Crossing]]:
    """Those of whom no incident of this rule told yet, by where they come from, the first first."""
    lately = Crossing.objects.filter(
        node=this_node().id,
        reason=ReferralReason.HEALTH,
        at__gte=node_time() - timedelta(hours=rule.hours),
    )
    own = Incident.objects.filter(rule=CODE, node=this_node().id).values("id")
    told = IncidentLink.objects.filter(incident__in=own).exclude(crossing=None).values("crossing")
    found: defaultdict[str, list[Crossing]] = defaultdict(list)
    untold = lately.exclude(origin="").exclude(id__in=told).defer("inspection")
    rows = list(untold.order_by("at", "id"))
    before = remembered(CODE, [(str(row.id),) for row in rows])
    for row in rows:
        if (str(row.id),) not in before:
            # However it is written: "Siguiri", "SIGUIRI ", "Siguirí".
            found[name_key(row.origin)].append(row)
    return found


def _going_on(origin: str) -> Incident | None:
    """The open incident about those from this place."""
    open_ones = open_of(CODE, this_node().id)
    return next((one for one in open_ones if name_key(one.cause.get("origin", "")) == origin), None)


def _cause(origin: str, rows: list[Crossing], rule: HealthCluster) -> Cause:
    first = rows[0]
    return Cause(
        key=(origin, str(first.id)),
        post=this_node().id,
        said={
            "travellers": str(len(rows)),
            "origin": first.origin,
            "hours": str(rule.hours),
        },
        told=Told(people=len(rows)),
        links=Links(crossings=tuple(row.id for row in rows)),
        counted=tuple(str(row.id) for row in rows),
    )


@transaction.atomic
def _add(incident: Incident, rows: list[Crossing]) -> None:
    """More have come: how many in all, and who by the numbers of their crossings."""
    links = linking.linked(incident.id, Links(crossings=tuple(row.id for row in rows)))
    people = min((incident.people or 0) + len(links), limits.MOST_PEOPLE)
    step = cause_id(CODE, (str(incident.id), *(str(row.id) for row in rows)))
    updated = IncidentUpdated(step=step, incident=incident.id, told=Told(people=people))
    record_all([updated, *links], actor=Actor())
    remember(CODE, [(str(row.id),) for row in rows])
