"""A table that grows, in partitions."""

# ruff: noqa: N999  Django names migrations by number

from __future__ import annotations

from django.db import migrations, models

from openmidas.journal.partitions import PartitionByMonth
from tests.support.later_migrations import WHOLE


class Migration(migrations.Migration):
    atomic = WHOLE
    dependencies = [("nodes", "9001_watched")]
    operations = [
        migrations.CreateModel(
            "Watch",
            fields=[("id", models.UUIDField(primary_key=True)), ("said", models.TextField())],
            options={"db_table": "later_watch"},
        ),
        PartitionByMonth("Watch", unique=("said",)),
    ]
