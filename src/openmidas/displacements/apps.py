from django.apps import AppConfig


class DisplacementsConfig(AppConfig):
    """People on the move together: who was counted, who of them was registered since, what they need."""

    name = "openmidas.displacements"
    label = "displacements"

    def ready(self) -> None:
        from openmidas.displacements import erasing, projections, ways_out  # noqa: F401
