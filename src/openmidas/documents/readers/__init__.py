"""Document readers on a wire: what they send, taken apart. What it says is `find_mrz`'s matter."""

from __future__ import annotations

from openmidas.documents.readers.frames import Frames

__all__ = ["Frames"]
