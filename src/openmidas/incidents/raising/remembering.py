"""For what an incident was raised, remembered beyond its erasure, without saying what it was."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.crypto import salted_hmac

from openmidas.incidents.limits import REMEMBERED
from openmidas.incidents.local import RaisedBefore
from openmidas.nodes.services import node_time

Key = tuple[str, ...]


def remember(rule: str, keys: Iterable[Key]) -> None:
    """An incident was raised for these. What is older than a year is forgotten."""
    now = node_time()
    rows = [RaisedBefore(reference=_reference(rule, key), rule=rule, at=now) for key in keys]
    RaisedBefore.objects.bulk_create(rows, ignore_conflicts=True)
    RaisedBefore.objects.filter(at__lt=now - REMEMBERED).delete()


def remembered(rule: str, keys: Iterable[Key]) -> set[Key]:
    """Those of these that an incident was raised for, be it here still or erased."""
    asked = {_reference(rule, key): key for key in keys}
    known = RaisedBefore.objects.filter(reference__in=asked).values_list("reference", flat=True)
    return {asked[reference] for reference in known}


def _reference(rule: str, key: Key) -> str:
    """A digest that only this node can make: a plate could be guessed by whoever has none of its key."""
    said = "\n".join((rule, *key))
    return salted_hmac("openmidas.incidents.raised", said, algorithm="sha256").hexdigest()
