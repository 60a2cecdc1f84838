from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="ArrivingAttachment",
            fields=[
                ("digest", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("packing", models.CharField(blank=True, max_length=64)),
                ("base", models.CharField(blank=True, max_length=64)),
                ("length", models.PositiveBigIntegerField(default=0)),
                ("here", models.PositiveBigIntegerField(default=0)),
                ("alone", models.BooleanField(default=False)),
            ],
        ),
        migrations.CreateModel(
            name="Attachment",
            fields=[
                ("digest", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("size", models.PositiveBigIntegerField()),
                ("packing", models.CharField(max_length=64)),
                ("length", models.PositiveBigIntegerField()),
                ("packed", models.BinaryField()),
                ("at", models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.CreateModel(
            name="ArrivingPiece",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.CharField(max_length=64)),
                ("start", models.PositiveBigIntegerField()),
                ("data", models.BinaryField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("digest", "start"), name="one_piece_each")
                ],
            },
        ),
        migrations.CreateModel(
            name="AttachmentDelta",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.CharField(max_length=64)),
                ("base", models.CharField(max_length=64)),
                ("packing", models.CharField(max_length=64)),
                ("length", models.PositiveBigIntegerField()),
                ("packed", models.BinaryField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("digest", "base"), name="one_delta_each")
                ],
            },
        ),
    ]
