from django.db import migrations, models

import openmidas.journal.models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="TallyCheck",
            fields=[
                (
                    "id",
                    models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False),
                ),
                ("at", models.DateTimeField()),
                ("months", models.PositiveIntegerField()),
                ("crossings", models.PositiveBigIntegerField()),
                ("differences", models.PositiveBigIntegerField()),
                ("examples", models.JSONField(default=list)),
            ],
        ),
        migrations.CreateModel(
            name="Tally",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=openmidas.journal.models.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("node", models.UUIDField()),
                ("span", models.CharField(choices=[("d", "Day"), ("m", "Month")], max_length=1)),
                ("start", models.DateField()),
                ("direction", models.CharField(max_length=8)),
                ("status", models.CharField(max_length=10)),
                ("facet", models.CharField(blank=True, max_length=2)),
                ("value", models.CharField(blank=True, max_length=16)),
                ("other", models.CharField(blank=True, max_length=16)),
                ("number", models.IntegerField()),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=[
                            "facet",
                            "span",
                            "start",
                            "node",
                            "direction",
                            "status",
                            "value",
                            "other",
                            "number",
                        ],
                        name="tally_of",
                    )
                ],
            },
        ),
    ]
