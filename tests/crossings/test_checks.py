"""What each check says, on plain values."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import msgspec
import pytest

from openmidas.crossings import checks
from openmidas.crossings.facts import Facts, Memory, RulesInForce, Seen, Stayed
from openmidas.crossings.inspection import (
    Conveyance,
    Direction,
    Document,
    Finding,
    HowRead,
    Journey,
    Purpose,
    Severity,
    Traveller,
)
from openmidas.crossings.models import Status
from openmidas.crossings.rules import Closure, RuleSet, read_rules, sample_rules
from openmidas.documents import PartialDate, read_mrz
from openmidas.journal.models import new_id
from openmidas.lists.in_use import EditionInUse, ListHit
from openmidas.screening import Index, Query, open_list, read_un
from openmidas.web.demo.specimens import Specimen
from tests.crossings.conftest import SMALL_LIST

TODAY = date(2025, 6, 15)
NOON = datetime(2025, 6, 15, 12, tzinfo=UTC)
RULES = read_rules(sample_rules().replace("2026-11-01", "2025-06-01"))
GUEST = Traveller(surname="DIALLO", nationality="GIN", birth=PartialDate(1984))
ENTRY, EXIT = Journey(), Journey(direction=Direction.EXIT)


def facts(rules: RuleSet | None = RULES, day: date = TODAY, **more: Any) -> Facts:
    in_force = RulesInForce(new_id(), rules) if rules else None
    now = datetime.combine(day, NOON.timetz())
    return Facts(now=now, host="MLI", in_force=in_force, **more)


def told(findings: Iterator[Finding]) -> dict[str, Finding]:
    return {finding.code: finding for finding in findings}


def passport(state: str = "GIN", given_names: str = "MAMADOU") -> str:
    return Specimen(
        surname="DIALLO",
        given_names=given_names,
        state=state,
        number="C04812766",
        birth=date(1984, 11, 2),
        sex="M",
        expiry=date(2029, 12, 31),
    ).mrz()


def reading_of(zone: str) -> list[Finding]:
    return list(checks.check_reading(read_mrz(zone, today=TODAY)))


class TestReading:
    def test_nothing_to_say_of_a_good_zone(self) -> None:
        assert reading_of(passport()) == []

    def test_a_wrong_check_digit_names_its_field(self) -> None:
        first, second = passport().split()
        wrong = second[:9] + str((int(second[9]) + 1) % 10) + second[10:]
        found = [one for one in reading_of(f"{first}\n{wrong}") if one.code == "check_digit_wrong"]
        assert "number" in {one.params["field"] for one in found}
        assert {one.severity for one in found} == {Severity.LOOK}

    def test_a_specimen_is_looked_at(self) -> None:
        (found,) = reading_of(passport(state="UTO"))
        assert (found.code, found.severity) == ("specimen", Severity.LOOK)

    @pytest.mark.parametrize(
        ("state", "code"), [("ANT", "state_code_withdrawn"), ("XCT", "state_code_unlisted")]
    )
    def test_a_code_that_is_no_longer_or_nowhere_listed_is_told_once(
        self, state: str, code: str
    ) -> None:
        (found,) = reading_of(passport(state=state))
        assert (found.code, found.severity) == (code, Severity.INFO)
        assert found.params["read"] == state

    def test_a_document_that_does_not_expire_is_told(self) -> None:
        zone = passport()
        lines = zone.split()
        never = lines[1][:21] + "<<<<<<<" + lines[1][28:43]
        (found,) = (
            one
            for one in reading_of(f"{lines[0]}\n{never}0")
            if one.code not in {"check_digit_wrong"}
        )
        assert (found.code, found.severity) == ("expiry_absent", Severity.INFO)

    def test_what_was_put_right_is_told_with_its_field(self) -> None:
        first, second = passport().split()
        (found,) = reading_of(
            f"{first}\n{second[:13]}{second[13:19].replace('1', 'I')}{second[19:]}"
        )
        assert found.params["problems"] == "birth:repaired"

    def test_a_name_that_fills_its_field_may_go_on(self) -> None:
        (found,) = reading_of(passport(given_names="ABCDEFGHI " * 4))
        assert (found.code, found.severity) == ("name_truncated", Severity.INFO)


class TestDocument:
    @pytest.mark.parametrize(
        ("expiry", "code"),
        [
            (PartialDate(2025, 6, 14), "document_expired"),
            (PartialDate(2025, 6, 15), "document_expires_soon"),
            (PartialDate(2025, 5), "document_expired"),
            (PartialDate(2025, 6), "document_expires_soon"),
            (PartialDate(2025, 9, 12), "document_expires_soon"),
            (PartialDate(2025, 9, 13), None),
            (None, None),
        ],
    )
    def test_expiry(self, expiry: PartialDate | None, code: str | None) -> None:
        paper = Document(number="A1234567", issuer="GIN", expiry=expiry, how_read=HowRead.MRZ)
        assert set(told(checks.check_document(GUEST, paper, facts()))) == ({code} - {None})

    def test_none(self) -> None:
        found = told(checks.check_document(GUEST, Document(), facts()))
        assert list(found) == ["no_document"]
        assert found["no_document"].severity is Severity.LOOK

    def test_what_was_typed_is_to_be_compared(self) -> None:
        found = told(checks.check_document(GUEST, Document(number="A1234567"), facts()))
        assert list(found) == ["document_unreadable"]

    @pytest.mark.parametrize(
        ("code", "known"), [("D", True), ("GBN", True), ("XXA", True), ("DEU", False)]
    )
    def test_codes_are_those_of_documents(self, code: str, known: bool) -> None:
        paper = Document(number="A1234567", issuer=code, how_read=HowRead.MRZ)
        found = told(checks.check_document(Traveller(nationality=code), paper, facts()))
        assert ("unknown_state" in found) is not known


class TestAge:
    @pytest.mark.parametrize(
        ("birth", "with_adult", "code"),
        [
            (PartialDate(2007, 6, 15), False, None),  # eighteen today
            (PartialDate(2007, 6, 16), False, "child_alone"),
            (PartialDate(2007, 6, 16), True, None),
            (PartialDate(2007), False, None),  # perhaps eighteen
            (PartialDate(2008), False, "child_alone"),
            (PartialDate(2012, approximate=True), False, None),  # perhaps from 2007
            (PartialDate(2013, approximate=True), False, "child_alone"),
            (None, False, "birth_unknown"),
        ],
    )
    def test_only_who_is_certainly_a_child_travels_as_one(
        self, birth: PartialDate | None, with_adult: bool, code: str | None
    ) -> None:
        traveller = Traveller(birth=birth)
        found = told(checks.check_age(traveller, facts(), with_adult=with_adult))
        assert set(found) == ({code} - {None})

    def test_the_oldest_age_is_told(self) -> None:
        found = told(
            checks.check_age(Traveller(birth=PartialDate(2015)), facts(), with_adult=False)
        )
        assert found["child_alone"].params == {"age": "10"}


class TestRecent:
    @pytest.mark.parametrize(
        ("status", "minutes", "flagged"),
        [
            (Status.ADMITTED, 10, True),
            (Status.ADMITTED, 11, False),
            (Status.REFUSED, 10, True),
            (Status.REFUSED, 11, False),
            (Status.REFERRED, 600, True),  # still waits
        ],
    )
    def test_the_same_document(self, status: Status, minutes: int, flagged: bool) -> None:
        seen = Seen(status, NOON - timedelta(minutes=minutes), "2")
        found = told(checks.check_recent(facts(), Memory(seen=seen)))
        assert bool(found) is flagged
        if flagged:
            params = {"minutes": str(minutes), "lane": "2", "outcome": status.value}
            assert found["same_document"].params == params

    def test_a_clock_that_was_set_back_gives_no_negative_minutes(self) -> None:
        seen = Seen(Status.ADMITTED, NOON + timedelta(minutes=3), "2")
        found = told(checks.check_recent(facts(), Memory(seen=seen)))
        assert found["same_document"].params["minutes"] == "0"


def closed(**changes: Any) -> RuleSet:
    closure = Closure(code="test", hosts=("MLI",), since=TODAY, until=TODAY, source="a decree")
    return msgspec.structs.replace(RULES, closures=(msgspec.structs.replace(closure, **changes),))


class TestBorder:
    def test_closed(self) -> None:
        rules = closed(exempt_purposes=("health",), exempt_nationalities=("SEN",))
        (finding,) = checks.check_border(GUEST, ENTRY, facts(rules))
        assert (finding.code, finding.severity) == ("border_closed", Severity.STOP)
        assert finding.params == {
            "closure": "test",
            "exemptions": "SEN, health",
            "source": "a decree",
        }

    @pytest.mark.parametrize(
        ("exemption", "journey"),
        [
            ({"exempt_nationalities": ("GIN",)}, ENTRY),
            ({"exempt_purposes": ("health",)}, Journey(purpose=Purpose.HEALTH)),
            ({"exempt_conveyances": ("truck",)}, Journey(conveyance=Conveyance.TRUCK)),
            ({"directions": ("exit",)}, ENTRY),
            ({"directions": ("entry",)}, EXIT),
            ({"hosts": ("NER",)}, ENTRY),
        ],
    )
    def test_exempt(self, exemption: dict[str, Any], journey: Journey) -> None:
        assert not list(checks.check_border(GUEST, journey, facts(closed(**exemption))))

    def test_nobody_is_kept_out_of_their_own_country(self) -> None:
        own = Traveller(nationality="MLI")
        assert not list(checks.check_border(own, ENTRY, facts(closed())))
        assert list(checks.check_border(own, EXIT, facts(closed())))

    @pytest.mark.parametrize(("days", "stale"), [(365, False), (366, True)])
    def test_rules_grow_old(self, days: int, stale: bool) -> None:
        day = RULES.dated + timedelta(days=days)
        found = told(checks.check_border(GUEST, ENTRY, facts(day=day)))
        assert ("rules_stale" in found) is stale


class TestStayUsed:
    """Of a Guinean who leaves Mali, with what was told on entry."""

    def leaving(self, day: date, stayed: Stayed | None, rules: RuleSet | None = RULES) -> Finding:
        (finding,) = checks.check_stay_used(GUEST, EXIT, facts(rules, day), Memory(stayed=stayed))
        return finding

    def test_days_left_and_none_left(self) -> None:
        stayed = Stayed(date(2025, 3, 1), "ecowas_in_aes", date(2025, 5, 29))
        last = self.leaving(date(2025, 5, 29), stayed)
        assert (last.code, last.params) == ("stay_left", {"days": "0", "until": "2025-05-29"})
        late = self.leaving(date(2025, 5, 30), stayed)
        assert (late.code, late.severity) == ("overstay", Severity.LOOK)
        assert late.params == {
            "days": "1",
            "until": "2025-05-29",
            "rule": "ecowas_in_aes",
            "entered": "2025-03-01",
        }

    def test_what_was_told_on_entry_holds_when_its_rule_has_gone(self) -> None:
        stayed = Stayed(date(2025, 1, 10), "ecowas", date(2025, 4, 9))
        gone = msgspec.structs.replace(RULES, rules=())
        for rules in (RULES, gone, None):
            late = self.leaving(date(2025, 4, 10), stayed, rules)
            assert (late.code, late.params["days"]) == ("overstay", "1")

    def test_a_longer_stay_that_rules_give_later_counts_from_the_entry(self) -> None:
        longer = tuple(msgspec.structs.replace(rule, days=180) for rule in RULES.rules)
        stayed = Stayed(date(2025, 1, 10), "ecowas", date(2025, 4, 9))
        rules = msgspec.structs.replace(RULES, rules=longer)
        left = self.leaving(date(2025, 6, 28), stayed, rules)
        assert left.params == {"days": "10", "until": "2025-07-08"}

    def test_who_may_now_stay_without_a_limit_has_not_overstayed(self) -> None:
        """A Nigerien entered under the ECOWAS protocol; since then both States are in the AES."""
        nigerien = Traveller(nationality="NER")
        stayed = Stayed(date(2025, 1, 10), "ecowas", date(2025, 4, 9))
        memory = Memory(stayed=stayed)
        assert not list(checks.check_stay_used(nigerien, EXIT, facts(), memory))

    def test_no_limit_on_entry_is_none_at_the_exit(self) -> None:
        memory = Memory(stayed=Stayed(date(2025, 2, 1), "aes", None))
        assert not list(checks.check_stay_used(GUEST, EXIT, facts(), memory))

    def test_no_entry_here_is_information(self) -> None:
        assert self.leaving(TODAY, None).severity is Severity.INFO

    @pytest.mark.parametrize(
        ("nationality", "journey"), [("MLI", EXIT), ("", EXIT), ("GIN", ENTRY)]
    )
    def test_does_not_concern(self, nationality: str, journey: Journey) -> None:
        traveller = Traveller(nationality=nationality)
        assert not list(checks.check_stay_used(traveller, journey, facts(), Memory()))


def test_the_worst_comes_first() -> None:
    severities = [Severity.INFO, Severity.STOP, Severity.LOOK]
    given = [Finding(code=s.value, severity=s) for s in severities]
    assert [f.code for f in checks.worst_first(iter(given))] == ["stop", "look", "info"]


@pytest.mark.parametrize(("born", "hit"), [(1976, True), (2004, False)])
def test_a_namesake_born_in_another_time_is_no_hit(born: int, hit: bool) -> None:
    with open_list(SMALL_LIST) as stream:
        edition = read_un(stream).edition
    in_use = EditionInUse(
        list_code="un", title="", edition=new_id(), dated=TODAY, age_days=0, limit_days=30
    )
    asked = Query(
        surname="SAGNON", given_names="BOUREIMA", nationality="MLI", birth=PartialDate(born, 3, 5)
    )
    found = tuple(
        ListHit(**msgspec.structs.asdict(one), edition=in_use)
        for one in Index.build([edition]).screen(asked)
    )
    assert found, "the list tells of it in either case"
    said = told(checks.check_lists(found, facts(lists=(in_use,))))
    assert ("list_hit" in said) is hit
