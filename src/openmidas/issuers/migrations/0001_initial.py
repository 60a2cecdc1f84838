from django.db import migrations, models

import openmidas.journal.models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="CertificateLink",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=openmidas.journal.models.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("node", models.UUIDField()),
                ("fingerprint", models.CharField(max_length=64)),
                ("links_to", models.CharField(max_length=64)),
                ("taken_by", models.UUIDField()),
                ("taken_at", models.DateTimeField()),
                ("clock", models.BigIntegerField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="CertificateProposal",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=openmidas.journal.models.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("node", models.UUIDField()),
                ("fingerprint", models.CharField(db_index=True, max_length=64)),
                ("obtained", models.CharField(max_length=500)),
                ("signs_lists", models.BooleanField()),
                ("proposed_by", models.UUIDField()),
                ("proposed_at", models.DateTimeField()),
                (
                    "end",
                    models.CharField(
                        blank=True,
                        choices=[("approved", "Approved"), ("refused", "Refused")],
                        db_index=True,
                        max_length=10,
                    ),
                ),
                ("ended_by", models.UUIDField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("answer", models.CharField(blank=True, max_length=500)),
                ("clock", models.BigIntegerField(default=0)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="GivenFile",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("officer", models.UUIDField(db_index=True)),
                ("name", models.CharField(max_length=200)),
                ("data", models.BinaryField()),
                ("download", models.UUIDField(db_index=True, null=True)),
                ("said", models.BinaryField(default=b"")),
                ("at", models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.CreateModel(
            name="IssuerCertificate",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=openmidas.journal.models.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("node", models.UUIDField()),
                ("fingerprint", models.CharField(max_length=64, unique=True)),
                ("der", models.BinaryField()),
                ("country", models.TextField()),
                ("subject", models.TextField()),
                ("name_key", models.CharField(max_length=64)),
                ("key_id", models.TextField()),
                ("not_before", models.DateTimeField()),
                ("not_after", models.DateTimeField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="IssuerEdition",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=openmidas.journal.models.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("node", models.UUIDField()),
                ("changes", models.PositiveIntegerField()),
                ("last", models.BigIntegerField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Removal",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=openmidas.journal.models.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("node", models.UUIDField()),
                ("of_list", models.BooleanField()),
                ("digest", models.CharField(max_length=64)),
                ("reason", models.CharField(max_length=500)),
                ("removed_by", models.UUIDField()),
                ("removed_at", models.DateTimeField(db_index=True)),
                ("clock", models.BigIntegerField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="RevocationList",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=openmidas.journal.models.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("node", models.UUIDField()),
                ("der", models.BinaryField()),
                ("country", models.TextField()),
                ("issuer", models.TextField()),
                ("authority", models.CharField(max_length=64)),
                ("number", models.CharField(blank=True, max_length=100)),
                ("made", models.DateTimeField()),
                ("until", models.DateTimeField()),
                ("revoked", models.PositiveIntegerField()),
                ("taken_by", models.UUIDField(null=True)),
                ("taken_at", models.DateTimeField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SealSigner",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=openmidas.journal.models.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("node", models.UUIDField()),
                ("fingerprint", models.CharField(max_length=64)),
                ("der", models.BinaryField()),
                ("country", models.TextField()),
                ("subject", models.TextField()),
                ("signer", models.TextField()),
                ("reference", models.TextField()),
                ("not_before", models.DateTimeField()),
                ("not_after", models.DateTimeField()),
                ("taken_by", models.UUIDField(null=True)),
                ("taken_at", models.DateTimeField()),
                ("clock", models.BigIntegerField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="AcceptedList",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=openmidas.journal.models.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("node", models.UUIDField()),
                ("digest", models.CharField(db_index=True, max_length=64)),
                ("file", models.CharField(max_length=500)),
                ("signer", models.CharField(max_length=500)),
                ("root", models.CharField(max_length=64)),
                ("root_name", models.CharField(max_length=500)),
                ("signed_at", models.DateTimeField(null=True)),
                ("fingerprints", models.BinaryField()),
                ("accepted_by", models.UUIDField()),
                ("accepted_at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["accepted_at"], name="issuer_list_accepted")],
            },
        ),
    ]
