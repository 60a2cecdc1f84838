from django.db import migrations, models

import openmidas.journal.models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="LateLook",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("since", models.DateTimeField()),
                ("after", models.UUIDField()),
            ],
        ),
        migrations.CreateModel(
            name="LookingBackRun",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("before", models.UUIDField(null=True)),
                ("list_code", models.CharField(max_length=32)),
                ("listings", models.PositiveIntegerField()),
                ("since", models.DateTimeField()),
                ("started_at", models.DateTimeField()),
                ("after", models.UUIDField(null=True)),
                ("crossings", models.PositiveBigIntegerField(default=0)),
                ("all", models.PositiveBigIntegerField()),
                ("strong", models.PositiveIntegerField(default=0)),
                ("possible", models.PositiveIntegerField(default=0)),
                ("not_kept", models.PositiveBigIntegerField(default=0)),
                ("known", models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="CounterHit",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=openmidas.journal.models.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("node", models.UUIDField()),
                ("crossing", models.UUIDField(db_index=True)),
                ("list_code", models.CharField(max_length=32)),
                ("listing", models.CharField(max_length=255)),
                ("level", models.CharField(max_length=8)),
                ("at", models.DateTimeField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["at"], name="counter_hit_at"),
                    models.Index(fields=["list_code", "listing"], name="counter_hit_listing"),
                ],
            },
        ),
        migrations.CreateModel(
            name="HitResolution",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=openmidas.journal.models.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("node", models.UUIDField()),
                ("hit", models.UUIDField()),
                ("crossing", models.UUIDField(db_index=True)),
                ("list_code", models.CharField(max_length=32)),
                ("listing", models.CharField(max_length=255)),
                ("edition", models.UUIDField()),
                ("digest", models.CharField(max_length=64)),
                ("level", models.CharField(max_length=8)),
                ("score", models.FloatField()),
                ("agreed", models.JSONField(default=list)),
                ("number", models.CharField(blank=True, max_length=40)),
                ("issuer", models.CharField(blank=True, max_length=3)),
                ("birth", models.CharField(blank=True, max_length=16)),
                (
                    "answer",
                    models.CharField(
                        choices=[("same", "same"), ("not_same", "not_same"), ("unsure", "unsure")],
                        max_length=8,
                    ),
                ),
                ("reason", models.CharField(max_length=16)),
                ("note", models.TextField(blank=True)),
                ("until", models.DateField(null=True)),
                ("officer", models.UUIDField(null=True)),
                ("role", models.CharField(max_length=20)),
                ("found_at", models.DateTimeField()),
                ("at", models.DateTimeField()),
                ("clock", models.BigIntegerField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["number", "issuer", "birth"], name="resolution_bearer"),
                    models.Index(fields=["hit", "clock"], name="resolution_hit"),
                    models.Index(fields=["list_code", "listing"], name="resolution_listing"),
                    models.Index(fields=["at"], name="resolution_at"),
                ],
            },
        ),
        migrations.CreateModel(
            name="LaterHit",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=openmidas.journal.models.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("node", models.UUIDField()),
                ("crossing", models.UUIDField(db_index=True)),
                ("post", models.UUIDField()),
                ("list_code", models.CharField(max_length=32)),
                ("listing", models.CharField(max_length=255)),
                ("edition", models.UUIDField()),
                ("digest", models.CharField(max_length=64)),
                ("level", models.CharField(max_length=8)),
                ("score", models.FloatField()),
                ("agreed", models.JSONField(default=list)),
                ("crossed_at", models.DateTimeField()),
                ("found_at", models.DateTimeField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["edition", "listing"], name="later_hit_listing"),
                    models.Index(fields=["list_code", "found_at"], name="later_hit_list"),
                ],
            },
        ),
        migrations.CreateModel(
            name="LookedBack",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=openmidas.journal.models.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("node", models.UUIDField()),
                ("before", models.UUIDField(null=True)),
                ("list_code", models.CharField(max_length=32)),
                ("listings", models.PositiveIntegerField()),
                ("crossings", models.PositiveBigIntegerField()),
                ("since", models.DateTimeField()),
                ("until", models.DateTimeField()),
                ("strong", models.PositiveIntegerField()),
                ("possible", models.PositiveIntegerField()),
                ("not_kept", models.PositiveBigIntegerField()),
                ("known", models.PositiveIntegerField()),
                ("at", models.DateTimeField()),
                ("clock", models.BigIntegerField()),
            ],
            options={
                "indexes": [models.Index(fields=["list_code", "clock"], name="looked_back_list")],
            },
        ),
        migrations.CreateModel(
            name="SettledHit",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=openmidas.journal.models.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("node", models.UUIDField()),
                ("resolution", models.UUIDField(db_index=True)),
                ("list_code", models.CharField(max_length=32)),
                ("listing", models.CharField(max_length=255)),
                ("digest", models.CharField(max_length=64)),
                ("level", models.CharField(max_length=8)),
                ("score", models.FloatField()),
                ("agreed", models.JSONField(default=list)),
                ("key", models.BinaryField()),
                ("bearer", models.CharField(max_length=64)),
                ("until", models.DateField()),
                ("officer", models.UUIDField(null=True)),
                ("at", models.DateTimeField()),
                ("ended_by", models.UUIDField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["list_code", "listing"], name="settled_listing")],
            },
        ),
        migrations.CreateModel(
            name="PublishedPathways",
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
                ("pathways", models.BinaryField()),
                ("officer", models.UUIDField(null=True)),
                ("published_at", models.DateTimeField()),
                ("clock", models.BigIntegerField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ReferralNote",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=openmidas.journal.models.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("node", models.UUIDField()),
                ("referral", models.UUIDField(db_index=True)),
                ("step", models.PositiveSmallIntegerField(null=True)),
                ("reached", models.CharField(blank=True, max_length=120)),
                ("text", models.TextField(blank=True)),
                ("officer", models.UUIDField(null=True)),
                ("at", models.DateTimeField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Referral",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=openmidas.journal.models.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("node", models.UUIDField()),
                ("crossing", models.UUIDField(db_index=True)),
                ("compartment", models.CharField(max_length=16)),
                ("edition", models.UUIDField()),
                ("consent", models.CharField(max_length=16)),
                ("why", models.TextField(blank=True)),
                ("data", models.JSONField(default=list)),
                ("officer", models.UUIDField(null=True)),
                ("role", models.CharField(max_length=20)),
                ("at", models.DateTimeField()),
                ("outcome", models.CharField(blank=True, max_length=16)),
                ("closing", models.TextField(blank=True)),
                ("closed_by", models.UUIDField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["node", "at"], name="referral_node_at")],
            },
        ),
    ]
