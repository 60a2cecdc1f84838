"""Lists as files, and the HQ that imports them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from openmidas.exchange.local import ArrivingAttachment, Attachment
from openmidas.lists.models import ListEdition

SMALL = Path(__file__).parents[1] / "screening" / "data" / "un-small.xml"
REAL = Path(__file__).parents[2] / "src/openmidas/lists/samples/un-consolidated-2026-02-27.xml.gz"

MakeList = Callable[..., Path]


@pytest.fixture
def un_list(tmp_path: Path) -> MakeList:
    """Make a small UN list of some day; ``change`` replaces a text in it."""

    def make(day: str = "2026-01-15", change: tuple[str, str] = ("", "")) -> Path:
        text = SMALL.read_text(encoding="utf-8").replace("2026-01-15T00", f"{day}T00")
        path = tmp_path / f"un-{day}.xml"
        path.write_text(text.replace(*change) if change[0] else text, encoding="utf-8")
        return path

    return make


@pytest.fixture
def hq(as_hq: None, own_journal: None) -> None:
    """This process is the HQ, with its journal open."""


def arriving(day: str, *, here: int) -> None:
    """Have the edition of some day be on its way: of a hundred bytes so many are here."""
    row = ListEdition.objects.get(dated__date=day)
    Attachment.objects.filter(digest=row.digest).delete()
    ArrivingAttachment.objects.create(digest=row.digest, packing="00" * 32, length=100, here=here)
