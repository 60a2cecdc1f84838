"""Which rule of stay holds for whom on which day, and which rules files are taken."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openmidas.crossings.rules import RulesError, last_day, read_rules, sample_rules

RULES = read_rules(sample_rules())
BEFORE, AFTER = date(2025, 1, 28), date(2025, 1, 29)


@pytest.mark.parametrize(
    ("host", "guest", "day", "code", "days"),
    [
        ("MLI", "GIN", BEFORE, "ecowas", 90),
        ("MLI", "GIN", AFTER, "ecowas_in_aes", 90),
        ("GIN", "MLI", BEFORE, "ecowas", 90),
        ("GIN", "MLI", AFTER, "aes_in_ecowas", 90),
        ("MLI", "NER", BEFORE, "ecowas", 90),
        ("MLI", "NER", AFTER, "aes", None),
        ("GIN", "SEN", BEFORE, "ecowas", 90),
        ("GIN", "SEN", AFTER, "ecowas", 90),
    ],
)
def test_the_blocs_part_on_29_january_2025(
    host: str, guest: str, day: date, code: str, days: int | None
) -> None:
    rule = RULES.rule_for(host, guest, day)
    assert rule is not None
    assert (rule.code, rule.days) == (code, days)


@pytest.mark.parametrize("day", [BEFORE, AFTER])
@pytest.mark.parametrize("guest", ["FRA", "D", "MRT", "XXA", ""])
def test_a_third_state_has_no_rule(guest: str, day: date) -> None:
    assert RULES.rule_for("MLI", guest, day) is None


def test_free_movement_is_marked_where_it_may_end_any_day() -> None:
    lasting = {rule.code for rule in RULES.rules if rule.until_further_notice}
    assert lasting == {"ecowas_in_aes", "aes_in_ecowas"}


@given(st.dates(max_value=date(9000, 1, 1)), st.integers(min_value=1, max_value=36_500))
def test_the_day_of_entry_is_the_first_day(entered: date, days: int) -> None:
    assert (last_day(entered, days) - entered).days + 1 == days


def test_ninety_days() -> None:
    assert last_day(date(2025, 1, 1), 90) == date(2025, 3, 31)


@pytest.mark.parametrize(
    ("day", "closed"),
    [
        (date(2020, 8, 17), False),
        (date(2020, 8, 18), True),
        (date(2020, 8, 28), True),
        (date(2020, 8, 29), False),
    ],
)
def test_a_closure_holds_on_its_first_and_last_day(day: date, closed: bool) -> None:
    assert bool(RULES.closures_on("MLI", day)) is closed
    assert not RULES.closures_on("NER", day)


def changed(old: str, new: str) -> str:
    assert old in sample_rules()
    return sample_rules().replace(old, new, 1)


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("title =", "malformed", None),
        ("title = " + "[" * 3000, "malformed", None),
        (changed("days = 90", 'days = "ninety"'), "malformed", None),
        (changed("days = 90", "day = 90"), "malformed", None),
        (changed("days = 90", "days = 0"), "out_of_range", "ecowas"),
        (changed("limit_days = 365", "limit_days = -1"), "out_of_range", "limit_days"),
        (changed('state = "BEN"', 'state = "BNI"'), "unknown_code", "ECOWAS"),
        (changed('state = "BEN"', 'state = "DEU"'), "unknown_code", "ECOWAS"),
        (changed('host = "AES"', 'host = "SEA"'), "unknown_code", "aes"),
        (changed('["GIN", "MLI"]', '["Mali"]'), "unknown_code", "guinea_mali_2020"),
        (changed('["health"]', '["medical"]'), "unknown_code", "guinea_mali_2020"),
        (changed('["foot", "truck"]', '["feet"]'), "unknown_code", "guinea_mali_2020"),
        (changed('["entry", "exit"]', '["in"]'), "unknown_code", "guinea_mali_2020"),
        (changed("until = 2020-08-28", "until = 2020-08-17"), "ends_before_it_begins", None),
        (changed('code = "aes"', 'code = "ecowas"'), "twice", "ecowas"),
        (changed('code = "aes"', f'code = "{"a" * 33}"'), "too_long", "a" * 32),
        (changed('title = "West Africa', f'title = "{"a" * 120}'), "too_long", "title"),
    ],
)
def test_rules_that_could_not_apply_are_not_taken(text: str, code: str, place: str | None) -> None:
    with pytest.raises(RulesError) as error:
        read_rules(text)
    assert error.value.code == code
    if place is not None:
        assert error.value.params["place"] == place


class TestTheLawOnRefusals:
    def test_is_read_with_the_rules(self) -> None:
        law = read_rules(sample_rules()).refusal
        assert [one.reason for one in law.bases] == ["no_valid_document", "stay_used_up"]
        assert law.bases[0].basis.of("ar") == law.bases[0].basis.fr
        assert law.remedy.of("fr") == ""

    @pytest.mark.parametrize(
        ("more", "code"),
        [
            ('[[refusal.bases]]\nreason = "no_visas"\nbasis = {}', "unknown_code"),
            ('[[refusal.bases]]\nreason = "stay_used_up"\nbasis = {}', "twice"),
            (
                f'[[refusal.bases]]\nreason = "threat"\nbasis = {{ fr = "{"a" * 601}" }}',
                "too_long",
            ),
        ],
    )
    def test_that_could_not_stand_on_the_form_is_refused(self, more: str, code: str) -> None:
        with pytest.raises(RulesError) as caught:
            read_rules(f"{sample_rules()}\n{more}")
        assert caught.value.code == code
