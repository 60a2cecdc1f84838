from django.db import migrations, models

import openmidas.journal.models
from openmidas.journal.partitions import PartitionByMonth


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="CodeTries",
            fields=[
                ("code", models.UUIDField(primary_key=True, serialize=False)),
                ("wrong", models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="Confirmation",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=openmidas.journal.models.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("node", models.UUIDField()),
                ("post", models.UUIDField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Credential",
            fields=[
                ("officer", models.UUIDField(primary_key=True, serialize=False)),
                ("password", models.CharField(max_length=255)),
                ("set_at", models.DateTimeField(auto_now=True)),
            ],
        ),
        migrations.CreateModel(
            name="InvitationSecret",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("number", models.CharField(max_length=4, unique=True)),
                ("key", models.BinaryField()),
                ("layout", models.BinaryField(default=b"")),
                ("replaces", models.UUIDField(null=True)),
                ("identity", models.BinaryField(default=b"")),
                ("officer", models.UUIDField(null=True)),
                ("role", models.CharField(max_length=20)),
                ("expires_at", models.DateTimeField()),
                ("wrong", models.PositiveIntegerField(default=0)),
                ("ended", models.CharField(blank=True, max_length=8)),
                ("card", models.BinaryField(default=b"")),
                ("heard", models.JSONField(default=list)),
            ],
        ),
        migrations.CreateModel(
            name="Lookup",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=openmidas.journal.models.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("node", models.UUIDField()),
                ("officer", models.UUIDField(null=True)),
                ("role", models.CharField(max_length=20)),
                ("purpose", models.CharField(max_length=32)),
                ("reason", models.CharField(blank=True, max_length=255)),
                ("query", models.CharField(max_length=255)),
                ("results", models.PositiveIntegerField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="OneTimeCode",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=openmidas.journal.models.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("node", models.UUIDField()),
                ("officer", models.UUIDField(db_index=True)),
                ("digest", models.CharField(max_length=200)),
                ("expires_at", models.DateTimeField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Post",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=openmidas.journal.models.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("node", models.UUIDField()),
                ("name", models.CharField(max_length=120)),
                ("lanes", models.JSONField(default=list)),
                ("minutes_same_document", models.PositiveIntegerField(default=10)),
                ("latitude", models.FloatField(null=True)),
                ("longitude", models.FloatField(null=True)),
                ("hours", models.JSONField(default=list)),
                ("silent_minutes", models.PositiveIntegerField(default=240)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PostInvitation",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=openmidas.journal.models.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("node", models.UUIDField()),
                ("name", models.CharField(max_length=120)),
                ("officer", models.UUIDField(null=True)),
                ("at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("ended", models.CharField(blank=True, max_length=8)),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_by", models.UUIDField(null=True)),
                ("post", models.UUIDField(null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PostLayoutChange",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=openmidas.journal.models.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("node", models.UUIDField()),
                ("post", models.UUIDField(db_index=True)),
                ("name", models.CharField(max_length=120)),
                ("lanes", models.JSONField(default=list)),
                ("minutes_same_document", models.PositiveIntegerField()),
                ("latitude", models.FloatField(null=True)),
                ("longitude", models.FloatField(null=True)),
                ("hours", models.JSONField(default=list)),
                ("silent_minutes", models.PositiveIntegerField()),
                ("officer", models.UUIDField(null=True)),
                ("at", models.DateTimeField()),
                ("clock", models.BigIntegerField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PostReplacement",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=openmidas.journal.models.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("node", models.UUIDField()),
                ("post", models.UUIDField(db_index=True)),
                ("reason", models.CharField(max_length=255)),
                ("proposed_by", models.UUIDField(null=True)),
                ("proposed_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("approved_by", models.UUIDField(null=True)),
                ("approved_at", models.DateTimeField(null=True)),
                ("code_expires_at", models.DateTimeField(null=True)),
                ("ended", models.CharField(blank=True, max_length=10)),
                ("ended_by", models.UUIDField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("epoch", models.PositiveIntegerField(default=0)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Preference",
            fields=[
                ("officer", models.UUIDField(primary_key=True, serialize=False)),
                ("language", models.CharField(blank=True, max_length=5)),
                ("sounds", models.BooleanField(default=True)),
                ("keys", models.JSONField(default=dict)),
            ],
        ),
        migrations.CreateModel(
            name="Reinstatement",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=openmidas.journal.models.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("node", models.UUIDField()),
                ("suspension", models.UUIDField(db_index=True)),
                ("officer", models.UUIDField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Suspension",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=openmidas.journal.models.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("node", models.UUIDField()),
                ("officer", models.UUIDField(db_index=True)),
                ("reason", models.CharField(max_length=255)),
                ("until", models.DateTimeField(null=True)),
                ("at", models.DateTimeField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="UsedCode",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=openmidas.journal.models.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("node", models.UUIDField()),
                ("officer", models.UUIDField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Officer",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=openmidas.journal.models.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("node", models.UUIDField()),
                ("username", models.CharField(max_length=64)),
                ("name", models.CharField(max_length=120)),
                ("roles", models.JSONField(default=list)),
                ("post", models.UUIDField()),
                ("until", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["username"], name="officer_username")],
            },
        ),
        migrations.CreateModel(
            name="CompartmentMember",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=openmidas.journal.models.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("node", models.UUIDField()),
                ("officer", models.UUIDField(db_index=True)),
                ("compartment", models.CharField(max_length=16)),
                ("until", models.DateField(null=True)),
                ("opened_by", models.UUIDField(null=True)),
                ("opened_at", models.DateTimeField()),
                ("closed_by", models.UUIDField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        PartitionByMonth("Lookup"),
    ]
