"""The migrations of the nodes room in a later version: its own, and two that are only for tests.

``MIDAS_PIECEMEAL`` in the environment: the same outside of transactions, as nobody should write them.
"""

from __future__ import annotations

import os

WHOLE = "MIDAS_PIECEMEAL" not in os.environ
