from django.apps import AppConfig


class ListsConfig(AppConfig):
    """Editions of lists: imported at the HQ, in use at every node."""

    name = "openmidas.lists"
    label = "lists"

    def import_models(self) -> None:
        super().import_models()
        from openmidas.lists import local  # noqa: F401

    def ready(self) -> None:
        from openmidas.lists import (  # noqa: F401
            attached,
            compiled,
            doctor,
            doctor_wording,
            jobs,
            projections,
            reporting,
            ways_out,
        )
        from openmidas.lists.lost import editions  # noqa: F401
        from openmidas.lists.lost import projections as lost_projections  # noqa: F401
        from openmidas.lists.national import projections as national_projections  # noqa: F401
