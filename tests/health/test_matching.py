"""Which definitions a check meets."""

from __future__ import annotations

import pytest

from openmidas.health.definitions import Symptom, read_definitions, sample_definitions
from openmidas.health.entries import Contact
from openmidas.health.matching import Seen, met
from tests.health.conftest import was_in

SAMPLE = read_definitions(sample_definitions())
FEVER, BLEEDING = Symptom.FEVER, Symptom.BLEEDING


@pytest.mark.parametrize(
    ("seen", "codes"),
    [
        (Seen(symptoms=(FEVER, Symptom.STIFF_NECK)), ("meningitis",)),
        (Seen(symptoms=(Symptom.STIFF_NECK,)), ()),
        (Seen(temperature=38.0, symptoms=(Symptom.RASH,)), ("measles",)),
        (Seen(temperature=37.9, symptoms=(Symptom.RASH,)), ()),
        (Seen(symptoms=(Symptom.DIARRHOEA, Symptom.WEAKNESS)), ("cholera",)),
        (
            Seen(symptoms=(FEVER, Symptom.RASH, Symptom.JAUNDICE)),
            ("measles", "yellow_fever"),
        ),
    ],
)
def test_signs_and_the_temperature_meet_a_definition(seen: Seen, codes: tuple[str, ...]) -> None:
    assert met(SAMPLE, seen) == codes


@pytest.mark.parametrize(
    ("exposed", "meets"),
    [
        ({}, False),
        ({"itinerary": (was_in("nzerekore ", 21),)}, True),
        ({"itinerary": (was_in("Nzérékoré", 22),)}, False),
        ({"itinerary": (was_in("Siguiri", 1),)}, False),
        ({"itinerary": (was_in("Préfecture de Macenta, Guinée", 1),)}, True),
        ({"itinerary": (was_in("Guékédou", 1),)}, True),
        ({"itinerary": (was_in("Macentaville", 1),)}, False),
        ({"contact": Contact.UNKNOWN}, False),
    ],
)
def test_a_definition_may_ask_for_an_exposure_within_its_window(
    exposed: dict[str, object], meets: bool
) -> None:
    seen = Seen(temperature=39.1, symptoms=(BLEEDING,), **exposed)  # type: ignore[arg-type]  # parts
    assert met(SAMPLE, seen) == (("ebola",) if meets else ())


@pytest.mark.parametrize("symptoms", [(), (BLEEDING,)])
def test_fever_after_contact_needs_no_further_sign(symptoms: tuple[Symptom, ...]) -> None:
    """As WHO says of a suspected case; and it alerts once, whatever else is seen."""
    seen = Seen(temperature=39.1, symptoms=symptoms, contact=Contact.YES)
    assert met(SAMPLE, seen) == ("ebola_contact",)
    assert met(SAMPLE, Seen(temperature=37.0, contact=Contact.YES)) == ()
