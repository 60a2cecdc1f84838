"""Reporting an incident, and what may follow: each done once, by whom it belongs to."""

from __future__ import annotations

from datetime import timedelta

import pytest

from openmidas.crossings.ids import issue_id
from openmidas.incidents import services
from openmidas.incidents.entries import (
    Away,
    Bearing,
    IncidentKind,
    Outcome,
    Point,
    Severity,
    Source,
    Told,
)
from openmidas.incidents.entries import Place as Where
from openmidas.incidents.linking import Links, plates_in
from openmidas.incidents.models import Incident, IncidentLink, IncidentStep
from openmidas.incidents.page import incident_page
from openmidas.incidents.services import milliseconds
from openmidas.journal.entry import decode_body
from openmidas.journal.models import JournalEntry, new_id
from openmidas.nodes.services import node_time
from tests.conftest import POST
from tests.incidents.conftest import Place, said
from tests.support.cast import refusal

pytestmark = pytest.mark.django_db


def kinds() -> list[str]:
    """The kinds of the incident's entries, in order."""
    found = JournalEntry.objects.filter(node=POST, kind__startswith="incident.")
    return list(found.order_by("sequence").values_list("kind", flat=True))


class TestReporting:
    def test_kind_and_severity_are_enough(self, place: Place) -> None:
        row = place.report()
        assert (row.kind, row.severity, row.open, row.post) == ("security", "medium", True, POST)
        assert (row.source, row.words, row.people, row.officer) == (
            "officer",
            "",
            None,
            place.cast.boubacar.id,
        )
        assert IncidentStep.objects.get().step == "reported"

    def test_keeps_all_that_is_told(self, place: Place) -> None:
        happened = node_time() - timedelta(hours=5)
        row = place.report(
            source=Source.PATROL,
            told=Told(
                words="Shots north of the village",
                happened_at=milliseconds(happened),
                people=6,
                place=Where(
                    name="Wazamé",
                    point=Point(latitude=14.9, longitude=0.7),
                    away=Away(kilometres=4.5, bearing=Bearing.NORTH_EAST),
                ),
            ),
        )
        assert (row.words, row.people, row.source) == ("Shots north of the village", 6, "patrol")
        assert (row.place, row.latitude, row.longitude) == ("Wazamé", 14.9, 0.7)
        assert (row.kilometres, row.bearing) == (4.5, "ne")
        assert row.happened_at is not None
        assert abs(row.happened_at - happened) < timedelta(seconds=1)

    def test_twice_with_the_same_form_is_once(self, place: Place) -> None:
        id = issue_id()
        place.report(id=id)
        place.report(id=id)
        assert kinds() == ["incident.reported"]

    def test_another_with_the_same_form_is_refused(self, place: Place) -> None:
        row = place.report()
        with refusal("incident.saved_already"):
            place.report(id=row.id, kind=IncidentKind.HEALTH)

    @pytest.mark.parametrize("severity", [Severity.HIGH, Severity.CRITICAL])
    def test_of_high_severity_goes_ahead_with_the_beginning_of_its_words(
        self, place: Place, severity: Severity
    ) -> None:
        place.report(severity=severity, told=said("x" * 1500))
        assert kinds() == ["incident.reported", "incident.alerted"]
        alert = JournalEntry.objects.get(kind="incident.alerted")
        content = decode_body(bytes(alert.body or b"")).read()
        assert content.told.words == "x" * 500  # type: ignore[attr-defined]  # an alert has them

    @pytest.mark.parametrize(
        ("told", "code"),
        [
            ({"happened_at": 99_999_999_999_999}, "incident.in_future"),
            ({"happened_at": 1_000_000_000_000}, "incident.too_old"),
            (
                {"place": Where(away=Away(kilometres=3, bearing=Bearing.EAST))},
                "incident.away_from_nowhere",
            ),
            ({"people": 100_001}, "request.broken"),
            ({"place": Where(point=Point(latitude=91, longitude=0))}, "request.broken"),
            (
                {"place": Where(point=Point(latitude=float("nan"), longitude=0))},
                "request.broken",
            ),
        ],
    )
    def test_what_cannot_be_is_refused(
        self, place: Place, told: dict[str, object], code: str
    ) -> None:
        with refusal(code):
            place.report(told=Told(**told))  # type: ignore[arg-type]  # fields of a Told
        assert not Incident.objects.exists()


class TestUpdating:
    def test_the_last_word_counts_and_the_first_stays(self, place: Place) -> None:
        row = place.report(told=said("A lorry in the ditch", people=2))
        row = place.update(row, severity=Severity.LOW, told=said("Nobody hurt", people=1))
        assert (row.severity, row.people, row.words) == ("low", 1, "A lorry in the ditch")
        steps = IncidentStep.objects.order_by("clock")
        assert [step.words for step in steps] == ["A lorry in the ditch", "Nobody hurt"]

    def test_words_that_come_later_say_what_happened(self, place: Place) -> None:
        row = place.update(place.report(), told=said("Shots at the barrier"))
        assert place.update(row, told=said("It is over")).words == "Shots at the barrier"

    def test_a_place_replaces_the_whole_place(self, place: Place) -> None:
        row = place.report(told=Told(place=Where(point=Point(latitude=12, longitude=-8))))
        row = place.update(row, told=Told(place=Where(name="Balandougouba")))
        assert (row.place, row.latitude) == ("Balandougouba", None)

    def test_raising_it_to_high_alerts_once(self, place: Place) -> None:
        row = place.report(told=said("A crowd gathers"))
        row = place.update(row, severity=Severity.HIGH, told=said("Stones are thrown"))
        place.update(row, severity=Severity.CRITICAL)
        assert kinds() == [
            "incident.reported",
            "incident.updated",
            "incident.alerted",
            "incident.updated",
        ]

    def test_twice_with_the_same_form_is_once(self, place: Place) -> None:
        row, step = place.report(), issue_id()
        place.update(row, step=step, told=said("More"))
        place.update(row, step=step, told=said("More"))
        assert IncidentStep.objects.count() == 2
        with refusal("incident.saved_already"):
            place.update(row, step=step, told=said("Something else"))

    def test_nothing_new_is_refused(self, place: Place) -> None:
        row = place.report()
        with refusal("incident.nothing_new"):
            place.update(row, severity=Severity.MEDIUM)

    def test_of_a_closed_one_is_refused(self, place: Place) -> None:
        row = place.report()
        services.close(place.boubacar, row.id, issue_id(), Outcome.RESOLVED)
        with refusal("incident.closed"):
            place.update(row, told=said("More"))


