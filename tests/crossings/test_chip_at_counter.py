"""The chip of a document, from the reader of the workstation to what the counter says of it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from django.db import transaction
from django.utils import timezone
from playwright.sync_api import BrowserContext, Locator, Page, expect

from openmidas.crossings.evidence.opening import opens_chip
from openmidas.crossings.inspection import Document, HowRead, Inspection, Journey, Traveller
from openmidas.documents import PartialDate, read_mrz
from openmidas.documents.chip.access import Password
from openmidas.documents.readers.adapters import Gone, Lifted, There, Why
from tests.crossings.conftest import paper
from tests.documents.chip.made import MRZ
from tests.documents.chip.virtual import CAN, VirtualChip, files_of, pace_info
from tests.documents.chip.virtual_proofs import Prover
from tests.support.accessible import nothing_found
from tests.support.browser import sign_in
from tests.support.cast import Cast, client_of
from tests.support.chips import Chip, chip_of, trust
from tests.support.counter import CounterPage
from tests.support.faces import face
from tests.support.workstation import Desk, Workstation

pytest_plugins = ("tests.support.chromium", "tests.support.counter_fixtures")

NAME = "ACS ACR1252"
KEY = rsa.generate_private_key(65537, 1024)  # noqa: S505  what chips have
SAID = {
    "en": {
        "not_read": "not read",
        "genuine": "genuine",
        "reading": "The chip is being read.",
        "denied": "The chip does not open.",
        "lifted": "The document was taken away too early.",
        "unplugged": "Reader unplugged",
        "service": "No chip service",
        "open": "Open the chip",
        "differ": "Chip and printed lines differ",
        "not_genuine": "Chip not genuine",
        "original": "proved to be the original",
        "copy": "The chip is a copy",
        "signed": "as its State signed it",
        "changed": "changed or put in after the State had signed the chip",
    },
    "fr": {
        "not_read": "non lue",
        "genuine": "authentique",
        "reading": "La puce est en cours de lecture.",
        "denied": "La puce ne s’ouvre pas.",
        "lifted": "Le document a été retiré trop tôt.",
        "unplugged": "Lecteur débranché",
        "service": "Pas de service des puces",
        "open": "Ouvrir la puce",
        "differ": "La puce et les lignes imprimées diffèrent",
        "not_genuine": "Puce non authentique",
        "original": "a prouvé être l’originale",
        "copy": "Puce : copie",
        "signed": "telle que son État l’a signée",
        "changed": "modifiée ou ajoutée après la signature",
    },
}


@pytest.fixture
def desk() -> Desk:
    """The chip reader of the workstation."""
    found = Desk()
    found.happens.put(There(NAME))
    return found


@pytest.fixture
def workstation(site: str, desk: Desk, settings: Any) -> Iterator[Workstation]:
    here = Workstation(site, lambda: desk)
    here.start()
    settings.READER = f"ws://127.0.0.1:{here.port}"
    yield here
    here.close()


class ChipCounter(CounterPage):
    """The counter of a workstation that is paired with its reader."""

    def __init__(self, context: BrowserContext, site: str, workstation: Workstation) -> None:
        super().__init__(context, site)
        self.page.evaluate("(code) => localStorage.setItem('midas-reader', code)", workstation.code)
        self.open()

    @property
    def proof(self) -> Locator:
        """What is known of the chip."""
        return self.page.locator("#evidence dd").first

    @property
    def portrait(self) -> Locator:
        """The photograph in the chip, and what it is worth."""
        return self.page.locator("#lane #portrait")

    @property
    def words(self) -> Locator:
        """How reading it goes."""
        return self.page.locator("#chip")


def printed(zone: str) -> str:
    return Password.of_zone(read_mrz(zone, today=timezone.localdate())).text


def virtual(chip: Chip, zone: str, *infos: bytes, prover: Prover | None = None) -> VirtualChip:
    """The document's chip, which its printed zone opens."""
    return VirtualChip(files_of(chip.groups, chip.sod, *infos), zone=printed(zone), prover=prover)


