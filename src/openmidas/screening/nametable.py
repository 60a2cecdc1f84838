"""The shipped table of names: how common each is, and which spellings are forms of one name.

Made by `tools/make_name_table.py` from public material (see NOTICE). Three sorted arrays of
numbers, compressed, a name standing in them as 32 bits of its checksum: what two names share by
chance (one pair in four thousand million) costs no more than a chance likeness of spelling.
"""

from __future__ import annotations

import gzip
from functools import lru_cache
from importlib import resources
from zlib import crc32

import numpy as np
import numpy.typing as npt

from openmidas.screening.names import consonants, is_vowelless, skeleton
from openmidas.screening.places import Places

FILE = "names.gz"
STEPS = 16
"""Steps to a bit in which the table states how rare a name is."""
_SOUND = b"~"
_SHORTEST_SOUND = 4
_FEWEST_CONSONANTS = 3

Numbers = npt.NDArray[np.uint32]


class NameTable:
    """`names` (sorted) with their `steps` of rarity; `forms` (sorted) with the `group` of each."""

    def __init__(
        self,
        names: Numbers,
        steps: npt.NDArray[np.uint8],
        forms: Numbers,
        group: Numbers,
    ) -> None:
        self._names = names
        self._steps = steps
        self._forms = forms
        self._group = group
        self._place_of_name = Places(names, 32)
        self._place_of_form = Places(forms, 32)

    def share(self, token: str) -> float:
        """How large a share of people bear this token, 0 to 1; 0 when it is not known."""
        return self._share(key(token))

    def share_of_sound(self, sound: str) -> float:
        """The same for all spellings with this skeleton."""
        return self._share(key_of_sound(sound))

    def groups(self, token: str) -> list[int]:
        """Numbers of the names that the token is a form of."""
        places = list(self._place_of_form.all(key(group_key(token))))
        if is_vowelless(token) and (bare := bare_key(token)):
            places += self._place_of_form.all(key(bare))
        return sorted({int(self._group[at]) for at in places})

    def _share(self, wanted: int) -> float:
        places = self._place_of_name.all(wanted)
        return float(2.0 ** (-int(self._steps[places[0]]) / STEPS)) if places else 0.0

    def pack(self) -> bytes:
        """The bytes of the shipped file, the same for the same table."""
        head = np.array([len(self._names), len(self._forms)], dtype="<u4")
        parts = (head, self._names, self._forms, self._group, self._steps)
        return gzip.compress(b"".join(part.tobytes() for part in parts), 9, mtime=0)

    @classmethod
    def unpack(cls, data: bytes) -> NameTable:
        """The table in the bytes of `pack`."""
        plain = gzip.decompress(data)
        names, forms = (int(count) for count in np.frombuffer(plain, "<u4", 2))
        start = 8
        arrays = []
        for count in (names, forms, forms):
            arrays.append(np.frombuffer(plain, "<u4", count, start))
            start += 4 * count
        steps = np.frombuffer(plain, np.uint8, names, start)
        return cls(arrays[0], steps, arrays[1], arrays[2])


def key(token: str) -> int:
    """Under what number a token stands in the table."""
    return crc32(token.encode())


def group_key(token: str) -> str:
    """What stands in the table for a form of a name: its sound, so that spellings that nobody has
    listed are met as well; short names sound like too many others and stand for themselves.
    """
    sound = skeleton(token)
    return sound if len(sound) >= _SHORTEST_SOUND else token


def bare_key(token: str) -> str:
    """What stands in the table for a form whose vowels were not written; "" where too little is left.

    KHDIJAH (خديجة) is Khadija, of which KADIATOU is a form: its own letters would not tell.
    """
    bare = consonants(token)
    return f".{bare}" if len(bare) >= _FEWEST_CONSONANTS else ""


def key_of_sound(sound: str) -> int:
    """Under what number a skeleton stands in it."""
    return crc32(_SOUND + sound.encode())


@lru_cache(maxsize=1)
def shipped_table() -> NameTable:
    """The table that comes with the program."""
    return NameTable.unpack(resources.files(__package__).joinpath(FILE).read_bytes())
