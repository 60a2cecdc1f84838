"""How a post is laid out: what can be, what people type, how its history reads."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from django.utils import translation

from openmidas.cli import main
from openmidas.nodes.identity import ThisNode
from openmidas.nodes.services import enrol
from openmidas.posts.hours import NotHoursError, plain_hours
from openmidas.posts.layout_form import LayoutForm
from openmidas.posts.layout_wording import word_hours, worded_changes
from openmidas.posts.layouts import PostLayout, layout_of, steps_of
from openmidas.posts.models import Post
from openmidas.posts.services import configure_post
from tests.conftest import HQ, POST, POST_HOME
from tests.support.cast import LANES, Cast, acting, at_node, refusal

WEEK = ("06:00-18:00",) * 6 + ("",)


def layout(**changes: Any) -> PostLayout:
    return msgspec.structs.replace(PostLayout(name="Kourémalé", lanes=LANES), **changes)


class TestHours:
    @pytest.mark.parametrize(
        ("typed", "plain"),
        [
            ("06:00-18:00", "06:00-18:00"),
            ("6h30 à 18h", "06:30-18:00"),
            ("14h-18h; 6-12", "06:00-12:00,14:00-18:00"),
            ("0:00 – 24:00", "00:00-24:00"),
            ("20h-4h", "20:00-04:00"),
            ("18-24, 6-8", "06:00-08:00,18:00-24:00"),
            ("  ", ""),
        ],
    )
    def test_what_people_type_is_understood(self, typed: str, plain: str) -> None:
        assert plain_hours(typed) == plain
        assert plain_hours(plain) == plain

    @pytest.mark.parametrize(
        "typed", ["all day", "24-6", "6:60-8", "6-25", "8-8", "6-12, 11-13", ",".join(["1-2"] * 9)]
    )
    def test_what_is_no_hours_is_told(self, typed: str) -> None:
        with pytest.raises(NotHoursError):
            plain_hours(typed)

    def test_days_with_the_same_hours_stand_together(self) -> None:
        with translation.override("en"):
            assert word_hours(WEEK) == "Monday – Saturday: 06:00 – 18:00; Sunday: closed"
            assert word_hours(()) == "day and night"


class TestConfiguring:
    @pytest.mark.parametrize(
        ("changes", "code"),
        [
            ({"name": " "}, "post.malformed"),
            ({"name": "x" * 121}, "post.malformed"),
            ({"name": "two\nlines"}, "post.malformed"),
            ({"lanes": ("1", "1")}, "post.malformed"),
            ({"lanes": ("x" * 33,)}, "post.malformed"),
            ({"lanes": tuple(map(str, range(41)))}, "post.malformed"),
            ({"latitude": 12.0}, "post.place"),
            ({"latitude": 90.5, "longitude": 0.0}, "post.place"),
            ({"latitude": 0.0, "longitude": -180.5}, "post.place"),
            ({"latitude": float("nan"), "longitude": 0.0}, "post.place"),
            ({"hours": ("06:00-18:00",)}, "post.hours"),
            ({"hours": ("6-18",) * 7}, "post.hours"),
            ({"minutes_same_document": -1}, "post.minutes"),
            ({"minutes_same_document": 1441}, "post.minutes"),
            ({"silent_minutes": 1}, "post.minutes"),
        ],
    )
    def test_what_cannot_be_is_refused(
        self, cast: Cast, changes: dict[str, Any], code: str
    ) -> None:
        with at_node(HQ), refusal(code):
            configure_post(acting(cast.idrissa), POST, layout(**changes))

    def test_only_an_administrator_at_the_hq(self, cast: Cast) -> None:
        with at_node(HQ), refusal("mandate.missing"):
            configure_post(acting(cast.djibril), POST, layout())
        with refusal("mandate.missing"):
            configure_post(acting(cast.coumba), POST, layout())

    def test_the_history_says_who_changed_what(self, cast: Cast) -> None:
        changed = layout(lanes=("1", "2", "Bus"), hours=WEEK, latitude=11.95, longitude=-8.77)
        with at_node(HQ):
            configure_post(acting(cast.idrissa), POST, changed)
        assert layout_of(Post.objects.get(id=POST)) == changed
        newest, first = steps_of(POST)
        assert (newest.officer, first.officer) == (cast.idrissa.id, None)
        with translation.override("en"):
            told = {one.field: (one.before, one.after) for one in worded_changes(newest)}
            begun = {one.field: (one.before, one.after) for one in worded_changes(first)}
        assert told == {
            "Lanes": ("1, 2", "1, 2, Bus"),
            "Latitude": ("–", "11.95"),
            "Longitude": ("–", "-8.77"),
            "Opening hours": ("day and night", "Monday – Saturday: 06:00 – 18:00; Sunday: closed"),
        }
        assert begun["Lanes"] == ("", "1, 2")
        assert begun["The same document again"] == ("", "10 minutes")
        assert "Latitude" not in begun


class TestForm:
    typed = {
        "name": "Labbezanga",
        "lanes": "1, 2;  Bus ",
        "latitude": "14,96",
        "longitude": "0.7°",
        "minutes_same_document": "10",
        "silent_minutes": "240",
        "hours_0": "6h - 18h",
    }

    def test_what_was_typed_becomes_a_layout(self) -> None:
        form = LayoutForm(self.typed)
        assert form.is_valid(), form.errors
        assert form.layout() == PostLayout(
            name="Labbezanga",
            lanes=("1", "2", "Bus"),
            latitude=14.96,
            longitude=0.7,
            hours=("06:00-18:00", "", "", "", "", "", ""),
        )

    @pytest.mark.parametrize(
        "kept", [layout(), layout(hours=WEEK, latitude=-1.5, longitude=0.0, lanes=())]
    )
    def test_a_layout_survives_its_form(self, kept: PostLayout) -> None:
        shown = LayoutForm(layout=kept)
        sent = {name: shown[name].value() for name in shown.fields}
        form = LayoutForm({name: "" if value is None else value for name, value in sent.items()})
        assert form.is_valid(), form.errors
        assert form.layout() == kept

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"latitude": "north"}, "latitude"),
            ({"latitude": "91"}, "latitude"),
            ({"longitude": ""}, "longitude"),
            ({"lanes": "1, 1"}, "lanes"),
            ({"lanes": "x" * 33}, "lanes"),
            ({"hours_0": "morning"}, "hours_0"),
            ({"hours_0": ""}, "always"),
            ({"silent_minutes": "2"}, "silent_minutes"),
            ({"name": ""}, "name"),
        ],
    )
    def test_what_is_wrong_is_told_at_its_field(self, changes: dict[str, str], field: str) -> None:
        assert list(LayoutForm({**self.typed, **changes}).errors) == [field]


def test_lanes_given_by_command_leave_the_rest_as_it_was(
    cast: Cast,
) -> None:
    with at_node(HQ):
        enrol(ThisNode(POST_HOME).card(), actor=acting(cast.idrissa))
        configure_post(acting(cast.idrissa), POST, layout(hours=WEEK, latitude=1.0, longitude=2.0))
        assert main(["post", "configure", str(POST), "--lane", "A"]) == 0
    kept = layout_of(Post.objects.get(id=POST))
    assert kept == layout(lanes=("A",), hours=WEEK, latitude=1.0, longitude=2.0)
