"""Files of alert definitions: what is taken, what is not, and which are in force."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from openmidas.health.definitions import DefinitionsError, read_definitions, sample_definitions
from openmidas.health.publishing import in_force, publish_definitions
from openmidas.journal import JournalError
from tests.conftest import POST
from tests.health.conftest import Ward
from tests.support.cast import acting, at_node

ONE = """
title = "One"
dated = {dated}
limit_days = 30
fever_from = 38.0
[[definitions]]
code = "measles"
name = {{ fr = "Rougeole", en = "Measles" }}
source = {{ fr = "OMS", en = "WHO" }}
advice = {{ fr = "Masque", en = "Mask" }}
days = 21
{rest}
"""


def text(rest: str = 'needs = ["fever", "rash"]', dated: str = "2026-11-01") -> str:
    return ONE.format(rest=rest, dated=dated)


def test_the_sample_names_a_source_for_each() -> None:
    said = read_definitions(sample_definitions())
    assert [one.code for one in said.definitions][:3] == ["ebola", "ebola_contact", "meningitis"]
    assert all(one.source.en for one in said.definitions)
    assert said.days == 23


@pytest.mark.parametrize(
    ("rest", "code"),
    [
        ("", "empty"),
        ('any_of = ["rash"]\nleast = 2', "too_many"),
        (
            'needs = ["rash"]\n[fever_cluster]\ntravellers = 3\nhours = 24\nseverity = "low"',
            "no_alert",
        ),
        ("places = " + "[" * 3000, "malformed"),
        ('needs = ["spots"]', "malformed"),
        ('needs = ["rash"]\nplaces = ["a\\u0007"]', "unprintable"),
        ('needs = ["rash"]\nunknown = 1', "malformed"),
        ('needs = ["rash"]\n' + text().partition("38.0")[2], "twice"),
    ],
)
def test_a_file_that_cannot_be_worked_by_is_refused(rest: str, code: str) -> None:
    with pytest.raises(DefinitionsError) as error:
        read_definitions(text(rest))
    assert error.value.code == code


def test_a_file_of_tomorrow_is_refused() -> None:
    today = date(2026, 10, 31)
    with pytest.raises(DefinitionsError) as error:
        read_definitions(text(), today)
    assert (error.value.code, read_definitions(text()).dated) == ("in_future", date(2026, 11, 1))


@pytest.mark.django_db
class TestPublished:
    def test_the_newest_are_in_force_and_grow_old(self, ward: Ward) -> None:
        assert in_force() is None
        ward.publish()
        old = (timezone.localdate() - timedelta(days=31)).isoformat()
        ward.publish(text(dated=old))
        now = in_force()
        assert now is not None
        assert (now.said.title, now.stale) == ("One", True)

    def test_no_post_publishes_them(self, ward: Ward) -> None:
        with at_node(POST), pytest.raises(JournalError):
            publish_definitions(text(), actor=acting(ward.cast.boubacar))
