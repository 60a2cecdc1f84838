from django.db import migrations, models

import openmidas.journal.models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="IncidentLink",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=openmidas.journal.models.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("node", models.UUIDField()),
                ("incident", models.UUIDField(db_index=True)),
                ("crossing", models.UUIDField(db_index=True, null=True)),
                ("plate", models.CharField(blank=True, db_index=True, max_length=16)),
                ("other", models.UUIDField(db_index=True, null=True)),
                ("officer", models.UUIDField(null=True)),
                ("at", models.DateTimeField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Incident",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=openmidas.journal.models.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("node", models.UUIDField()),
                ("words", models.TextField(blank=True)),
                ("happened_at", models.DateTimeField(null=True)),
                ("place", models.CharField(blank=True, max_length=80)),
                ("latitude", models.FloatField(null=True)),
                ("longitude", models.FloatField(null=True)),
                ("kilometres", models.FloatField(null=True)),
                ("bearing", models.CharField(blank=True, max_length=2)),
                ("people", models.PositiveIntegerField(null=True)),
                ("post", models.UUIDField()),
                ("kind", models.CharField(max_length=16)),
                ("severity", models.CharField(max_length=8)),
                ("open", models.BooleanField(default=True)),
                ("outcome", models.CharField(blank=True, max_length=16)),
                ("source", models.CharField(blank=True, max_length=16)),
                ("rule", models.CharField(blank=True, max_length=32)),
                ("edition", models.CharField(blank=True, max_length=32)),
                ("cause", models.JSONField(default=dict)),
                ("officer", models.UUIDField(null=True)),
                ("role", models.CharField(max_length=20)),
                ("at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["at"], name="incident_at"),
                    models.Index(fields=["open", "severity"], name="incident_open"),
                    models.Index(fields=["post", "at"], name="incident_post_at"),
                ],
            },
        ),
        migrations.CreateModel(
            name="IncidentStep",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=openmidas.journal.models.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("node", models.UUIDField()),
                ("words", models.TextField(blank=True)),
                ("happened_at", models.DateTimeField(null=True)),
                ("place", models.CharField(blank=True, max_length=80)),
                ("latitude", models.FloatField(null=True)),
                ("longitude", models.FloatField(null=True)),
                ("kilometres", models.FloatField(null=True)),
                ("bearing", models.CharField(blank=True, max_length=2)),
                ("people", models.PositiveIntegerField(null=True)),
                ("incident", models.UUIDField()),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("reported", "Reported"),
                            ("raised", "Raised"),
                            ("updated", "Updated"),
                            ("commented", "Commented"),
                            ("closed", "Closed"),
                            ("reopened", "Reopened"),
                        ],
                        max_length=10,
                    ),
                ),
                ("severity", models.CharField(blank=True, max_length=8)),
                ("outcome", models.CharField(blank=True, max_length=16)),
                ("officer", models.UUIDField(null=True)),
                ("role", models.CharField(max_length=20)),
                ("at", models.DateTimeField()),
                ("clock", models.BigIntegerField()),
            ],
            options={
                "indexes": [models.Index(fields=["incident", "clock"], name="incident_step")],
            },
        ),
        migrations.CreateModel(
            name="PublishedIncidentRules",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=openmidas.journal.models.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("node", models.UUIDField()),
                ("edition", models.CharField(max_length=32)),
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
            name="RaisedBefore",
            fields=[
                (
                    "reference",
                    models.CharField(max_length=64, primary_key=True, serialize=False),
                ),
                ("rule", models.CharField(max_length=32)),
                ("at", models.DateTimeField(db_index=True)),
            ],
        ),
    ]
