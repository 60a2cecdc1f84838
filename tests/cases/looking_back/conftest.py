from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from openmidas.crossings.models import Crossing
from openmidas.journal.models import new_id
from openmidas.lists.national.publishing import publish
from openmidas.nodes.services import node_time
from tests.conftest import POST
from tests.support.cast import Cast
from tests.support.national import Desk


@pytest.fixture
def desk(as_hq: None, cast: Cast) -> Desk:
    return Desk(cast)


def crossed(at: datetime | None = None, **columns: Any) -> Crossing:
    """Souleymane Sangaré crosses, as the listing of `tests.support.national.said` means him."""
    at = at or node_time() - timedelta(days=1)
    usual: dict[str, Any] = {
        "direction": "entry", "status": "admitted", "state": "clear", "how_read": "mrz",
        "purpose": "trade", "conveyance": "bus", "nationality": "MLI", "sex": "M",
        "age_group": "18-59", "surname": "SANGARE", "given_names": "SOULEYMANE",
        "birth": "1974-03-12", "document_key": "SP0000001", "document_number": "SP0000001",
        "document_issuer": "MLI", "lane": "1", "role": "primary", "inspection": b"", "clock": 0,
    }  # fmt: skip
    return Crossing.objects.create(
        id=new_id(), node=POST, at=at, day=at.date(), **(usual | columns)
    )


def published(desk: Desk) -> None:
    """What is approved goes to the posts."""
    publish(desk.fanta, desk.list)
