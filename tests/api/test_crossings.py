"""Which crossings are told, in which order, and when they say who crossed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.utils import timezone

from openmidas.api.models import PersonsRead
from openmidas.api.scopes import Scope
from openmidas.crossings.inspection import Direction
from openmidas.crossings.models import Crossing
from openmidas.journal.models import new_id
from tests.api.conftest import Asker, ids
from tests.conftest import POST
from tests.crossings.test_hq_pages import admit, inspection, refuse
from tests.support.cast import Cast

Make = Callable[..., Asker]
NAMES = ("KEITA", "AWA", "A1234567", "1971")


@pytest.fixture
def program(asker: Make) -> Asker:
    return asker()


def at(id: UUID, moment: datetime) -> None:
    """As if a crossing had been decided on at this moment."""
    Crossing.objects.filter(id=id).update(at=moment, day=timezone.localdate(moment))


def test_tells_what_crossed_and_not_who(program: Asker, at_hq: Cast) -> None:
    id = admit(at_hq, inspection())
    answer = program.ask("crossings")
    assert answer["next"] is None
    (told,) = answer["crossings"]
    assert told["person"] is None
    row = Crossing.objects.get(id=id)
    assert told == {
        "id": str(id), "at": told["at"], "day": row.day.isoformat(), "post": str(POST),
        "direction": "entry", "decision": "admitted", "nationality": "MLI", "sex": "F",
        "age_group": "18-59", "purpose": "other", "conveyance": "foot", "document_code": "P",
        "document_issuer": "MLI", "recorded": "live", "stay_rule": "", "stay_until": None,
        "person": None,
    }  # fmt: skip
    assert datetime.fromisoformat(told["at"]) == row.at.replace(
        microsecond=row.at.microsecond // 1000 * 1000
    )


def test_findings_reasons_and_notes_are_never_told(program: Asker, at_hq: Cast) -> None:
    id = refuse(at_hq, inspection())
    for told in (
        program.ask("crossings", persons="true"),
        program.ask(f"crossings/{id}", persons="true"),
    ):
        said = str(told)
        for secret in ("list", "Compared the photo", "Siguiri", "findings", "officer", "lane"):
            assert secret not in said


class TestPersons:
    def test_are_told_when_asked_for_and_recorded(self, program: Asker, at_hq: Cast) -> None:
        first, second = admit(at_hq, inspection()), admit(at_hq, inspection())
        answer = program.ask("crossings", persons="true", order="oldest")
        assert answer["crossings"][0]["person"] == {
            "surname": "KEITA", "given_names": "AWA", "birth": "1971",
            "document_number": "A1234567", "document_expiry": "",
        }  # fmt: skip
        read = PersonsRead.objects.get()
        assert (read.records, read.first, read.last) == (2, first, second)
        assert read.asked == "crossings?persons=true&order=oldest"

    def test_of_one_crossing_are_recorded_too(self, program: Asker, at_hq: Cast) -> None:
        id = admit(at_hq, inspection())
        assert program.ask(f"crossings/{id}")["person"] is None
        assert not PersonsRead.objects.exists()
        assert program.ask(f"crossings/{id}", persons="true")["person"]["surname"] == "KEITA"
        assert PersonsRead.objects.get().asked == f"crossings/{id}"

    def test_need_a_scope_of_their_own(self, asker: Make, at_hq: Cast) -> None:
        id = admit(at_hq, inspection())
        program = asker(Scope.CROSSINGS, name="No names")
        for address in ("crossings", f"crossings/{id}"):
            assert program.refused(address, 403, persons="true") == "scope.missing"
            assert not any(name in str(program.ask(address)) for name in NAMES)
        assert not PersonsRead.objects.exists()

    def test_nobody_told_leaves_no_entry(self, program: Asker) -> None:
        program.ask("crossings", persons="true")
        assert program.refused(f"crossings/{new_id()}", 404, persons="true") == "crossing.unknown"
        assert not PersonsRead.objects.exists()


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, "abc"),
        ({"direction": "exit"}, "b"),
        ({"decision": "refused"}, "c"),
        ({"nationality": "NER"}, "a"),
        ({"nationality": "XXX"}, ""),
        ({"post": str(POST)}, "abc"),
        ({"post": str(new_id())}, ""),
        ({"day": "2001-01-01"}, ""),
        ({"direction": "entry", "decision": "admitted"}, "a"),
    ],
)
def test_chooses(program: Asker, at_hq: Cast, asked: dict[str, str], expected: str) -> None:
    made = {
        admit(at_hq, inspection(nationality="NER")): "a",
        admit(at_hq, inspection(direction=Direction.EXIT)): "b",
        refuse(at_hq, inspection()): "c",
    }
    answer = program.ask("crossings", order="oldest", **asked)
    assert "".join(made[id] for id in ids(answer)) == expected


class TestTime:
    NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)

    @pytest.fixture
    def moments(self, at_hq: Cast) -> dict[str, UUID]:
        """Crossings by what they are: at noon, an hour before, a day after."""
        offsets = {"noon": 0, "before": -1, "after": 24}
        made = {name: admit(at_hq, inspection()) for name in offsets}
        for name, hours in offsets.items():
            at(made[name], self.NOON + timedelta(hours=hours))
        return made

    @pytest.mark.parametrize(
        ("asked", "expected"),
        [
            ({"day": "2026-03-10"}, ["before", "noon"]),
            ({"day": "2026-03-11"}, ["after"]),
            ({"from": "2026-03-10T12:00:00Z"}, ["noon", "after"]),
            ({"until": "2026-03-10T12:00:00Z"}, ["before"]),
            ({"from": "2026-03-10T13:00:00+01:00", "until": "2026-03-11T00:00:00Z"}, ["noon"]),
            ({"from": "2026-03-12T00:00:00Z"}, []),
        ],
    )
    def test_within(
        self, program: Asker, moments: dict[str, UUID], asked: dict[str, str], expected: list[str]
    ) -> None:
        answer = program.ask("crossings", order="oldest", **asked)
        assert ids(answer) == [moments[name] for name in expected]

    def test_the_answer_says_of_what_time_it_is(self, program: Asker) -> None:
        answer = program.ask("crossings", **{"from": "2026-03-10T12:00:00Z"})
        assert (answer["from"], answer["until"]) == ("2026-03-10T12:00:00Z", "2026-04-10T12:00:00Z")
        recent = program.ask("crossings")
        span = datetime.fromisoformat(recent["until"]) - datetime.fromisoformat(recent["from"])
        assert span == timedelta(days=31)

    @pytest.mark.parametrize(
        ("asked", "code"),
        [
            ({"from": "2026-01-01T00:00:00Z", "until": "2026-02-02T00:00:00Z"}, "range.too_long"),
            ({"from": "2026-01-02T00:00:00Z", "until": "2026-01-01T00:00:00Z"}, "range.empty"),
            ({"day": "2026-01-01", "until": "2026-01-01T00:00:00Z"}, "range.day_and_range"),
            ({"from": "0001-01-01T00:00:00+14:00"}, "range.year"),
            ({"until": "9999-12-31T23:59:59-14:00"}, "range.year"),
            ({"day": "9999-12-31"}, "range.year"),
            ({"from": "2026-01-01T00:00:00"}, "parameter.malformed"),
            ({"from": "yesterday"}, "parameter.malformed"),
        ],
    )
    def test_what_cannot_be_is_told(self, program: Asker, asked: dict[str, str], code: str) -> None:
        assert program.refused("crossings", 422, **asked) == code


class TestPages:
    @pytest.mark.parametrize("order", ["newest", "oldest"])
    @pytest.mark.parametrize("limit", [1, 2, 3, 7])
    def test_tell_each_crossing_once_also_those_of_one_moment(
        self, program: Asker, at_hq: Cast, order: str, limit: int
    ) -> None:
        now = timezone.now() - timedelta(hours=1)
        made = [admit(at_hq, inspection()) for _ in range(7)]
        for number, id in enumerate(made):
            at(id, now + timedelta(microseconds=number // 3))
        told: list[UUID] = []
        asked = {"order": order, "limit": str(limit)}
        while True:
            answer = program.ask("crossings", **asked)
            told += ids(answer)
            assert len(ids(answer)) <= limit
            if answer["next"] is None:
                break
            asked["cursor"] = answer["next"]
        assert told == (made if order == "oldest" else made[::-1])

    def test_one_that_comes_meanwhile_moves_nothing(self, program: Asker, at_hq: Cast) -> None:
        made = [admit(at_hq, inspection()) for _ in range(4)]
        first = program.ask("crossings", limit="2")
        admit(at_hq, inspection())
        second = program.ask("crossings", limit="2", cursor=first["next"])
        assert ids(first) + ids(second) == made[::-1]


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"nationalty": "MLI"}, "parameter.unknown"),
        ({"direction": "up"}, "parameter.malformed"),
        ({"decision": ""}, "parameter.malformed"),
        ({"nationality": "mli"}, "parameter.malformed"),
        ({"nationality": "ML\0"}, "parameter.malformed"),
        ({"nationality": "MLI\n"}, "parameter.malformed"),
        ({"post": "Kourémalé"}, "parameter.malformed"),
        ({"limit": "0"}, "parameter.malformed"),
        ({"limit": "501"}, "parameter.malformed"),
        ({"limit": "1e2"}, "parameter.malformed"),
        ({"persons": "perhaps"}, "parameter.malformed"),
        ({"cursor": "????"}, "parameter.malformed"),
        ({"cursor": "AAAA"}, "cursor.malformed"),
    ],
)
def test_a_question_that_is_none_is_told(program: Asker, asked: dict[str, str], code: str) -> None:
    assert program.refused("crossings", 422, **asked) == code


def test_a_parameter_twice_is_told(program: Asker) -> None:
    response = program.client.get("/api/v1/crossings?direction=entry&direction=exit")
    assert (response.status_code, response.json()["code"]) == (422, "parameter.repeated")


def test_more_parameters_than_anybody_needs_are_told(program: Asker) -> None:
    response = program.client.get("/api/v1/crossings?" + "&".join(["direction=exit"] * 2000))
    assert (response.status_code, response.json()["code"]) == (422, "request.malformed")


@pytest.mark.parametrize("id", ["1", "x" * 300, "%00", "01900000-0000-7000-8000-00000000000g"])
def test_a_crossing_that_is_none(program: Asker, id: str) -> None:
    assert program.refused(f"crossings/{id}", 422) == "parameter.malformed"
