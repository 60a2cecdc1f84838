"""Which characters of a number the counter marks, and when it says so in words."""

from __future__ import annotations

import msgspec
import pytest
from django.utils import translation

from openmidas.crossings.blind import check_number, marked
from openmidas.crossings.inspection import (
    Document,
    Evidence,
    Finding,
    HowRead,
    Inspection,
    Journey,
    Severity,
    Told,
    Traveller,
)
from openmidas.crossings.templatetags.marks import number_marked
from openmidas.journal.models import new_id

SCANNED = Document(number="AB1834567", how_read=HowRead.MRZ)
BY_NUMBER = Finding(
    code="list_hit",
    severity=Severity.LOOK,
    evidence=(Evidence("number", True, "AB1834567", "AB1834567"),),
)


def finding(code: str) -> Finding:
    return Finding(code=code, severity=Severity.LOOK)


def standing(document: Document = SCANNED, *findings: Finding) -> Inspection:
    return Inspection(
        id=new_id(),
        lane="1",
        opened_at=0,
        traveller=Traveller(surname="DIALLO"),
        document=document,
        journey=Journey(),
        findings=findings,
    )


def places(inspection: Inspection) -> list[int]:
    return [one.position for one in marked(inspection)]


@pytest.mark.parametrize(
    "reason",
    [
        finding("check_digit_wrong"),
        finding("mrz_invalid"),
        finding("lost_document"),
        BY_NUMBER,
    ],
    ids=lambda reason: reason.code,
)
def test_in_words_and_all_of_them_where_there_is_a_reason(reason: Finding) -> None:
    [said] = check_number(SCANNED, [reason])

    assert (said.severity, said.params) == (
        Severity.INFO,
        {"characters": "3\u00a0(1/L), 4\u00a0(8/S), 7\u00a0(5/Z), 8\u00a0(6/G)"},
    )
    assert places(standing(SCANNED, reason, said)) == [3, 4, 7, 8]


@pytest.mark.parametrize(
    "other",
    [
        finding("document_expired"),
        msgspec.structs.replace(BY_NUMBER, evidence=()),
        msgspec.structs.replace(BY_NUMBER, told=Told.NOTHING),
        msgspec.structs.replace(BY_NUMBER, told=Told.CODE),
    ],
    ids=["another matter", "by name", "discreet", "by code"],
)
def test_no_word_without_a_reason_that_the_officer_is_told(other: Finding) -> None:
    assert list(check_number(SCANNED, [other])) == []
    assert places(standing(SCANNED, other)) == [3]


@pytest.mark.parametrize("how", [HowRead.TYPED, HowRead.RESIDENT])
def test_what_no_machine_read_has_none(how: HowRead) -> None:
    document = msgspec.structs.replace(SCANNED, how_read=how)

    assert list(check_number(document, [BY_NUMBER])) == []
    assert places(standing(document)) == []


def test_the_mark_is_seen_and_heard() -> None:
    with translation.override("fr"):
        shown = number_marked(standing())

    said = "Caractère 3 du numéro : 1, ou L\u202f?"
    assert shown == (
        f'<bdi dir="ltr">AB<mark title="{said}">1</mark>834567</bdi><span class="said"> {said}</span>'
    )


def test_what_stands_in_a_number_is_escaped() -> None:
    document = Document(number="<1>", how_read=HowRead.TYPED)

    assert number_marked(standing(document)) == '<bdi dir="ltr">&lt;1&gt;</bdi>'
