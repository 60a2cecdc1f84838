"""The page on personal data knows every table, every kind of entry and every field of a traveller."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.apps import apps

from openmidas.crossings.inspection import Document, Inspection, Journey, Traveller
from openmidas.journal import entry_kinds

PAGE = (Path(__file__).resolve().parents[1] / "docs" / "data.md").read_text(encoding="utf-8")
NAMED = set(re.findall(r"`([A-Za-z_.]+)`", PAGE))
TABLES = [
    f"{model._meta.app_label}.{model.__name__}"
    for model in apps.get_models()
    if model.__module__.startswith("openmidas.")
]
KINDS = sorted(
    name for name, kind in entry_kinds().items() if kind.content.__module__.startswith("openmidas.")
)
PARTS = {"traveller", "document", "journey"}


@pytest.mark.parametrize("table", TABLES)
def test_every_table_is_on_the_page(table: str) -> None:
    assert table in NAMED


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_entry_is_on_the_page(kind: str) -> None:
    assert kind in NAMED


def test_no_table_and_no_kind_on_the_page_is_gone() -> None:
    written = {name for name in NAMED if re.fullmatch(r"[a-z]+\.[A-Za-z_]+", name)}
    assert written - set(TABLES) - set(KINDS) == set()


def test_the_fields_of_a_traveller_are_those_of_the_page() -> None:
    table = PAGE.partition("## A traveller")[2].partition("\n\nBeside these")[0]
    told = {
        name
        for row in re.findall(r"^\| (`[^|]+) \|", table, re.MULTILINE)
        for name in re.findall(r"`(\w+)`", row)
    }
    structs = (Traveller, Document, Journey, Inspection)
    assert told == {field for one in structs for field in one.__struct_fields__} - PARTS
