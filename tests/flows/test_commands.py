"""``midas flows check`` and ``recount``: what they print, and how they end."""

from __future__ import annotations

from datetime import date

import pytest

from openmidas import cli
from openmidas.flows.local import TallyCheck
from openmidas.flows.models import Tally
from tests.conftest import HQ
from tests.flows.made import crossing, happened
from tests.support.cast import at_node

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_journal")]


@pytest.fixture
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENMIDAS_LANGUAGE", "en")
    monkeypatch.setenv("COLUMNS", "160")


@pytest.mark.usefixtures("english")
def test_check_tells_what_differs_and_recount_mends_it(capsys: pytest.CaptureFixture[str]) -> None:
    happened([crossing(date(2026, 2, 3)), crossing(date(2026, 3, 3))])
    with at_node(HQ):
        assert cli.main(["flows", "check"]) == 0
        assert "2 crossings in 2 months: all counts agree." in capsys.readouterr().out
        Tally.objects.filter(facet="ns", start__month=3).update(number=9)
        assert cli.main(["flows", "check"]) == 1
        said = capsys.readouterr().out
        assert "1 count differs." in said
        for part in ("2026-03-01", "MLI F", "m ns", "9", "1"):
            assert part in said
        assert cli.main(["flows", "recount"]) == 0
        assert "The counts of 1 month were made anew." in capsys.readouterr().out
        assert TallyCheck.objects.get().differences == 0


@pytest.mark.usefixtures("english")
def test_a_post_counts_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["flows", "check"]) == 1
    assert "Only a headquarters counts." in capsys.readouterr().err
