"""A few new listings against millions of travellers of the past.

The usual way round, one traveller is held against all listings. Here the listings are few and the
travellers many, and repeat their names and birth dates: what a word of a name can be worth beside a
listing is worked out once for each word, what a date can be once for each date. Who cannot reach the
level that is asked for, whatever else agrees, is passed over; all others are compared in full, so
that the hits are those of comparing everybody with everything.

    looking = LookingBack(listings, index.lexicon, least="possible")
    for hit in looking.screen(travellers):
        ...
"""

from __future__ import annotations

from openmidas.screening.looking_back.screening import FoundLater, LookingBack, Passed

__all__ = ["FoundLater", "LookingBack", "Passed"]
