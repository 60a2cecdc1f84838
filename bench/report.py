"""How every benchmark tells its figures: a table for people, or one JSON object for programs."""

from __future__ import annotations

import msgspec
from rich.console import Console
from rich.table import Table


class Figure(msgspec.Struct, frozen=True, omit_defaults=True):
    """One measured figure.

    `goal` says in words what is asked ("≤ 150") and `met` whether the value keeps it; None where
    there is no goal. `peers` are the same figure of other software, by its name, in the same unit.
    """

    name: str
    value: float | None
    unit: str
    goal: str | None
    met: bool | None
    peers: dict[str, float] = {}


class Report(msgspec.Struct, frozen=True):
    """What stands on the last line of a benchmark that was asked for JSON."""

    figures: list[Figure]


def at_most(name: str, value: float, unit: str, limit: float, **peers: float) -> Figure:
    """A figure that shall not be above a limit."""
    return Figure(name, value, unit, f"≤ {limit:g}", value <= limit, peers)


def at_least(name: str, value: float, unit: str, limit: float, **peers: float) -> Figure:
    """A figure that shall not be below a limit."""
    return Figure(name, value, unit, f"≥ {limit:g}", value >= limit, peers)


def figures_as_json(figures: list[Figure]) -> str:
    """One line with the object {"figures": […]}; every figure names its five fields."""
    return msgspec.json.encode(Report(figures)).decode()


def figures_as_table(title: str, figures: list[Figure]) -> Table:
    """The same for people; a column for each peer that any figure has."""
    peers = list(dict.fromkeys(peer for figure in figures for peer in figure.peers))
    table = Table(title=title, title_justify="left")
    table.add_column("figure")
    for column in ("value", "unit", "goal", "met", *peers):
        table.add_column(column, justify="left" if column in ("unit", "goal", "met") else "right")
    words = {True: "[green]yes", False: "[bold red]no", None: ""}
    for figure in figures:
        others = [_number(figure.peers.get(peer)) for peer in peers]
        cells = [_number(figure.value), figure.unit, figure.goal or "", words[figure.met], *others]
        table.add_row(figure.name, *cells)
    return table


def print_report(title: str, figures: list[Figure], as_json: bool) -> None:
    """Print the figures: a table, or one JSON object as the last line of standard output."""
    if as_json:
        print(figures_as_json(figures))
    else:
        Console().print(figures_as_table(title, figures))


def _number(value: float | None) -> str:
    """Four digits are what a measurement is worth."""
    if value is None:
        return ""
    return f"{value:,.0f}" if value == int(value) or abs(value) >= 1000 else f"{value:.4g}"
