"""Packing bytes for the way, alone or as what differs from bytes that the other side has.

A delta is a Zstandard frame (RFC 8878) whose dictionary is the whole of the older bytes, with a window
that reaches over both. Whoever unpacks knows from a signed entry how many bytes must come out, and
their hash: a packing that is wrong, or hostile, can only fail.
"""

from __future__ import annotations

import hashlib

import zstandard

from openmidas.journal import JournalError

MOST_BYTES = 128 * 1024 * 1024
"""The most that one attachment may hold, unpacked."""
_LEVEL = 10
_LONGEST_WINDOW = 28
"""Bits: reaches over an attachment and its base."""
_LARGEST_TABLES = 25
_SMALLEST = 10
_SLACK = 1024


def most_packed(size: int) -> int:
    """How many bytes a packing of so many bytes may have: Zstandard adds less than a 128th."""
    return size + size // 128 + _SLACK


def pack(data: bytes, base: bytes = b"") -> bytes:
    """These bytes as they travel; with a base, for those who have it.

    Takes some seconds for a base of many MB, and up to 256 MB of memory.
    """
    bits = (len(data) + len(base)).bit_length()
    tables = min(_LARGEST_TABLES, max(_SMALLEST, bits))
    parameters = zstandard.ZstdCompressionParameters.from_level(
        _LEVEL,
        source_size=len(data),
        dict_size=len(base),
        window_log=min(_LONGEST_WINDOW, max(_SMALLEST, bits)),
        write_content_size=True,
        # Those of the level have no place for all of a large base, and forget its beginning.
        **({"hash_log": tables, "chain_log": tables} if base else {}),
    )
    packer = zstandard.ZstdCompressor(compression_params=parameters, dict_data=_dictionary(base))
    return packer.compress(data)


def unpack(packed: bytes, *, size: int, digest: str, base: bytes = b"") -> bytes:
    """What was packed. ``size`` and ``digest`` (SHA-256, hexadecimal): what it must come to.

    Raises `JournalError` ``attachment.damaged``. All at once, into ``size`` bytes: no window is kept,
    however long a one a frame asks for.
    """
    try:
        if not 0 < size <= MOST_BYTES or zstandard.frame_content_size(packed) != size:
            raise JournalError("attachment.damaged", reason="another size")
        unpacker = zstandard.ZstdDecompressor(dict_data=_dictionary(base))
        data = unpacker.decompress(packed, max_output_size=size, allow_extra_data=False)
    except zstandard.ZstdError as error:
        raise JournalError("attachment.damaged", reason=str(error)[:200]) from error
    if hashlib.sha256(data).hexdigest() != digest:
        raise JournalError("attachment.damaged", reason="another hash")
    return data


def _dictionary(base: bytes) -> zstandard.ZstdCompressionDict | None:
    # Raw: the bytes of an older edition might by chance begin as a trained dictionary does.
    return (
        zstandard.ZstdCompressionDict(base, dict_type=zstandard.DICT_TYPE_RAWCONTENT)
        if base
        else None
    )
