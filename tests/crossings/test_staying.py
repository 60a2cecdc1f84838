"""How long somebody who enters may stay, and what the officer tells them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from openmidas.crossings.facts import Facts, RulesInForce
from openmidas.crossings.inspection import Direction, Finding, Journey, Stay, Traveller
from openmidas.crossings.rules import read_rules, sample_rules
from openmidas.crossings.staying import stay_of, tell_stay
from openmidas.journal.models import new_id

ENTRY = Journey()
RULES = RulesInForce(new_id(), read_rules(sample_rules()))


def entering(
    nationality: str, day: date, rules: RulesInForce | None = RULES, journey: Journey = ENTRY
) -> tuple[Stay | None, list[Finding]]:
    facts = Facts(
        now=datetime(day.year, day.month, day.day, 12, tzinfo=UTC), host="MLI", in_force=rules
    )
    traveller = Traveller(nationality=nationality)
    stay = stay_of(traveller, journey, facts)
    return stay, list(tell_stay(traveller, journey, facts, stay))


def test_ninety_days_with_the_day_of_entry() -> None:
    stay, (told,) = entering("GIN", date(2025, 1, 28))
    assert stay == Stay(rule="ecowas", until="2025-04-27", days=90)
    assert (told.code, told.params) == (
        "stay_until",
        {"until": "2025-04-27", "days": "90", "rule": "ecowas"},
    )


@pytest.mark.parametrize(
    ("nationality", "day", "rule", "until"),
    [
        ("GIN", date(2025, 1, 29), "ecowas_in_aes", "2025-04-28"),
        ("NER", date(2025, 1, 28), "ecowas", "2025-04-27"),
        ("NER", date(2025, 1, 29), "aes", None),
        ("MLI", date(2025, 1, 29), "national", None),
    ],
)
def test_the_rule_is_that_of_the_day(
    nationality: str, day: date, rule: str, until: str | None
) -> None:
    stay, (told,) = entering(nationality, day)
    assert stay is not None
    assert (stay.rule, stay.until) == (rule, until)
    assert told.code == ("stay_until" if until else "visa_free")


@pytest.mark.parametrize(("nationality", "code"), [("FRA", "no_rule"), ("", "nationality_unknown")])
def test_where_no_rule_speaks_the_officer_asks(nationality: str, code: str) -> None:
    stay, (told,) = entering(nationality, date(2025, 6, 1))
    assert (stay, told.code, told.severity) == (None, code, "look")


def test_without_rules_nothing_is_promised() -> None:
    assert entering("GIN", date(2025, 6, 1), rules=None) == (None, [])


def test_on_the_way_out_there_is_no_stay() -> None:
    leaving = Journey(direction=Direction.EXIT)
    assert entering("GIN", date(2025, 6, 1), journey=leaving) == (None, [])
