from django.apps import AppConfig


class IncidentsConfig(AppConfig):
    """Incidents and what follows from them, and the rules that raise some by themselves."""

    name = "openmidas.incidents"
    label = "incidents"

    def import_models(self) -> None:
        super().import_models()
        from openmidas.incidents import local  # noqa: F401

    def ready(self) -> None:
        from openmidas.incidents import erasing, projections  # noqa: F401
        from openmidas.incidents.raising import jobs  # noqa: F401
