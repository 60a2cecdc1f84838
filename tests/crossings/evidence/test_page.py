"""The lines about chip and seals: at a glance what they came to, never better than the findings."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from openmidas.crossings.evidence.kept import Agreement, Originality, Proof, ReadChip, ReadSeal
from openmidas.crossings.evidence.page import SaidOf, evidence_of
from openmidas.crossings.inspection import Document, Inspection, Journey, Traveller
from openmidas.journal.models import new_id
from tests.crossings.evidence.test_checks import chip, seal

OTHER = "names another document"


def lines(read: ReadChip | None = None, *seals: ReadSeal) -> list[SaidOf]:
    inspection = Inspection(
        id=new_id(),
        lane="1",
        opened_at=0,
        traveller=Traveller(),
        document=Document(code="P", number="SP0000001", issuer="MLI"),
        journey=Journey(),
        chip=read,
        seals=seals,
    )
    with override("en"):
        return evidence_of(inspection)


def test_a_genuine_chip_that_may_be_a_copy_is_not_shown_as_clear() -> None:
    (proven, _seal) = lines(chip(originality=Originality.PASSED))
    (unproven, _seal) = lines(chip(originality=Originality.UNKNOWN))
    assert (proven.look, unproven.look) == ("clear", "look")
    assert "not known whether it is a copy" in unproven.more


@pytest.mark.parametrize(
    ("compared", "number_agrees", "look", "words"),
    [
        (True, True, "clear", "agrees with what is printed"),
        (False, True, "look", "number agrees; compare the rest by eye"),
        (False, False, "look", "not compared with what is printed"),
    ],
)
def test_a_genuine_chip_says_how_far_it_was_compared(
    compared: bool, number_agrees: bool, look: str, words: str
) -> None:
    (said, _seal) = lines(chip(compared=compared, number_agrees=number_agrees))
    assert (said.look, said.more.split(" · ")[0]) == (look, words)


@pytest.mark.parametrize(
    ("kind", "outcome", "look", "first", "then"),
    [
        ("visa", Proof.VALID, "stop", OTHER, "genuine"),
        ("visa", Proof.ISSUER_UNKNOWN, "stop", OTHER, "not checked: who signed is not known here"),
        ("receipt", Proof.VALID, "look", OTHER, "genuine"),
        ("receipt", Proof.INVALID, "stop", "not genuine", OTHER),
    ],
)
def test_a_seal_of_another_document_looks_as_its_finding_does_and_says_first_what_stops(
    kind: str, outcome: Proof, look: str, first: str, then: str
) -> None:
    (_chip, said) = lines(None, seal(outcome, kind=kind, document=Agreement.OTHER))
    assert (said.look, said.said, said.more) == (look, first, then)
