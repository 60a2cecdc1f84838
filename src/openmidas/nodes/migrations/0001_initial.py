from django.db import migrations, models

import openmidas.journal.models
from openmidas.journal.partitions import PartitionByMonth


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="AcceptedStick",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=openmidas.journal.models.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("node", models.UUIDField()),
                ("of", models.UUIDField(db_index=True)),
                ("made_at", models.DateTimeField()),
                ("digest", models.BinaryField()),
                ("reason", models.CharField(max_length=255)),
                ("officer", models.UUIDField(null=True)),
                ("at", models.DateTimeField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="CollectingRun",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=openmidas.journal.models.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("node", models.UUIDField()),
                ("public_key", models.BinaryField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Revocation",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=openmidas.journal.models.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("node", models.UUIDField()),
                ("of", models.UUIDField(db_index=True)),
                ("at", models.DateTimeField()),
                ("clock", models.BigIntegerField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="EnrolledNode",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=openmidas.journal.models.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("node", models.UUIDField()),
                ("kind", models.CharField(max_length=8)),
                ("name", models.CharField(max_length=120)),
                ("state", models.CharField(max_length=3)),
                ("epoch", models.PositiveIntegerField()),
                ("public_key", models.BinaryField()),
                ("certificate", models.TextField()),
                ("enrolled_at", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(null=True)),
                ("revoked_reason", models.CharField(blank=True, max_length=255)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Erasure",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=openmidas.journal.models.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("node", models.UUIDField()),
                ("epoch", models.PositiveIntegerField()),
                ("sequence", models.BigIntegerField()),
                ("reason", models.CharField(max_length=16)),
                ("places", models.PositiveIntegerField()),
                ("officer", models.UUIDField(null=True)),
                ("role", models.CharField(max_length=20)),
                ("at", models.DateTimeField(db_index=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="HeldShare",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("post", models.UUIDField(db_index=True)),
                ("share", models.BinaryField()),
                ("proof", models.BinaryField()),
                ("deposited_at", models.DateTimeField()),
                ("released_at", models.DateTimeField(null=True)),
                ("released", models.PositiveIntegerField(default=0)),
                ("refused_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="JournalProof",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("epoch", models.PositiveIntegerField()),
                ("verified", models.BigIntegerField()),
                ("code", models.CharField(blank=True, max_length=120)),
                ("at", models.BigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="LastReport",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=openmidas.journal.models.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("node", models.UUIDField()),
                ("report", models.UUIDField()),
                ("at", models.DateTimeField()),
                ("known_from", models.DateTimeField()),
                ("known_until", models.DateTimeField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="LeaseChange",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=openmidas.journal.models.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("node", models.UUIDField()),
                ("post", models.UUIDField(db_index=True)),
                ("days", models.PositiveSmallIntegerField()),
                ("reason", models.CharField(blank=True, max_length=255)),
                ("officer", models.UUIDField(null=True)),
                ("role", models.CharField(max_length=20)),
                ("at", models.DateTimeField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="OpenedEntry",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=openmidas.journal.models.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("node", models.UUIDField()),
                ("post", models.UUIDField()),
                ("epoch", models.PositiveIntegerField()),
                ("sequence", models.BigIntegerField()),
                ("problem", models.CharField(blank=True, max_length=64)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Peer",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=8)),
                ("name", models.CharField(max_length=120)),
                ("epoch", models.PositiveIntegerField()),
                ("public_key", models.BinaryField()),
                ("certificate", models.TextField()),
                ("fingerprint", models.CharField(max_length=64, unique=True)),
                ("exchange", models.CharField(blank=True, max_length=255)),
                ("last_contact", models.DateTimeField(null=True)),
                ("last_problem", models.CharField(blank=True, max_length=64)),
                ("last_problem_at", models.DateTimeField(null=True)),
                ("clock_ahead", models.BigIntegerField(null=True)),
                ("waiting", models.BigIntegerField(default=0)),
                ("per_minute", models.PositiveIntegerField(null=True)),
                ("revoked", models.BooleanField(default=False)),
                ("lacks", models.JSONField(default=list)),
            ],
        ),
        migrations.CreateModel(
            name="PostLease",
            fields=[
                ("post", models.UUIDField(primary_key=True, serialize=False)),
                ("days", models.PositiveSmallIntegerField()),
                ("until", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="QuarantineRetry",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=openmidas.journal.models.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("node", models.UUIDField()),
                ("of_node", models.UUIDField(null=True)),
                ("epoch", models.PositiveIntegerField(null=True)),
                ("sequence", models.BigIntegerField(null=True)),
                ("officer", models.UUIDField(null=True)),
                ("role", models.CharField(max_length=20)),
                ("at", models.DateTimeField(db_index=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="RetryUnderWay",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("of_node", models.UUIDField(null=True)),
                ("epoch", models.PositiveIntegerField(null=True)),
                ("sequence", models.BigIntegerField(null=True)),
                ("after_node", models.UUIDField(null=True)),
                ("after_epoch", models.PositiveIntegerField(null=True)),
                ("after_sequence", models.BigIntegerField(null=True)),
                ("collected", models.BooleanField(default=False)),
                ("tried", models.PositiveIntegerField(default=0)),
                ("mended", models.PositiveIntegerField(default=0)),
                ("ended", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="StickNote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("peer", models.UUIDField(db_index=True)),
                ("outgoing", models.BooleanField()),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("made_at", models.DateTimeField()),
                ("entries", models.PositiveIntegerField()),
                ("new", models.PositiveIntegerField(default=0)),
                ("left", models.PositiveBigIntegerField(default=0)),
                ("epoch", models.PositiveIntegerField(default=0)),
                ("reached", models.BigIntegerField(default=0)),
                ("problem", models.CharField(blank=True, max_length=64)),
                ("officer", models.UUIDField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="UpMonth",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=openmidas.journal.models.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("node", models.UUIDField()),
                ("month", models.DateField(db_index=True)),
                ("slots", models.BinaryField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Uptime",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("up_from", models.BigIntegerField()),
                ("beat", models.BigIntegerField()),
                ("reported", models.BigIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="CollectedEntry",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=openmidas.journal.models.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("node", models.UUIDField()),
                ("run", models.UUIDField()),
                ("number", models.BigIntegerField()),
                ("header", models.BinaryField()),
                ("epoch", models.PositiveIntegerField()),
                ("sequence", models.BigIntegerField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["run", "number"], name="node_collected_place")],
            },
        ),
        migrations.CreateModel(
            name="NodeReport",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=openmidas.journal.models.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("node", models.UUIDField()),
                ("at", models.DateTimeField()),
                ("up_from", models.DateTimeField()),
                ("up_until", models.DateTimeField()),
                ("outage", models.BigIntegerField(default=0)),
                ("editions", models.JSONField(default=list)),
                ("verified", models.BigIntegerField(null=True)),
                ("verified_at", models.DateTimeField(null=True)),
                ("verified_problem", models.CharField(blank=True, max_length=120)),
                ("mains", models.BooleanField(null=True)),
                ("battery", models.PositiveSmallIntegerField(null=True)),
                ("charge", models.CharField(blank=True, max_length=32)),
                ("disk_free", models.BigIntegerField(null=True)),
                ("clock_error", models.BigIntegerField(null=True)),
                ("program", models.CharField(blank=True, max_length=32)),
                ("sqlite", models.CharField(blank=True, max_length=32)),
                ("erased_epoch", models.PositiveIntegerField(default=0)),
                ("erased", models.BigIntegerField(default=0)),
                ("sealed", models.BooleanField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["node", "at"], name="node_report_at"),
                    models.Index(
                        condition=models.Q(("outage__gt", 0)),
                        fields=["at"],
                        name="node_report_outage",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Unsealing",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=openmidas.journal.models.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("node", models.UUIDField()),
                ("at", models.DateTimeField()),
                ("officers", models.JSONField(default=list)),
                ("share", models.CharField(max_length=8)),
                ("until", models.DateTimeField(null=True)),
                ("failed", models.PositiveIntegerField(default=0)),
                ("first_failed", models.DateTimeField(null=True)),
                ("last_failed", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["node", "at"], name="node_unsealing_at")],
            },
        ),
        PartitionByMonth("NodeReport"),
    ]
