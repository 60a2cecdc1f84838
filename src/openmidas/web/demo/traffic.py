"""What crosses at a post of the sample country: how many, who, why and with what. Plain data.

Figures of Kourémalé: 552 travellers a day on average and 800 on a busy one, 31 % women, three in
four of them Guineans and Malians (IOM flow monitoring of the corridor). What is not published,
purposes, means of transport, hours, is set by hand to be likely.
"""

from __future__ import annotations

from datetime import time

import msgspec

from openmidas.crossings.inspection import Conveyance, Purpose


class Share(msgspec.Struct, frozen=True):
    """Travellers of one nationality and people (a table of ``names.toml``), in per cent."""

    nationality: str
    people: str
    percent: float


class Traffic(msgspec.Struct, frozen=True, kw_only=True):
    """How a post is used.

    ``digit``: the first digit of the specimen numbers that its travellers hold. ``market_day``: 0 is
    Monday. ``silent``, ``paper``, ``counted``: days before the last one of the history on which
    nothing crossed, on which everything was on paper, on which travellers were only counted.
    ``home``, ``beyond``: places on this side of the border and on the other.
    """

    digit: int
    per_day: int
    busiest: int
    market_day: int
    opens: time = time(5, 30)
    closes: time = time(22, 0)
    shares: tuple[Share, ...]
    conveyances: dict[Conveyance, float]
    purposes: dict[Purpose, float]
    undocumented: float = 0.35
    buses: int = 4
    silent: tuple[int, ...] = ()
    paper: tuple[int, ...] = ()
    counted: tuple[int, ...] = ()
    home: tuple[str, ...]
    beyond: tuple[str, ...]


def _shares(*rows: tuple[str, str, float]) -> tuple[Share, ...]:
    return tuple(Share(*row) for row in rows)


_KOUREMALE_SHARES = _shares(
    ("GIN", "mande", 26),
    ("GIN", "fulani", 14),
    ("MLI", "mande", 29),
    ("MLI", "fulani", 5),
    ("BFA", "mossi", 5),
    ("CIV", "dioula", 5),
    ("SEN", "wolof", 5),
    ("SLE", "english", 4),
    ("LBR", "english", 2),
    ("GMB", "wolof", 1.5),
    ("NER", "zarma", 1.5),
    ("NGA", "hausa", 1),
    ("MRT", "moorish", 0.5),
    ("TGO", "coast", 0.5),
)
_CORRIDOR_SHARES = _shares(
    ("NER", "zarma", 43),
    ("MLI", "songhai", 26),
    ("MLI", "tuareg", 8),
    ("MLI", "fulani", 4),
    ("BFA", "mossi", 5),
    ("NGA", "hausa", 5),
    ("BEN", "coast", 3),
    ("TGO", "coast", 2),
    ("GHA", "coast", 1.5),
    ("GIN", "fulani", 1.5),
    ("SEN", "wolof", 1),
)
_KOUREMALE_CONVEYANCES = {
    Conveyance.MOTORCYCLE: 44.0,
    Conveyance.FOOT: 25.0,
    Conveyance.BUS: 17.0,
    Conveyance.CAR: 9.0,
    Conveyance.TRUCK: 3.0,
    Conveyance.BICYCLE: 2.0,
}
_CORRIDOR_CONVEYANCES = {
    Conveyance.BUS: 33.0,
    Conveyance.MOTORCYCLE: 22.0,
    Conveyance.FOOT: 17.0,
    Conveyance.CAR: 11.0,
    Conveyance.TRUCK: 9.0,
    Conveyance.BOAT: 5.0,
    Conveyance.ANIMAL: 3.0,
}
_KOUREMALE_PURPOSES = {
    Purpose.TRADE: 35.0,
    Purpose.FAMILY: 28.0,
    Purpose.WORK: 12.0,
    Purpose.SEASONAL_WORK: 8.0,
    Purpose.HEALTH: 5.0,
    Purpose.STUDY: 4.0,
    Purpose.TRANSIT: 4.0,
    Purpose.DISPLACEMENT: 1.5,
    Purpose.TOURISM: 0.5,
    Purpose.OTHER: 2.0,
}
_CORRIDOR_PURPOSES = _KOUREMALE_PURPOSES | {
    Purpose.TRADE: 27.0,
    Purpose.SEASONAL_WORK: 13.0,
    Purpose.DISPLACEMENT: 11.0,
    Purpose.TRANSIT: 7.0,
}
_MALIAN_SIDE = ("Kourémalé", "Kangaba", "Naréna", "Bamako", "Kati", "Ségou", "Sikasso", "Kayes")
_GUINEAN_SIDE = ("Siguiri", "Kourémalé", "Kankan", "Doko", "Conakry", "Kouroussa", "Labé")
_GAO_SIDE = ("Labbezanga", "Ansongo", "Gao", "Ménaka", "Mopti", "Bamako")
_TILLABERI_SIDE = ("Ayorou", "Tillabéri", "Niamey", "Kongo Kiré", "Dosso", "Gaya", "Cotonou")

KOUREMALE = Traffic(
    digit=1,
    per_day=552,
    busiest=800,
    market_day=3,
    shares=_KOUREMALE_SHARES,
    conveyances=_KOUREMALE_CONVEYANCES,
    purposes=_KOUREMALE_PURPOSES,
    counted=(25, 11, 4),
    home=_MALIAN_SIDE,
    beyond=_GUINEAN_SIDE,
)
LABBEZANGA = Traffic(
    digit=2,
    per_day=150,
    busiest=240,
    market_day=6,
    opens=time(6, 0),
    closes=time(18, 0),
    shares=_CORRIDOR_SHARES,
    conveyances=_CORRIDOR_CONVEYANCES,
    purposes=_CORRIDOR_PURPOSES,
    undocumented=0.38,
    buses=2,
    silent=tuple(range(12, 19)),
    paper=(24, 20, 9, 5),
    counted=(19, 8),
    home=_GAO_SIDE,
    beyond=_TILLABERI_SIDE,
)
KOUREMALE_GUINEA = msgspec.structs.replace(
    KOUREMALE, digit=1, counted=(18,), home=_GUINEAN_SIDE, beyond=_MALIAN_SIDE
)
KONGO_KIRE = msgspec.structs.replace(
    LABBEZANGA,
    digit=1,
    silent=(),
    paper=(21, 6),
    counted=(13,),
    home=_TILLABERI_SIDE,
    beyond=_GAO_SIDE,
)
