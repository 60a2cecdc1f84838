"""The virtual chip on a virtual reader: ``PYTHONPATH=src:. python -m tests.documents.chip.on_vpcd``.

For trying `midas read chip --reader` and `midas reader run --pcsc` by hand with the real pyscard and pcscd.
On Debian: ``apt install pcscd vsmartcard-vpcd python3-pyscard``, and ``pcscd --foreground`` in another
terminal. What is printed is the zone that opens the chip.
`tests.documents.readers.test_real_pcsc` uses the same.
"""

from __future__ import annotations

import socket
import sys

from tests.documents.chip.made import (
    MRZ,
    Signed,
    StateOfOurs,
    face_record,
    group_2,
    hashes_of,
    jpeg,
    tlv,
)
from tests.documents.chip.virtual import VirtualChip, files_of, pace_info

VPCD = ("127.0.0.1", 35963)
ATR = bytes.fromhex("3B8F8001804F0CA000000306030001000000006A")
ASK_ATR = 4


def taken(line: socket.socket, size: int) -> bytes:
    """So many bytes, or none where the line has ended."""
    data = b""
    while len(data) < size:
        try:
            more = line.recv(size - len(data))
        except ConnectionResetError:  # the service ended while something was on its way
            return b""
        if not more:
            return b""
        data += more
    return data


def files_on_the_reader(*, pace: bool) -> dict[int, bytes]:
    """The files of the chip, with a face of the usual size; with PACE beside BAC."""
    utopia = StateOfOurs()
    picture = jpeg()[:-2] + bytes(15_000) + b"\xff\xd9"
    utopia.groups[2] = group_2(tlv(0x5F2E, face_record(picture)))
    utopia.signed = Signed(hashes_of(utopia.groups), utopia.signer)
    infos = [pace_info("AES-128", 13)] if pace else []
    return files_of(utopia.groups, utopia.sod, *infos)


def lie_on(line: socket.socket, files: dict[int, bytes]) -> None:
    """Be the chip on this line to vpcd until it ends, as `shutdown` ends it."""
    chip = VirtualChip(files)
    line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    while head := taken(line, 2):
        message = taken(line, int.from_bytes(head))
        if not message:
            return
        if len(message) > 1:
            answer = chip(message)
        elif message[0] == ASK_ATR:
            answer = ATR
        else:
            chip = VirtualChip(files)
            continue
        line.sendall(len(answer).to_bytes(2) + answer)


def main(arguments: list[str]) -> None:
    """`pace`: with PACE beside BAC."""
    print(MRZ, flush=True)  # noqa: T201  for whoever tries it
    with socket.create_connection(VPCD) as line:
        lie_on(line, files_on_the_reader(pace="pace" in arguments))


if __name__ == "__main__":
    main(sys.argv[1:])
