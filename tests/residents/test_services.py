"""Registering, renewing, revoking: each done once, and what cannot be."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from openmidas.crossings.card_numbers import fits
from openmidas.crossings.cards import CardEnd, CardState
from openmidas.crossings.ids import issue_id
from openmidas.crossings.inspection import Traveller
from openmidas.documents import PartialDate
from openmidas.journal.entry import decode_body
from openmidas.journal.models import JournalEntry, new_id
from openmidas.nodes.services import node_day
from openmidas.residents import rules, services
from openmidas.residents.entries import ResidentKind
from openmidas.residents.finding import find_residents
from openmidas.residents.models import Resident, ResidentFacts
from openmidas.residents.page import Numbers, facts_of, numbers_here
from tests.conftest import POST
from tests.residents.conftest import FACTS, Village
from tests.support.cast import refusal

pytestmark = pytest.mark.django_db


def kinds() -> list[str]:
    """The kinds of the residents' entries, in order."""
    found = JournalEntry.objects.filter(node=POST, kind__startswith="resident.")
    return list(found.order_by("sequence").values_list("kind", flat=True))


class TestRegistering:
    def test_gives_a_card_for_a_year(self, village: Village) -> None:
        row = village.register()
        assert fits(row.number)
        assert row.until == rules.last_day(ResidentKind.RESIDENT, node_day())
        assert row.state(node_day()) is CardState.VALID
        assert (row.name, row.village, row.officer) == (
            "Doumbia Sira",
            "Kourémalé",
            village.cast.aminata.id,
        )

    def test_twice_with_the_same_form_is_once(self, village: Village) -> None:
        id = issue_id()
        assert village.register(id=id, facts=FACTS) == village.register(id=id, facts=FACTS)
        assert kinds() == ["resident.registered", "resident.facts_kept"]

    def test_another_with_the_same_form_is_refused(self, village: Village) -> None:
        id = issue_id()
        village.register(id=id)
        with refusal("form.saved_already"):
            village.register("Somebody Else", id=id)

    def test_the_questions_stay_at_the_post(self, village: Village) -> None:
        row = village.register(facts=FACTS)
        assert facts_of(row) == FACTS
        audience = {
            entry.kind: decode_body(bytes(entry.body or b"")).audience.scope
            for entry in JournalEntry.objects.filter(kind__startswith="resident.")
        }
        assert audience == {"resident.registered": "hq", "resident.facts_kept": "node"}

    @pytest.mark.parametrize("name", ["Sira DOUMBIA", "Doumbia Sirra"])
    def test_who_has_a_card_is_told(self, village: Village, name: str) -> None:
        village.register()
        with refusal("resident.known"):
            village.register(name)
        assert village.register(name, sure=True).name == name

    def test_the_same_document_tells_whatever_the_name(self, village: Village) -> None:
        village.register(document="AB-123456")
        with refusal("resident.known"):
            village.register("Somebody Else", document="ab 123456", birth=None)

    def test_without_a_birth_the_same_name_tells(self, village: Village) -> None:
        village.register()
        with refusal("resident.known"):
            village.register("Sira Doumbia", birth=None, village="Ailleurs")

    def test_without_a_birth_another_spelling_tells_in_the_same_village(
        self, village: Village
    ) -> None:
        village.register(birth=None)
        with refusal("resident.known"):
            village.register("Doumbya Siira", village="KOUREMALE")
        assert village.register("Doumbya Siira", village="Ailleurs")

    def test_a_namesake_of_another_age_gets_a_card(self, village: Village) -> None:
        village.register()
        assert village.register(birth=PartialDate(year=2001, month=5, day=6))

    @pytest.mark.parametrize(
        ("changes", "code"),
        [
            ({"traveller": Traveller(nationality="MLI")}, "resident.without_name"),
            ({"traveller": Traveller(surname="Sira")}, "resident.without_nationality"),
            ({"village": ""}, "resident.without_village"),
            ({"village": "x" * 81}, "field.too_long"),
            ({"village": "a\x00b"}, "field.unprintable"),
            ({"kind": ResidentKind.DRIVER}, "resident.without_plate"),
            ({"plate": "AB1"}, "resident.without_plate"),
            ({"facts": FACTS[:1]}, "resident.one_fact"),
        ],
    )
    def test_what_is_missing_is_said(
        self, village: Village, changes: dict[str, Any], code: str
    ) -> None:
        with refusal(code):
            village.register(**changes)
        assert not Resident.objects.exists()