class TestLinking:
    def test_crossings_vehicles_and_incidents(self, place: Place) -> None:
        other, crossing = place.report(), place.crossed()
        links = Links(
            crossings=(crossing,), plates=plates_in("ab 123 md; ca-77"), others=(other.id,)
        )
        row = place.report(links=links)
        found = IncidentLink.objects.filter(incident=row.id)
        assert {(one.crossing, one.plate, one.other) for one in found} == {
            (crossing, "", None),
            (None, "AB 123 MD", None),
            (None, "CA-77", None),
            (None, "", other.id),
        }

    def test_again_makes_no_second_link(self, place: Place) -> None:
        row = place.report(links=Links(plates=("AB 123",)))
        place.update(row, links=Links(plates=("AB 123", "CD 456")))
        assert IncidentLink.objects.count() == 2

    def test_what_this_post_does_not_know_is_refused(self, place: Place) -> None:
        with refusal("link.unknown"):
            place.report(links=Links(crossings=(new_id(),)))
        with refusal("link.unknown"):
            place.report(links=Links(others=(new_id(),)))
        assert not Incident.objects.exists()

    @pytest.mark.parametrize("typed", ["A" * 17, "AB<12>"])
    def test_what_is_no_plate_is_refused(self, typed: str) -> None:
        with refusal("plate.not_one"):
            plates_in(typed)


class TestClosing:
    def test_with_an_outcome(self, place: Place) -> None:
        row = place.report()
        services.close(
            place.boubacar, row.id, issue_id(), Outcome.HANDED_OVER, "To the gendarmerie"
        )
        row.refresh_from_db()
        assert (row.open, row.outcome) == (False, "handed_over")

    def test_without_an_outcome_or_the_words_that_it_needs_is_refused(self, place: Place) -> None:
        row = place.report()
        with refusal("incident.without_outcome"):
            services.close(place.boubacar, row.id, issue_id(), None)
        with refusal("incident.words_missing"):
            services.close(place.boubacar, row.id, issue_id(), Outcome.OTHER, "x")

    def test_as_a_duplicate_of_one_that_is_named(self, place: Place) -> None:
        other, row = place.report(), place.report()
        for same_as in (None, row.id):
            with refusal("incident.without_other"):
                services.close(
                    place.boubacar, row.id, issue_id(), Outcome.DUPLICATE, same_as=same_as
                )
        with refusal("link.unknown"):
            services.close(
                place.boubacar, row.id, issue_id(), Outcome.DUPLICATE, same_as=issue_id()
            )
        services.close(place.boubacar, row.id, issue_id(), Outcome.DUPLICATE, same_as=other.id)
        row.refresh_from_db()
        assert not row.open
        assert [one.row.id for one in incident_page(row).others] == [other.id]

    def test_twice_with_another_form_is_refused(self, place: Place) -> None:
        row, step = place.report(), issue_id()
        services.close(place.boubacar, row.id, step, Outcome.RESOLVED)
        services.close(place.boubacar, row.id, step, Outcome.RESOLVED)
        with refusal("incident.closed"):
            services.close(place.boubacar, row.id, issue_id(), Outcome.RESOLVED)

    def test_a_closed_one_takes_comments_and_stays_closed(self, place: Place) -> None:
        row = place.report()
        services.close(place.boubacar, row.id, issue_id(), Outcome.RESOLVED)
        services.comment(place.boubacar, row.id, issue_id(), "The owner came back")
        row.refresh_from_db()
        assert not row.open

    def test_opened_again_with_a_reason(self, place: Place) -> None:
        row = place.report()
        with refusal("incident.open"):
            services.reopen(place.boubacar, row.id, issue_id(), "It goes on")
        services.close(place.boubacar, row.id, issue_id(), Outcome.RESOLVED)
        with refusal("incident.words_missing"):
            services.reopen(place.boubacar, row.id, issue_id(), "  ")
        services.reopen(place.boubacar, row.id, issue_id(), "It goes on")
        row.refresh_from_db()
        assert (row.open, row.outcome) == (True, "")


class TestTheHeadquarters:
    def test_comments_for_that_post_alone(self, place: Place) -> None:
        row = place.report()
        with place.at_headquarters():
            services.comment(place.djibril, row.id, issue_id(), "A team is on its way")
        entry = JournalEntry.objects.get(kind="incident.commented")
        audience = decode_body(bytes(entry.body or b"")).audience
        assert audience.posts == (POST,)

    def test_changes_nothing_of_a_posts_incident(self, place: Place) -> None:
        row = place.report()
        with place.at_headquarters():
            with refusal("incident.unknown"):
                services.close(place.djibril, row.id, issue_id(), Outcome.RESOLVED)
            with refusal("incident.unknown"):
                services.update(
                    place.djibril, row.id, issue_id(), services.Update(told=said("More"))
                )
