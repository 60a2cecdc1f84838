"""The tables of a baseline JPEG: ITU-T T.81, figure A.6 and annex K."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def _zigzag() -> NDArray[np.intp]:
    """Where each of the 64 coefficients stands in its block, in the order in which they are written."""
    diagonals = sorted(
        ((row, column) for row in range(8) for column in range(8)),
        key=lambda at: (sum(at), at[0] if sum(at) % 2 else at[1]),
    )
    return np.array([row * 8 + column for row, column in diagonals], dtype=np.intp)


ZIGZAG = _zigzag()


def _numbers(text: str) -> NDArray[np.float64]:
    return np.frombuffer(bytes.fromhex(text), dtype=np.uint8).astype(np.float64)


# K.1: how coarsely brightness and colour are kept, row by row.
BRIGHTNESS = _numbers(
    "100b0a101828333d0c0c0e131a3a3c370e0d1018283945380e11161d3357503e"
    "12162538446d674d182337405168715c31404e5767797865485c5f6270646763"
)
COLOUR = _numbers(
    "1112182f6363636312151a4263636363181a3863636363632f42636363636363"
    "6363636363636363636363636363636363636363636363636363636363636363"
)

# K.3: how many codes there are of each length from 1 to 16, and what they stand for.
Table = tuple[bytes, bytes]
_FIRSTS = bytes(range(12))
BRIGHTNESS_FIRST: Table = (bytes.fromhex("00010501010101010100000000000000"), _FIRSTS)
COLOUR_FIRST: Table = (bytes.fromhex("00030101010101010101010000000000"), _FIRSTS)
BRIGHTNESS_OTHERS: Table = (
    bytes.fromhex("0002010303020403050504040000017d"),
    bytes.fromhex(
        "01020300041105122131410613516107227114328191a1082342b1c11552d1f02433627282090a161718191a25262728"
        "292a3435363738393a434445464748494a535455565758595a636465666768696a737475767778797a83848586878889"
        "8a92939495969798999aa2a3a4a5a6a7a8a9aab2b3b4b5b6b7b8b9bac2c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9dae1e2"
        "e3e4e5e6e7e8e9eaf1f2f3f4f5f6f7f8f9fa"
    ),
)
COLOUR_OTHERS: Table = (
    bytes.fromhex("00020102040403040705040400010277"),
    bytes.fromhex(
        "000102031104052131061241510761711322328108144291a1b1c109233352f0156272d10a162434e125f11718191a26"
        "2728292a35363738393a434445464748494a535455565758595a636465666768696a737475767778797a828384858687"
        "88898a92939495969798999aa2a3a4a5a6a7a8a9aab2b3b4b5b6b7b8b9bac2c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9da"
        "e2e3e4e5e6e7e8e9eaf2f3f4f5f6f7f8f9fa"
    ),
)


def codes(table: Table) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """The code of each of 256 values and its length in bits: annex C."""
    counts, values = table
    code, at = 0, 0
    found = np.zeros(256, dtype=np.uint64)
    lengths = np.zeros(256, dtype=np.uint64)
    for length, count in enumerate(counts, start=1):
        for value in values[at : at + count]:
            found[value], lengths[value] = code, length
            code += 1
        at += count
        code <<= 1
    return found, lengths
