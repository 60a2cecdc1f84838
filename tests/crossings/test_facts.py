"""What the post remembers of a document."""

from __future__ import annotations

import pytest

from openmidas.crossings import services
from openmidas.crossings.inspection import (
    Document,
    State,
    Traveller,
)
from openmidas.journal import Actor
from openmidas.journal.models import new_id
from openmidas.posts.services import PostLayout, configure_post
from tests.conftest import HQ, POST
from tests.crossings.conftest import (
    OUMOU,
    admit,
    cancel,
    codes,
    later,
    paper,
    refer,
    scan,
)
from tests.support.cast import LANES, at_node

MINUTES = 10
"""After which the same document is nothing to look at, as the post is laid out."""


@pytest.mark.usefixtures("post")
class TestSameDocument:
    def test_within_ten_minutes_at_whichever_lane(self, monkeypatch: pytest.MonkeyPatch) -> None:
        admit(scan(paper()))
        later(monkeypatch, minutes=MINUTES - 1)
        again = scan(paper(), OUMOU)
        (found,) = [finding for finding in again.findings if finding.code == "same_document"]
        assert found.params == {"minutes": "9", "lane": "1", "outcome": "admitted"}
        assert again.state is State.LOOK

    def test_later_it_is_nothing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        admit(scan(paper()))
        later(monkeypatch, minutes=MINUTES + 1)
        assert scan(paper()).state is State.CLEAR

    def test_the_minutes_are_those_of_the_posts_layout(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        layout = PostLayout(name="Kourémalé", lanes=LANES, minutes_same_document=3)
        with at_node(HQ):
            configure_post(Actor(), POST, layout)
        admit(scan(paper()))
        later(monkeypatch, minutes=2)
        again = scan(paper(), OUMOU)
        assert "same_document" in codes(again)
        cancel(again, actor=OUMOU)
        later(monkeypatch, minutes=4)
        assert "same_document" not in codes(scan(paper(), OUMOU))

    def test_while_its_holder_waits_at_the_second_line(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        refer(scan(paper()))
        later(monkeypatch, hours=5)
        (found,) = [f for f in scan(paper(), OUMOU).findings if f.code == "same_document"]
        assert found.params["outcome"] == "referred"

    def test_open_at_another_lane(self) -> None:
        scan(paper())
        assert "open_elsewhere" in codes(scan(paper(), OUMOU))

    def test_a_number_typed_in_another_way_is_the_same(self) -> None:
        scan(paper())
        typed = services.type_in(
            OUMOU,
            new_id(),
            Traveller(surname="Mariam Keïta", nationality="MLI"),
            Document(code="P", number="sp 0000-001"),
        )
        assert "open_elsewhere" in codes(typed)

    def test_another_states_document_with_that_number_is_another(self) -> None:
        scan(paper())
        assert "open_elsewhere" not in codes(scan(paper(state="GIN"), OUMOU))

    def test_twice_in_one_group(self) -> None:
        scan(paper(), group=True)
        again = scan(paper(), group=True)
        assert all("open_elsewhere" in codes(one) for one in services.standing("1"))
        cancel(again)
        assert "open_elsewhere" not in codes(services.standing("1")[0])
