from django.apps import AppConfig


class JournalConfig(AppConfig):
    """The store behind the journals."""

    name = "openmidas.journal"
    label = "journal"

    def import_models(self) -> None:
        super().import_models()
        from openmidas.journal import local  # noqa: F401  local state is a model file of its own
