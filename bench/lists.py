"""What a new edition of a list weighs for a post that has the one before, against all of it.

The United Nations list as it was published, and one as large as the largest that States publish
(18,000 listings that say as much as its own, with names, numbers and texts that are invented). Of each,
a hundredth of the listings is amended, taken off or put on, as in a lively week; what is new is
invented too. Bytes are those of the
packing; each piece of it travels in a message of some 500 bytes more.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import msgspec

from bench.report import Figure, at_most, print_report
from openmidas.exchange.deltas import pack, unpack
from openmidas.screening import Edition, ListedName, Listing, open_list, read_un

SAMPLE = Path(__file__).parents[1] / "src/openmidas/lists/samples/un-consolidated-2026-02-27.xml.gz"
LARGE = 18_000
CHANGED = 0.01
GOAL = 0.05
"""What a delta may weigh of the whole."""
_SYLLABLES = [one + two for one in "bdfgklmnrstwz" for two in ("a", "e", "i", "o", "u", "ou", "an")]
LINK = 64_000 / 8
"""Bytes a second."""


def united_nations() -> Edition:
    """The list as it was published."""
    with open_list(SAMPLE) as stream:
        return read_un(stream).edition


def large(edition: Edition, count: int, chance: random.Random) -> Edition:
    """A list of so many listings."""
    known = edition.listings
    listings = (_invented(f"L.{number:05}", known, chance) for number in range(count))
    return msgspec.structs.replace(edition, list_code="large", listings=tuple(listings))


def a_week_later(edition: Edition, chance: random.Random) -> Edition:
    """The same list with a hundredth of its listings changed: amended, taken off, put on."""
    listings = list(edition.listings)
    number = max(3, round(len(listings) * CHANGED))
    for place in chance.sample(range(len(listings)), number - 2 * (number // 3)):
        listings[place] = _amended(listings[place], chance)
    for _ in range(number // 3):
        listings.pop(chance.randrange(len(listings)))
    for added in range(number // 3):
        listings.append(_invented(f"N.{added:05}", edition.listings, chance))
    dated = edition.dated + timedelta(days=7)
    return msgspec.structs.replace(edition, dated=dated, listings=tuple(listings))


def measure(name: str, before: Edition, after: Edition) -> list[Figure]:
    """What the later edition weighs, alone and for who has the one before."""
    old, new = before.encode(), after.encode()
    whole = pack(new)
    started = time.monotonic()
    delta = pack(new, old)
    packed = time.monotonic()
    if unpack(delta, size=len(new), digest=_name(new), base=old) != new:
        raise SystemExit("another edition came out")
    unpacked = time.monotonic()
    return [
        Figure(f"{name}: the edition itself", len(new), "bytes", None, None),
        Figure(f"{name}: all of it, packed", len(whole), "bytes", None, None),
        at_most(f"{name}: its delta", len(delta), "bytes", GOAL * len(whole)),
        Figure(f"{name}: all of it at 64 kbit/s", len(whole) / LINK, "s", None, None),
        Figure(f"{name}: its delta at 64 kbit/s", len(delta) / LINK, "s", None, None),
        Figure(f"{name}: making the delta", packed - started, "s", None, None),
        Figure(f"{name}: unpacking and checking it", unpacked - packed, "s", None, None),
    ]


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="run.py bench lists", description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--quick", action="store_true", help="the United Nations list alone")
    options = parser.parse_args()
    chance = random.Random(11)  # noqa: S311  the same lists each time
    real = united_nations()
    figures = measure("United Nations", real, a_week_later(real, chance))
    if not options.quick:
        many = large(real, LARGE, chance)
        figures += measure(f"{LARGE:,} listings", many, a_week_later(many, chance))
    print_report("A new edition of a list", figures, options.json)
    return 0


def _invented(id: str, known: tuple[Listing, ...], chance: random.Random) -> Listing:
    """As much as a listing of the list says, with names and numbers that stand nowhere else."""
    like = chance.choice(known)
    names = tuple(msgspec.structs.replace(name, text=_text(chance)) for name in like.names)
    documents = tuple(
        msgspec.structs.replace(document, number=_number(chance), text=_text(chance))
        for document in like.documents
    )
    details = tuple(msgspec.structs.replace(detail, text=_text(chance)) for detail in like.details)
    return msgspec.structs.replace(like, id=id, names=names, documents=documents, details=details)


def _amended(listing: Listing, chance: random.Random) -> Listing:
    return msgspec.structs.replace(
        listing, names=(*listing.names, ListedName(_text(chance), "low"))
    )


def _text(chance: random.Random) -> str:
    words = ("".join(chance.choices(_SYLLABLES, k=chance.randrange(2, 5))) for _ in range(3))
    return " ".join(words).title()


def _number(chance: random.Random) -> str:
    return f"{chance.choice('ABCDEP')}{chance.randrange(10**7):07}"


def _name(data: bytes) -> str:
    return sha256(data).hexdigest()


if __name__ == "__main__":
    sys.exit(main())
