"""Rounds told as figures: recall at a price, by disturbance, by birth date, by class of hit."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from bench.report import Figure, at_least
from bench.screening.asking import Answers
from bench.screening.reckoning import bounds, recall
from bench.screening.travellers import Round, places_by

ONE, TENTH = 0.01, 0.001
PRICES = {ONE: "1 %", TENTH: "0.1 %"}
GOALS = {ONE: 95.0, TENTH: 88.0}
UN_GOAL = 94.0


def of_travellers(rounds: Sequence[Round]) -> list[Figure]:
    """Recall over all seeds, with spread and bounds, and split in every way."""
    figures: list[Figure] = []
    for share, price in PRICES.items():
        by_seed = [_recall(one.ours.answers, share) for one in rounds]
        peers = _peers([one.same for one in rounds], share)
        name = f"recall at {price}"
        figures.append(at_least(name, mean(by_seed), "%", GOALS[share], **peers))
        figures += [
            Figure(f"{name}, worst seed", min(by_seed), "%", None, None),
            Figure(f"{name}, best seed", max(by_seed), "%", None, None),
            *_bounds(name, [one.ours.answers for one in rounds], share),
            _same(f"{name}, same candidates", [one.same for one in rounds], share),
            _same(f"{name}, names alone", [one.names for one in rounds], share),
        ]
    figures += _levels(rounds)
    for what, title in (("kind", "disturbed"), ("birth_quality", "birth listed")):
        for share, price in PRICES.items():
            figures += _split(rounds, what, share, f"at {price}, {title}")
    return figures


def of_nations(one: Round, variants: Sequence[int], worldwide: int) -> list[Figure]:
    """Recall on the United Nations list, names alone: all aliases, and those that are spellings.

    The first `worldwide` of the innocent are of the world, the others of the region.
    """
    figures: list[Figure] = []
    for share, price in PRICES.items():
        for title, listed in (("all aliases", slice(None)), ("spelling variants", list(variants))):
            for whom, innocent in (
                ("", slice(None)),
                (", the world's innocent", slice(worldwide)),
                (", the region's innocent", slice(worldwide, None)),
            ):
                if len(one.ours.answers.innocent[innocent]):
                    name = f"United Nations, {title} at {price}{whom}"
                    asked = not whom and share == TENTH and title == "spelling variants"
                    figures.append(_of_part(name, one, (listed, innocent), share, asked=asked))
        answers = [_only(one.ours.answers, list(variants))]
        figures += _bounds(f"United Nations, spelling variants at {price}", answers, share)
    return figures


Part = tuple[slice | list[int], slice]


def _of_part(name: str, one: Round, part: Part, share: float, *, asked: bool) -> Figure:
    listed, innocent = part
    values = {
        who: recall(answers.listed[listed], answers.innocent[innocent], share)
        for who, answers in {**one.same, "ours": one.ours.answers}.items()
    }
    own = values.pop("ours")
    if asked:
        return at_least(name, own, "%", UN_GOAL, **values)
    return Figure(name, own, "%", None, None, values)


def _same(title: str, rounds: Sequence[Mapping[str, Answers]], share: float) -> Figure:
    own = mean([_recall(one["ours"], share) for one in rounds])
    return Figure(title, own, "%", None, None, _peers(rounds, share))


def _peers(rounds: Sequence[Mapping[str, Answers]], share: float) -> dict[str, float]:
    return {
        name: mean([_recall(one[name], share) for one in rounds])
        for name in rounds[0]
        if name != "ours"
    }


def _bounds(title: str, answers: Sequence[Answers], share: float) -> list[Figure]:
    """The mean of the seeds' bounds is wider than the bounds of their mean: we say the wider."""
    ends = [bounds(one.listed, one.innocent, share) for one in answers]
    return [
        Figure(f"{title}, 95 % bound {side}", mean([end[at] for end in ends]), "%", None, None)
        for at, side in enumerate(("below", "above"))
    ]


def _split(rounds: Sequence[Round], what: str, share: float, title: str) -> list[Figure]:
    by_round = [places_by(one.world, what) for one in rounds]
    figures = []
    for value in by_round[0]:

        def part(answers: Callable[[Round], Answers], value: str = value) -> float:
            parts = [
                _recall(_only(answers(one), places[value]), share)
                for one, places in zip(rounds, by_round, strict=True)
                if value in places
            ]
            return mean(parts)

        peers = {
            name: part(lambda one, name=name: one.same[name])  # type: ignore[misc]
            for name in rounds[0].same
            if name != "ours"
        }
        own = part(lambda one: one.ours.answers)
        figures.append(Figure(f"{title}: {value}", own, "%", None, None, peers))
    return figures


def _levels(rounds: Sequence[Round]) -> list[Figure]:
    """By the class of the hit: what an officer sees, without any threshold of ours."""
    figures = []
    for title, classes in (
        ("strong", {"strong"}),
        ("possible or more", {"strong", "possible"}),
        ("any class", {"strong", "possible", "weak"}),
    ):
        right, wrong, listed, innocent = 0, 0, 0, 0
        for one in rounds:
            listed += len(one.world.listed)
            innocent += len(one.world.innocent)
            right += sum(
                any(hit.place == case.listing and hit.level in classes for hit in hits)
                for hits, case in zip(one.ours.listed, one.world.listed, strict=True)
            )
            wrong += sum(any(hit.level in classes for hit in hits) for hits in one.ours.innocent)
        figures += [
            Figure(f"listed, hit as {title}", 100 * right / listed, "%", None, None),
            Figure(f"innocent, hit as {title}", 100 * wrong / innocent, "%", None, None),
        ]
    return figures


def _only(answers: Answers, places: slice | list[int]) -> Answers:
    return Answers(answers.listed[places], answers.innocent, answers.ms)


def _recall(answers: Answers, share: float) -> float:
    return recall(answers.listed, answers.innocent, share)


def mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)
