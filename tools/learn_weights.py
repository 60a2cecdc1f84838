"""Learn what each piece of evidence weighs, and write `screening/weights.json`.

    PYTHONPATH=src:tools:. .venv/bin/python tools/learn_weights.py FOLDER [--write]

FOLDER holds the names that NOTICE tells of. People are invented with fixed seeds
(`training_people`), some are put on a list, and all pairs that share a likely key are compared with
weights set by hand (`weights_by_hand.json`). The benchmark's generator makes as many, with its seeds
for tuning and three quarters of its names (docs/screening-data.md), and never with those for testing:
its lists are crowded as only a region's are. A logistic regression over the pieces of evidence then
says what each is worth: it departs from those set by hand as far as the pairs give reason to. What
it gives is additive: each weight stands beside its reason.
"""

from __future__ import annotations

import json
import random
import sys
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import get_args

import msgspec
import numpy as np
import numpy.typing as npt
from training_people import People

from bench.screening.generator import make_world
from bench.screening.setting import TUNING_SEEDS
from openmidas.screening import Counted, Edition, Index, Lexicon, Query, compare, prepare_query
from openmidas.screening.births import BirthBin
from openmidas.screening.comparing import Comparison
from openmidas.screening.names import fold
from openmidas.screening.nametable import shipped_table
from openmidas.screening.prepared import PreparedListing, PreparedQuery, prepare_listing
from openmidas.screening.relations import Relation
from openmidas.screening.tokens import Token
from openmidas.screening.weights import FILE, Weights

OUT = Path(__file__).parents[1] / "src/openmidas/screening" / FILE
BY_HAND = msgspec.json.decode(
    Path(__file__).with_name("weights_by_hand.json").read_bytes(), type=Weights
)
SEEDS = (1, 2)
LISTED, INNOCENT, LISTINGS = 900, 1500, 8000
CROWDED = {"listings": 20_000, "innocent": 8_000, "each_kind": 80, "all_names": False}
LEAST = 3.0
"""Pairs that even hands would not stop tell nothing of those that matter."""
STIFFNESS = 3.0
"""How many pairs a weight set by hand is worth against what is learned."""
RELATIONS: tuple[Relation, ...] = get_args(Relation)
BINS: tuple[BirthBin, ...] = get_args(BirthBin)
COLUMNS = (
    *(f"per_bit {how}" for how in RELATIONS),
    *(f"always {how}" for how in RELATIONS),
    *("joined", "clash", "extra", "extra_more", "extra_particle"),
    *("low_quality", "together"),
    *(f"birth {bin_}" for bin_ in BINS if bin_ != "not_known"),
    *("sex same", "sex different", "nationality same", "nationality different"),
)
COLUMN = {name: at for at, name in enumerate(COLUMNS)}
FIXED = {"per_bit initial", "extra_particle", "together"}
"""Set by hand: what links or honours is written or left out as people please, everywhere. Names go
together in the crowds that are made here more than on a list of the whole world: learned, it is half
as much again.
"""
BARE = 0.15
"""How many of the invented travellers nothing but the name is known of."""

Matrix = npt.NDArray[np.float64]


class Simulation:
    """A list, travellers some of whom are on it, and their pairs."""

    def __init__(self, folder: Path, seed: int, listed: int, innocent: int, listings: int) -> None:
        people = People(folder, random.Random(seed))  # noqa: S311
        persons = [people.draw() for _ in range(listings)]
        self.listings = [people.listing(person, at) for at, person in enumerate(persons)]
        self.queries: list[tuple[Query, int]] = [
            (_known(people.traveller(persons[at]), at), at) for at in range(listed)
        ]
        self.queries += [
            (_known(people.traveller(people.draw()), at), -1) for at in range(innocent)
        ]
        borne = [[t for name in one.names for t in fold(name.text)] for one in self.listings]
        self.lexicon = Lexicon(shipped_table(), Counted(borne))
        self.prepared = [prepare_listing(one, self.lexicon) for one in self.listings]
        self._by_key: dict[object, set[int]] = defaultdict(set)
        for at, one in enumerate(self.prepared):
            for key in _keys_of(one):
                self._by_key[key].add(at)

    def candidates(self, query: PreparedQuery) -> list[int]:
        """Listings that share a name's sound, group or beginning, and something more."""
        shared: dict[int, float] = defaultdict(float)
        for token in (*query.name.tokens, *query.name.joined):
            met: set[int] = set()
            for key in _keys(token):
                met |= self._by_key.get(key, set())
            for at in met:
                shared[at] += token.sound_bits
        for at in self._by_key.get(query.birth.first, ()) if query.birth.first else ():
            shared[at] += 10.0
        return [at for at, bits in shared.items() if bits >= 7.0]


