"""Document readers: what they send, taken apart, and the program that brings it to the post's page.

What the text says is `find_mrz`'s matter.
"""

from __future__ import annotations

from openmidas.documents.readers.adapters import (
    Adapter,
    Event,
    Gone,
    Held,
    Laid,
    Lifted,
    Read,
    There,
    Why,
)
from openmidas.documents.readers.frames import Frames

__all__ = ["Adapter", "Event", "Frames", "Gone", "Held", "Laid", "Lifted", "Read", "There", "Why"]
