"""Whose a card is: what the counter asks this room within a scan."""

from __future__ import annotations

from openmidas.crossings.cards import Card
from openmidas.nodes.identity import this_node
from openmidas.residents.models import Resident


class KnownCards:
    """The cards that this post gave out (`crossings.cards.Cards`)."""

    def card(self, number: str) -> Card | None:
        """The card with this number; None where this post gave out none."""
        row = Resident.objects.filter(node=this_node().id, number=number).first()
        return None if row is None else card_of(row)


def card_of(row: Resident) -> Card:
    """The card of a resident. A document is of their own State, as where one is typed at the lane."""
    traveller = row.traveller()
    return Card(
        number=row.number,
        traveller=traveller,
        village=row.village,
        until=row.until,
        plate=row.plate,
        document=row.document,
        issuer=traveller.nationality if row.document else "",
        revoked=row.revoked_on,
        end=row.end,
    )


CARDS = KnownCards()