def cut(chip: VirtualChip, after: int) -> Callable[[bytes], bytes]:
    """Taken away after so many commands."""

    def answer(command: bytes) -> bytes:
        if len(chip.log) >= after:
            raise OSError
        return chip(command)

    return answer


def picture(page: Page, name: str) -> None:
    folder = os.environ.get("OPENMIDAS_PICTURES")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png")


@pytest.mark.browser
@pytest.mark.parametrize("language", ["en", "fr"])
def test_from_the_reader_to_what_the_counter_says(
    language: str,
    workstation: Workstation,
    desk: Desk,
    post_at_work: Cast,
    context: BrowserContext,
    site: str,
) -> None:
    said = SAID[language]
    with transaction.atomic():
        trust()
    sign_in(context, site, client_of(post_at_work.aminata), language)
    counter = ChipCounter(context, site, workstation)

    # Genuine: opened by PACE once the traveller is known, with no key pressed.
    counter.scan(paper(), "clear")
    expect(counter.proof).to_contain_text(said["not_read"])
    desk.lay(virtual(chip_of(paper(), face=face()), paper(), pace_info("AES-128", 13)))
    expect(counter.words).to_contain_text(said["reading"])
    picture(counter.page, f"chip-reading-{language}")
    nothing_found(counter.page, f"counter that reads a chip in {language}")
    expect(counter.proof).to_contain_text(said["genuine"])
    expect(counter.words).to_be_hidden()
    expect(counter.page.locator("#chip-say")).to_contain_text(said["genuine"])
    expect(counter.portrait).to_contain_text(said["signed"])
    assert counter.portrait.locator("img").evaluate("(one) => one.naturalWidth") == 360
    nothing_found(counter.page, f"counter with the photograph of a chip in {language}")
    picture(counter.page, f"chip-genuine-{language}")
    counter.press("F4")
    counter.is_in("idle")
    assert "data:image" not in counter.page.content(), "the photograph goes with its traveller"
    desk.happens.put(Lifted())

    # The chip lies there first, and is of another document: its number on the card opens it all the same.
    other = paper(number="SP0000002", surname="DIALLO")
    asked_early = virtual(chip_of(other), other, pace_info("AES-128", 13))
    desk.lay(asked_early)
    counter.page.wait_for_timeout(600)
    assert not asked_early.log, "nothing is asked of a chip before a traveller stands here"
    counter.scan(paper(number="SP0000003"), "clear")
    expect(counter.words).to_contain_text(said["denied"])
    nothing_found(counter.page, f"counter with a chip that does not open in {language}")
    picture(counter.page, f"chip-denied-{language}")
    counter.page.get_by_role("textbox", name="CAN").press_sequentially(CAN, delay=120)
    counter.press("Enter")
    counter.is_in("stop")
    counter.shows(said["differ"])
    picture(counter.page, f"chip-differs-{language}")
    counter.press("F8")
    counter.is_in("idle")
    desk.happens.put(Lifted())

    # Taken away too early, and laid on again; and it was tampered with.
    zone = paper(number="SP0000005")
    counter.scan(zone, "clear")
    desk.lay(cut(virtual(chip_of(zone), zone), after=9))
    expect(counter.words).to_contain_text(said["lifted"])
    desk.happens.put(Lifted())
    picture(counter.page, f"chip-lifted-{language}")
    desk.lay(virtual(chip_of(zone, face=face()).tampered(), zone))
    counter.is_in("stop")
    counter.shows(said["not_genuine"])
    expect(counter.words).to_be_hidden()
    expect(counter.portrait).to_contain_text(said["changed"])
    picture(counter.page, f"chip-changed-{language}")

    counter.press("F8")
    counter.is_in("idle")
    desk.happens.put(Lifted())

    # One proves that it is the original; a copy has all its files and signatures, and not its key.
    zone = paper(number="SP0000006")
    keyed = chip_of(zone, key=KEY)
    counter.scan(zone, "clear")
    desk.lay(virtual(keyed, zone, prover=Prover(KEY)))
    expect(counter.proof).to_contain_text(said["genuine"])
    expect(counter.page.locator("#evidence")).to_contain_text(said["original"])
    picture(counter.page, f"chip-original-{language}")
    desk.happens.put(Lifted())
    desk.lay(virtual(keyed, zone, prover=Prover()))
    counter.is_in("stop")
    counter.shows(said["copy"])
    nothing_found(counter.page, f"counter with a copy of a chip in {language}")
    picture(counter.page, f"chip-copy-{language}")

    bar = counter.page.locator("#agent")
    desk.happens.put(Lifted())
    desk.happens.put(Gone(Why.UNPLUGGED))
    expect(bar).to_have_text(said["unplugged"])
    desk.happens.put(Gone(Why.NO_SERVICE))
    expect(bar).to_have_text(said["service"])


