from django.db import migrations, models

import openmidas.journal.models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="DisplacementCount",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=openmidas.journal.models.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("node", models.UUIDField()),
                ("displacement", models.UUIDField(db_index=True)),
                ("women", models.PositiveIntegerField()),
                ("men", models.PositiveIntegerField()),
                ("adults", models.PositiveIntegerField()),
                ("girls", models.PositiveIntegerField()),
                ("boys", models.PositiveIntegerField()),
                ("children", models.PositiveIntegerField()),
                ("unseen", models.PositiveIntegerField()),
                ("unaccompanied", models.PositiveIntegerField()),
                ("wounded", models.PositiveIntegerField()),
                ("pregnant", models.PositiveIntegerField()),
                ("elderly", models.PositiveIntegerField()),
                ("disabled", models.PositiveIntegerField()),
                ("needs", models.JSONField(default=list)),
                ("since", models.DateTimeField(null=True)),
                ("until", models.DateTimeField()),
                ("day", models.DateField(db_index=True)),
                ("place", models.CharField(blank=True, max_length=80)),
                ("about", models.BooleanField()),
                ("instead_of", models.UUIDField(db_index=True, null=True)),
                ("officer", models.UUIDField(null=True)),
                ("role", models.CharField(max_length=20)),
                ("at", models.DateTimeField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="DisplacementMark",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=openmidas.journal.models.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("node", models.UUIDField()),
                ("crossing", models.UUIDField(db_index=True)),
                ("displacement", models.UUIDField(db_index=True, null=True)),
                ("officer", models.UUIDField(null=True)),
                ("at", models.DateTimeField()),
                ("clock", models.BigIntegerField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="DisplacementStanding",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=openmidas.journal.models.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("node", models.UUIDField()),
                ("closed", models.BooleanField()),
                ("officer", models.UUIDField(null=True)),
                ("at", models.DateTimeField()),
                ("clock", models.BigIntegerField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Displacement",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=openmidas.journal.models.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("node", models.UUIDField()),
                ("origin", models.CharField(max_length=80)),
                ("destination", models.CharField(blank=True, max_length=80)),
                ("since", models.DateField()),
                ("cause", models.CharField(max_length=16)),
                ("direction", models.CharField(max_length=8)),
                ("incident", models.UUIDField(db_index=True, null=True)),
                ("words", models.TextField(blank=True)),
                ("open", models.BooleanField(default=True)),
                ("officer", models.UUIDField(null=True)),
                ("role", models.CharField(max_length=20)),
                ("at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["open", "at"], name="displacement_open")],
            },
        ),
    ]
