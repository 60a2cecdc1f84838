"""Every code that the checks and services give has words, in both languages, safe to show."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from django.utils import translation

from openmidas import crossings
from openmidas.crossings.checks import TO_KNOW
from openmidas.crossings.document_wording import PROBLEMS
from openmidas.crossings.inspection import Finding, Severity, Traveller
from openmidas.crossings.page import age_in_words
from openmidas.crossings.services import Refused
from openmidas.crossings.wording import refusal, word
from openmidas.documents import PartialDate
from openmidas.documents.commands.words import FINDINGS as READING_FINDINGS
from openmidas.documents.reading import INFORMATIVE

ROOM = Path(crossings.__file__).parent
CHECKS = "".join(
    (ROOM / name).read_text(encoding="utf-8") for name in ("checks.py", "staying.py", "groups.py")
)
FINDINGS = sorted(
    set(re.findall(r"""(?:_look|_info|_stop)\(\s*"(\w+)"|code="(\w+)",\s*severity""", CHECKS))
)
REFUSALS = sorted(
    {
        code
        for path in ROOM.rglob("*.py")
        for code in re.findall(r'Refused\(\s*"([\w.]+)"', path.read_text(encoding="utf-8"))
    }
)
PARAMS = {
    "age": "8",
    "age_days": "12",
    "closure": "test",
    "days": "3",
    "edition_date": "2026-02-27",
    "end": "lost",
    "entered": "2026-01-01",
    "exemptions": "health, foot",
    "expiry": "2021-06-13",
    "field": "number",
    "first": "2019-03",
    "lane": "2",
    "last": "2020-11",
    "level": "strong",
    "limit": "7",
    "list": "United Nations Security Council Consolidated List",
    "listing": "CDi.001",
    "minutes": "4",
    "name": "ERIC BADEGE",
    "nationality": "GIN",
    "problems": "birth:repaired, name:name_form",
    "read": "ANT",
    "reason": "stolen",
    "rule": "ecowas",
    "source": "ECOWAS",
    "state": "XYZ",
    "until": "2027-02-19",
    "writing": "alike",
    "plate": "AB1234",
    "since": "2026-11-20",
    "village": "Kourémalé",
}


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("code", [one or other for one, other in FINDINGS])
def test_every_finding_has_words(code: str, language: str) -> None:
    with translation.override(language):
        worded = word(Finding(code=code, severity=Severity.LOOK, params=PARAMS))
    assert worded.title
    assert "%(" not in worded.title + worded.detail


def test_all_that_may_be_wrong_with_the_lines_has_words() -> None:
    """No code of the program reaches an officer, whatever a zone is like."""
    assert TO_KNOW | {"specimen", "date_part_unused"} == INFORMATIVE
    assert set(PROBLEMS) == set(READING_FINDINGS) - INFORMATIVE - {"check_digit_wrong"}
    with translation.override("fr"):
        for code in TO_KNOW:
            assert word(Finding(code=code, severity=Severity.INFO, params=PARAMS)).title
        worded = word(Finding(code="mrz_invalid", severity=Severity.LOOK, params=PARAMS))
    assert "date de naissance (lettre et chiffre confondus, corrigé) ; nom (" in worded.detail


@pytest.mark.parametrize("code", REFUSALS)
def test_every_refusal_has_words(code: str) -> None:
    params = {"limit": "100", "most": "80", "field": "number", "hours": "24", "years": "3"}
    params |= {"plate": "AB1234", "megabytes": "10", "name": "DIALLO MARIAMA", "at": "14:05"}
    params |= {"day": "2026-11-20", "there": "60, 14:00-18:00"}
    assert refusal(Refused(code, **params))


def test_values_are_escaped_and_isolated() -> None:
    params = {"lane": "<b>1</b>"}
    title = word(Finding(code="open_elsewhere", severity=Severity.LOOK, params=params)).title
    assert '<bdi dir="ltr">&lt;b&gt;1&lt;/b&gt;</bdi>' in title


def test_a_document_seen_less_than_a_minute_ago_counts_no_minutes() -> None:
    params = {"minutes": "0", "lane": "1", "outcome": "admitted"}
    finding = Finding(code="same_document", severity=Severity.LOOK, params=params)
    with translation.override("en"):
        assert word(finding).title == "The same document a moment ago"


@pytest.mark.parametrize(
    ("years", "words"),
    [(0, "moins d’un an"), (1, "environ 1 an"), (30, "environ 30 ans")],
)
def test_an_estimated_age_is_worded_for_infants_too(years: int, words: str) -> None:
    birth = PartialDate(2026 - years, approximate=True)
    with translation.override("fr"):
        assert age_in_words(Traveller(birth=birth), date(2026, 3, 1)) == words


def test_one_day_is_worded_in_the_singular() -> None:
    params = {"days": "1", "until": "2027-02-19"}
    finding = Finding(code="stay_left", severity=Severity.INFO, params=params)
    with translation.override("en"):
        assert word(finding).title == "1 day of stay left"
    with translation.override("fr"):
        assert word(finding).title == "Encore 1 jour de séjour"
