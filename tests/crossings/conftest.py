"""A post at work: its lanes, rules that were published today, a small list of today, two officers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.utils import timezone

from openmidas.crossings import facts, services
from openmidas.crossings.inspection import Inspection
from openmidas.crossings.publishing import publish_rules
from openmidas.crossings.rules import sample_rules
from openmidas.journal import Actor
from openmidas.journal.models import new_id
from openmidas.lists.in_use import LISTS
from openmidas.lists.services import import_un
from openmidas.nodes.services import node_time, open_own_journal
from openmidas.posts.services import PostLayout, configure_post
from openmidas.web.demo.specimens import Specimen
from tests.conftest import HQ, POST
from tests.support.cast import LANES, at_node

SMALL_LIST = Path(__file__).parents[1] / "screening" / "data" / "un-small.xml"
LIST_LIMIT = 7
RULES_LIMIT = 365

AMINATA = Actor(new_id(), "primary", LANES[0])
OUMOU = Actor(new_id(), "primary", LANES[1])
BOUBACAR = Actor(new_id(), "second_line")


TODAY = timezone.localdate()
"""The same for the whole run: a paper that a test reads after midnight is the one made before it."""


def years_ago(years: int) -> date:
    return TODAY - timedelta(days=365 * years + years // 4 + 1)


def paper(**changes: object) -> str:
    """The zone of a passport of somebody who is clear, or changed."""
    usual = {
        "surname": "KEITA",
        "given_names": "MARIAM",
        "number": "SP0000001",
        "birth": years_ago(35),
        "sex": "F",
        "expiry": TODAY + timedelta(days=1000),
    }
    return Specimen(**(usual | changes)).mrz()  # type: ignore[arg-type]  # the fields of a Specimen


def listed() -> str:
    """The zone of somebody who is on the small list, by name and day of birth."""
    return paper(
        surname="SAGNON",
        given_names="BOUREIMA",
        number="SP0000009",
        birth=date(1971, 3, 14),
        sex="M",
    )


def child(years: int = 8) -> str:
    return paper(given_names="OUMAR", number="SP0000004", birth=years_ago(years), sex="M")


def scan(raw: str, actor: Actor = AMINATA, *, group: bool = False) -> Inspection:
    return services.scan(actor, new_id(), raw, group=group)


def admit(*inspections: Inspection, actor: Actor = AMINATA) -> list[UUID]:
    return services.admit(actor, [inspection.id for inspection in inspections])


def refer(*inspections: Inspection, actor: Actor = AMINATA) -> list[UUID]:
    return services.refer(actor, [inspection.id for inspection in inspections])


def cancel(*inspections: Inspection, actor: Actor = AMINATA) -> list[UUID]:
    return services.cancel(actor, [inspection.id for inspection in inspections])


def later(monkeypatch: pytest.MonkeyPatch, **span: int) -> None:
    """The node's clock goes on."""
    now = node_time() + timedelta(**span)
    monkeypatch.setattr(facts, "node_time", lambda: now)


def codes(inspection: Inspection) -> set[str]:
    return {finding.code for finding in inspection.findings}


def publish_list(folder: Path, *, days_old: int = 0) -> None:
    """Publish the small list at the HQ, as it was some days ago."""
    day = timezone.localdate() - timedelta(days=days_old)
    path = folder / "un.xml"
    path.write_text(SMALL_LIST.read_text(encoding="utf-8").replace("2026-01-15T", f"{day}T"))
    with at_node(HQ):
        import_un(path, actor=Actor(), limit_days=LIST_LIMIT)


def publish(rules: str) -> None:
    with at_node(HQ):
        publish_rules(rules, actor=Actor())


def rules_of(day: date, more: str = "") -> str:
    """The sample rules, dated on a day, with more behind them."""
    return f"{sample_rules()}\n{more}".replace("dated = 2026-11-01", f"dated = {day}")


@pytest.fixture
def bare_post(db: None) -> Iterator[None]:
    """The post laid out, with neither lists nor rules."""
    LISTS.forget()
    with at_node(POST):
        open_own_journal()
    with at_node(HQ):
        open_own_journal()
        configure_post(Actor(), POST, PostLayout(name="Kourémalé", lanes=LANES))
    yield
    LISTS.forget()


@pytest.fixture
def post(bare_post: None, tmp_path: Path) -> None:
    """The post with a fresh list and fresh rules."""
    publish(rules_of(timezone.localdate()))
    publish_list(tmp_path)
