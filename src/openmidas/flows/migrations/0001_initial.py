from django.db import migrations, models

import openmidas.journal.models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="ComparedCrossing",
            fields=[
                ("crossing", models.UUIDField(primary_key=True, serialize=False)),
            ],
        ),
        migrations.CreateModel(
            name="Notable",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=openmidas.journal.models.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("node", models.UUIDField()),
                ("at", models.DateTimeField(db_index=True)),
                ("day", models.DateField(db_index=True)),
                ("hits", models.PositiveIntegerField()),
                ("level", models.CharField(blank=True, max_length=16)),
                ("status", models.CharField(max_length=11)),
                ("refusal_reason", models.CharField(blank=True, max_length=32)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="StayMatch",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=openmidas.journal.models.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("node", models.UUIDField()),
                ("entry", models.UUIDField(db_index=True)),
                ("exit", models.UUIDField(db_index=True)),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("matched", "Matched"),
                            ("dismissed", "Dismissed"),
                            ("open", "Open"),
                        ],
                        max_length=10,
                    ),
                ),
                ("reason", models.CharField(max_length=255)),
                ("officer", models.UUIDField(null=True)),
                ("at", models.DateTimeField()),
            ],
            options={
                "abstract": False,
            },
        ),
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
            name="CountryTally",
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
                ("status", models.CharField(max_length=11)),
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
                            "start",
                            "direction",
                            "status",
                            "value",
                            "other",
                            "number",
                        ],
                        name="country_tally_of",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Presence",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=openmidas.journal.models.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("node", models.UUIDField()),
                ("document_key", models.CharField(max_length=40)),
                ("issuer", models.CharField(blank=True, max_length=3)),
                ("nationality", models.CharField(blank=True, max_length=3)),
                ("sex", models.CharField(blank=True, max_length=1)),
                ("age_group", models.CharField(blank=True, max_length=5)),
                ("crossing", models.UUIDField(db_index=True)),
                ("entered_at", models.DateTimeField()),
                ("entered", models.DateField()),
                ("seen_node", models.UUIDField()),
                ("seen_at", models.DateTimeField()),
                ("rule", models.CharField(blank=True, max_length=32)),
                ("until", models.DateField(null=True)),
                ("birth", models.CharField(blank=True, max_length=16)),
                ("first", models.CharField(blank=True, max_length=16)),
                ("last", models.CharField(blank=True, max_length=16)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["until", "id"], name="presence_until"),
                    models.Index(fields=["seen_node", "until", "id"], name="presence_seen_until"),
                    models.Index(
                        fields=["nationality", "until", "id"], name="presence_nation_until"
                    ),
                    models.Index(fields=["document_key"], name="presence_document"),
                    models.Index(fields=["first"], name="presence_first"),
                    models.Index(fields=["last"], name="presence_last"),
                ],
            },
        ),
        migrations.CreateModel(
            name="PresenceCount",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=openmidas.journal.models.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("node", models.UUIDField()),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("now", "Now"),
                            ("entered", "Entered"),
                            ("until", "Until"),
                            ("entry_without", "Entry Without"),
                            ("exit_without", "Exit Without"),
                        ],
                        max_length=16,
                    ),
                ),
                ("nationality", models.CharField(blank=True, max_length=3)),
                ("limit", models.CharField(blank=True, db_column="limit_of", max_length=8)),
                ("day", models.DateField(null=True)),
                ("number", models.IntegerField()),
            ],
            options={
                "indexes": [models.Index(fields=["what", "day"], name="presence_counted")],
            },
        ),
        migrations.CreateModel(
            name="StayProposal",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("entry", models.UUIDField(db_index=True)),
                ("exit", models.UUIDField(db_index=True)),
                ("level", models.CharField(max_length=8)),
                ("crowded", models.BooleanField(default=False)),
                ("found_at", models.DateTimeField()),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["crowded", "-level", "-found_at", "id"], name="proposal_order"
                    )
                ],
            },
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
                ("status", models.CharField(max_length=11)),
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
        migrations.CreateModel(
            name="UnmatchedExit",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=openmidas.journal.models.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("node", models.UUIDField()),
                ("document_key", models.CharField(max_length=40)),
                ("crossing", models.UUIDField(db_index=True)),
                ("left_at", models.DateTimeField()),
                ("birth", models.CharField(blank=True, max_length=16)),
                ("first", models.CharField(blank=True, max_length=16)),
                ("last", models.CharField(blank=True, max_length=16)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["document_key"], name="unmatched_document"),
                    models.Index(fields=["first"], name="unmatched_first"),
                    models.Index(fields=["last"], name="unmatched_last"),
                ],
            },
        ),
    ]
