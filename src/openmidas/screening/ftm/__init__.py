"""Lists as FollowTheMoney entities, one JSON object a line, as OpenSanctions publishes them."""

from __future__ import annotations

from openmidas.screening.ftm.reader import LIST_CODE, TITLE, read_ftm

__all__ = ["LIST_CODE", "TITLE", "read_ftm"]
