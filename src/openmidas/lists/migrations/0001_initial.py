from django.db import migrations, models

import openmidas.journal.models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="CompiledLists",
            fields=[
                ("key", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("editions", models.JSONField()),
                ("data", models.BinaryField()),
                ("at", models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.CreateModel(
            name="EditionSource",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=openmidas.journal.models.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("node", models.UUIDField()),
                ("file_name", models.CharField(max_length=255)),
                ("size", models.PositiveBigIntegerField()),
                ("digest", models.CharField(max_length=64)),
                ("parts", models.PositiveIntegerField()),
                ("epoch", models.PositiveIntegerField()),
                ("sequence", models.BigIntegerField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="EditionPart",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=openmidas.journal.models.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("node", models.UUIDField()),
                ("edition", models.UUIDField()),
                ("number", models.PositiveIntegerField()),
                ("data", models.BinaryField()),
            ],
            options={
                "indexes": [models.Index(fields=["edition", "number"], name="edition_part_place")],
            },
        ),
        migrations.CreateModel(
            name="ImportProblem",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=openmidas.journal.models.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("node", models.UUIDField()),
                ("edition", models.UUIDField()),
                ("number", models.PositiveIntegerField()),
                ("listing", models.CharField(max_length=64)),
                ("field", models.CharField(max_length=120)),
                ("code", models.CharField(max_length=32)),
                ("text", models.TextField(blank=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["edition", "number"], name="import_problem_place")
                ],
            },
        ),
        migrations.CreateModel(
            name="ListEdition",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=openmidas.journal.models.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("node", models.UUIDField()),
                ("list_code", models.CharField(max_length=32)),
                ("title", models.CharField(max_length=200)),
                ("dated", models.DateTimeField()),
                ("digest", models.CharField(max_length=64)),
                ("says", models.CharField(max_length=64)),
                ("size", models.PositiveBigIntegerField()),
                ("parts", models.PositiveIntegerField()),
                ("persons", models.PositiveIntegerField()),
                ("entities", models.PositiveIntegerField()),
                ("limit_days", models.PositiveIntegerField()),
                ("problems", models.PositiveIntegerField()),
                ("officer", models.UUIDField(null=True)),
                ("role", models.CharField(max_length=20)),
                ("published_at", models.DateTimeField()),
                ("clock", models.BigIntegerField()),
                (
                    "wholeness",
                    models.CharField(
                        choices=[
                            ("arriving", "Arriving"),
                            ("whole", "Whole"),
                            ("apart", "Apart"),
                            ("damaged", "Damaged"),
                        ],
                        default="arriving",
                        max_length=10,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["wholeness", "list_code", "clock"], name="edition_in_use")
                ],
            },
        ),
    ]
