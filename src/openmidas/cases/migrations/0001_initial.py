from django.db import migrations, models

import openmidas.journal.models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
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
    ]
