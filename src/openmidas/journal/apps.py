from django.apps import AppConfig


class JournalConfig(AppConfig):
    """The store behind the journals."""

    name = "openmidas.journal"
    label = "journal"

    def import_models(self) -> None:
        super().import_models()
        # Local state has model files of its own.
        from openmidas.journal import local, witnessed  # noqa: F401
