"""Names of States on the map keep clear of the posts and of one another."""

from __future__ import annotations

import pytest

from openmidas.flows.situation.labels import Box, names_beside
from openmidas.flows.views.situation import BESIDE_THE_MARK, LETTER
from openmidas.maps.states import StateMap, state_map

LABBEZANGA = (14.95, 0.70)


@pytest.fixture
def mali() -> StateMap:
    found = state_map("MLI", "fr")
    assert found is not None
    return found


def label(drawn: StateMap, name: str, place: tuple[float, float]) -> Box:
    """What a post and its name cover."""
    spot = drawn.place(*place)
    assert spot is not None
    x, y = spot
    room = BESIDE_THE_MARK
    return Box(x - room, y - room, x + room + len(name) * LETTER, y + room)


def covered(text: str, x: float, y: float) -> Box:
    return Box(x - len(text) * 9, y - 20, x + len(text) * 9, y + 5)


def test_without_posts_each_stands_at_its_best_place(mali: StateMap) -> None:
    best = {shape.name.text for shape in mali.around if shape.name}
    assert {name.text for name in names_beside(mali.around, ())} == best


def test_a_state_makes_room_for_a_post_near_its_border(mali: StateMap) -> None:
    there = label(mali, "Labbezanga · silencieux", LABBEZANGA)
    before = {name.text: name for name in names_beside(mali.around, ())}
    assert covered("Niger", before["Niger"].x, before["Niger"].y).meets(there), "it would be hidden"
    after = {name.text: name for name in names_beside(mali.around, [there])}
    assert not covered("Niger", after["Niger"].x, after["Niger"].y).meets(there)
    others = {**after}
    del others["Niger"]
    assert others == {text: name for text, name in before.items() if text != "Niger"}


def test_no_two_names_are_written_over_one_another(mali: StateMap) -> None:
    boxes = [covered(name.text, name.x, name.y) for name in names_beside(mali.around, ())]
    for number, box in enumerate(boxes):
        assert not any(box.meets(other) for other in boxes[number + 1 :])


def test_one_that_has_no_place_left_is_left_out(mali: StateMap) -> None:
    everything = Box(-1e6, -1e6, 1e6, 1e6)
    assert list(names_beside(mali.around, [everything])) == []
