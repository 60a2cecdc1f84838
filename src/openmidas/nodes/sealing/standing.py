"""How a post stands: open, sealed, or only fit to collect. Plain Python, without the database.

A post that is ``sealed`` or ``collect_only`` has no key: nothing in its database can be read or
written, not even whether it has an officer of some name. What is recorded meanwhile goes elsewhere.
Asked each second and more often: it reads three small files.
"""

from __future__ import annotations

from enum import StrEnum

import msgspec

from openmidas.nodes.home import NodeHome, this_home
from openmidas.nodes.sealing.database import settle
from openmidas.nodes.sealing.lease import is_over, read_lease
from openmidas.nodes.sealing.memory import read_key
from openmidas.nodes.sealing.sealed import SEALED


class State(StrEnum):
    """What can be done with this node's database."""

    OPEN = "open"
    SEALED = "sealed"
    COLLECT_ONLY = "collect_only"


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """The state and the code of its reason, worded in `wording`; ``until``: of the lease, ms, or None.

    =================  ==============  =====================================================
    state              reason          what it means
    =================  ==============  =====================================================
    ``open``           never_sealed    its key lies beside the database: an HQ, the
                                       demonstration, a post that chose so
    ``open``           unsealed        officers have unsealed it
    ``sealed``         phrases         it waits for pass phrases and the other share
    ``collect_only``   lease           the headquarters has not renewed its lease in time
    =================  ==============  =====================================================
    """

    state: State
    reason: str
    until: int | None = None

    @property
    def is_open(self) -> bool:
        """Whether the database can be used."""
        return self.state is State.OPEN


def standing(home: NodeHome | None = None) -> Standing:
    """How this node stands at this moment. Raises `openmidas.nodes.home.NodeMissing`."""
    home = home or this_home()
    settle(home)
    if not home.path(SEALED).is_file():
        return Standing(state=State.OPEN, reason="never_sealed")
    lease = read_lease(home)
    until = lease.until if lease else None
    if lease is not None and is_over(home, lease):
        return Standing(state=State.COLLECT_ONLY, reason="lease", until=until)
    if read_key(home.config().id) is None:
        return Standing(state=State.SEALED, reason="phrases", until=until)
    return Standing(state=State.OPEN, reason="unsealed", until=until)
