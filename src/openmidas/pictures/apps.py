from django.apps import AppConfig


class PicturesConfig(AppConfig):
    """Pictures that a post attaches to what it writes."""

    name = "openmidas.pictures"
    label = "pictures"

    def import_models(self) -> None:
        super().import_models()
        from openmidas.pictures import local  # noqa: F401

    def ready(self) -> None:
        from openmidas.pictures import erasing, jobs, projections, ways_out  # noqa: F401
