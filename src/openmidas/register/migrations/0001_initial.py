from django.db import migrations, models

import openmidas.journal.models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="LinkSeen",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("seen", models.BigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="Occurrence",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=openmidas.journal.models.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("node", models.UUIDField()),
                ("shift", models.UUIDField(db_index=True)),
                ("happened_at", models.DateTimeField()),
                ("words", models.TextField()),
                ("corrects", models.UUIDField(null=True)),
                ("officer", models.UUIDField(null=True)),
                ("at", models.DateTimeField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="LinkOutage",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=openmidas.journal.models.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("node", models.UUIDField()),
                ("lost_at", models.DateTimeField()),
                ("restored_at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["node", "restored_at"], name="link_outage_node")],
            },
        ),
        migrations.CreateModel(
            name="Relaxation",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=openmidas.journal.models.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("node", models.UUIDField()),
                ("shift", models.UUIDField(db_index=True)),
                ("ground", models.CharField(max_length=16)),
                ("ordered_by", models.CharField(max_length=16)),
                ("words", models.TextField()),
                ("officer", models.UUIDField(null=True)),
                ("at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_by", models.UUIDField(null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["node", "at"], name="relaxation_node_at")],
            },
        ),
        migrations.CreateModel(
            name="Shift",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=openmidas.journal.models.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("node", models.UUIDField()),
                ("since", models.DateTimeField()),
                ("team", models.JSONField(default=list)),
                ("follows", models.UUIDField(null=True)),
                ("opened_by", models.UUIDField(null=True)),
                ("opened_at", models.DateTimeField()),
                ("until", models.DateTimeField(null=True)),
                ("to", models.UUIDField(null=True)),
                ("closed_by", models.UUIDField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                ("note", models.TextField(blank=True)),
                ("waiting", models.JSONField(null=True)),
                ("figures", models.JSONField(null=True)),
                ("closed_epoch", models.PositiveIntegerField(null=True)),
                ("closed_sequence", models.BigIntegerField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["node", "since"], name="shift_node_since"),
                    models.Index(
                        condition=models.Q(("until__isnull", True)),
                        fields=["node"],
                        name="shift_on_duty",
                    ),
                ],
            },
        ),
    ]
