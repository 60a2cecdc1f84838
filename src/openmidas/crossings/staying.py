"""How long a traveller who enters now may stay, by the rules of stay in force."""

from __future__ import annotations

from collections.abc import Iterator

from openmidas.crossings.facts import Facts
from openmidas.crossings.inspection import (
    Direction,
    Finding,
    Journey,
    Severity,
    Stay,
    Traveller,
)
from openmidas.crossings.rules import last_day

OWN_STATE = "national"


def stay_of(traveller: Traveller, journey: Journey, facts: Facts) -> Stay | None:
    """What the rules allow on entry; None on exit, and where no rule speaks."""
    if journey.direction is not Direction.ENTRY or not traveller.nationality:
        return None
    if traveller.nationality == facts.host:
        return Stay(rule=OWN_STATE, until=None, days=None)
    if facts.in_force is None:
        return None
    rule = facts.in_force.rules.rule_for(facts.host, traveller.nationality, facts.today)
    if rule is None:
        return None
    until = last_day(facts.today, rule.days).isoformat() if rule.days else None
    return Stay(rule=rule.code, until=until, days=rule.days)


def tell_stay(
    traveller: Traveller, journey: Journey, facts: Facts, stay: Stay | None
) -> Iterator[Finding]:
    """What the officer tells the traveller about the stay."""
    if journey.direction is not Direction.ENTRY:
        return
    if not traveller.nationality:
        yield Finding(code="nationality_unknown", severity=Severity.LOOK)
    elif stay is None:
        if facts.in_force is not None:
            yield Finding(
                code="no_rule",
                severity=Severity.LOOK,
                params={"nationality": traveller.nationality},
            )
    elif stay.until:
        yield Finding(
            code="stay_until",
            severity=Severity.INFO,
            params={"until": stay.until, "days": str(stay.days), "rule": stay.rule},
        )
    else:
        yield Finding(code="visa_free", severity=Severity.INFO, params={"rule": stay.rule})
