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
            name="NationalList",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=openmidas.journal.models.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("node", models.UUIDField()),
                ("code", models.CharField(db_index=True, max_length=32)),
                ("title", models.CharField(max_length=200)),
                ("owners", models.JSONField(default=list)),
                ("readers", models.JSONField(default=list)),
                ("limit_days", models.PositiveIntegerField()),
                ("officer", models.UUIDField(null=True)),
                ("configured_at", models.DateTimeField()),
                ("clock", models.BigIntegerField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="UploadedList",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("list", models.UUIDField()),
                ("officer", models.UUIDField(db_index=True)),
                ("file_name", models.CharField(max_length=200)),
                ("encoding", models.CharField(blank=True, max_length=20)),
                ("data", models.BinaryField()),
                ("common", models.BinaryField()),
                ("why", models.CharField(blank=True, max_length=200)),
                ("at", models.DateTimeField(db_index=True)),
            ],
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
                ("documents", models.PositiveIntegerField(default=0)),
                ("readers", models.JSONField(null=True)),
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
        migrations.CreateModel(
            name="ListingProposal",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=openmidas.journal.models.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("node", models.UUIDField()),
                ("listing", models.UUIDField(db_index=True)),
                ("list", models.UUIDField(db_index=True)),
                ("change", models.CharField(max_length=8)),
                ("number", models.CharField(max_length=64)),
                ("body", models.BinaryField()),
                ("digest", models.CharField(max_length=64)),
                ("why", models.CharField(blank=True, max_length=200)),
                ("rests_on", models.UUIDField(null=True)),
                ("batch", models.UUIDField(db_index=True, null=True)),
                ("proposed_by", models.UUIDField(null=True)),
                ("proposed_at", models.DateTimeField()),
                (
                    "end",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("approved", "Approved"),
                            ("refused", "Refused"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        max_length=10,
                    ),
                ),
                ("ended_by", models.UUIDField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("answer", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "indexes": [models.Index(fields=["list", "end"], name="proposal_waiting")],
            },
        ),
        migrations.CreateModel(
            name="LostChange",
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
                ("dated", models.DateTimeField()),
                ("digest", models.CharField(max_length=64)),
                ("size", models.PositiveBigIntegerField()),
                ("added", models.PositiveBigIntegerField()),
                ("removed", models.PositiveBigIntegerField()),
                ("left_out", models.PositiveBigIntegerField()),
            ],
            options={
                "indexes": [models.Index(fields=["edition", "number"], name="lost_change_place")],
            },
        ),
        migrations.CreateModel(
            name="LostEdition",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=openmidas.journal.models.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("node", models.UUIDField()),
                ("title", models.CharField(max_length=200)),
                ("dated", models.DateTimeField()),
                ("digest", models.CharField(max_length=64)),
                ("size", models.PositiveBigIntegerField()),
                ("key", models.BinaryField()),
                ("documents", models.PositiveBigIntegerField()),
                ("left_out", models.PositiveBigIntegerField()),
                ("limit_days", models.PositiveIntegerField()),
                ("published_at", models.DateTimeField()),
                ("clock", models.BigIntegerField()),
            ],
            options={
                "indexes": [models.Index(fields=["clock"], name="lost_edition_latest")],
            },
        ),
        migrations.CreateModel(
            name="NationalListing",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=openmidas.journal.models.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("node", models.UUIDField()),
                ("list", models.UUIDField()),
                ("number", models.CharField(max_length=64)),
                ("category", models.CharField(max_length=16)),
                ("action", models.CharField(max_length=16)),
                ("discreet", models.BooleanField()),
                ("expires_on", models.DateField(db_index=True)),
                ("body", models.BinaryField()),
                ("words", models.TextField(blank=True)),
                ("removed", models.BooleanField(default=False)),
                ("proposal", models.UUIDField()),
                ("proposed_by", models.UUIDField(null=True)),
                ("approved_by", models.UUIDField(null=True)),
                ("approved_at", models.DateTimeField()),
                ("clock", models.BigIntegerField()),
            ],
            options={
                "indexes": [models.Index(fields=["list", "removed", "number"], name="listing_of")],
            },
        ),
    ]
