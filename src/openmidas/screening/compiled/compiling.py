"""Making a compiled file: listings stream in, arrays come out, and memory stays small.

Postings are spread over `RUNS` streams by the highest bits of their keys, so that each can be sorted
by itself at the end, and all of them together are in order. The same listings give the same bytes.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import BinaryIO, cast

import msgspec
import numpy as np
import numpy.typing as npt

from openmidas.screening.compiled import keys
from openmidas.screening.compiled.columns import write_columns
from openmidas.screening.compiled.gathering import Gathered, Lexemes
from openmidas.screening.compiled.layout import (
    MOST_LISTINGS,
    MOST_TOKENS,
    SECTIONS,
    CompiledError,
    CompiledList,
    Meta,
    write_layout,
)
from openmidas.screening.compiled.postings import bits_for, laid_down, posted, width_for
from openmidas.screening.compiled.records import encode_record
from openmidas.screening.compiled.vocabulary import key_of
from openmidas.screening.edition import Edition
from openmidas.screening.listings import Listing
from openmidas.screening.nametable import shipped_table

RUNS = 64
CHUNK = 20_000
RARE = 64
"""A word that at most so many names have is posted by itself."""
MOST_RECORDS = 2**32 - 1

Spool = Callable[[], BinaryIO]


def compile_editions(editions: Iterable[Edition], *, rare: int = RARE) -> bytes:
    """The compiled form of all persons of some editions, made in memory and nowhere else."""
    compiling = Compiling(BytesIO, rare=rare)
    for edition in editions:
        compiling.add(about(edition), edition.listings)
    out = BytesIO()
    compiling.finish(out)
    return out.getvalue()


def compile_file(
    lists: Iterable[tuple[CompiledList, Iterable[Listing]]], path: Path, *, rare: int = RARE
) -> None:
    """The same into a file that appears when it is whole, with what lies in between beside it.

    Takes some hundred MB of memory for any number of listings, if they come one by one.
    """
    with ExitStack() as stack:

        def spool() -> BinaryIO:
            return cast(BinaryIO, stack.enter_context(tempfile.TemporaryFile(dir=path.parent)))

        compiling = Compiling(spool, rare=rare)
        for each, listings in lists:
            compiling.add(each, listings)
        part = path.with_name(path.name + ".part")
        with part.open("wb") as out:
            compiling.finish(out)
        part.replace(path)


def about(edition: Edition) -> CompiledList:
    """What a compiled file says of an edition; where its listings end is filled in later."""
    return CompiledList(
        code=edition.list_code,
        title=edition.title,
        dated=edition.dated,
        edition=edition.digest(),
        end=0,
    )


class Compiling:
    """A compiled file in the making. `spool` gives streams for what lies in between."""

    def __init__(self, spool: Spool, *, rare: int = RARE) -> None:
        self._sections = {name: spool() for name in SECTIONS}
        self._runs = [spool() for _ in range(RUNS)]
        self._words = spool()
        self._rare = rare
        self._lexemes = Lexemes()
        self._lists: list[CompiledList] = []
        self._listings = self._names = self._bytes = self._posted = 0

    def add(self, each: CompiledList, listings: Iterable[Listing]) -> None:
        """The persons of one more list. Raises `CompiledError` "too_large"."""
        persons = (listing for listing in listings if listing.kind != "entity")
        while chunk := list(islice(persons, CHUNK)):
            if self._listings + len(chunk) > MOST_LISTINGS:
                raise CompiledError("too_large", limit=str(MOST_LISTINGS))
            self._add(chunk)
        self._lists.append(msgspec.structs.replace(each, end=self._listings))

    def finish(self, out: BinaryIO) -> None:
        """Write the file."""
        self._write_words()
        bits = bits_for(self._posted)
        width = width_for(max(self._listings, len(self._lexemes)))
        self._write_postings(bits, width)
        meta = Meta(
            keying=keys.keying(),
            names=self._names,
            bits=bits,
            width=width,
            lists=tuple(self._lists),
        )
        self._sections["META"].write(msgspec.msgpack.Encoder(order="deterministic").encode(meta))
        write_layout(out, self._sections)

    def _add(self, chunk: list[Listing]) -> None:
        gathered = Gathered(self._listings, chunk, self._lexemes)
        write_columns(chunk, gathered.fewest, self._sections)
        records = [encode_record(listing) for listing in chunk]
        ends = np.cumsum([len(record) for record in records]) + self._bytes
        self._bytes = int(ends[-1])
        if self._bytes > MOST_RECORDS:
            raise CompiledError("too_large", limit=str(MOST_RECORDS))
        self._sections["RECORDS"].write(b"".join(records))
        self._sections["ENDS"].write(ends.astype("<u4").tobytes())
        for posts in gathered.postings():
            self._post(posts)
        words = np.stack(gathered.words(), axis=1).astype("<u4")
        self._words.write(words.tobytes())
        self._listings += len(chunk)
        self._names += gathered.names

    def _post(self, posts: keys.Keys) -> None:
        """Append to the runs; what stands there twice goes when they are sorted."""
        posts = np.unique(posts)
        self._posted += len(posts)
        runs = (posts >> np.uint64(64 - RUNS.bit_length() + 1)).astype(np.int64)
        bounds = np.searchsorted(runs, np.arange(RUNS + 1))
        for run in np.unique(runs).tolist():
            self._runs[run].write(posts[bounds[run] : bounds[run + 1]].astype("<u8").tobytes())

    def _write_words(self) -> None:
        """The vocabulary by the alphabet, its signs, and the listings of rare words."""
        words, sounds, borne = self._lexemes.words(), self._lexemes.sounds(), self._lexemes.borne()
        if len(words) > MOST_TOKENS:
            raise CompiledError("too_large", limit=str(MOST_TOKENS))
        groups, group_of = np.unique(sounds, return_inverse=True)
        sounding = np.bincount(group_of, weights=borne, minlength=len(groups)).astype(np.int64)
        for posts in self._rare_words(sounds, sounding[group_of] <= self._rare):
            self._post(posts)
        order = sorted(range(len(words)), key=words.__getitem__)
        for first in range(0, len(order), CHUNK):
            some = [(at, words[order[at]]) for at in range(first, min(first + CHUNK, len(order)))]
            self._post(_signs(some))
        places = np.array(order, dtype=np.int64)
        text = [words[at].encode() for at in order]
        written = {
            "WORDS": b"".join(text),
            "WORDENDS": np.cumsum([len(word) for word in text]).astype("<u4").tobytes(),
            "WORDKEYS": np.array([key_of(word) for word in text], dtype="<u8").tobytes(),
            "WORDSOF": borne[places].astype("<u4").tobytes(),
            "GROUPOF": group_of[places].astype("<u4").tobytes(),
            "SOUNDS": groups.astype("<u8").tobytes(),
            "SOUNDSOF": sounding.astype("<u4").tobytes(),
        }
        for name, data in written.items():
            self._sections[name].write(data)

    def _rare_words(self, sounds: keys.Keys, rare: npt.NDArray[np.bool_]) -> Iterator[keys.Keys]:
        self._words.seek(0)
        while block := self._words.read(8 * CHUNK * 16):
            words, owners = np.frombuffer(block, dtype="<u4").reshape(-1, 2).T.astype(np.int64)
            kept = rare[words]
            yield posted(keys.about(sounds[words[kept]], keys.RARE), owners[kept])

    def _write_postings(self, bits: int, width: int) -> None:
        share, end = 2**bits // RUNS, 0
        self._sections["BUCKETS"].write(bytes(4))
        for number, run in enumerate(self._runs):
            run.seek(0)
            posts = np.unique(np.frombuffer(run.read(), dtype="<u8"))
            buckets, values = laid_down(posts, bits, width)
            counts = np.bincount(buckets - number * share, minlength=share)
            self._sections["POSTINGS"].write(values.astype("<u4").tobytes())
            self._sections["BUCKETS"].write((np.cumsum(counts) + end).astype("<u4").tobytes())
            end += len(values)


def _signs(words: list[tuple[int, str]]) -> keys.Keys:
    groups = shipped_table().groups
    signs = [(at, sign) for at, word in words for sign in keys.signs_of(word, groups(word))]
    hashes = keys.numbers_of(sign for _, sign in signs)
    places = np.array([at for at, _ in signs], dtype=np.int64)
    return posted(keys.about(hashes, keys.SIGN), places)
