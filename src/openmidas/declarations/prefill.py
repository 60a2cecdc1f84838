"""What stands in the form that corrects a declaration: what was declared."""

from __future__ import annotations

from typing import Any

from openmidas.declarations.entries import GoodsDeclared, HerdDeclared
from openmidas.declarations.models import Declarant


def herd_initial(said: HerdDeclared, kept: Declarant | None) -> dict[str, Any]:
    """Of a herd, by the names of the fields of `forms.HerdForm`."""
    shown = kept.shown() if kept else None
    return {
        "direction": said.direction,
        "origin": said.origin,
        "destination": said.destination,
        "route": said.route,
        "herders": said.herders,
        "vaccinated": said.vaccinated,
        "certificate": shown.number if shown else "",
        "issuer": shown.issuer if shown else "",
        "issued": shown.day if shown else "",
        **{f"number_{one.kind}": one.number for one in said.animals},
        **_whose(kept),
    }


def goods_initial(said: GoodsDeclared, kept: Declarant | None) -> dict[str, Any]:
    """Of goods, by the names of the fields of `forms.GoodsForm`."""
    return {
        "direction": said.direction,
        "origin": said.origin,
        "destination": said.destination,
        "conveyance": said.conveyance,
        "value": said.value,
        "currency": said.currency,
        **{f"quantity_{one.kind}": one.quantity for one in said.goods},
        **{f"unit_{one.kind}": one.unit for one in said.goods},
        **_whose(kept),
    }


def _whose(kept: Declarant | None) -> dict[str, Any]:
    return {"crossing": str(kept.crossing or ""), "owner": kept.owner} if kept else {}
