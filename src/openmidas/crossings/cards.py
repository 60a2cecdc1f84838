"""Border residents' cards, as the counter needs them.

Who registers residents, and where, lies in a room above this one; it registers itself::

    register_cards(Cards())
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Protocol

import msgspec

from openmidas.crossings.card_numbers import fits, in_card_form
from openmidas.crossings.inspection import (
    Conveyance,
    Document,
    HowRead,
    Journey,
    Purpose,
    Traveller,
)
from openmidas.documents import PartialDate
from openmidas.nodes.identity import this_node
from openmidas.posts.refusals import Refused

CARD = "R"
"""The code of the card as a document. Doc 9303 has no such one: nobody else reads it."""


class CardState(StrEnum):
    """Whether a card holds."""

    VALID = "valid"
    LAPSED = "lapsed"
    REVOKED = "revoked"


class CardEnd(StrEnum):
    """Why a card was revoked."""

    LOST = "lost"
    REPLACED = "replaced"
    MOVED = "moved"
    DIED = "died"
    MISUSED = "misused"
    MISTAKE = "mistake"
    ASKED = "asked"
    OTHER = "other"


IN_OTHER_HANDS = frozenset({CardEnd.LOST, CardEnd.MISUSED, CardEnd.DIED})
"""The ends after which whoever shows the card is hardly its holder: the second line asks how they have it."""


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """A card of this post, and whose it is. ``revoked``, ``end``: since when not, and why.

    ``plate``: of a moto-taxi driver; ``document``, ``issuer``: what they showed when registered, if
    anything.
    """

    number: str
    traveller: Traveller
    village: str
    until: date
    plate: str = ""
    document: str = ""
    issuer: str = ""
    revoked: date | None = None
    end: str = ""

    def state(self, day: date) -> CardState:
        """Whether it holds on that day, the last one included."""
        if self.revoked is not None and self.revoked <= day:
            return CardState.REVOKED
        return CardState.LAPSED if self.until < day else CardState.VALID


class Cards(Protocol):
    """What a room above knows of cards."""

    def card(self, number: str) -> Card | None:
        """The card of this post with this number; None where there is none. Asked within the scan."""


_cards: list[Cards] = []


def register_cards(cards: Cards) -> None:
    """A higher room knows cards from now on; registering twice does nothing."""
    if cards not in _cards:
        _cards.append(cards)


def read_card(raw: str) -> Card | None:
    """The card whose number was scanned or typed; None where it is no such number.

    Raises `Refused`: ``card.mistyped`` (the figures that check it do not fit), ``card.unknown`` (this
    post gave out no such card).
    """
    number = in_card_form(raw)
    if not number:
        return None
    if not fits(number):
        raise Refused("card.mistyped")
    card = _find(number)
    if card is None:
        raise Refused("card.unknown")
    return card


def known_card(raw: str) -> Card | None:
    """The card of this post with this number; None for whatever else it may be. Never raises."""
    number = in_card_form(raw)
    return _find(number) if number and fits(number) else None


def is_card(document: Document) -> bool:
    """Whether somebody shows a border resident's card."""
    return document.how_read is HowRead.RESIDENT


def card_of(document: Document) -> Card | None:
    """The card that somebody shows; None for any other document, and for one that was erased since."""
    return _find(document.number) if is_card(document) else None


def document_to_screen(document: Document) -> Document:
    """What lists are asked for: of who shows a card the document that they were registered with.

    The number of a card stands on no list.
    """
    if not is_card(document):
        return document
    card = card_of(document)
    return Document(number=card.document, issuer=card.issuer) if card else Document()


def document_of_card(card: Card) -> Document:
    """The card as the document that stands at the lane."""
    return Document(
        code=CARD,
        number=card.number,
        issuer=this_node().config.state,
        expiry=PartialDate(year=card.until.year, month=card.until.month, day=card.until.day),
        how_read=HowRead.RESIDENT,
    )


def journey_with(document: Document, journey: Journey, day: date) -> Journey:
    """The lane's journey; who shows a card that holds on that day crosses as a border resident, a
    driver on the motorcycle.

    With any other card nobody does: closures exempt residents, and no stay of theirs is counted.
    """
    if not is_card(document):
        return journey
    card = card_of(document)
    if card is None or card.state(day) is not CardState.VALID:
        resident = journey.purpose is Purpose.RESIDENT
        return msgspec.structs.replace(journey, purpose=Purpose.OTHER) if resident else journey
    return msgspec.structs.replace(
        journey,
        purpose=Purpose.RESIDENT,
        conveyance=Conveyance.MOTORCYCLE if card.plate else journey.conveyance,
    )


def crosses_as_resident(document: Document, journey: Journey) -> bool:
    """Whether somebody crosses with a card that holds: see `journey_with`."""
    return is_card(document) and journey.purpose is Purpose.RESIDENT


def _find(number: str) -> Card | None:
    return next((found for cards in _cards if (found := cards.card(number)) is not None), None)
