"""The page finds a zone in what a reader sends exactly where the server finds one."""

from __future__ import annotations

import random
from datetime import date

import pytest
from playwright.sync_api import BrowserContext

from openmidas.crossings.card_numbers import fits, in_card_form, make_card_number, written
from openmidas.documents import find_mrz
from openmidas.documents.check_digits import check_digit
from openmidas.web.demo.specimens import Specimen
from tests.support.browser import sign_in
from tests.support.cast import Cast, client_of

pytest_plugins = ("tests.support.chromium",)
pytestmark = pytest.mark.browser

# Doc 9303-5 to -7 print these specimens.
ZONES = (
    "I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6\nERIKSSON<<ANNA<MARIA<<<<<<<<<<",
    "I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\nD231458907UTO7408122F1204159<<<<<<<6",
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10",
    "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL8988901C4XXX7408122F96121096ZE184226B<<<<<<",
    "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\nL8988901C4XXX7408122F9612109<<<<<<<<",
)


def long_number() -> str:
    """An identity card whose number goes on in the optional data (Doc 9303-5, note j)."""
    number = "D23145890734"
    first = f"I<UTO{number[:9]}<{number[9:]}{check_digit(number)}".ljust(30, "<")
    dates = "7408122F1204159"
    covered = first[5:30] + dates[:7] + dates[8:15] + "<" * 11
    return f"{first}\n{dates}UTO{'<' * 11}{check_digit(covered)}\nERIKSSON<<ANNA<MARIA<<<<<<<<<<"


def sent() -> list[str]:
    """Zones as readers send them, whole, cut, changed and with something before them."""
    chance = random.Random(9303)  # noqa: S311  the same zones every time
    born = date(1984, 11, 2)
    ours = Specimen(surname="DIALLO", given_names="AWA", number="SP1", birth=born, sex="F").mrz()
    zones = [*ZONES, long_number(), ours]
    texts = []
    for zone in zones:
        flat = zone.replace("\n", "")
        texts += [zone, flat, zone.lower(), f"\t{zone}\n", f"]Q3{flat}", f"12345678{flat}"]
        texts += [f"hello\n{zone}", f"{zones[0]}\n{zone}", flat[:-1], flat[1:]]
        for _ in range(12):
            place = chance.randrange(len(flat))
            texts.append(flat[:place] + chance.choice("0123456789ABMXO<") + flat[place + 1 :])
    return texts


def test_the_page_and_the_server_find_the_same_zones(
    cast: Cast, context: BrowserContext, site: str
) -> None:
    sign_in(context, site, client_of(cast.aminata))
    page = context.new_page()
    page.goto(f"{site}/counter/")
    texts = sent()
    found = page.evaluate(
        "async (texts) => { const { hasZone } = await import('/static/crossings/wedge.js');"
        " return texts.map(hasZone); }",
        texts,
    )
    ours = [find_mrz(text) is not None for text in texts]
    assert [text for text, a, b in zip(texts, found, ours, strict=True) if a != b] == []
    assert 0 < sum(ours) < len(ours)


def test_a_card_number_is_one_for_the_page_and_the_server(
    cast: Cast, context: BrowserContext, site: str
) -> None:
    good = make_card_number(12345678901)
    wrong = good[:-1] + str((int(good[-1]) + 1) % 10)
    texts = [good, wrong, written(good), written(good).lower()]
    texts += [
        good[:5] + between + good[5:]
        for between in (" ", "  ", "\u00a0", "\u2011", " - ", ".", "x")
    ]
    texts += [good[:-1], good + "1", "P" + good[1:]]
    sign_in(context, site, client_of(cast.aminata))
    page = context.new_page()
    page.goto(f"{site}/counter/")
    found = page.evaluate(
        "async (texts) => { const { cardIn } = await import('/static/crossings/wedge.js');"
        " return texts.map((text) => [cardIn(text), cardIn(text, true)]); }",
        texts,
    )
    ours = [in_card_form(text) for text in texts]
    assert found == [[one, one if one and fits(one) else ""] for one in ours]


def test_a_number_that_is_typed_slowly_and_wrongly_is_told(
    cast: Cast, context: BrowserContext, site: str
) -> None:
    number = make_card_number(12345678901)
    sign_in(context, site, client_of(cast.aminata))
    page = context.new_page()
    page.goto(f"{site}/counter/")
    page.keyboard.type(number[:6])
    page.wait_for_timeout(1_200)
    page.keyboard.type(number[6:-1] + str((int(number[-1]) + 1) % 10))
    page.keyboard.press("Enter")
    page.wait_for_selector("#lane [role=alert]")
