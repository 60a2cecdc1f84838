"""Which rules of stay this node has, for its report."""

from __future__ import annotations

from collections.abc import Iterator

from openmidas.crossings.facts import rules_in_force
from openmidas.nodes.entries import HeldEdition
from openmidas.nodes.reports import reports_editions


@reports_editions
def held_rules() -> Iterator[HeldEdition]:
    """The rules that are in force here, if any are."""
    if (held := rules_in_force()) is not None:
        rules = held.rules
        yield HeldEdition(kind="rules", code=rules.title, edition=held.edition, dated=rules.dated)
