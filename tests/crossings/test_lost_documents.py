"""A scanned document is compared with the lost and stolen ones, in the request of the scan."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone, translation

from openmidas.crossings.inspection import Finding, Inspection, Severity, State
from openmidas.crossings.wording import word
from openmidas.lists.lost.editions import file_of
from openmidas.lists.lost.in_use import LOST_NUMBERS
from openmidas.lists.lost.models import LostEdition
from openmidas.lists.lost.taking import take_file
from tests.conftest import HQ
from tests.crossings.conftest import AMINATA, cancel, codes, paper, scan
from tests.support.cast import at_node
from tests.support.lost import publish_text

pytest_plugins = ("tests.support.lost_fixtures",)
pytestmark = pytest.mark.usefixtures("post", "no_files")

SPECIMEN_ISSUER = "MLI"


def publish_lost(folder: Path, number: str, *, days_old: int = 0, carry: bool = True) -> None:
    """A list with one stolen passport, published at the HQ and carried to the post."""
    path = folder / "lost.csv"
    path.write_text(
        f"number,type,issuer,date,reason\n{number},P,{SPECIMEN_ISSUER},2019-03-12,stolen\n"
    )
    with at_node(HQ):
        published = publish_text(path, dated=timezone.localdate() - timedelta(days=days_old))
    if carry:
        take_file(published.path)


def finding(inspection: Inspection, code: str) -> Finding:
    return next(found for found in inspection.findings if found.code == code)


def test_a_stolen_document_stops_and_says_why_since_when_and_how_old_the_list_is(
    tmp_path: Path,
) -> None:
    publish_lost(tmp_path, "SP0000022", days_old=1)
    inspection = scan(paper(number="SP0000022"))
    found = finding(inspection, "lost_document")
    assert (found.severity, inspection.state) == (Severity.STOP, State.STOP)
    with translation.override("en"):
        worded = word(found)
    assert worded.title == "Document reported stolen"
    assert "Reported in" in worded.detail
    assert "2019-03" in worded.detail
    assert "1 day old" in worded.detail
    used = next(edition for edition in inspection.editions if edition.code == "lost")
    assert (used.kind, used.age_days) == ("list", 1)


def test_another_document_is_clear(tmp_path: Path) -> None:
    publish_lost(tmp_path, "SP0000022")
    inspection = scan(paper())
    assert not {code for code in codes(inspection) if code.startswith("lost")}
    assert any(edition.code == "lost" for edition in inspection.editions)


def test_another_way_of_writing_is_to_be_compared_and_stops_nobody(tmp_path: Path) -> None:
    publish_lost(tmp_path, "SPOOOOO22")
    found = finding(scan(paper(number="SP0000022")), "lost_document")
    assert found.severity is Severity.LOOK
    for language, text in (("en", "compare sign for sign"), ("fr", "comparez signe par signe")):
        with translation.override(language):
            assert text in word(found).detail


def test_a_stale_list_says_so_whatever_it_finds(tmp_path: Path) -> None:
    publish_lost(tmp_path, "SP0000022", days_old=12)
    for number in ("SP0000022", "SP0000001"):
        inspection = scan(paper(number=number))
        found = finding(inspection, "list_stale")
        assert found.params["age_days"] == "12"
        with translation.override("fr"):
            assert "Documents perdus et volés" in word(found).detail
        cancel(inspection)


def test_a_list_whose_file_is_not_here_is_told(tmp_path: Path) -> None:
    publish_lost(tmp_path, "SP0000022", carry=False)
    inspection = scan(paper(number="SP0000022"))
    assert finding(inspection, "lost_list_missing").severity is Severity.LOOK
    assert all(edition.code != "lost" for edition in inspection.editions)


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    publish_lost(tmp_path, "SP0000022")
    file_of(LostEdition.objects.get()).write_bytes(b"OMLOST")
    LOST_NUMBERS.forget()
    assert finding(scan(paper(number="SP0000022")), "lost_list_damaged").severity is Severity.LOOK


def test_without_any_such_list_nothing_is_said_of_it() -> None:
    assert not {code for code in codes(scan(paper(), AMINATA)) if code.startswith("lost")}
