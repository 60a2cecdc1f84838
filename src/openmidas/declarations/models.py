"""What was declared, as journals tell of it."""

from __future__ import annotations

from typing import ClassVar

import msgspec
from django.db import models

from openmidas.declarations import limits
from openmidas.declarations.entries import Certificate, GoodsDeclared, HerdDeclared
from openmidas.journal.models import Projection


class What(models.TextChoices):
    """What a declaration is of."""

    HERD = "herd"
    GOODS = "goods"


class Declaration(Projection):
    """One declaration of a herd or of goods. ``said``: MessagePack of the entry's content.

    One whose id stands in the ``corrects`` of another of its node counts no more.
    """

    what = models.CharField(max_length=8, choices=What)
    direction = models.CharField(max_length=8)
    corrects = models.UUIDField(null=True, db_index=True)
    said = models.BinaryField()
    officer = models.UUIDField(null=True)
    at = models.DateTimeField()
    day = models.DateField()  # where this node is; of a correction, that of the first

    class Meta:
        indexes: ClassVar = [models.Index(fields=["day", "node"], name="declaration_day")]

    def herd(self) -> HerdDeclared:
        """What was said of a herd."""
        return msgspec.msgpack.decode(bytes(self.said), type=HerdDeclared)

    def goods(self) -> GoodsDeclared:
        """What was said of goods."""
        return msgspec.msgpack.decode(bytes(self.said), type=GoodsDeclared)


class DeclaredLine(Projection):
    """So much of one kind, of one declaration: what totals are made of. ``unit`` of animals is "head"."""

    declaration = models.UUIDField(db_index=True)
    what = models.CharField(max_length=8, choices=What)
    direction = models.CharField(max_length=8)
    code = models.CharField(max_length=16)
    unit = models.CharField(max_length=8)
    quantity = models.FloatField()
    day = models.DateField()

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["day", "node", "what", "direction", "code", "unit"], name="declared_day"
            )
        ]


class Declarant(Projection):
    """Whose it is, its certificate, and with which crossing it came. ``id`` is the declaration's."""

    crossing = models.UUIDField(null=True, db_index=True)
    owner = models.CharField(max_length=limits.OWNER, blank=True)
    certificate = models.BinaryField(null=True)  # MessagePack of `entries.Certificate`

    def shown(self) -> Certificate | None:
        """The certificate of a herd, as it was shown."""
        if self.certificate is None:
            return None
        return msgspec.msgpack.decode(bytes(self.certificate), type=Certificate)
