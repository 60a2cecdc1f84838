from django.db import migrations, models

import openmidas.journal.kinds
import openmidas.journal.models
from openmidas.journal.partitions import PartitionByMonth


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Contradiction",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=openmidas.journal.models.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("code", models.CharField(max_length=64)),
                ("node", models.UUIDField()),
                ("teller", models.UUIDField()),
                ("ours", models.BinaryField()),
                ("theirs", models.BinaryField()),
                ("since", models.BigIntegerField()),
                ("told", models.BooleanField(default=False)),
                ("settled", models.BigIntegerField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="ErasureUnderWay",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("node", models.UUIDField()),
                ("epoch", models.PositiveIntegerField()),
                ("sequence", models.BigIntegerField()),
                ("entries", models.PositiveIntegerField()),
                ("tables_follow", models.BooleanField(default=False)),
                ("since", models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.CreateModel(
            name="LogLeaf",
            fields=[
                ("index", models.BigIntegerField(primary_key=True, serialize=False)),
                ("node", models.UUIDField()),
                ("epoch", models.PositiveIntegerField()),
                ("sequence", models.BigIntegerField()),
                ("hash", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="LogNode",
            fields=[
                ("key", models.BigIntegerField(primary_key=True, serialize=False)),
                ("hash", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="RefusedSegment",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=openmidas.journal.models.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("peer", models.UUIDField()),
                ("code", models.CharField(max_length=64)),
                ("params", models.JSONField(default=dict)),
                ("raw", models.BinaryField()),
                ("since", models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.CreateModel(
            name="AdvanceCopy",
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
                ("header", models.BinaryField()),
                ("body", models.BinaryField()),
                ("salt", models.BinaryField()),
                ("arrived", models.DateTimeField(auto_now_add=True)),
                ("matched", models.BooleanField(default=False)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("node", "epoch", "sequence"), name="advance_copy_one_per_place"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CarriedHead",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("node", models.UUIDField()),
                ("epoch", models.PositiveIntegerField()),
                ("sequence", models.BigIntegerField()),
                ("hash", models.BinaryField()),
                ("signature", models.BinaryField()),
                ("since", models.BigIntegerField()),
                ("given", models.BigIntegerField(default=0)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("node", "epoch", "sequence"), name="carried_place"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ErasedPlace",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=openmidas.journal.models.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("node", models.UUIDField()),
                ("erasure", models.UUIDField(db_index=True)),
                ("of_node", models.UUIDField()),
                ("epoch", models.PositiveIntegerField()),
                ("sequence", models.BigIntegerField()),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["of_node", "epoch", "sequence"], name="journal_erased_place"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HeldLogHead",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("log", models.UUIDField()),
                ("epoch", models.PositiveIntegerField()),
                ("size", models.BigIntegerField()),
                ("root", models.BinaryField()),
                ("at", models.BigIntegerField()),
                ("signature", models.BinaryField()),
                ("shown", models.BigIntegerField(default=0)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("log", "epoch"), name="log_head_latest")
                ],
            },
        ),
        migrations.CreateModel(
            name="HeldReceipt",
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
                ("hash", models.BinaryField()),
                ("witness", models.UUIDField()),
                ("at", models.BigIntegerField()),
                ("signature", models.BinaryField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("node", "epoch", "witness"), name="receipt_latest"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Journal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("node", models.UUIDField()),
                ("epoch", models.PositiveIntegerField()),
                (
                    "node_kind",
                    models.CharField(
                        choices=[
                            (
                                openmidas.journal.kinds.NodeKind["POST"],
                                openmidas.journal.kinds.NodeKind["POST"],
                            ),
                            (
                                openmidas.journal.kinds.NodeKind["HQ"],
                                openmidas.journal.kinds.NodeKind["HQ"],
                            ),
                        ],
                        max_length=8,
                    ),
                ),
                ("public_key", models.BinaryField()),
                (
                    "continues",
                    models.BinaryField(
                        default=b"\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"
                    ),
                ),
                ("sequence", models.BigIntegerField(default=0)),
                (
                    "hash",
                    models.BinaryField(
                        default=b"\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"
                    ),
                ),
                ("signature", models.BinaryField(default=b"")),
                ("at", models.BigIntegerField(default=0)),
                ("clock", models.BigIntegerField(default=0)),
                ("projected", models.BigIntegerField(default=0)),
                ("stopped", models.CharField(blank=True, default="", max_length=64)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("node", "epoch"), name="journal_one_per_epoch")
                ],
            },
        ),
        migrations.CreateModel(
            name="JournalEntry",
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
                ("kind", models.CharField(blank=True, default="", max_length=64)),
                ("header", models.BinaryField()),
                ("body", models.BinaryField(null=True)),
                ("salt", models.BinaryField(null=True)),
                ("arrived", models.BigIntegerField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["node", "epoch", "sequence"], name="journal_entry_place"),
                    models.Index(fields=["kind"], name="journal_entry_kind"),
                ],
            },
        ),
        migrations.CreateModel(
            name="LoggedJournal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("node", models.UUIDField()),
                ("epoch", models.PositiveIntegerField()),
                ("sequence", models.BigIntegerField()),
                ("index", models.BigIntegerField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("node", "epoch"), name="logged_journal")
                ],
            },
        ),
        migrations.CreateModel(
            name="Quarantined",
            fields=[
                ("entry", models.UUIDField(primary_key=True, serialize=False)),
                ("node", models.UUIDField()),
                ("epoch", models.PositiveIntegerField()),
                ("sequence", models.BigIntegerField()),
                ("kind", models.CharField(max_length=64)),
                ("code", models.CharField(max_length=64)),
                ("reason", models.TextField()),
                ("since", models.DateTimeField(auto_now_add=True)),
                ("tried", models.DateTimeField(auto_now=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["node", "epoch", "sequence"], name="quarantined_place"),
                    models.Index(fields=["node", "code"], name="quarantined_reason"),
                ],
            },
        ),
        PartitionByMonth("JournalEntry", unique=("node", "epoch", "sequence")),
    ]
