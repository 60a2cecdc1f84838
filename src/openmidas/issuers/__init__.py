"""Whose signatures this State takes: the certificates of other States, and who says so.

from openmidas.issuers import trusted

read_chip(files, trusted(), at=node_time())
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from openmidas.documents.chip import TrustStore


def trusted() -> TrustStore:
    """Whose certificates this node trusts (`trusting.trusted`); empty where there are none."""
    from openmidas.issuers import trusting  # not before Django knows its tables

    return trusting.trusted()
