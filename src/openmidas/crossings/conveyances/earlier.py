"""What changed since the last post: the same plate there, within a day, and who was aboard.

Only a headquarters has the entries of both posts. Nobody is stopped for it: people get on and off.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import msgspec

from openmidas.crossings.conveyances.aboard import aboard_of
from openmidas.crossings.conveyances.comparing import Aboard, compare_manifest
from openmidas.crossings.conveyances.entries import ManifestLine
from openmidas.crossings.conveyances.models import OpenedConveyance

WITHIN = timedelta(days=1)


class Changed(msgspec.Struct, frozen=True, kw_only=True):
    """Against the post before: who was aboard there and not here, and who is new here."""

    gone: tuple[Aboard, ...]
    new: tuple[Aboard, ...]


def post_before(row: OpenedConveyance) -> OpenedConveyance | None:
    """The same plate as it was opened last at another post, within a day before; None: it was not."""
    before = OpenedConveyance.objects.filter(
        plate_key=row.plate_key, at__lt=row.at, at__gte=row.at - WITHIN
    )
    return before.exclude(node=row.node).order_by("-at", "-id").first()


def changed_since(earlier: OpenedConveyance, row: OpenedConveyance) -> Changed:
    """Who left it and who got on between two posts, whoever drives it among them."""
    return changed(aboard_of(earlier), aboard_of(row))


def changed(there: Sequence[Aboard], here: Sequence[Aboard]) -> Changed:
    """The same for its travellers, at the post before and here. Pure."""
    lines = [ManifestLine(name=one.name, number=one.number, birth=one.birth) for one in there]
    everybody = [msgspec.structs.replace(one, drives=False) for one in here]
    compared = compare_manifest(lines, everybody)
    missing = {id(line) for line in compared.missing}
    gone = (one for line, one in zip(lines, there, strict=True) if id(line) in missing)
    return Changed(gone=tuple(gone), new=compared.extra)
