"""Any camera is a reader: the zone of a document, found and read in a photograph.

    from openmidas.documents.camera import read_image
    reading = read_image(data, today=date.today())
    if reading.accepted: ...

numpy and Pillow are all that it needs; the networks that read are files of this package.
"""

from __future__ import annotations

from openmidas.documents.camera.reading import Doubt, ImageReading, read_frames, read_image
from openmidas.documents.camera.unpacking import CannotReadImage

__all__ = ["CannotReadImage", "Doubt", "ImageReading", "read_frames", "read_image"]
