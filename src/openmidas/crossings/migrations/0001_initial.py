from django.db import migrations, models

import openmidas.crossings.inspection
import openmidas.journal.models
from openmidas.journal.partitions import PartitionByMonth


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="CancelledInspection",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=openmidas.journal.models.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("node", models.UUIDField()),
                ("lane", models.CharField(max_length=32)),
                ("state", models.CharField(max_length=8)),
                ("inspection", models.BinaryField()),
                ("officer", models.UUIDField(null=True)),
                ("role", models.CharField(max_length=20)),
                ("at", models.DateTimeField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="CountOnly",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=openmidas.journal.models.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("node", models.UUIDField()),
                ("day", models.DateField(db_index=True)),
                ("direction", models.CharField(max_length=8)),
                ("number", models.PositiveIntegerField()),
                ("reason", models.CharField(max_length=16)),
                ("since", models.TimeField(null=True)),
                ("until", models.TimeField(null=True)),
                ("about", models.BooleanField(default=False)),
                ("conveyance", models.CharField(blank=True, max_length=16)),
                ("note", models.CharField(blank=True, max_length=200)),
                ("officer", models.UUIDField(null=True)),
                ("at", models.DateTimeField()),
                ("clock", models.BigIntegerField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ErasedCount",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=openmidas.journal.models.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("node", models.UUIDField()),
                ("post", models.UUIDField()),
                ("day", models.DateField(db_index=True)),
                ("direction", models.CharField(max_length=8)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("admitted", "Admitted"),
                            ("referred", "Referred"),
                            ("refused", "Refused"),
                            ("handed_over", "Handed Over"),
                        ],
                        max_length=11,
                    ),
                ),
                ("number", models.PositiveIntegerField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="LaneMemory",
            fields=[
                ("lane", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("journey", models.BinaryField()),
                ("conveyance_id", models.UUIDField(null=True)),
                ("before", models.BinaryField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="PublishedRules",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=openmidas.journal.models.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("node", models.UUIDField()),
                ("title", models.CharField(max_length=120)),
                ("dated", models.DateField()),
                ("limit_days", models.PositiveIntegerField()),
                ("rules", models.BinaryField()),
                ("officer", models.UUIDField(null=True)),
                ("published_at", models.DateTimeField()),
                ("clock", models.BigIntegerField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Standing",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("lane", models.CharField(db_index=True, max_length=32)),
                ("document_key", models.CharField(blank=True, db_index=True, max_length=40)),
                ("inspection", models.BinaryField()),
                ("opened_at", models.BigIntegerField()),
                ("conveyance_id", models.UUIDField(db_index=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Crossing",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=openmidas.journal.models.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("node", models.UUIDField()),
                ("lane", models.CharField(max_length=32)),
                ("direction", models.CharField(max_length=8)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("admitted", "Admitted"),
                            ("referred", "Referred"),
                            ("refused", "Refused"),
                            ("handed_over", "Handed Over"),
                        ],
                        max_length=11,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            (
                                openmidas.crossings.inspection.State["CLEAR"],
                                openmidas.crossings.inspection.State["CLEAR"],
                            ),
                            (
                                openmidas.crossings.inspection.State["LOOK"],
                                openmidas.crossings.inspection.State["LOOK"],
                            ),
                            (
                                openmidas.crossings.inspection.State["STOP"],
                                openmidas.crossings.inspection.State["STOP"],
                            ),
                        ],
                        max_length=8,
                    ),
                ),
                ("surname", models.CharField(blank=True, max_length=120)),
                ("given_names", models.CharField(blank=True, max_length=120)),
                ("name_key", models.TextField(blank=True)),
                ("sound_key", models.TextField(blank=True)),
                ("birth", models.CharField(blank=True, max_length=16)),
                ("sex", models.CharField(blank=True, max_length=1)),
                ("age_group", models.CharField(blank=True, max_length=5)),
                ("nationality", models.CharField(blank=True, max_length=3)),
                ("document_code", models.CharField(blank=True, max_length=2)),
                ("document_number", models.CharField(blank=True, max_length=40)),
                ("document_key", models.CharField(blank=True, max_length=40)),
                ("document_issuer", models.CharField(blank=True, max_length=3)),
                ("document_expiry", models.CharField(blank=True, max_length=16)),
                ("how_read", models.CharField(max_length=8)),
                ("purpose", models.CharField(max_length=16)),
                ("origin", models.CharField(blank=True, max_length=80)),
                ("destination", models.CharField(blank=True, max_length=80)),
                ("conveyance", models.CharField(max_length=16)),
                ("group", models.UUIDField(null=True)),
                ("conveyance_id", models.UUIDField(null=True)),
                ("stay_rule", models.CharField(blank=True, max_length=32)),
                ("stay_until", models.DateField(null=True)),
                ("inspection", models.BinaryField()),
                ("reason", models.CharField(blank=True, max_length=32)),
                ("refusal_reason", models.CharField(blank=True, max_length=32)),
                ("admission_reason", models.CharField(blank=True, max_length=32)),
                ("handed_to", models.CharField(blank=True, max_length=16)),
                ("open_hits", models.JSONField(default=list)),
                ("open_hit_reason", models.CharField(blank=True, max_length=16)),
                ("note", models.TextField(blank=True)),
                ("officer", models.UUIDField(null=True)),
                ("role", models.CharField(max_length=20)),
                ("at", models.DateTimeField()),
                ("day", models.DateField()),
                (
                    "recorded",
                    models.CharField(
                        choices=[
                            ("live", "Live"),
                            ("paper", "Paper"),
                            ("register", "Register"),
                            ("collected", "Collected"),
                        ],
                        default="live",
                        max_length=9,
                    ),
                ),
                ("resolved_by", models.UUIDField(null=True)),
                ("resolved_at", models.DateTimeField(null=True)),
                ("typed_at", models.DateTimeField(null=True)),
                ("clock", models.BigIntegerField()),
                ("receipt_epoch", models.PositiveIntegerField(null=True)),
                ("receipt_sequence", models.BigIntegerField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["document_key", "document_issuer", "at"], name="crossing_document"
                    ),
                    models.Index(fields=["node", "at"], name="crossing_node_at"),
                    models.Index(fields=["at"], name="crossing_at"),
                    models.Index(fields=["status"], name="crossing_status"),
                    models.Index(fields=["nationality", "at"], name="crossing_nationality_at"),
                    models.Index(
                        condition=models.Q(("open_hit_reason__gt", "")),
                        fields=["at"],
                        name="crossing_open_hit",
                    ),
                    models.Index(
                        condition=models.Q(("typed_at__isnull", False)),
                        fields=["typed_at"],
                        name="crossing_typed",
                    ),
                    models.Index(
                        condition=models.Q(("conveyance_id__isnull", False)),
                        fields=["conveyance_id"],
                        name="crossing_aboard",
                    ),
                    models.Index(
                        condition=models.Q(("receipt_sequence__isnull", False)),
                        fields=["receipt_sequence"],
                        name="crossing_receipt",
                    ),
                    models.Index(
                        fields=[
                            "day",
                            "node",
                            "direction",
                            "status",
                            "nationality",
                            "sex",
                            "age_group",
                            "purpose",
                            "conveyance",
                            "recorded",
                        ],
                        name="crossing_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReceiptCertificate",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=openmidas.journal.models.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("node", models.UUIDField()),
                ("post", models.UUIDField()),
                ("public_key", models.BinaryField()),
                ("certificate", models.BinaryField()),
                ("at", models.DateTimeField()),
                ("clock", models.BigIntegerField()),
            ],
            options={
                "indexes": [models.Index(fields=["post", "clock"], name="certificate_post")],
            },
        ),
        migrations.CreateModel(
            name="ConveyanceDriver",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=openmidas.journal.models.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("node", models.UUIDField()),
                ("crossing", models.UUIDField()),
                ("officer", models.UUIDField(null=True)),
                ("at", models.DateTimeField()),
                ("clock", models.BigIntegerField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Manifest",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=openmidas.journal.models.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("node", models.UUIDField()),
                ("conveyance", models.UUIDField(db_index=True)),
                ("source", models.CharField(max_length=8)),
                ("lines", models.BinaryField()),
                ("officer", models.UUIDField(null=True)),
                ("at", models.DateTimeField()),
                ("clock", models.BigIntegerField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="OpenedConveyance",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=openmidas.journal.models.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("node", models.UUIDField()),
                ("what", models.CharField(max_length=16)),
                ("plate", models.CharField(max_length=20)),
                ("plate_key", models.CharField(max_length=20)),
                ("company", models.CharField(blank=True, max_length=80)),
                ("origin", models.CharField(blank=True, max_length=80)),
                ("destination", models.CharField(blank=True, max_length=80)),
                ("seats", models.PositiveSmallIntegerField()),
                ("direction", models.CharField(max_length=8)),
                ("lane", models.CharField(blank=True, max_length=32)),
                ("officer", models.UUIDField(null=True)),
                ("at", models.DateTimeField()),
                ("closed_by", models.UUIDField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                ("scanned", models.PositiveIntegerField(default=0)),
                ("missing", models.PositiveIntegerField(default=0)),
                ("extra", models.PositiveIntegerField(default=0)),
                ("note", models.TextField(blank=True)),
                ("clock", models.BigIntegerField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["at"], name="conveyance_at"),
                    models.Index(fields=["plate_key", "at"], name="conveyance_plate"),
                ],
            },
        ),
        PartitionByMonth("Crossing"),
        PartitionByMonth("CancelledInspection"),
    ]
