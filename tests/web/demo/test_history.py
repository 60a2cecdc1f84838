"""Who crosses in the sample country: the right numbers, nobody real, the same from the same seed."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import islice, pairwise
from statistics import mean
from uuid import UUID

import pytest

from openmidas.crossings.inspection import Direction
from openmidas.documents import read_mrz
from openmidas.web.demo.country import MALI, STATES, DemoPost, DemoState, post_of, state_of
from openmidas.web.demo.history import Counting, History, Passage
from openmidas.web.demo.special import LISTED, NAMESAKES, STAYED_ON
from tests.web.demo.small import BEGAN, history

KOUREMALE, LABBEZANGA = MALI.posts
LAST = date(2026, 11, 20)
EVERYWHERE = [(state, post) for state in STATES for post in state.posts]


@cache
def _past(node: UUID) -> tuple[Passage | Counting, ...]:
    state, post = state_of(node), post_of(node)
    assert state is not None
    assert post is not None
    return tuple(History(state, post, BEGAN).past())


def past(post: DemoPost) -> tuple[Passage | Counting, ...]:
    return _past(post.id)


def passages(post: DemoPost) -> list[Passage]:
    """Those of the thirty days, without what an older register brought."""
    earliest = BEGAN - 31 * 86_400_000
    return [one for one in past(post) if isinstance(one, Passage) and one.at >= earliest]


def days_ago(one: Passage) -> int:
    return (LAST - datetime.fromtimestamp(one.at / 1000, UTC).date()).days


def share(post: DemoPost, *nationalities: str) -> float:
    people = passages(post)
    return sum(one.person.nationality in nationalities for one in people) / len(people)


def test_a_day_at_kouremale_is_as_it_was_measured() -> None:
    counted: Counter[date] = Counter()
    for one in past(KOUREMALE):
        if isinstance(one, Counting):
            counted[one.day] += one.number
    days = Counter(LAST - timedelta(days=days_ago(one)) for one in passages(KOUREMALE)) + counted
    whole = [number for day, number in days.items() if day != LAST]
    assert len(whole) == 29
    assert mean(whole) == pytest.approx(552, rel=0.05)
    assert max(whole) <= 800
    market = [n for day, n in days.items() if day.weekday() == KOUREMALE.traffic.market_day]
    assert min(market) > 700
    women = [one for one in passages(KOUREMALE) if one.person.sex == "F"]
    assert len(women) / len(passages(KOUREMALE)) == pytest.approx(0.31, abs=0.02)
    assert share(KOUREMALE, "GIN", "MLI") == pytest.approx(0.74, abs=0.03)


@pytest.mark.parametrize("post", [KOUREMALE, LABBEZANGA], ids=lambda post: post.name)
def test_children_old_people_and_many_without_a_document(post: DemoPost) -> None:
    people = passages(post)
    ages = [2026 - one.person.birth.year for one in people]
    assert 0.08 < sum(age < 18 for age in ages) / len(ages) < 0.22
    assert 0.02 < sum(age >= 60 for age in ages) / len(ages) < 0.1
    without = sum(one.person.paper is None for one in people) / len(people)
    assert 0.3 < without < 0.42
    entries = sum(one.journey.direction is Direction.ENTRY for one in people) / len(people)
    assert 0.45 < entries < 0.58
    for said in ("purpose", "conveyance"):
        assert len({getattr(one.journey, said) for one in people}) >= 6


def test_labbezanga_was_silent_for_a_week_and_wrote_on_paper_for_some_days() -> None:
    days = {days_ago(one) for one in passages(LABBEZANGA)}
    silent = set(LABBEZANGA.traffic.silent)
    assert len(silent) == 7
    assert not days & silent
    paper = {days_ago(one) for one in passages(LABBEZANGA) if one.on_paper}
    assert paper == set(LABBEZANGA.traffic.paper)
    only_counted = set(LABBEZANGA.traffic.counted)
    assert not days & only_counted
    counted = {(LAST - one.day).days for one in past(LABBEZANGA) if isinstance(one, Counting)}
    assert counted == only_counted


def test_many_have_one_name_and_one_name_many_spellings() -> None:
    people = {one.person for one in passages(KOUREMALE)}
    names = Counter(f"{one.given_names} {one.surname}" for one in people)
    assert names.most_common(1)[0][1] > 50
    surnames = {one.surname for one in people}
    assert {"Diallo", "Jallow", "Jalloh"} <= surnames
    assert any(ord(letter) > 127 for name in surnames for letter in name)


@pytest.mark.parametrize(("state", "post"), EVERYWHERE, ids=lambda one: getattr(one, "folder", ""))
def test_nobody_has_a_document_that_is_no_specimen(state: DemoState, post: DemoPost) -> None:
    papers = [one.person.paper for one in past(post) if isinstance(one, Passage)]
    assert all(paper.number.startswith("SP") for paper in papers if paper)
    coming = islice(History(state, post, BEGAN).coming(), 50)
    assert all(
        one.paper is None or one.paper.number.startswith("SP")
        for party in coming
        for one in party.people
    )


def test_what_a_reader_sends_reads_as_the_traveller() -> None:
    people = [one.person for one in passages(KOUREMALE)[:400] if one.person.machine_read]
    assert {person.paper.code for person in people if person.paper} == {"P", "I"}
    for person in people:
        reading = read_mrz(person.zone(), today=LAST)
        assert not [found for found in reading.findings if not found.informative]
        traveller = person.traveller()
        assert (reading.surname, reading.birth) == (traveller.surname, traveller.birth)
        assert person.paper is not None
        assert reading.number == person.paper.number


def test_a_number_is_one_persons() -> None:
    holders: dict[str, set[str]] = defaultdict(set)
    for one in passages(KOUREMALE):
        if one.person.paper:
            holders[one.person.paper.number].add(one.person.birth.text())
    assert all(len(births) == 1 for births in holders.values())


def test_most_who_come_go_again() -> None:
    ways: dict[str, list[Direction]] = defaultdict(list)
    for one in passages(KOUREMALE):
        if one.person.paper:
            ways[one.person.paper.number].append(one.journey.direction)
    again = [crossings for crossings in ways.values() if len(crossings) > 1]
    assert len(again) / len(ways) > 0.5
    in_turn = [all(a != b for a, b in pairwise(w)) for w in again]
    assert sum(in_turn) / len(in_turn) > 0.95


def test_some_enter_at_one_post_and_leave_by_the_other() -> None:
    entered = {
        one.person.paper.number
        for one in passages(KOUREMALE)
        if one.person.paper and one.journey.direction is Direction.ENTRY
    }
    left = {
        one.person.paper.number
        for one in passages(LABBEZANGA)
        if one.person.paper and one.journey.direction is Direction.EXIT
    }
    assert len(entered & left) > 10


def test_the_listed_their_namesakes_and_a_family_are_there() -> None:
    people = [one for post in MALI.posts for one in passages(post)]
    names = {(one.person.surname, one.person.given_names, one.person.birth) for one in people}
    assert {who[:3] for who in (*LISTED, *NAMESAKES)} <= names
    groups = defaultdict(list)
    for one in passages(KOUREMALE):
        if one.first is not None:
            groups[one.first].append(one.person)
    assert any(len(g) == 6 and not any(one.paper for one in g) for g in groups.values())


def test_some_entered_months_ago_and_did_not_leave() -> None:
    old = [
        one
        for one in past(KOUREMALE)
        if isinstance(one, Passage) and one.at < BEGAN - 100 * 86_400_000
    ]
    numbers = {one.person.paper.number for one in old if one.person.paper}
    left = {one.person.paper.number for one in passages(KOUREMALE) if one.person.paper}
    assert len(numbers - left) >= STAYED_ON


def test_the_same_seed_gives_the_same_sequence() -> None:
    one, other = history(), history()
    assert one.length == other.length
    items = list(one.past())
    assert items == list(other.past())
    assert [item.index for item in items] == list(range(one.length))
    ids = [one.id_of(item.index) for item in items]
    assert ids == [other.id_of(item.index) for item in items]
    assert sorted(set(ids)) == ids
    assert {id.version for id in ids} == {7}
    assert list(islice(one.coming(), 0)) == []


def test_another_beginning_is_another_sequence() -> None:
    later = history(BEGAN + 86_400_000)
    assert later.id_of(0) != history().id_of(0)


def test_nothing_of_the_history_lies_after_its_end_and_everything_else_does() -> None:
    whole = History(MALI, KOUREMALE, BEGAN)
    assert len(past(KOUREMALE)) == whole.length
    assert max(one.at for one in passages(KOUREMALE)) <= BEGAN + 10_000
    known = {one.person for one in passages(KOUREMALE)}
    coming = [person for party in islice(whole.coming(), 200) for person in party.people]
    back = [person for person in coming if person in known]
    assert 20 < len(back) < len(coming)  # some of those who come have been here, others are new


def test_a_post_of_the_country_is_found_by_its_id() -> None:
    assert post_of(KOUREMALE.id) == KOUREMALE
