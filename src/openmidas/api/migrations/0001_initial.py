from django.db import migrations, models

import openmidas.journal.models
from openmidas.journal.partitions import PartitionByMonth


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="System",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=openmidas.journal.models.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("node", models.UUIDField()),
                ("name", models.CharField(max_length=120)),
                ("responsible", models.CharField(max_length=120)),
                ("purpose", models.CharField(max_length=500)),
                ("scopes", models.JSONField(default=list)),
                ("digest", models.CharField(db_index=True, max_length=64)),
                ("admitted_at", models.DateTimeField()),
                ("admitted_by", models.UUIDField(null=True)),
                ("expires_at", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(null=True)),
                ("revoked_by", models.UUIDField(null=True)),
                ("reason", models.CharField(blank=True, max_length=500)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="DayOfUse",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=openmidas.journal.models.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("node", models.UUIDField()),
                ("system", models.UUIDField()),
                ("scope", models.CharField(max_length=16)),
                ("day", models.DateField()),
                ("requests", models.PositiveIntegerField()),
                ("records", models.PositiveIntegerField()),
                ("last_at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["system", "day"], name="day_of_use")],
            },
        ),
        migrations.CreateModel(
            name="PersonsRead",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=openmidas.journal.models.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("node", models.UUIDField()),
                ("system", models.UUIDField()),
                ("asked", models.CharField(max_length=500)),
                ("records", models.PositiveIntegerField()),
                ("first", models.UUIDField()),
                ("last", models.UUIDField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["system", "at"], name="persons_read_at")],
            },
        ),
        migrations.CreateModel(
            name="UseToday",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("system", models.UUIDField()),
                ("scope", models.CharField(max_length=16)),
                ("day", models.DateField()),
                ("requests", models.PositiveIntegerField(default=0)),
                ("records", models.PositiveIntegerField(default=0)),
                ("last_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("system", "scope", "day"), name="use_today_once"
                    )
                ],
            },
        ),
        PartitionByMonth("PersonsRead"),
    ]
