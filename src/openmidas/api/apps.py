from django.apps import AppConfig


class ApiConfig(AppConfig):
    """What the headquarters tells the State's other systems."""

    name = "openmidas.api"
    label = "api"

    def import_models(self) -> None:
        super().import_models()
        from openmidas.api import local  # noqa: F401

    def ready(self) -> None:
        from openmidas.api import jobs, projections, ways_out  # noqa: F401
