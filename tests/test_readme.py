"""The README and the other pages: log-ins as the demonstration has them, links that lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from openmidas.posts.roles import Role
from openmidas.web.demo.country import MALI
from openmidas.web.demo.layout import PASSWORD

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
ROLES = {
    Role.PRIMARY: "primary officer",
    Role.SECOND_LINE: "second-line officer",
    Role.HEAD_OF_POST: "head of post",
    Role.HQ_ANALYST: "analyst",
    Role.HQ_LISTS: "list officer",
    Role.ADMINISTRATOR: "administrator",
    Role.OVERSIGHT: "oversight",
}


def test_the_readme_has_the_log_ins_of_the_demonstration() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\w+) \| ([\w -]+) \| ([A-Z]\w+) \|$", text, re.MULTILINE)
    assert rows == [
        (one.username, ROLES[one.role], node.name) for node in MALI.nodes for one in node.officers
    ]
    assert f"`{PASSWORD}`" in text


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    links = LINK.findall(page.read_text(encoding="utf-8"))
    own = [link for link in links if not link.startswith("https://")]
    assert [link for link in own if not (page.parent / link).exists()] == []
