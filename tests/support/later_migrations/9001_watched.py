"""A column, filled from what is there, and an index on it."""

# ruff: noqa: N999  Django names migrations by number

from __future__ import annotations

from typing import Any

from django.db import migrations, models

from tests.support.later_migrations import WHOLE


def fill(apps: Any, editor: Any) -> None:
    """Row by row, as a migration of data does."""
    for each in apps.get_model("nodes", "EnrolledNode").objects.order_by("id"):
        each.watched = f"{each.name} is watched"
        each.save()


class Migration(migrations.Migration):
    atomic = WHOLE
    dependencies = [("nodes", "0001_initial")]
    operations = [
        migrations.AddField("enrollednode", "watched", models.TextField(default="")),
        migrations.RunPython(fill),
        migrations.AddIndex("enrollednode", models.Index(fields=["state"], name="later_state")),
    ]
