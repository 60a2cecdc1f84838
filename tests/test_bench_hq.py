"""The benchmark of the headquarters makes crossings by itself: it must know all of their columns."""

from __future__ import annotations

from bench.hq import crossings


def test_every_column_of_a_crossing_is_made() -> None:
    statement = crossings.insert()
    assert statement.count("%(posts)s") == 1
    assert statement.startswith("INSERT INTO crossings_crossing")


def test_a_value_is_drawn_by_its_weight() -> None:
    said = crossings.drawn("u", {"a": 3, "b": 1})
    assert said == "(ARRAY['a', 'b'])[1 + width_bucket(u, ARRAY[0.750000]::float8[])]"
