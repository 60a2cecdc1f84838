"""Maps that need no link: a State, and the surroundings of a place, drawn as SVG from data that lie here.

Plain Python, of use without the rest of OpenMIDAS:

    from openmidas.maps import surroundings
    drawn = surroundings((11.957, -8.781), 150, state="MLI", language="fr")
"""

from __future__ import annotations

from openmidas.maps.around import Surroundings, surroundings
from openmidas.maps.states import StateMap, state_map

__all__ = ["StateMap", "Surroundings", "state_map", "surroundings"]