def _known(query: Query, at: int) -> Query:
    """Of some no more than the name."""
    if at % 100 >= 100 * BARE:
        return query
    return Query(surname=query.surname, name_truncated=query.name_truncated)


def _keys(token: Token) -> set[object]:
    if not token.naming:
        return set()
    keys: set[object] = {token.skeleton, ("c", token.consonants), *token.groups}
    if len(token.text) > 4:
        keys |= {("a", token.skeleton[:4]), ("z", token.skeleton[-4:])}
    return keys


def _keys_of(listing: PreparedListing) -> set[object]:
    keys: set[object] = {birth.first for birth in listing.births if birth.first == birth.last}
    for name in listing.names:
        for token in (*name.tokens, *name.joined):
            keys |= _keys(token)
    return keys


def row_of(found: Comparison, lexicon: Lexicon) -> Matrix:
    """The pieces of evidence of a comparison, as the regression takes them."""
    row = np.zeros(len(COLUMNS))
    for part in found.parts:
        if part.how == "clash":
            row[COLUMN["clash"]] += 1
        elif part.how == "extra" and part.missing:
            row[COLUMN["extra_more" if row[COLUMN["extra"]] else "extra"]] += 1
        elif part.how == "extra":
            row[COLUMN["extra_particle"]] += 1
        elif part.how == "low_quality":
            row[COLUMN["low_quality"]] += 1
        elif part.how == "together":
            row[COLUMN["together"]] += part.weight / BY_HAND.together
        elif part.how != "cut" and (part.naming or part.how == "initial"):
            one = lexicon.token(part.ours.replace(" ", ""))
            two = lexicon.token(part.theirs.replace(" ", ""))
            bits = one.bits if part.how == "same" else min(one.sound_bits, two.sound_bits)
            row[COLUMN[f"per_bit {part.how}"]] += bits
            row[COLUMN[f"always {part.how}"]] += 1
            row[COLUMN["joined"]] += (" " in part.ours) != (" " in part.theirs)
    if found.birth != "not_known":
        row[COLUMN[f"birth {found.birth}"]] = 1
    for field, agrees in (("sex", found.sex), ("nationality", found.nationality)):
        if agrees is not None:
            row[COLUMN[f"{field} {'same' if agrees else 'different'}"]] = 1
    return row


@dataclass(frozen=True)
class Pairs:
    """Rows of evidence, whether each is of one person, and the odds against it beforehand, in bits."""

    rows: Matrix
    same: Matrix
    prior: float


def invented(folder: Path) -> Pairs:
    """Pairs of people whom `training_people` draws."""
    rows: list[Matrix] = []
    same: list[float] = []
    for seed in SEEDS:
        simulation = Simulation(folder, seed, LISTED, INNOCENT, LISTINGS)
        for query, truth in simulation.queries:
            ours = prepare_query(query, simulation.lexicon)
            for at in simulation.candidates(ours):
                _add(rows, same, compare(ours, simulation.prepared[at], BY_HAND), at == truth)
        print(f"invented, seed {seed}: {len(rows)} pairs, {sum(same):.0f} of one person")
    return Pairs(np.array(rows), np.array(same), prior_of(LISTINGS, LISTED, INNOCENT))


def crowded() -> Pairs:
    """Pairs of the benchmark's people, by seeds that are there for tuning."""
    rows: list[Matrix] = []
    same: list[float] = []
    listed = 1
    for seed in TUNING_SEEDS[:2]:
        world = make_world(seed, **CROWDED)  # type: ignore[arg-type]
        listed = len(world.listed)
        dated = datetime(2026, 1, 1, tzinfo=UTC)
        edition = Edition(list_code="t", title="", dated=dated, listings=world.listings)
        index = Index.build([edition])
        prepared = [prepare_listing(one, index.lexicon) for one in world.listings]
        asked = [(case.asked, case.listing) for case in world.listed]
        asked += [(one, -1) for one in world.innocent]
        for one, truth in asked:
            query = one.query()
            ours = prepare_query(query, index.lexicon)
            for at in {*index.candidates(query), *([truth] if truth >= 0 else [])}:
                _add(rows, same, compare(ours, prepared[at], BY_HAND), at == truth)
        print(f"crowded, seed {seed}: {len(rows)} pairs, {sum(same):.0f} of one person")
    return Pairs(
        np.array(rows),
        np.array(same),
        prior_of(CROWDED["listings"], listed, CROWDED["innocent"]),
    )


