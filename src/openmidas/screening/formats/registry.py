"""The kinds of list there are, each with its reader."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from openmidas.screening import eu, ftm, ofac, own, uk, un
from openmidas.screening.formats.files import Asked, ListFile
from openmidas.screening.problems import ListError, ReadList

ReadFiles = Callable[[Sequence[ListFile], Asked], ReadList]


@dataclass(frozen=True, slots=True)
class ListFormat:
    """A kind of list. `several`: whether one list may be in several files."""

    kind: str
    list_code: str
    title: str
    read: ReadFiles
    several: bool = False
    also: tuple[str, ...] = ()


def _read_un(files: Sequence[ListFile], asked: Asked) -> ReadList:
    with files[0].opened() as stream:
        return un.read_un(
            stream,
            limit=asked.limit or un.MAXIMUM_BYTES,
            list_code=asked.list_code or un.LIST_CODE,
            title=asked.title or un.TITLE,
        )


def _read_eu(files: Sequence[ListFile], asked: Asked) -> ReadList:
    with files[0].opened() as stream:
        return eu.read_eu(stream, asked)


FORMATS: dict[str, ListFormat] = {
    each.kind: each
    for each in (
        ListFormat("un", un.LIST_CODE, un.TITLE, _read_un),
        ListFormat("ofac", ofac.LIST_CODE, ofac.TITLE, ofac.read_ofac, several=True, also=("sdn",)),
        ListFormat("eu", eu.LIST_CODE, eu.TITLE, _read_eu, also=("eu-fsf", "fsf")),
        ListFormat("uk", uk.LIST_CODE, uk.TITLE, uk.read_uk, also=("ofsi", "hmt")),
        ListFormat(
            "ftm", ftm.LIST_CODE, ftm.TITLE, ftm.read_ftm, several=True, also=("opensanctions",)
        ),
        ListFormat(
            "national",
            own.LIST_CODE,
            own.TITLE,
            own.read_own,
            several=True,
            also=("own", "state", "csv", "xlsx"),
        ),
    )
}
"""By kind, in the order in which they are shown."""

_BY_NAME = FORMATS | {other: each for each in FORMATS.values() for other in each.also}


def format_of(kind: str) -> ListFormat | None:
    """The kind of list of this name, None when there is none."""
    return _BY_NAME.get(kind.lower())


def read_list(kind: str, files: Sequence[ListFile], asked: Asked | None = None) -> ReadList:
    """Read a list of a kind (see `FORMATS`) from its files.

    Raises ListError when the whole cannot be read, ValueError for a kind that is not known.
    """
    found = format_of(kind)
    if found is None or not files:
        raise ValueError(f"no such list: {kind!r} of {len(files)} files")
    if len(files) > 1 and not found.several:
        raise ListError("wrong_files", {"found": files[1].name})
    return found.read(files, asked or Asked())
