"""From entries to rows: the projections that the rooms register, and the cursor that drives them."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

import msgspec
from django.db import DataError, OperationalError, transaction

from openmidas.journal.clock import MAX_LEAD
from openmidas.journal.entry import Actor, Body, decode_body
from openmidas.journal.errors import JournalError
from openmidas.journal.kinds import Content, NodeKind
from openmidas.journal.local import Quarantined
from openmidas.journal.models import JournalEntry, Projection
from openmidas.journal.signing import LATEST as LATEST

logger = logging.getLogger(__name__)

ContentT = TypeVar("ContentT", bound=Content)
Row = TypeVar("Row", bound=Projection)
Item = TypeVar("Item")


class Origin(msgspec.Struct, frozen=True):
    """Where and when the content that is being projected was written, and by whom.

    ``at``: as its node says, see `_written`; ``clock``: the logical clock, which orders what one
    node says of one row, whenever it arrives.
    """

    node: UUID
    epoch: int
    sequence: int
    actor: Actor
    at: datetime
    clock: int
    said: datetime
    """When it was written by the node's own clock: what to hold its other times against."""


MOST_MICROSECONDS = 1_000_000_000
"""By how much the order within a journal may move a time that is taken from its arrival."""

_projections: dict[type[Content], Callable[[Origin, Any], None]] = {}
PutOff = dict[Callable[[list[Any]], None], list[Any]]
put_off: ContextVar[PutOff | None] = ContextVar("put_off", default=None)
"""What is to be done at the end of the batch that is being projected; None outside of one."""


def projects(
    content: type[ContentT],
) -> Callable[[Callable[[Origin, ContentT], None]], Callable[[Origin, ContentT], None]]:
    """Register how entries of this kind become rows. A kind without a projection makes none."""

    def register(
        function: Callable[[Origin, ContentT], None],
    ) -> Callable[[Origin, ContentT], None]:
        _projections[content] = function
        return function

    return register


def put(model: type[Row], origin: Origin, id: UUID, /, **values: Any) -> Row:
    """Make the row with this id, or change it, as its owner. Raises `JournalError` ``row.not_owned``.

    Where the row keeps the ``clock`` of what made it, something older changes nothing: entries that
    were set aside, or come from an earlier epoch, arrive after what corrected them.
    """
    row = model._default_manager.filter(id=id).first()
    if row is None:
        return model._default_manager.create(id=id, node=origin.node, **values)
    return _change(row, origin, values)


def amend(model: type[Row], origin: Origin, id: UUID, /, **values: Any) -> Row:
    """Change the row with this id, as its owner. Raises ``row.missing`` or ``row.not_owned``."""
    row = model._default_manager.filter(id=id).first()
    if row is None:
        raise JournalError("row.missing", table=model._meta.db_table, id=str(id))
    return _change(row, origin, values)


def _change(row: Row, origin: Origin, values: dict[str, Any]) -> Row:
    if set_values(row, origin, values):
        row.save()
    return row


def set_values(row: Row, origin: Origin, values: dict[str, Any]) -> bool:
    """Give a row these values, as its owner; False where it has newer ones. Raises ``row.not_owned``."""
    if row.node != origin.node:
        raise JournalError("row.not_owned", table=row._meta.db_table, id=str(row.id))
    if "clock" in values and values["clock"] < row.clock:  # type: ignore[attr-defined]
        return False
    for name, value in values.items():
        setattr(row, name, value)
    return True


def together(do: Callable[[list[Item]], None], item: Item) -> None:
    """Have something done for all entries of a batch at once: at its end, in its transaction.

    For sums that many entries add to. Where entries are projected one by one, it is done at once.
    """
    waiting = put_off.get()
    if waiting is None:
        do([item])
    else:
        waiting.setdefault(do, []).append(item)


def project(entry: JournalEntry, body: Body, writer: NodeKind) -> None:
    """Turn one entry into rows. Raises `JournalError`, or whatever the projection raises."""
    body.check_authority(writer)
    content = body.read()
    if type(content) not in _projections:
        return
    at = _written(entry, body, writer)
    said = moment(body.at)
    project_content(
        Origin(entry.node, entry.epoch, entry.sequence, body.actor, at, body.clock, said), content
    )


def project_content(origin: Origin, content: Content) -> None:
    """Turn what was said into rows. Raises whatever the projection of its kind raises."""
    function = _projections.get(type(content))
    if function is not None:
        function(origin, content)


def _written(entry: JournalEntry, body: Body, writer: NodeKind) -> datetime:
    """When an entry was written: as its node says, but no later than it arrived at the HQ.

    A post whose clock runs ahead, or that lies, would otherwise be the newest everywhere for years.
    A post believes its HQ: of the two clocks, the HQ's is the one that is looked after.

    What came in one segment arrived at one moment: a microsecond for each place in the journal, some
    seconds in all after twenty years, keeps it in its order wherever it is sorted by time.
    """
    ahead = entry.arrived is not None and body.at > entry.arrived + MAX_LEAD
    if writer is NodeKind.POST and ahead and entry.arrived is not None:
        order = timedelta(microseconds=min(entry.sequence, MOST_MICROSECONDS))
        return moment(entry.arrived) + order
    return moment(body.at)


def moment(milliseconds: int) -> datetime:
    """A time that an entry tells, in milliseconds since 1970. Raises `JournalError` for no such time."""
    if not 0 <= milliseconds < LATEST.timestamp() * 1000:
        raise JournalError("entry.malformed", reason=f"no such time: {milliseconds}")
    return datetime.fromtimestamp(milliseconds / 1000, UTC)


def project_or_quarantine(entry: JournalEntry, writer: NodeKind) -> bool:
    """Project a stored entry; if that fails, set it aside with the reason. Whether it went well.

    Whatever a projection raises must not stop the journal behind it, hence the broad clause. Raises
    `OperationalError`: a database that is busy or gone says nothing of the entry.
    """
    if entry.body is None:
        return True
    try:
        with transaction.atomic():
            project(entry, decode_body(bytes(entry.body)), writer)
    except JournalError as error:
        _quarantine(entry, error.code, str(error))
        return False
    except Exception as error:
        if is_of_database(error):
            raise
        logger.exception("entry %s of %s could not be projected", entry.sequence, entry.node)
        # A number or a text that no column takes is the writer's doing, and no fault of the program.
        unfit = isinstance(error, OverflowError | DataError)
        code = "entry.malformed" if unfit else "projection.failed"
        _quarantine(entry, code, f"{type(error).__name__}: {error}")
        return False
    return True


def is_of_database(error: Exception) -> bool:
    """Whether a database is busy, full or gone, which says nothing of the entry: it is tried again.

    PostgreSQL counts among these errors also values that are too long for an index (class 54).
    """
    if not isinstance(error, OperationalError):
        return False
    state: str | None = getattr(error.__cause__, "sqlstate", None)
    return state is None or not state.startswith("54")


def _quarantine(entry: JournalEntry, code: str, reason: str) -> None:
    Quarantined.objects.update_or_create(
        entry=entry.id,
        defaults={
            "node": entry.node,
            "epoch": entry.epoch,
            "sequence": entry.sequence,
            "kind": entry.kind,
            "code": code,
            "reason": reason.replace("\0", "\ufffd"),  # PostgreSQL takes no NUL
        },
    )