def prior_of(listings: int, listed: int, innocent: int) -> float:
    """The odds against a pair before it is compared, in bits."""
    return float(np.log2(listings * (listed + innocent) / listed))


def _add(rows: list[Matrix], same: list[float], found: Comparison, truth: bool) -> None:
    if found.score >= LEAST or truth:
        rows.append(row_of(found, found.lexicon))
        same.append(float(truth))


def by_hand() -> Matrix:
    """The weights set by hand, as a column of the regression, in bits."""
    weights = msgspec.to_builtins(BY_HAND)
    start = np.zeros(len(COLUMNS))
    for name, at in COLUMN.items():
        field, _, which = name.partition(" ")
        value = weights[field]
        if which in ("same", "different") and field in ("sex", "nationality"):
            start[at] = value[which == "different"]
        else:
            start[at] = value[which] if which else value
    return start


def fit(sources: Sequence[Pairs], start: Matrix) -> tuple[Matrix, float]:
    """Logistic regression by Newton's method, held towards `start`: weights and offset in bits.

    Each source has a constant of its own. The offset is how much more the odds against are than the
    number of listings says, on average over the sources.
    """
    design, same = _design(sources)
    centre = np.append(start, np.full(len(sources), -10.0))
    hold = np.append(np.full(len(start), STIFFNESS), np.zeros(len(sources)))
    for name in FIXED:
        hold[COLUMN[name]] = 1e9

    def cost(weights: Matrix) -> float:
        logits = design @ weights
        misfit = np.sum(np.logaddexp(0.0, logits) - same * logits)
        return float(misfit + 0.5 * np.sum(hold * (weights - centre) ** 2))

    weights = centre.copy()
    for _ in range(60):
        chance = 1.0 / (1.0 + np.exp(-np.clip(design @ weights, -35, 35)))
        slope = design.T @ (same - chance) - hold * (weights - centre)
        curve = (design * (chance * (1 - chance))[:, None]).T @ design + np.diag(hold + 1e-9)
        step = np.linalg.solve(curve, slope)
        while cost(weights + step) > cost(weights) and np.abs(step).max() > 1e-4:
            step /= 2
        weights += step
        if np.abs(step).max() < 1e-4:
            break
    constants = weights[len(start) :]
    offsets = [-constant - one.prior for one, constant in zip(sources, constants, strict=True)]
    return weights[: len(start)], float(np.mean(offsets))


def _design(sources: Sequence[Pairs]) -> tuple[Matrix, Matrix]:
    """The rows of all sources, each with a mark of which it is from; and whether each is of one person."""
    marked = [
        np.hstack([one.rows, np.tile(np.eye(len(sources))[at], (len(one.rows), 1))])
        for at, one in enumerate(sources)
    ]
    return np.vstack(marked) * np.log(2.0), np.concatenate([one.same for one in sources])


def as_weights(learned: Matrix, offset: float) -> Weights:
    """The learned column as weights, those that are not learned staying as they are.

    `offset`: how much more the odds against are than the number of listings says.
    """
    raw = msgspec.to_builtins(BY_HAND)
    raw["prior_offset"] = round(offset, 2)
    for name, at in COLUMN.items():
        field, _, which = name.partition(" ")
        value = round(float(learned[at]), 2)
        if field in ("sex", "nationality"):
            pair = list(raw[field])
            pair[which == "different"] = value
            raw[field] = pair
        elif which:
            raw[field][which] = value
        else:
            raw[field] = value
    return msgspec.convert(raw, Weights)


def main() -> None:
    sources = (invented(Path(sys.argv[1])), crowded())
    start = by_hand()
    learned, offset = fit(sources, start)
    for name, at in COLUMN.items():
        met = sum(int((one.rows[:, at] != 0).sum()) for one in sources)
        print(f"{name:25} {met:8} {start[at]:7.2f} -> {learned[at]:7.2f}")
    print(f"offset {offset:.2f}")
    if "--write" in sys.argv:
        plain = msgspec.to_builtins(as_weights(learned, offset))
        OUT.write_text(json.dumps(plain, indent=2) + "\n", encoding="utf-8")
        print(f"wrote {OUT}")


if __name__ == "__main__":
    main()