@pytest.mark.browser
def test_a_program_that_ends_in_the_middle_reads_the_chip_when_it_is_back(
    workstation: Workstation, desk: Desk, post_at_work: Cast, context: BrowserContext, site: str
) -> None:
    with transaction.atomic():
        trust()
    sign_in(context, site, client_of(post_at_work.aminata))
    counter = ChipCounter(context, site, workstation)
    counter.scan(paper(), "clear")
    desk.lay(cut(virtual(chip_of(paper()), paper()), after=9))
    expect(counter.words).to_contain_text(SAID["en"]["lifted"])
    workstation.stop()
    expect(counter.page.locator("#agent")).to_have_text("Reader silent")
    workstation.start()
    desk.happens.put(There(NAME))
    desk.lay(virtual(chip_of(paper()), paper()))
    expect(counter.proof).to_contain_text(SAID["en"]["genuine"])


@pytest.mark.browser
def test_what_reads_chips_is_fetched_with_the_first_chip_alone(
    workstation: Workstation, desk: Desk, post_at_work: Cast, context: BrowserContext, site: str
) -> None:
    sign_in(context, site, client_of(post_at_work.aminata))
    fetched: list[str] = []
    context.on("request", lambda request: fetched.append(request.url))
    counter = ChipCounter(context, site, workstation)
    expect(counter.page.locator("#agent")).to_have_text("Reader ready")
    assert not [url for url in fetched if "chip" in url or "evidence" in url]
    desk.lay(virtual(chip_of(paper()), paper()))
    counter.page.wait_for_event("request", lambda request: "crossings/chip" in request.url)


# --- What opens it ---------------------------------------------------------------------------------------


def inspection(document: Document, birth: PartialDate | None = None) -> Inspection:
    traveller = Traveller(surname="X", birth=birth)
    return Inspection(
        id=uuid4(), lane="1", opened_at=0, traveller=traveller, document=document, journey=Journey()
    )


TODAY = date(2026, 11, 27)
BORN = PartialDate(1974, 8, 12)
EXPIRES = PartialDate(2032, 4, 15)
VISA = (
    "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
    "L8988901C4XXX4009078F96121096ZE184226B<<<<<<",
)
TYPED = Document(code="P", number="ab 12-3", issuer="UTO", expiry=EXPIRES)


def test_the_printed_zone_opens_its_chip() -> None:
    document = Document(code="P", number="L898902C3", lines=(MRZ[:44], MRZ[44:]))
    assert opens_chip(inspection(document), TODAY) == "L898902C3674081223204153"


def test_what_was_typed_opens_it_too_written_as_a_zone_has_it() -> None:
    expected = Password.of_fields("AB<12<3", "740812", "320415").text
    assert opens_chip(inspection(TYPED, BORN), TODAY) == expected


@pytest.mark.parametrize(
    ("document", "birth"),
    [
        (TYPED, None),
        (TYPED, PartialDate(1974)),
        (TYPED, PartialDate(1974, 8, 12, approximate=True)),
        (Document(code="P", number="AB123"), BORN),
        (Document(), BORN),
        (Document(code="R", number="123", expiry=EXPIRES, how_read=HowRead.RESIDENT), BORN),
        (Document(code="V", number="L8988901C", lines=VISA), BORN),
    ],
)
def test_what_opens_no_chip_is_not_handed_out(
    document: Document, birth: PartialDate | None
) -> None:
    assert opens_chip(inspection(document, birth), TODAY) == ""
