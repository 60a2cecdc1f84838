"""Reading the SDN list in whichever of its forms the files are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from openmidas.screening.edition import Edition
from openmidas.screening.formats.collecting import Collected
from openmidas.screening.formats.files import Asked, ListFile
from openmidas.screening.formats.report import all_text
from openmidas.screening.formats.xml_records import xml_records
from openmidas.screening.ofac import advanced, classic
from openmidas.screening.ofac.tables import read_tables
from openmidas.screening.problems import ListError, Problem, ReadList

LIST_CODE = "ofac"
TITLE = "OFAC Specially Designated Nationals and Blocked Persons"
MAXIMUM_BYTES = 256 * 1024 * 1024
_CLASSIC = "sdnList"
_ROOTS = {_CLASSIC: 1, advanced.ROOT: advanced.DEPTH}


def read_ofac(files: Sequence[ListFile], asked: Asked | None = None) -> ReadList:
    """Read sdn_advanced.xml, sdn.xml, or sdn.csv with alt.csv and add.csv.

    Raises ListError when the whole cannot be read; a broken listing is a Problem and the others
    are read all the same.
    """
    asked = asked or Asked()
    limit = asked.limit or MAXIMUM_BYTES
    dated: datetime | None = None
    if _is_xml(files[0]):
        if len(files) > 1:
            raise ListError("wrong_files", {"found": files[1].name})
        collected, dated = _read_xml(files[0], limit)
    else:
        collected = read_tables(files, asked, limit)
    if not collected.listings:
        raise ListError("empty")
    edition = Edition(
        list_code=asked.list_code or LIST_CODE,
        title=asked.title or TITLE,
        dated=asked.when(dated),
        listings=collected.all(),
    )
    return ReadList(edition, tuple(collected.problems))


def _is_xml(file: ListFile) -> bool:
    with file.opened() as stream:
        start = stream.read(256)
    return b"<" in start[:4] or start.lstrip(b"\xef\xbb\xbf\xff\xfe\0 \r\n\t").startswith(b"<")


def _read_xml(file: ListFile, limit: int) -> tuple[Collected, datetime | None]:
    reading = advanced.AdvancedReading()
    collected = Collected("uid")
    dated: datetime | None = None
    said: int | None = None
    root = ""
    with file.opened() as stream:
        for within, element in xml_records(stream, limit, _ROOTS):
            if not within:
                root = element.tag
            elif root == advanced.ROOT:
                reading.take(within, element)
            elif element.tag == "sdnEntry":
                collected.take(*classic.read_entry(element))
            elif element.tag == "publshInformation":  # so the list spells it
                dated, said = classic.read_publication(element)
            else:
                text = all_text(element)
                collected.problems.append(Problem("", element.tag, "unknown_field", text))
    if root == advanced.ROOT:
        return reading.collected(), reading.dated()
    _check_count(collected, said)
    return collected, dated


def _check_count(collected: Collected, said: int | None) -> None:
    read = len(collected.listings)
    if said is not None and said != read:
        text = f"{said} / {read}"
        collected.problems.append(Problem("", "Record_Count", "wrong_count", text))
