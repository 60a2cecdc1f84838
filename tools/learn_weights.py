"""Learn what each piece of evidence weighs, and write `screening/weights.json`.

    PYTHONPATH=src:tools .venv/bin/python tools/learn_weights.py FOLDER [--write]

FOLDER holds the names that NOTICE tells of. People are invented with fixed seeds
(`training_people`), some are put on a list, and all pairs that share a likely key are compared with
weights set by hand (`weights_by_hand.json`). A logistic regression over the pieces of evidence then
says what each is worth: it departs from those set by hand as far as the pairs give reason to. What
it gives is additive: each weight stands beside its reason.
"""

from __future__ import annotations

import json
import random
import sys
from collections import defaultdict
from pathlib import Path
from typing import get_args

import msgspec
import numpy as np
import numpy.typing as npt
from training_people import People

from openmidas.screening import Counted, Lexicon, Query, compare, prepare_query
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
LISTED, INNOCENT, LISTINGS = 1200, 2500, 12_000
STIFFNESS = 6.0
"""How many pairs a weight set by hand is worth against what is learned."""
RELATIONS: tuple[Relation, ...] = get_args(Relation)
BINS: tuple[BirthBin, ...] = get_args(BirthBin)
COLUMNS = (
    *(f"per_bit {how}" for how in RELATIONS),
    *(f"always {how}" for how in RELATIONS),
    *("joined", "clash", "extra", "extra_particle"),
    "low_quality",
    *(f"birth {bin_}" for bin_ in BINS if bin_ != "not_known"),
    *("sex same", "sex different", "nationality same", "nationality different"),
)
COLUMN = {name: at for at, name in enumerate(COLUMNS)}
FIXED = {"per_bit initial"}

Matrix = npt.NDArray[np.float64]


class Simulation:
    """A list, travellers some of whom are on it, and their pairs."""

    def __init__(self, folder: Path, seed: int, listed: int, innocent: int, listings: int) -> None:
        people = People(folder, random.Random(seed))  # noqa: S311
        persons = [people.draw() for _ in range(listings)]
        self.listings = [people.listing(person, at) for at, person in enumerate(persons)]
        self.queries: list[tuple[Query, int]] = [
            (people.traveller(persons[at]), at) for at in range(listed)
        ]
        self.queries += [(people.traveller(people.draw()), -1) for _ in range(innocent)]
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
        elif part.how == "extra":
            row[COLUMN["extra" if part.missing else "extra_particle"]] += 1
        elif part.how == "low_quality":
            row[COLUMN["low_quality"]] += 1
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


def gather(folder: Path) -> tuple[Matrix, Matrix]:
    """Rows of evidence and whether each is of one person. Pairs that nobody would ask about go."""
    rows, same = [], []
    for seed in SEEDS:
        simulation = Simulation(folder, seed, LISTED, INNOCENT, LISTINGS)
        for query, truth in simulation.queries:
            ours = prepare_query(query, simulation.lexicon)
            for at in simulation.candidates(ours):
                found = compare(ours, simulation.prepared[at], BY_HAND)
                if found.score >= -8 or at == truth:
                    rows.append(row_of(found, simulation.lexicon))
                    same.append(float(at == truth))
        print(f"seed {seed}: {len(rows)} pairs, {sum(same):.0f} of one person")
    return np.array(rows), np.array(same)


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


def fit(rows: Matrix, same: Matrix, start: Matrix) -> tuple[Matrix, float]:
    """Logistic regression by Newton's method, held towards `start`. Weights and constant in bits."""
    design = np.hstack([rows, np.ones((len(rows), 1))]) * np.log(2.0)
    centre = np.append(start, -13.0)
    hold = np.full(len(centre), STIFFNESS)
    hold[-1] = 0.0
    for name in FIXED:
        hold[COLUMN[name]] = 1e9
    weights = centre.copy()
    for _ in range(30):
        chance = 1.0 / (1.0 + np.exp(-np.clip(design @ weights, -35, 35)))
        slope = design.T @ (same - chance) - hold * (weights - centre)
        curve = (design * (chance * (1 - chance))[:, None]).T @ design + np.diag(hold + 1e-9)
        step = np.linalg.solve(curve, slope)
        weights += step
        if np.abs(step).max() < 1e-4:
            break
    return weights[:-1], float(weights[-1])


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
    folder = Path(sys.argv[1])
    rows, same = gather(folder)
    start = by_hand()
    learned, constant = fit(rows, same, start)
    for name, at in COLUMN.items():
        print(f"{name:25} {int((rows[:, at] != 0).sum()):8} {start[at]:7.2f} -> {learned[at]:7.2f}")
    prior = np.log2(LISTINGS * (LISTED + INNOCENT) / LISTED)
    print(f"constant {constant:.2f}, expected {-prior:.2f}")
    if "--write" in sys.argv:
        plain = msgspec.to_builtins(as_weights(learned, -constant - float(prior)))
        OUT.write_text(json.dumps(plain, indent=2) + "\n", encoding="utf-8")
        print(f"wrote {OUT}")


if __name__ == "__main__":
    main()
