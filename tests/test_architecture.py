"""The page on the architecture: what it names exists, and its rooms are those that the imports obey."""

from __future__ import annotations

import re
import tomllib
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
LAYERS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
ROOMS = [layer.removeprefix("openmidas.") for layer in LAYERS[0]["layers"]]
NAMES = sorted(set(re.findall(rf"`((?:{'|'.join(ROOMS)})(?:\.\w+)+)`", PAGE)))


def test_the_rooms_stand_in_the_order_of_the_import_rules() -> None:
    table = PAGE.partition("## The rooms")[2].partition("\n\n`documents`")[0]
    assert re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE) == ROOMS


@pytest.mark.parametrize("name", NAMES)
def test_what_the_page_names_exists(name: str) -> None:
    module, parts = "openmidas", name.split(".")
    while parts and find_spec(f"{module}.{parts[0]}"):
        module = f"{module}.{parts.pop(0)}"
        if not hasattr(import_module(module), "__path__"):
            break
    found: object = import_module(module)
    for part in parts:
        found = getattr(found, part)


@pytest.mark.parametrize("command", sorted(set(re.findall(r"`midas (\w+)", PAGE))))
def test_the_commands_exist(command: str) -> None:
    from openmidas.cli import build_parser

    assert f" {command} " in build_parser().format_help().replace("\n", " ")
