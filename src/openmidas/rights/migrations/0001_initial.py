from django.db import migrations, models

import openmidas.journal.models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="ClosedComplaint",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=openmidas.journal.models.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("node", models.UUIDField()),
                ("outcome", models.CharField(max_length=16)),
                ("officer", models.UUIDField(null=True)),
                ("at", models.DateTimeField()),
                ("clock", models.BigIntegerField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Complaint",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=openmidas.journal.models.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("node", models.UUIDField()),
                ("number", models.CharField(db_index=True, max_length=16)),
                ("sealed", models.BinaryField()),
                ("at", models.DateTimeField(db_index=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ReceivedComplaint",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=openmidas.journal.models.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("node", models.UUIDField()),
                ("about", models.CharField(blank=True, max_length=16)),
                ("due", models.DateField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ComplaintAnswer",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=openmidas.journal.models.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("node", models.UUIDField()),
                ("complaint", models.UUIDField()),
                ("sealed", models.BinaryField()),
                ("officer", models.UUIDField(null=True)),
                ("at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["complaint", "at"], name="answer_complaint")],
            },
        ),
    ]
