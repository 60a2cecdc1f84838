"""One other reader of codes in a process of its own: paths in on standard input, what it reads out.

Run by the peers' Python, so that it may import nothing of ours.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from typing import Any


def pyzbar() -> Callable[[Any], list[bytes]]:
    """ZBar, the most used reader of QR codes in Python; needs libzbar of the system."""
    from pyzbar.pyzbar import ZBarSymbol, decode

    return lambda picture: [one.data for one in decode(picture, symbols=[ZBarSymbol.QRCODE])]


def libdmtx() -> Callable[[Any], list[bytes]]:
    """libdmtx, the free reader of Data Matrix, in the wheel of arbez-dmtx."""
    from arbez_dmtx import decode

    return lambda picture: [one.data for one in decode(picture, max_count=1, timeout=2000)]


READERS = {"pyzbar": pyzbar, "libdmtx": libdmtx}


def main() -> None:
    """Read each picture; for each the bytes found, and the processor's seconds for all."""
    from PIL import Image

    try:
        read = READERS[sys.argv[1]]()
    except ImportError as error:
        json.dump({"missing": str(error)}, sys.stdout)
        return
    pictures = []
    for path in json.load(sys.stdin):
        with Image.open(path) as picture:
            pictures.append(picture.convert("L"))
    started = time.process_time()
    found = [[data.hex() for data in read(picture)] for picture in pictures]
    json.dump({"found": found, "seconds": time.process_time() - started}, sys.stdout)


if __name__ == "__main__":
    main()
