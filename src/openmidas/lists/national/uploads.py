"""A State's own list as a file: kept while its officer looks at what was understood, then proposed.

Nothing of it counts before it is proposed, and nothing is listed before a second person approves. The
file stays on this machine, in the database that holds the listings themselves, and for a day at most.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import msgspec
from django.db import transaction

from openmidas.journal import Actor
from openmidas.journal.models import new_id
from openmidas.lists.local import UploadedList
from openmidas.lists.national.entries import Said
from openmidas.lists.national.from_file import MOST
from openmidas.lists.national.owners import check_owner, list_of
from openmidas.lists.national.previewing import Preview, TableFile, preview
from openmidas.lists.national.proposals import propose_many
from openmidas.nodes.services import node_day, node_time
from openmidas.posts.refusals import Refused

KEPT = timedelta(days=1)


@transaction.atomic
def take_upload(actor: Actor, list: UUID, file: TableFile, common: Said, why: str) -> UploadedList:
    """Keep a file that can be read, in place of what this officer gave before.

    Raises `ListError` where it is no table of persons, `Refused` ``batch.large`` or as
    `owners.check_owner` does.
    """
    officer = check_owner(actor, list_of(list))
    found = preview(file, common, node_day())
    if len(found.said) > MOST:
        raise Refused("batch.large", most=str(MOST))
    UploadedList.objects.filter(officer=officer).delete()
    return UploadedList.objects.create(
        id=new_id(),
        list=list,
        officer=officer,
        file_name=file.name[-200:],
        encoding=file.encoding,
        data=file.data,
        common=msgspec.msgpack.encode(common),
        why=why,
        at=node_time(),
    )


def upload_of(actor: Actor, id: UUID) -> UploadedList | None:
    """What this officer gave, and nobody else's; None once it is gone."""
    if actor.officer is None:
        return None
    kept = UploadedList.objects.filter(officer=actor.officer, at__gt=node_time() - KEPT)
    return kept.filter(id=id).first()


def preview_of(upload: UploadedList) -> Preview:
    """What was understood of a file, as of today. Raises `ListError`."""
    common = msgspec.msgpack.decode(bytes(upload.common), type=Said)
    return preview(table_of(upload), common, node_day())


def table_of(upload: UploadedList) -> TableFile:
    """The file itself."""
    return TableFile(upload.file_name, bytes(upload.data), upload.encoding)


@transaction.atomic
def propose_upload(actor: Actor, upload: UploadedList) -> UUID:
    """Propose every listing of it that was understood; the number of their batch.

    Raises `Refused` as `proposals.propose_many` does.
    """
    batch = propose_many(actor, upload.list, preview_of(upload).said, upload.why)
    upload.delete()
    return batch


def forget_old_uploads() -> int:
    """Let go of files that nobody proposed within a day; how many."""
    return UploadedList.objects.filter(at__lte=node_time() - KEPT).delete()[0]