class TestTheEnd:
    def test_a_lapsed_card_is_renewed(self, village: Village) -> None:
        row = village.register()
        Resident.objects.update(until=node_day() - timedelta(days=3))
        renewed = services.renew(village.coumba, row.id)
        assert renewed.until == rules.last_day(ResidentKind.RESIDENT, node_day())

    def test_renewing_on_the_same_day_writes_nothing(self, village: Village) -> None:
        services.renew(village.coumba, village.register().id)
        assert kinds() == ["resident.registered"]

    def test_revoking_twice_is_once(self, village: Village) -> None:
        row = village.register()
        services.revoke(village.coumba, row.id, CardEnd.MOVED)
        services.revoke(village.coumba, row.id, CardEnd.MOVED)
        assert kinds() == ["resident.registered", "resident.revoked"]
        row.refresh_from_db()
        assert (row.end, row.revoked_on, row.revoked_by) == (
            "moved",
            node_day(),
            village.cast.coumba.id,
        )

    def test_what_is_revoked_stays_so(self, village: Village) -> None:
        row = village.register()
        services.revoke(village.coumba, row.id, CardEnd.LOST)
        with refusal("resident.revoked"):
            services.renew(village.coumba, row.id)
        with refusal("resident.revoked"):
            services.revoke(village.coumba, row.id, CardEnd.DIED)

    def test_a_reason_is_asked_for(self, village: Village) -> None:
        row = village.register()
        with refusal("resident.without_end"):
            services.revoke(village.coumba, row.id, None)
        with refusal("resident.words_missing"):
            services.revoke(village.coumba, row.id, CardEnd.OTHER, "?")

    def test_of_somebody_unknown_nothing_is_done(self, village: Village) -> None:
        with refusal("resident.unknown"):
            services.renew(village.coumba, new_id())
        with refusal("resident.unknown"):
            services.revoke(village.coumba, new_id(), CardEnd.LOST)

    def test_they_are_counted(self, village: Village) -> None:
        village.register()
        village.driver()
        gone = village.register("Traoré Awa", birth=None)
        services.revoke(village.coumba, gone.id, CardEnd.LOST)
        lapsed = village.register("Coulibaly Moussa", birth=None)
        Resident.objects.filter(id=lapsed.id).update(until=node_day() - timedelta(days=1))
        assert numbers_here() == Numbers(valid=2, lapsed=1, revoked=1, drivers=1)


class TestFinding:
    @pytest.mark.parametrize(
        "text", ["sira", "DOUMBIA s", "Dumbia Sira", "Siira Doumbya", "kourém", "Kouremale", "R"]
    )
    def test_by_name_in_any_spelling_and_by_village(self, village: Village, text: str) -> None:
        row = village.register()
        asked = str(row) if text == "R" else text
        assert list(find_residents(asked)) == [row]

    def test_who_only_sounds_alike_comes_after(self, village: Village) -> None:
        exact = village.register()
        sounding = village.register("Doumbya Moussa", birth=None)
        assert list(find_residents("doumbia")) == [exact, sounding]

    def test_by_plate(self, village: Village) -> None:
        row = village.driver()
        village.register()
        assert list(find_residents("ab 1234")) == [row]

    def test_nobody_is_found_by_another_name(self, village: Village) -> None:
        village.register()
        assert not find_residents("Ouédraogo Issaka").exists()


class TestTheRules:
    def test_a_month_that_is_shorter_ends_on_its_last_day(self) -> None:
        assert rules.last_day(ResidentKind.DRIVER, date(2028, 2, 29)) == date(2029, 2, 28)

    @pytest.mark.parametrize(
        ("text", "said"),
        [("edition = 'x'", "resident"), ("edition='x'\n[resident]\nmonths=0", "resident.months")],
    )
    def test_what_is_none_is_refused(self, text: str, said: str) -> None:
        with pytest.raises(ValueError, match=said):
            rules.read_rules(text)


def test_facts_are_nobody_elses(village: Village) -> None:
    assert facts_of(village.register()) == ()
    assert not ResidentFacts.objects.exists()
