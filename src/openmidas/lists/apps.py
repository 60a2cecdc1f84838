from django.apps import AppConfig


class ListsConfig(AppConfig):
    """Editions of lists: imported at the HQ, in use at every node."""

    name = "openmidas.lists"
    label = "lists"

    def ready(self) -> None:
        from openmidas.lists import attached, doctor, doctor_wording, projections, reporting  # noqa: F401
        from openmidas.lists.lost import editions  # noqa: F401
        from openmidas.lists.lost import projections as lost_projections  # noqa: F401
        from openmidas.lists.national import projections as national_projections  # noqa: F401
