"""What raises incidents by itself, in the worker."""

from __future__ import annotations

import time
from datetime import timedelta

from openmidas.incidents.raising.cluster import raise_health_clusters
from openmidas.incidents.raising.plates import raise_same_plates
from openmidas.incidents.raising.silent import raise_silent_posts
from openmidas.incidents.raising.travel import raise_impossible_travel
from openmidas.journal import NodeKind
from openmidas.nodes.jobs import every

GRACE = timedelta(minutes=30)
"""How long posts are given to find an HQ that was off: they try again every few minutes."""
_began = time.monotonic()


@every(timedelta(minutes=5), at=NodeKind.HQ)
def look_for_silent_posts() -> None:
    """Posts that should have been heard of; not while this HQ has just begun: it has heard of nobody."""
    if time.monotonic() - _began < GRACE.total_seconds():
        return
    raise_silent_posts()


@every(timedelta(minutes=15), at=NodeKind.HQ)
def look_for_impossible_travel() -> None:
    """Documents that were at two posts too soon."""
    raise_impossible_travel()


@every(timedelta(minutes=15), at=NodeKind.HQ)
def look_for_same_plates() -> None:
    """Plates that were opened with two registrations."""
    raise_same_plates()


@every(timedelta(minutes=2), at=NodeKind.POST)
def look_for_health_clusters() -> None:
    """Travellers from one place who were referred for their health."""
    raise_health_clusters()
